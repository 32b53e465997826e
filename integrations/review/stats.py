"""Coach review in numbers.

Counts and shares are open to whoever may see any of them; documents and names are there only for a reader.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from statistics import median
from typing import Any, NamedTuple

import sqlalchemy as sa

from assistant.answers import Outcome
from assistant.review import interval
from integrations.review.agreement import Agreement, Between, Measures, Pair, agreement, last_words
from integrations.review.corrections import Corrections
from integrations.review.document_use import DocumentUse, Listed, document_use, lapsed
from integrations.store import Store
from integrations.tables import answers, review_outcomes, review_queue, review_verdicts
from knowledge.access import Reader

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Asked:
    """How much was asked, by how many, by day (days since 1970) and by where; `ended` counts outcomes by name."""

    questions: int = 0
    people: int = 0
    by_day: Mapping[int, int] = field(default_factory=dict)
    by_surface: Mapping[str, int] = field(default_factory=dict)
    ended: Mapping[str, int] = field(default_factory=dict)
    ended_by_day: Mapping[tuple[int, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stats:
    """The numbers of a time; `approval` is the share of answers whose coaches all approve at last, with its interval.

    `hours` is the median time from an answer's coming into the queue to its first verdict; None without any.
    `disagreed` counts answers on which coaches differ, of the `twice` that more than one has judged. `documents` are
    those of one reader.
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
    asked: Asked = field(default_factory=Asked)
    agreement: Agreement = field(default_factory=Agreement)
    documents: DocumentUse | None = None


def stats(store: Store, now: float, since: float = 0.0, measures: Measures | None = None) -> Stats:
    """What was asked, put into the queue and judged since a time (seconds since 1970); `by_day` is by days since 1970.

    Without `measures` nobody says how far coaches agree.
    """
    queue, verdicts, outcomes = review_queue.c, review_verdicts.c, review_outcomes.c
    columns = (queue.answer, queue.reasons, queue.state, queue.since, queue.due)
    with store.reading() as connection:
        entries = connection.execute(sa.select(*columns).where(queue.since >= since)).all()
        said = connection.execute(
            sa.select(verdicts.answer, verdicts.coach, verdicts.decision, verdicts.marks, verdicts.at)
            .where(verdicts.at >= since)
            .order_by(verdicts.number)
        ).all()
        helped = [row.helped for row in connection.execute(sa.select(outcomes.helped).where(outcomes.at >= since))]
        asked = _asked(connection, since)
    words, first = last_words(said), _first(said)
    last = [{word.decision for word in each.values()} for each in words.values()]
    waits = [(first[each.answer] - each.since) / 3600 for each in entries if each.answer in first]
    approved = sum(each == {"approve"} for each in last)
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
        twice=sum(len(each) > 1 for each in words.values()),
        disagreed=sum(len(each) > 1 for each in last),
        helped=sum(helped),
        not_helped=len(helped) - sum(helped),
        asked=asked,
        agreement=agreement(words, measures) if measures else Agreement(),
    )


def with_documents(
    found: Stats, store: Store, reader: Reader, today: date, since: float = 0.0, corrections: Corrections | None = None
) -> Stats:
    """The numbers with the documents that this reader may read."""
    with store.reading() as connection:
        use = document_use(connection, reader, today, since)
    stale = (*use.stale, *(lapsed(corrections, reader) if corrections else ()))
    return replace(found, documents=replace(use, stale=stale))


def counts_alone(found: Stats) -> Stats:
    """The numbers without documents, and without the names of coaches."""
    return replace(found, documents=None, agreement=replace(found.agreement, pairs=()))


def _asked(connection: sa.Connection, since: float) -> Asked:
    c = answers.c
    rows = connection.execute(sa.select(c.person, c.surface, c.outcome, c.created).where(c.created >= since)).all()
    return Asked(
        len(rows),
        len({row.person for row in rows}),
        Counter(int(row.created // _DAY) for row in rows),
        Counter(row.surface for row in rows),
        Counter(row.outcome for row in rows),
        Counter((int(row.created // _DAY), row.outcome) for row in rows),
    )


def _first(said: Sequence[Any]) -> dict[str, float]:
    first: dict[str, float] = {}
    for row in said:
        first.setdefault(row.answer, row.at)
    return first


class Row(NamedTuple):
    """A line of the table; `low` and `high` bound the 95 % interval of a value that has one."""

    section: str
    name: str
    value: float | str | None
    low: float | None = None
    high: float | None = None


def table(found: Stats) -> list[Row]:
    """All numbers as one tidy table."""
    rows = (_volume(found.asked), _coverage(found.asked), _reviewed(found), _agreed(found), _documents(found.documents))
    return [row for part in rows for row in part]


def as_csv(rows: Iterable[Row]) -> str:
    """A table as CSV with a header; a name that a spreadsheet would take for a formula is marked as text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return text.getvalue()


def _cell(value: float | str | None) -> float | str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return "" if value is None else round(value, 4)


def _volume(asked: Asked) -> Iterator[Row]:
    yield Row("volume", "questions", asked.questions)
    yield Row("volume", "people", asked.people)
    yield from (Row("volume by place", each, count) for each, count in sorted(asked.by_surface.items()))
    yield from (Row("volume by day", iso_day(each), count) for each, count in sorted(asked.by_day.items()))


def iso_day(day: int) -> str:
    """The date, in UTC, of a day since 1970."""
    return datetime.fromtimestamp(day * _DAY, UTC).date().isoformat()


def _coverage(asked: Asked) -> Iterator[Row]:
    for outcome in Outcome:
        if asked.questions:
            count = asked.ended.get(outcome.value, 0)
            yield Row("coverage", outcome.value, count / asked.questions, *interval(count, asked.questions))


def _reviewed(found: Stats) -> Iterator[Row]:
    yield Row("review", "waiting", found.waiting)
    yield Row("review", "late", found.late)
    yield Row("review", "judged", found.judged)
    yield Row("review", "approval", found.approval, *(found.between if found.judged else ()))
    yield Row("review", "median hours to verdict", found.hours)
    yield Row("review", "judged by several", found.twice)
    yield Row("review", "disagreed", found.disagreed)
    yield Row("review", "helped", found.helped)
    yield Row("review", "did not help", found.not_helped)
    yield from (Row("reason", each, count) for each, count in sorted(found.reasons.items()))


def _agreed(found: Stats) -> Iterator[Row]:
    yield _estimated("alpha of decisions", found.agreement.decisions)
    yield _estimated("alpha of marks", found.agreement.marks)
    yield from (_estimated(_pair(each), each.kappa) for each in found.agreement.pairs)


def _pair(pair: Pair) -> str:
    return f"kappa of {pair.one} and {pair.other}, {pair.answers} answers"


def _estimated(name: str, found: Between | None) -> Row:
    return Row("agreement", name, *((found.value, found.low, found.high) if found else (None,)))


def _documents(use: DocumentUse | None) -> Iterator[Row]:
    if use is None:
        return
    yield Row("documents", "readable", use.readable)
    yield Row("documents", "never used", len(use.never))
    yield Row("documents", "stale", len(use.stale))
    yield from (Row("most used", _called(each), each.times) for each in use.most)
    yield from (Row("never used", _called(each), 0) for each in use.never)
    yield from (Row("stale", _called(each), each.why) for each in use.stale)


def _called(document: Listed) -> str:
    return f"{document.title} ({document.source})"
