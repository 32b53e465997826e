"""Whether a claim speaks of what its quotes speak of.

The thresholds were fitted on the dev half of the honest drafts, against quotes of other documents
of the same field: of claims so mismatched 99 in 100 are told in one language and 96 across languages,
of honest ones fewer than 1 in 100. `tests/benchmarks/gates.py` measures both.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.gates.clauses import Clause, asked, clauses, concepts
from assistant.question_words import items
from knowledge.glossary import Concept, Glossary
from knowledge.language import bag, fold, han_count, has_han, is_han, needle

_WHOLE = 0.25
_CLAUSE = 0.12
_SOURCE = 0.8
# A clause of fewer content words may well say the same with none of them; 2.2 Chinese characters are one.
_CLAUSE_WORDS = 5.0
_CLAUSE_WORDS_ACROSS = 6.5
_HAN_A_WORD = 2.2
# Of the words that the table of concepts has in both languages, from this weight on.
_TELLS, _CONCEIVED, _CONCEIVED_WORDS = 0.3, 0.5, 3
# What a claim says of where it has something from: the case of a company says, too.
_FRAMING = re.compile(
    r"\b(?:playbooks?|cases?|articles?|plans?|notes?|passages?|sources?|says?|tells?|reminds?|warns?|adds?|according|question)\b"
    "|从|得到的|案例|文章|启示|经验|教训|打法|手册|资料|来源|材料|讲稿|提醒|指出|提到|里有|一个要问的|问题|也"
)
_NUMERALS = re.compile(r"[一二两三四五六七八九十百千万亿]{2,}|[一二两三四五六七八九十](?=[家个位次分年月天周])")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the quotes have: their bag, that of what stands above them, and their concepts."""

    bag: str
    around: str
    concepts: tuple[Concept, ...]


def unrelated(claim: str, evidence: Sequence[str], context: Collection[str], glossary: Glossary) -> tuple[str, ...]:
    """The clauses of a claim that have next to nothing of its evidence, or the claim when it has too little.

    What stands in the `context` (titles, headings) counts neither way; numerals have gates of their own.
    """
    text = "\n".join(evidence)
    there = _Evidence(bag(text), bag("\n".join(context)), concepts(text, glossary))
    if not _has(claim, there, glossary, _WHOLE) and not _conceived(claim, text):
        return (claim,)
    parts = tuple(clauses(claim))
    long = (each for each in parts if len(parts) > 1 and _long_enough(each, there))
    return tuple(
        each.text.strip()
        for each in long
        if not _has(each.text, there, glossary, _CLAUSE) and not _names_its_source(each.text, there, glossary)
    )


def _conceived(claim: str, text: str) -> bool:
    """Whether the everyday words of a claim in the other language are mostly those of its evidence."""
    if has_han(claim) == has_han(text):
        return False
    there = frozenset[int]().union(*(each.rows for each in items(text) if each.weight >= _TELLS))
    here = [each for each in items(claim) if each.rows and each.weight >= _TELLS]
    found = [each.weight for each in here if each.rows & there]
    return len(found) >= _CONCEIVED_WORDS and sum(found) >= _CONCEIVED * sum(each.weight for each in here)


def _names_its_source(text: str, there: _Evidence, glossary: Glossary) -> bool:
    """Whether next to all that a clause says is where the claim comes from: what stands above the quotes."""
    query = asked(_FRAMING.sub(" ", _NUMERALS.sub(" ", fold(text))), glossary)
    own = {group.terms[0] for group in query.own}
    known = {term for group in query.groups if group.present(there.around) for term in group.stands_for or group.terms}
    return bool(own) and len(own & known) >= _SOURCE * len(own)


def _long_enough(clause: Clause, there: _Evidence) -> bool:
    """Whether a clause is too long to share nothing; more so across languages, where the glossary has gaps."""
    across = has_han(clause.text) != has_han(there.bag)
    return _content_words(clause.bag) >= (_CLAUSE_WORDS_ACROSS if across else _CLAUSE_WORDS)


def _has(text: str, there: _Evidence, glossary: Glossary, least: float) -> bool:
    """Whether the evidence has this share, 0 to 1, of a text's content, or of what the glossary can translate of it."""
    words = _NUMERALS.sub(" ", fold(text))
    measures = (_repeated, _translated) if has_han(words) == has_han(there.bag) else (_translated, _repeated)
    return any(measure(words, there, glossary) >= least for measure in measures)


def _repeated(text: str, there: _Evidence, glossary: Glossary) -> float:
    """The share of a text's own terms that a bag has in some writing, those in the context left aside."""
    query = asked(text, glossary)
    own = {group.terms[0] for group in query.own}
    found, aside = (
        {term for group in query.groups if group.present(each) for term in group.stands_for or group.terms} & own
        for each in (there.bag, there.around)
    )
    rest = own - (aside - found)
    return len(found) / len(rest) if rest else 0.0


def _translated(text: str, there: _Evidence, glossary: Glossary) -> float:
    """The share of a text's concepts that the evidence has translated, either way.

    Amid Chinese, words in letters count as they are.
    """
    here = bag(text)
    named = [each for each in concepts(text, glossary) if each.translations]
    found = [each for each in named if _stands(each, there.bag)]
    said = set().union(*(each.surface for each in found))
    back = _translations(there.concepts, here) - said
    letters = [each for each in here.split() if not is_han(each)] if has_han(text) else []
    kept = sum(needle(each) in there.bag for each in letters)
    total = len(named) + len(back) + len(letters)
    return (len(found) + len(back) + kept) / total if total else 0.0


def _stands(concept: Concept, bag: str) -> bool:
    return any(needle(term) in bag for term in (*concept.translations, *concept.aliases))


def _translations(named: Collection[Concept], here: str) -> set[str]:
    """One translation of each concept that stands in a bag."""
    held = (next((term for term in each.translations if needle(term) in here), "") for each in named)
    return {each for each in held if each}


def _content_words(folded_bag: str) -> float:
    others = sum(not is_han(each) for each in folded_bag.split())
    return han_count(folded_bag) / _HAN_A_WORD + others
