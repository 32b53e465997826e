"""A score, what it needs, and which way is better. The table of all scores is evals/metrics/__init__.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evals.attempts import Attempt, Judgement
from evals.benchmark import Item


class Need(StrEnum):
    """What a question, or its run, must have for a score to mean anything."""

    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable"
    SPANS = "spans"
    DOCUMENTS = "documents"
    FACTS = "facts"
    CLAIMS = "claims"
    CANARIES = "canaries"
    FOLLOW_UP = "follow_up"
    SCRIPT = "script"
    PARAPHRASE = "paraphrase"
    NOISE = "noise"
    DISTRACTOR = "distractor"
    LAST_TURN = "last_turn"
    STANDALONE = "standalone"
    PRICES = "prices"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its reason in one line; None where there is nothing to judge, never a silent 0 or 1."""

    value: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A question with what came of it as written, and of its variants by name.

    `judged` has what a judge said of its claims, by their number from 0; empty where none was asked.
    """

    item: Item
    attempt: Attempt
    variants: Mapping[str, Attempt]
    judged: Mapping[int, Judgement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Metric:
    """One score: its name, what it needs, how it is computed, and whether more is better.

    `unit` is share (0 to 1), seconds or money; `exact` says that it is 0 or 1 for every question.
    `critical`: a single loss of it fails the gate. `fails`: a failed attempt has the worst value; where
    it does not, the score itself says what a failure means.
    """

    name: str
    area: str
    needs: frozenset[Need]
    score: Callable[[Tried], Value]
    higher: bool = True
    unit: str = "share"
    exact: bool = False
    critical: bool = False
    what: str = ""
    fails: bool = True

    @property
    def worst(self) -> float:
        """The worst value of a share."""
        return 0.0 if self.higher else 1.0


def share(count: int, total: int, what: str, nothing: str) -> Value:
    """`count` of `total`, told as such; absent, saying `nothing`, when there are none."""
    return Value(count / total, f"{count} of {total} {what}") if total else Value(None, nothing)


def verdict(holds: bool, why: str) -> Value:
    """1 or 0, with the reason."""
    return Value(float(holds), why)
