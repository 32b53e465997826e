"""The queue of answers that wait for a coach, and what coaches and askers said of them."""

import json
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.answers import Answer
from assistant.review import Verdict, Why, topic_words
from integrations.audit import used
from integrations.entries import slices
from integrations.review.entry_rights import audiences_of, is_open, readable
from integrations.review.queue_rows import Waiting, row_of, verdict_of, waiting_of
from integrations.store import Store
from integrations.tables import documents, review_outcomes, review_queue, review_verdicts, review_words
from knowledge.access import Audience, Reader
from knowledge.documents import Kind

OPEN, CLAIMED, DONE = "open", "claimed", "done"
PROMISED_HOURS = 24.0
LEASE = 30 * 60.0
_PAGE = 25
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted: of some states, for one reason, assigned to some names, about an answer."""

    states: tuple[str, ...] = (OPEN, CLAIMED)
    reason: Why | None = None
    assigned: tuple[str, ...] = ()
    answer: str = ""


class Reviews:
    """Coach review over a database that several processes share."""

    def __init__(
        self,
        engine: sa.Engine,
        promised: float = PROMISED_HOURS,
        lease: float = LEASE,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`promised` are the hours within which a coach is to have looked; `lease` the seconds a claim holds."""
        self._store = Store(engine)
        self._promised = promised * 3600
        self.lease = lease
        self.now = now

    def due(self) -> float:
        """When a coach is to have looked at what comes in now."""
        return self.now() + self._promised

    def new_words(self, question: str) -> frozenset[str]:
        """The topic words of a question that were never asked for before; from now on they were."""
        digests = {blake2b(each.encode(), digest_size=10).hexdigest(): each for each in topic_words(question)}
        with self._store.reading() as connection:
            known = set(connection.scalars(sa.select(review_words.c.word).where(review_words.c.word.in_(digests))))
        new = {digest: word for digest, word in digests.items() if digest not in known}
        for digest in new:
            self._add_word(digest)
        return frozenset(new.values())

    def _add_word(self, digest: str) -> None:
        """Another process may have asked for the same word."""
        try:
            with self._store.writing() as connection:
                connection.execute(sa.insert(review_words).values(word=digest))
        except IntegrityError:
            return

    def enqueue(
        self,
        answer: Answer,
        reasons: Collection[Why],
        asker: str = "",
        assigned: str = "",
        accounts: Collection[str] = (),
    ) -> str:
        """Put an answer into the queue, or more reasons to the entry that it has there; the id of the entry.

        `accounts` are those the question names: only who may read something of them sees the entry.
        """
        cites = used(answer)
        with self._store.reading() as connection:
            audiences = [*_audiences(connection, cites), *_of_accounts(connection, accounts)]
        entry = Waiting(
            _id("answer", answer.id), answer.id, None, asker, answer.question, tuple(reasons), assigned, OPEN,
            self.now(), self.due(), "", 0.0, tuple(cites),
        )  # fmt: skip
        return self.put(entry, audiences)

    def put(self, entry: Waiting, audiences: Collection[Audience]) -> str:
        """Put an entry in; where it is already, it gains reasons, and is open again when it has a new one."""
        row = row_of(entry, audiences)
        try:
            with self._store.writing() as connection:
                connection.execute(sa.insert(review_queue).values(row))
        except IntegrityError:
            self._add_reasons(entry)
        return entry.id

    def _add_reasons(self, entry: Waiting) -> None:
        c = review_queue.c
        with self._store.writing() as connection:
            connection.execute(sa.update(review_queue).where(c.id == entry.id).values(asker=c.asker))
            known = connection.execute(sa.select(c.reasons, c.state).where(c.id == entry.id)).one()
            new = [each.value for each in entry.reasons if each.value not in known.reasons]
            if new:
                again = {"state": OPEN, "since": entry.since, "due": entry.due} if known.state == DONE else {}
                merged = sa.update(review_queue).where(c.id == entry.id)
                connection.execute(merged.values(reasons=[*known.reasons, *new], **again))

    def page(
        self, reader: Reader, wanted: Filter | None = None, after: Waiting | None = None, size: int = _PAGE
    ) -> list[Waiting]:
        """The entries that this coach may read, oldest first, those that come behind `after`."""
        found: list[Waiting] = []
        with self._store.reading() as connection:
            allowed = _allowed(connection, reader)
            position, most = ((after.since, after.id) if after else (0.0, "")), size
            while len(found) < size and allowed:
                rows = connection.execute(_page(wanted or Filter(), allowed, position, most)).all()
                entries = [self._entry(row) for row in rows]
                found += readable(connection, entries, reader)
                if len(rows) < most:
                    break
                # Whoever may not read the first of them may have many more to pass over.
                position, most = (rows[-1].since, rows[-1].id), _MANY
        return found[:size]

    def count(self, reader: Reader, wanted: Filter | None = None) -> int:
        """How many entries there are that this coach may read."""
        cites = sa.cast(review_queue.c.cites, sa.Text).label("cites")
        with self._store.reading() as connection:
            where = _where(wanted or Filter(), _allowed(connection, reader))
            counted = sa.select(cites, sa.func.count().label("number")).where(*where).group_by(cites)
            numbers = {row.cites: row.number for row in connection.execute(counted)}
            cited = {each: tuple(json.loads(each)) for each in numbers}
            now = audiences_of(connection, cited.values())
        return sum(number for each, number in numbers.items() if is_open(cited[each], now, reader))

    def entry(self, entry_id: str, reader: Reader) -> Waiting | None:
        """One entry, if this coach may read it."""
        with self._store.reading() as connection:
            row = connection.execute(sa.select(review_queue).where(review_queue.c.id == entry_id)).one_or_none()
            if row is None or not _admits(row.audiences, reader):
                return None
            return next(iter(readable(connection, [self._entry(row)], reader)), None)

    def unguarded(self, entry_id: str) -> Waiting | None:
        """One entry; for the machine, never for a reader."""
        with self._store.reading() as connection:
            row = connection.execute(sa.select(review_queue).where(review_queue.c.id == entry_id)).one_or_none()
        return self._entry(row) if row else None

    def _entry(self, row: Any) -> Waiting:
        waiting = waiting_of(row)
        left = waiting.state == CLAIMED and waiting.lease < self.now()
        return replace(waiting, state=OPEN, claimed_by="") if left else waiting

    def claim(self, entry_id: str, coach: Reader) -> bool:
        """Take an entry to oneself for a while, or keep it; False when another has it, or it is not theirs to see."""
        c = review_queue.c
        if self.entry(entry_id, coach) is None or not coach.person:
            return False
        free = sa.or_(c.state == OPEN, c.claimed_by == coach.person, c.lease < self.now())
        mine = sa.update(review_queue).where(c.id == entry_id, c.state != DONE, free)
        values = {"state": CLAIMED, "claimed_by": coach.person, "lease": self.now() + self.lease}
        with self._store.writing() as connection:
            return connection.execute(mine.values(values)).rowcount == 1

    def audiences(self, entry_id: str) -> list[Audience]:
        """Every audience that must admit whoever sees an entry; for the machine, never for a reader."""
        with self._store.reading() as connection:
            names = connection.scalar(sa.select(review_queue.c.audiences).where(review_queue.c.id == entry_id))
        return [Audience.of(each) for each in json.loads(names or "[]")]

    def close(self, entry_id: str, coach: Reader) -> None:
        """Take an entry off the queue without a verdict."""
        done = sa.update(review_queue).where(review_queue.c.id == entry_id)
        with self._store.writing() as connection:
            connection.execute(done.values(state=DONE, claimed_by=coach.person, lease=0.0))

    def release(self, entry_id: str, coach: Reader) -> None:
        """Give a claimed entry back."""
        c = review_queue.c
        mine = sa.update(review_queue).where(c.id == entry_id, c.state == CLAIMED, c.claimed_by == coach.person)
        with self._store.writing() as connection:
            connection.execute(mine.values(state=OPEN, claimed_by="", lease=0.0))

    def judge(self, verdict: Verdict) -> bool:
        """Keep a verdict beside all others and take the answer off the queue; False for the same press of a button."""
        row = {
            "key": verdict.key or uuid4().hex,
            "answer": verdict.answer,
            "coach": verdict.coach,
            "decision": verdict.decision.value,
            "marks": {str(claim): mark.value for claim, mark in verdict.marks.items()},
            "rubric": {point.value: met for point, met in verdict.rubric.items()},
            "reason": verdict.reason,
            "better_source": verdict.better_source,
            "at": verdict.at.timestamp(),
        }
        done = sa.update(review_queue).where(review_queue.c.answer == verdict.answer)
        try:
            with self._store.writing() as connection:
                connection.execute(sa.insert(review_verdicts).values(row))
                connection.execute(done.values(state=DONE, claimed_by=verdict.coach, lease=0.0))
        except IntegrityError:
            return False
        return True

    def verdicts(self, answer: str) -> list[Verdict]:
        """Every verdict on an answer, in the order they came; whoever shows them asks first who may read the answer."""
        wanted = sa.select(review_verdicts).where(review_verdicts.c.answer == answer).order_by(review_verdicts.c.number)
        with self._store.reading() as connection:
            return [verdict_of(row) for row in connection.execute(wanted)]

    def outcome(self, answer: str, person: str, helped: bool) -> None:
        """Note whether a correction helped its asker; nothing is overwritten."""
        row = {"answer": answer, "person": person, "helped": helped, "at": self.now()}
        with self._store.writing() as connection:
            connection.execute(sa.insert(review_outcomes).values(row))


