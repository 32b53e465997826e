"""An entry of the review queue as a coach has it before them, and a verdict as it is given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.answers import Answer, Claim
from assistant.review import Decision, Mark, Point, Verdict
from integrations.answer_store import Given
from integrations.review.corrections import Kept
from integrations.review.queue_rows import Waiting
from knowledge.documents import Hit
from knowledge.errors import KnowledgeError


class NoCase(KnowledgeError):
    """An entry of the queue that is not there, or that this coach may not see."""


@dataclass(frozen=True, slots=True)
class Case:
    """An entry of the queue with all that a coach needs to judge it; `answer` is as this coach may read it now.

    `offered` are passages by the number that a correction cites them with; `kept` is the correction that an entry
    about a stale one is about. `votes` are what askers said.
    """

    entry: Waiting
    given: Given
    answer: Answer
    offered: Mapping[int, Hit]
    verdicts: tuple[Verdict, ...]
    votes: tuple[tuple[str, str], ...]
    kept: Kept | None

    def numbered(self) -> Iterator[tuple[int, Claim]]:
        """The claims that are left, each by its number from 0 in the answer as given: marks go by that."""
        at = -1
        for each in self.answer.claims:
            at = self.given.answer.claims.index(each, at + 1)
            yield at, each


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A verdict as it is given: a `key` for each press of a button, so that a retry is no second one."""

    decision: Decision
    marks: Mapping[int, Mark]
    rubric: Mapping[Point, bool]
    reason: str = ""
    better_source: str = ""
    key: str = ""
