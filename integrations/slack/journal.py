"""The journal: every question recorded before it is worked on, worked on once, answered once.

A row is `waiting` until a process claims it, `working` while that process renews its lease, then
`done`. A row whose lease ran out (its process died) may be claimed by any process.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from integrations.slack.incoming import Incoming
from integrations.tables import slack_inbox
from knowledge.errors import StoreError

LEASE = 30.0


@dataclass(frozen=True, slots=True)
class Job:
    """A recorded question; `reply` names the messages of a reply already begun: their ts, between spaces.

    Once the reply that others see stands whole, `outcome` says how the question ended.
    """

    id: str
    incoming: Incoming
    reply: str
    tries: int
    outcome: str = ""


class Journal:
    """The journal of one process over a database that several share."""

    def __init__(self, engine: sa.Engine, now: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._now = now
        self._me = uuid4().hex
        # SQLite lets one write at a time and has the others sleep and look again; here they queue.
        self._turn = Lock()

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._turn, self._reading() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise StoreError(f"the journal cannot be used: {error.orig}") from error

    def record(self, incoming: Incoming) -> Job | None:
        """Record a question and claim it; None when it was recorded before."""
        row = {
            "id": uuid4().hex,
            "event": incoming.event,
            "place": f"{incoming.team}:{incoming.channel}:{incoming.message}" if incoming.message else None,
            "incoming": incoming.as_dict(),
            "state": "working",
            "owner": self._me,
            "lease": self._now() + LEASE,
            "reply": "",
            "tries": 1,
            "created": self._now(),
        }
        try:
            with self._writing() as connection:
                connection.execute(sa.insert(slack_inbox).values(row))
        except IntegrityError:
            return None
        return Job(str(row["id"]), incoming, "", 1)

    def abandoned(self, limit: int = 20) -> Sequence[Job]:
        """Claim questions whose process died, oldest first."""
        late = sa.and_(slack_inbox.c.state != "done", slack_inbox.c.lease < self._now())
        wanted = sa.select(slack_inbox).where(late).order_by(slack_inbox.c.created).limit(limit)
        claimed = []
        with self._writing() as connection:
            for row in connection.execute(wanted).all():
                mine = sa.update(slack_inbox).where(slack_inbox.c.id == row.id, slack_inbox.c.lease == row.lease)
                values = {"owner": self._me, "lease": self._now() + LEASE, "state": "working", "tries": row.tries + 1}
                if connection.execute(mine.values(values)).rowcount:
                    incoming = Incoming(**row.incoming)
                    claimed.append(Job(row.id, incoming, row.reply, row.tries + 1, row.outcome or ""))
        return claimed

    def renew(self, jobs: Sequence[str]) -> None:
        """Keep the lease of questions this process is working on."""
        if jobs:
            self._set(slack_inbox.c.id.in_(jobs), lease=self._now() + LEASE)

    def begun(self, job: str, reply: str) -> None:
        """Remember the reply that was begun, so that whoever takes over goes on with it."""
        self._set(slack_inbox.c.id == job, reply=reply)

    def shown(self, job: str, reply: str, outcome: str) -> None:
        """The reply that others see stands whole: whoever takes over leaves it alone."""
        self._set(slack_inbox.c.id == job, reply=reply, outcome=outcome)

    def done(self, job: str, outcome: str) -> None:
        """The question had its terminal reply."""
        self._set(slack_inbox.c.id == job, state="done", outcome=outcome, lease=0.0)

    def hand_back(self, jobs: Sequence[str]) -> None:
        """Let another process take these at once."""
        if jobs:
            self._set(slack_inbox.c.id.in_(jobs), lease=0.0, state="waiting")

    def _set(self, condition: sa.ColumnElement[bool], **values: Any) -> None:
        with self._writing() as connection:
            connection.execute(sa.update(slack_inbox).where(condition).values(values))

    def asked(self, job: str) -> Incoming | None:
        """What was asked in a job, or None."""
        with self._reading() as connection:
            found = connection.scalar(sa.select(slack_inbox.c.incoming).where(slack_inbox.c.id == job))
            return Incoming(**found) if found else None

    def numbers(self) -> Mapping[str, int]:
        """How many questions are in each state, for the metrics page."""
        counted = sa.select(slack_inbox.c.state, sa.func.count()).group_by(slack_inbox.c.state)
        with self._reading() as connection:
            return {state: count for state, count in connection.execute(counted)}
