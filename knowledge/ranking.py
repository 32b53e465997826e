"""How well passages fit a question: BM25 over groups of terms, fair to both languages, seen with what stands around."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from knowledge.language import has_han, needle
from knowledge.ports import Scored
from knowledge.query import Group, Query

# k1 and b of BM25.
CHINESE = (0.5, 0.6)
ENGLISH = (1.2, 0.75)
# What its surroundings count in a passage's relevance, and how far they reach, in characters.
_AROUND = 0.2
_FAR = 2000
# How much is trusted in what little a language has words for; a passage is lifted at most 1 + 1 / _TRUST times.
_TRUST = 0.5

Parts = Mapping[int, float]
"""What a passage has of each group, by the group's number."""


class Candidate(NamedTuple):
    """A passage to be scored: where it begins in its document, and the bag of knowledge.language in UTF-8."""

    passage: str
    document: str
    start: int
    bag: bytes


class _Weighed(NamedTuple):
    candidate: Candidate
    bag: str
    parts: Parts


def length(bag: str) -> int:
    """The length of a passage in bytes: the same content takes about as many in either language."""
    return len(bag.encode())


def rank(query: Query, candidates: Iterable[Candidate], average: float) -> list[Scored]:
    """The candidates that have anything of a weighed query, best first; `average` is the mean length of passages.

    Sections are small, and what a question tells first often stands in another than its answer: so a passage
    counts by itself and by what the candidates around it, itself included, have between them.
    """
    documents: dict[str, list[_Weighed]] = defaultdict(list)
    for each in _weighed(query, candidates, average):
        documents[each.candidate.document].append(each)
    scored = [each for passages in documents.values() for each in _scored(passages)]
    return sorted(scored, key=lambda each: (-each.relevance, each.passage))


def _weighed(query: Query, candidates: Iterable[Candidate], average: float) -> Iterator[_Weighed]:
    needles = [_Needle.of(each) for each in query.groups]
    lift = {chinese: _lift(query.groups, chinese) for chinese in (True, False)}
    for each in candidates:
        bag = each.bag.decode()
        if parts := _parts(needles, bag, len(each.bag) / average, lift[_is_chinese(each.bag, bag)]):
            yield _Weighed(each, bag, parts)


def _scored(passages: list[_Weighed]) -> Iterator[Scored]:
    """The scores of the candidates of one document."""
    passages.sort(key=lambda each: each.candidate.start)
    first = 0
    for each in passages:
        while each.candidate.start - passages[first].candidate.start > _FAR:
            first += 1
        best = dict(each.parts)
        for other in _until(passages, first, each.candidate.start + _FAR):
            best |= {group: part for group, part in other.parts.items() if part > best.get(group, 0.0)}
        relevance = (1 - _AROUND) * sum(each.parts.values()) + _AROUND * sum(best.values())
        yield Scored(each.candidate.passage, relevance, each.bag)


def _until(passages: Sequence[_Weighed], first: int, last: int) -> Iterator[_Weighed]:
    for at in range(first, len(passages)):
        if passages[at].candidate.start > last:
            return
        yield passages[at]


def _lift(groups: Sequence[Group], chinese: bool) -> float:
    """What passages of one language are multiplied by, as the glossary has no words in it for much that is asked.

    A passage that has all it could have in the one language would else lose to one that has half in the other.
    """
    here, there = _reach(groups, chinese), _reach(groups, not chinese)
    return (1 + _TRUST) / (here / there + _TRUST) if 0 < here < there else 1.0


def _reach(groups: Sequence[Group], chinese: bool) -> float:
    """The weight of everything asked for that the library knows and a text in this language may have.

    English words of a Chinese question may stand in both.
    """
    asked_in_chinese = any(has_han(each.terms[0]) for each in groups if not each.stands_for)
    known = (each for each in groups if each.known)
    return sum(
        each.weight * each.idf
        for each in known
        if any(has_han(term) == chinese for term in each.terms)
        or (chinese and asked_in_chinese and not each.stands_for)
    )


def _is_chinese(encoded: bytes, bag: str) -> bool:
    """Whether a third of the bytes or more are of Chinese characters, which take three each."""
    return (len(encoded) - len(bag)) * 1.5 > len(encoded) / 3


class _Needle(NamedTuple):
    """A group ready to be scored: its padded terms, its weight, and BM25's constants for its script."""

    terms: tuple[str, ...]
    weight: float
    fixed: float
    by_length: float

    @classmethod
    def of(cls, group: Group) -> "_Needle":
        k1, b = CHINESE if has_han(group.terms[0]) else ENGLISH
        terms = tuple(map(needle, group.terms))
        return cls(terms, group.weight * group.idf * (k1 + 1), k1 * (1 - b), k1 * b)


def _parts(needles: Iterable[_Needle], bag: str, size: float, lift: float) -> Parts:
    """Robertson's BM25, group by group; the alternatives of a group count as one term."""
    found = {}
    for number, (alternatives, weight, fixed, by_length) in enumerate(needles):
        frequency = 0
        for term in alternatives:
            frequency += bag.count(term)
        if frequency:
            found[number] = lift * weight * frequency / (frequency + fixed + by_length * size)
    return found
