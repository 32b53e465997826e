"""Entries of the review queue and verdicts, from rows of the database and back."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.review import Decision, Mark, Point, Verdict, Why
from knowledge.access import Audience


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry of the queue; times are seconds since 1970. `answer` is the id of the answer.

    `correction` is that of a reviewed answer to be verified again; `claimed_by` is empty once a lease ran out.
    """

    id: str
    answer: str
    correction: str | None
    asker: str
    question: str
    reasons: tuple[Why, ...]
    assigned: str
    state: str
    since: float
    due: float
    claimed_by: str
    lease: float
    cites: tuple[str, ...]


def row_of(entry: Waiting, audiences: Collection[Audience]) -> dict[str, Any]:
    """The row of an entry that only those see whom every audience admits."""
    named = {name: getattr(entry, name) for name in entry.__slots__}
    must_admit = sorted({tuple(sorted(each.names)) for each in audiences})
    lists = {"reasons": [each.value for each in entry.reasons], "cites": list(entry.cites)}
    return named | lists | {"audiences": json.dumps(must_admit, ensure_ascii=False)}


def waiting_of(row: Any) -> Waiting:
    """The entry of a row."""
    named = {name: getattr(row, name) for name in Waiting.__slots__}
    return Waiting(**named | {"reasons": tuple(map(Why, row.reasons)), "cites": tuple(row.cites)})


def verdict_of(row: Any) -> Verdict:
    """The verdict of a row."""
    return Verdict(
        row.answer, row.coach, Decision(row.decision), datetime.fromtimestamp(row.at, UTC),
        {int(claim): Mark(mark) for claim, mark in row.marks.items()},
        {Point(point): met for point, met in row.rubric.items()},
        row.reason, row.better_source, row.key,
    )  # fmt: skip
