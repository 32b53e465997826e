"""Whether a claim speaks of what its quotes speak of.

The thresholds were fitted on the dev half of the honest drafts against quotes of other documents:
in one language honest claims have at least .33 of their terms in their quotes and 99 in 100 strange
ones under .2; across languages, over what the glossary can translate, .3 and 98 in 100 under .3.
"""

import re
from collections.abc import Collection, Sequence

from assistant.gates.clauses import clauses
from knowledge.glossary import Glossary
from knowledge.language import bag, fold, han_count, has_han, is_han, needle
from knowledge.query import understand

_WHOLE = 0.25
_CLAUSE = 0.12
# A clause of fewer content words may well say the same with none of them; 1.6 Chinese characters are one.
_CLAUSE_WORDS = 6.0
_HAN_A_WORD = 1.6
_NUMERALS = re.compile(r"[一二两三四五六七八九十百千万亿]{2,}|[一二两三四五六七八九十](?=[家个位次分年月天周])")


def unrelated(claim: str, evidence: Sequence[str], context: Collection[str], glossary: Glossary) -> tuple[str, ...]:
    """The clauses of a claim that have next to nothing of its evidence, or the claim when it has too little.

    What stands in the `context` (titles, headings) counts neither way; numerals have gates of their own.
    """
    there, around = bag("\n".join(evidence)), bag("\n".join(context))
    if share(claim, there, around, glossary) < _WHOLE:
        return (claim,)
    return tuple(
        each.text.strip()
        for each in clauses(claim)
        if _content_words(each.bag) >= _CLAUSE_WORDS and share(each.text, there, around, glossary) < _CLAUSE
    )


def share(text: str, there: str, around: str, glossary: Glossary) -> float:
    """The share, 0 to 1, of a text's content that stands in a bag, or of what the glossary can translate of it."""
    words = _NUMERALS.sub(" ", fold(text))
    return max(_repeated(words, there, around, glossary), _translated(words, there, glossary))


def _repeated(text: str, there: str, around: str, glossary: Glossary) -> float:
    """The share of a text's own terms that a bag has in some writing, those in the context left aside."""
    query = understand(text, glossary)
    own = {group.terms[0] for group in query.own}
    found, aside = (
        {term for group in query.groups if group.present(bag) for term in group.stands_for or group.terms} & own
        for bag in (there, around)
    )
    rest = own - (aside - found)
    return len(found) / len(rest) if rest else 0.0


def _translated(text: str, there: str, glossary: Glossary) -> float:
    """The share of a text's concepts that a bag has translated; words in letters amid Chinese count as they are."""
    concepts = [each for each in glossary.concepts(text) if each.translations]
    found = [any(needle(term) in there for term in each.translations) for each in concepts]
    if has_han(text):
        own = [each for each in concepts if has_han(next(iter(each.surface)))]
        found = [any(needle(term) in there for term in (*each.translations, *each.aliases)) for each in own]
        found += [needle(each) in there for each in bag(text).split() if not is_han(each)]
    return sum(found) / len(found) if found else 0.0


def _content_words(folded_bag: str) -> float:
    others = sum(not is_han(each) for each in folded_bag.split())
    return han_count(folded_bag) / _HAN_A_WORD + others
