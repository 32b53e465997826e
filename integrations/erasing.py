"""What is kept of a person's questions, and its erasing; documents and other people's conversations stay."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from integrations.askers import Identity
from integrations.tables import answers, audit, slack_inbox, votes, web_sessions
from knowledge.errors import StoreError
from knowledge.explain import without_person


class Traces:
    """What the catalogue's database keeps of one person."""

    def __init__(self, engine: sa.Engine, whose: Identity) -> None:
        self._engine = engine
        self._whose = whose
        slack, known_as = list(whose.slack), [*whose.slack, *whose.audited_as]
        self._theirs: Mapping[str, tuple[sa.Table, sa.ColumnElement[bool]]] = {
            "questions": (slack_inbox, slack_inbox.c.incoming["person"].as_string().in_(slack)),
            "answers": (answers, answers.c.person.in_(known_as)),
            "votes": (votes, votes.c.person.in_(known_as)),
            "sessions": (web_sessions, web_sessions.c.person.in_(known_as)),
            "audit": (audit, audit.c.person.in_(whose.audited_as)),
        }

    def count(self) -> dict[str, int]:
        """How many rows there are of each sort; `mentions` are rules in the audit rows of others that name them."""
        with self._begin() as connection:
            counts = {
                sort: connection.scalar(sa.select(sa.func.count()).select_from(table).where(whose)) or 0
                for sort, (table, whose) in self._theirs.items()
            }
            return counts | {"mentions": len(list(self._mentions(connection)))}

    def erase(self) -> dict[str, int]:
        """Remove them in one transaction; how many rows of each sort went."""
        with self._begin() as connection:
            if connection.dialect.name == "sqlite":
                # What is deleted is overwritten, not only let go of.
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            erased = {
                sort: connection.execute(sa.delete(table).where(whose)).rowcount
                for sort, (table, whose) in self._theirs.items()
            }
            mentions = list(self._mentions(connection))
            for number, withheld in mentions:
                connection.execute(sa.update(audit).where(audit.c.number == number).values(withheld=withheld))
        self._settle()
        return erased | {"mentions": len(mentions)}

    def _mentions(self, connection: sa.Connection) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """The audit rows of others whose rules name this person beside the asker, without the name."""
        others = sa.select(audit.c.number, audit.c.withheld).where(audit.c.person.not_in(self._whose.audited_as))
        named = sa.cast(audit.c.withheld, sa.Text).contains(json.dumps(self._whose.name)[1:-1], autoescape=True)
        for number, withheld in connection.execute(others.where(named)).all():
            without = [each | {"because": self._unnamed(each["because"])} for each in withheld]
            if without != withheld:
                yield number, without

    def _unnamed(self, rules: list[str]) -> list[str]:
        return [without_person(each, self._whose.name) for each in rules]

    def _settle(self) -> None:
        """SQLite: what was erased goes out of the write-ahead log, too."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise StoreError(f"the database cannot be used: {error.orig}") from error
