"""Coach review in numbers: counts and shares alone, so that nobody reads in them what they may not read."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import sqlalchemy as sa

from assistant.review import interval
from integrations.review_store import Store
from integrations.tables import review_outcomes, review_queue, review_verdicts

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Stats:
    """The numbers of a time; `approval` is the share of answers whose coaches all approve at last, with its interval.

    `hours` is the median time from an answer's coming into the queue to its first verdict; None without any.
    `disagreed` counts answers on which coaches differ, of the `twice` that more than one has judged.
    """

    waiting: int
    late: int
    by_day: Mapping[int, int]
    reasons: Mapping[str, int]
    judged: int
    approval: float | None
    between: tuple[float, float]
    hours: float | None
    twice: int
    disagreed: int
    helped: int
    not_helped: int


def stats(store: Store, now: float, since: float = 0.0) -> Stats:
    """What was put into the queue and judged since a time (seconds since 1970); `by_day` is by days since 1970."""
    queue, verdicts, outcomes = review_queue.c, review_verdicts.c, review_outcomes.c
    columns = (queue.answer, queue.reasons, queue.state, queue.since, queue.due)
    with store.reading() as connection:
        entries = connection.execute(sa.select(*columns).where(queue.since >= since)).all()
        said = connection.execute(
            sa.select(verdicts.answer, verdicts.coach, verdicts.decision, verdicts.at)
            .where(verdicts.at >= since)
            .order_by(verdicts.number)
        ).all()
        helped = [row.helped for row in connection.execute(sa.select(outcomes.helped).where(outcomes.at >= since))]
    last, first = _last_words(said), _first(said)
    waits = [(first[each.answer] - each.since) / 3600 for each in entries if each.answer in first]
    approved = sum(set(each.values()) == {"approve"} for each in last.values())
    twice = [each for each in last.values() if len(each) > 1]
    open_ = [each for each in entries if each.state != "done"]
    return Stats(
        waiting=len(open_),
        late=sum(each.due < now for each in open_),
        by_day=Counter(int(each.since // _DAY) for each in entries),
        reasons=Counter(reason for each in entries for reason in each.reasons),
        judged=len(last),
        approval=approved / len(last) if last else None,
        between=interval(approved, len(last)),
        hours=median(waits) if waits else None,
        twice=len(twice),
        disagreed=sum(len(set(each.values())) > 1 for each in twice),
        helped=sum(helped),
        not_helped=len(helped) - sum(helped),
    )


def _last_words(said: Sequence[Any]) -> dict[str, dict[str, str]]:
    """The last decision of each coach, by answer; rows come in the order they were said."""
    last: dict[str, dict[str, str]] = defaultdict(dict)
    for answer, coach, decision, _ in said:
        last[answer][coach] = decision
    return last


def _first(said: Sequence[Any]) -> dict[str, float]:
    first: dict[str, float] = {}
    for answer, _, _, at in said:
        first.setdefault(answer, at)
    return first
