"""How everything of coach review reaches the database: one writer of a process at a time, errors in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from knowledge.errors import StoreError


class Store:
    """The connections of one process to a database that several share."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        # SQLite lets one write at a time and has the others sleep and look again; here they queue.
        self._turn = Lock()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that begins with a write, so that what it reads later is what it changes. Raises StoreError."""
        with self._turn, self.reading() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction. Raises IntegrityError for what is there already, else StoreError, without what was written."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise StoreError(f"the reviews cannot be used: {error.orig}") from None
