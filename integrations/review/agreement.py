"""How far coaches agree with each other: what they said, laid out for measures that are made elsewhere."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Protocol

Labels = Sequence[str]


class Between(Protocol):
    """A value between the bounds of its 95 % interval, of `n` things."""

    @property
    def low(self) -> float: ...
    @property
    def value(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def n(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Measures:
    """Cohen's kappa of two lists of labels, and Krippendorff's alpha of rows of labels (None where one lacks).

    Both are given the cluster of each thing, and return None where they mean nothing.
    """

    kappa: Callable[[Labels, Labels, Labels], Between | None]
    alpha: Callable[[Sequence[Sequence[str | None]], Labels], Between | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two coaches who judged the same `answers`, and how far they agree beyond chance in their decisions."""

    one: str
    other: str
    answers: int
    kappa: Between | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far all coaches agree in their decisions on answers, and in their marks of claims; and two by two."""

    decisions: Between | None = None
    marks: Between | None = None
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """The last word of a coach on an answer: the decision, and the mark of each claim by its number."""

    decision: str
    marks: Mapping[str, str]


Words = Mapping[str, Mapping[str, Word]]
"""The last word of each coach, by answer."""


def agreement(words: Words, measures: Measures) -> Agreement:
    """The measures over all answers that more than one coach judged."""
    twice = {answer: said for answer, said in sorted(words.items()) if len(said) > 1}
    if not twice:
        return Agreement()
    coaches = sorted({coach for said in twice.values() for coach in said})
    decisions = [_row(coaches, {coach: word.decision for coach, word in said.items()}) for said in twice.values()]
    claims = _claims(twice)
    marks = [_row(coaches, said) for _, said in claims]
    return Agreement(
        measures.alpha(decisions, list(twice)),
        measures.alpha(marks, [answer for answer, _ in claims]) if marks else None,
        tuple(_pairs(twice, coaches, measures)),
    )


def _row(coaches: Sequence[str], said: Mapping[str, str]) -> list[str | None]:
    return [said.get(each) for each in coaches]


def _claims(words: Words) -> list[tuple[str, dict[str, str]]]:
    """The marks of each claim by coach, with the answer that it is of."""
    found: list[tuple[str, dict[str, str]]] = []
    for answer, said in words.items():
        marked: dict[str, dict[str, str]] = defaultdict(dict)
        for coach, word in said.items():
            for claim, mark in word.marks.items():
                marked[claim][coach] = mark
        found += [(answer, marked[claim]) for claim in sorted(marked)]
    return found


def _pairs(words: Words, coaches: Sequence[str], measures: Measures) -> list[Pair]:
    pairs = []
    for one, other in combinations(coaches, 2):
        both = [answer for answer, said in words.items() if one in said and other in said]
        if both:
            mine, theirs = ([words[answer][coach].decision for answer in both] for coach in (one, other))
            pairs.append(Pair(one, other, len(both), measures.kappa(mine, theirs, both)))
    return pairs


def last_words(rows: Sequence[Any]) -> dict[str, dict[str, Word]]:
    """The last word of each coach, by answer, of rows of verdicts in the order they were said."""
    last: dict[str, dict[str, Word]] = defaultdict(dict)
    for row in rows:
        last[row.answer][row.coach] = Word(row.decision, row.marks)
    return last
