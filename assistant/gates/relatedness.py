"""Whether a claim speaks of what its quotes speak of.

The thresholds were fitted on the dev half of the honest drafts against quotes of other documents:
in one language honest claims have at least .33 of their terms in their quotes and 99 in 100 strange
ones under .2; across languages, over what the glossary can translate, .3 and 98 in 100 under .3.
"""

from collections.abc import Sequence

from assistant.gates.clauses import clauses
from knowledge.glossary import Glossary
from knowledge.language import bag, han_count, has_han, is_han, needle
from knowledge.query import understand

_WHOLE = 0.25
_CLAUSE = 0.12
# A clause of fewer content words may well say the same with none of them; 1.6 Chinese characters are one.
_CLAUSE_WORDS = 6.0
_HAN_A_WORD = 1.6


def unrelated(claim: str, evidence: Sequence[str], glossary: Glossary) -> tuple[str, ...]:
    """The clauses of a claim that have next to nothing of its evidence, or the claim when it has too little."""
    there = bag("\n".join(evidence))
    if share(claim, there, glossary) < _WHOLE:
        return (claim,)
    return tuple(
        each.text.strip()
        for each in clauses(claim)
        if _content_words(each.bag) >= _CLAUSE_WORDS and share(each.text, there, glossary) < _CLAUSE
    )


def share(text: str, there: str, glossary: Glossary) -> float:
    """The share, 0 to 1, of a text's content that stands in a bag, or of what the glossary can translate of it."""
    return max(understand(text, glossary).coverage(there), _translated(text, there, glossary))


def _translated(text: str, there: str, glossary: Glossary) -> float:
    """The share of a text's concepts, and of its words and numbers in letters and digits, that a bag has translated."""
    concepts = [each for each in glossary.concepts(text) if each.translations and has_han(next(iter(each.surface)))]
    found = sum(any(needle(term) in there for term in (*each.translations, *each.aliases)) for each in concepts)
    others = [each for each in bag(text).split() if not is_han(each)]
    if not concepts:
        concepts = [each for each in glossary.concepts(text) if each.translations]
        found = sum(any(needle(term) in there for term in each.translations) for each in concepts)
        return found / len(concepts) if concepts else 0.0
    found += sum(needle(each) in there for each in others)
    return found / (len(concepts) + len(others))


def _content_words(folded_bag: str) -> float:
    others = sum(not is_han(each) for each in folded_bag.split())
    return han_count(folded_bag) / _HAN_A_WORD + others