def _id(sort: str, of: str) -> str:
    return blake2b(f"{sort} {of}".encode(), digest_size=10).hexdigest()


def _audiences(connection: sa.Connection, ids: Sequence[str]) -> Iterable[Audience]:
    """Those of documents as they are now; one that is gone admits nobody more than the others."""
    for some in slices(ids):
        for names in connection.scalars(sa.select(documents.c.audience).where(documents.c.id.in_(some))):
            yield Audience.of(names)


def _of_accounts(connection: sa.Connection, accounts: Collection[str]) -> Iterable[Audience]:
    """For each account whoever may read anything of it; nobody where nothing of it is known."""
    for account in accounts:
        sources = (documents.c.account == account, documents.c.kind != Kind.REVIEWED_ANSWER.value)
        held = connection.scalars(sa.select(documents.c.audience).where(*sources))
        yield Audience(frozenset().union(*(Audience.of(names).names for names in held)))


def _admits(audiences: str, reader: Reader) -> bool:
    return all(reader.may_read(Audience.of(names)) for names in json.loads(audiences))


def _allowed(connection: sa.Connection, reader: Reader) -> list[str]:
    """The sets of audiences in the queue that admit a reader: there are few beside the entries."""
    every = connection.scalars(sa.select(review_queue.c.audiences).distinct())
    return [each for each in every if _admits(each, reader)]


def _page(wanted: Filter, allowed: Sequence[str], position: tuple[float, str], size: int) -> sa.Select[Any]:
    c = review_queue.c
    later = sa.or_(c.since > position[0], sa.and_(c.since == position[0], c.id > position[1]))
    return sa.select(review_queue).where(*_where(wanted, allowed), later).order_by(c.since, c.id).limit(size)


def _where(wanted: Filter, allowed: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    c = review_queue.c
    found: list[sa.ColumnElement[bool]] = [c.state.in_(wanted.states), c.audiences.in_(allowed)]
    if wanted.assigned:
        found.append(c.assigned.in_(wanted.assigned))
    if wanted.answer:
        found.append(c.answer == wanted.answer)
    if wanted.reason:
        found.append(sa.cast(c.reasons, sa.Text).contains(json.dumps(wanted.reason.value)))
    return found
