"""A text cut into clauses, and which clause of the evidence a claim's clause speaks of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.glossary import Glossary
from knowledge.language import bag_of, fold
from knowledge.query import Query, understand

_ENDS = re.compile(
    r"(?<!\d)[,.](?!\d)|[,.](?=\s|$)|[。！？!?；;，：:—\n]+"
    r"|\s(?=(?:but|while|whereas|because|although|though|unless|rather than|instead of|which|who)\b)"
    r"|(?=而不是|而非)|(?<=.)(?=但(?!是否)|却|否则|不然|因为)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, folded, with its bag and the number of the sentence it is in."""

    text: str
    bag: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Match:
    """The clause of the evidence that covers most of a claim's clause, and the share it covers."""

    clause: Clause
    share: float


def clauses(text: str, sentence: int = 0) -> Iterator[Clause]:
    """The clauses of a text, in order; those without a word are left out."""
    folded = fold(text)
    start = 0
    for mark in _ENDS.finditer(folded):
        yield from _clause(folded[start : mark.start()], sentence)
        sentence += mark.group()[:1] in ("。", "！", "？", "!", "?", ".", "\n")
        start = mark.end()
    yield from _clause(folded[start:], sentence)


def clauses_of(texts: Iterable[str]) -> tuple[Clause, ...]:
    """The clauses of several texts, their sentences counted on."""
    found: list[Clause] = []
    for text in texts:
        found += clauses(text, found[-1].sentence + 1 if found else 0)
    return tuple(found)


def _clause(folded: str, sentence: int) -> Iterator[Clause]:
    bag = bag_of(folded)
    if bag.strip():
        yield Clause(folded, bag, sentence)


def asked(clause: Clause, glossary: Glossary) -> Query:
    """The terms of a clause, with their other writings."""
    return understand(clause.text, glossary)


def matches(query: Query, evidence: Sequence[Clause]) -> list[Match]:
    """The clauses of the evidence by the share of the query's terms that each has, best first."""
    found = [Match(each, query.coverage(each.bag)) for each in evidence]
    return sorted((each for each in found if each.share), key=lambda match: -match.share)
