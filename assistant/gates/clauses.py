"""A text cut into clauses, and how much of one stands in another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.glossary import Concept, Glossary
from knowledge.language import HAN, bag_of, fold
from knowledge.query import Query, understand

_ENDS = re.compile(
    r"(?<!\d)[,.](?!\d)|[,.](?=\s|$)|[。！？!?；;，：:—\n]+"
    r"|(?<!\bnothing)(?<!\bnone)(?<!\banything)(?<!\bnobody)(?<!\bno one)\s(?=but\b)"
    r"|\s(?=(?:while|whereas|because|although|though|unless|rather than|instead of|which|who)\b)"
    r"|(?=而不是|而非)|(?<=[^不非])(?=但(?!是否|凡|愿)|(?<![冷推了退忘])却(?!步)|否则|不然|因为)"
)
_HAN_OR_WORD = re.compile(rf"(?P<han>[{HAN}])|[a-z]+")


@lru_cache(maxsize=2048)
def in_chinese(text: str) -> bool:
    """Whether a folded text is written in Chinese, rather than in English with a Chinese name in it."""
    found = [each["han"] is not None for each in _HAN_OR_WORD.finditer(text)]
    return 2 * sum(found) >= max(len(found), 1)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, folded, with its bag and the number of the sentence it is in."""

    text: str
    bag: str
    sentence: int


def clauses(text: str, sentence: int = 0) -> Iterator[Clause]:
    """The clauses of a text, in order; one without a content word (not for all) belongs to the one before it."""
    folded = fold(text)
    start = 0
    last: Clause | None = None
    for end, following, ended in _cuts(folded):
        piece = folded[start:end]
        bag = bag_of(piece)
        if bag.strip():
            if last:
                yield last
            last = Clause(piece, bag, sentence)
        elif last and piece.strip():
            last = Clause(f"{last.text} {piece.strip()}", last.bag, last.sentence)
        sentence += ended
        start = following
    if last:
        yield last


def _cuts(folded: str) -> Iterator[tuple[int, int, bool]]:
    """Where each clause ends and the next one begins, and whether a sentence ends there."""
    for mark in _ENDS.finditer(folded):
        yield mark.start(), mark.end(), mark.group()[:1] in ("。", "！", "？", "!", "?", ".", "\n")
    yield len(folded), len(folded), False


def clauses_of(texts: Iterable[str]) -> tuple[Clause, ...]:
    """The clauses of several texts, their sentences counted on."""
    found: list[Clause] = []
    for text in texts:
        found += clauses(text, found[-1].sentence + 1 if found else 0)
    return tuple(found)


@lru_cache(maxsize=4096)
def asked(text: str, glossary: Glossary) -> Query:
    """The terms of a text, with their other writings; the gates ask for those of a claim again and again."""
    return understand(text, glossary)


@lru_cache(maxsize=4096)
def concepts(text: str, glossary: Glossary) -> tuple[Concept, ...]:
    """The concepts that a text names; several gates ask for those of the same text."""
    return tuple(glossary.concepts(text))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much folded texts have of each other, in any writing that a glossary knows; each pair reckoned once."""

    glossary: Glossary
    _bags: dict[str, str] = field(default_factory=dict)
    _shares: dict[tuple[str, str], float] = field(default_factory=dict)

    def share(self, text: str, other: str) -> float:
        """The share, 0 to 1, of a text's terms that another one has."""
        pair = (text, other)
        if pair not in self._shares:
            if other not in self._bags:
                self._bags[other] = bag_of(other)
            self._shares[pair] = asked(text, self.glossary).coverage(self._bags[other])
        return self._shares[pair]

    def fit(self, text: str, other: str) -> float:
        """How much of two texts is the same, 0 to 1: the harmonic mean of what each has of the other."""
        one, two = self.share(text, other), self.share(other, text)
        return 2 * one * two / (one + two) if one and two else 0.0

    def most(self, text: str, others: Iterable[str]) -> float:
        """The largest share of a text's terms that any of the others has."""
        return max((self.share(text, other) for other in others), default=0.0)
