"""Since when each version of a document is in the library: what tells whether a question could have been answered."""

import time
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from integrations.store import Store
from integrations.tables import documents, library_history

_TRIES = 5


class LibraryHistory:
    """Looks at the catalogue and notes what changed; to be asked for that after each ingest."""

    def __init__(self, engine: sa.Engine, now: Callable[[], float] = time.time) -> None:
        self._store = Store(engine)
        self._now = now

    def note(self) -> int:
        """Note what came, and forget what went; how many versions are new.

        What is there at the first look of all was always there, as far as anybody knows.
        """
        for _ in range(_TRIES):
            try:
                with self._store.writing() as connection:
                    return self._noted(connection)
            except IntegrityError:
                # Another process noted the same in this very moment.
                continue
        return 0

    def _noted(self, connection: sa.Connection) -> int:
        noted, d = library_history.c, documents.c
        first = connection.scalar(sa.select(noted.document).limit(1)) is None
        there = sa.exists().where(d.id == noted.document, d.version == noted.version)
        connection.execute(sa.delete(library_history).where(~there))
        known = sa.exists().where(noted.document == d.id, noted.version == d.version)
        new = connection.execute(sa.select(d.id, d.version).where(~known)).all()
        since = 0.0 if first else self._now()
        if new:
            rows = [{"document": row.id, "version": row.version, "since": since} for row in new]
            connection.execute(sa.insert(library_history), rows)
        return 0 if first else len(new)

    def came(self) -> dict[str, float]:
        """The documents that came or changed since anybody looked, by id, each with when."""
        noted = library_history.c
        wanted = sa.select(noted.document, noted.since).where(noted.since > 0)
        with self._store.reading() as connection:
            return {row.document: row.since for row in connection.execute(wanted)}
