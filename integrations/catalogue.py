"""The catalogue in a SQL database: documents, passages, and the outbox of the indexes."""

import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from integrations import tables
from integrations.entries import BY_DOCUMENT, BY_PASSAGE, HELD, WHOLE, SqlUnguarded, joined, newer, replacing, slices
from integrations.rows import document_row, given_of, passage_row
from integrations.tables import about, documents, files, outbox, passages, roots
from knowledge.access import Audience, Reader
from knowledge.documents import Document, Entry, Passage
from knowledge.errors import StoreError
from knowledge.ports import Counts, File, Given

# Seconds to wait for another writer.
_WAIT = 15.0
_NEXT = sa.cast(sa.cast(about.c.value, sa.Integer) + 1, sa.String)


class SqlCatalogue:
    """Implements knowledge.ports.Catalogue over any SQLAlchemy URL."""

    def __init__(self, url: str) -> None:
        """Open the database, making its tables when there are none. Raises StoreError."""
        try:
            database = sa.make_url(url)
            self._engine = sa.create_engine(database)
        except (sa.exc.ArgumentError, ImportError) as error:
            raise StoreError(f"COACH_DATABASE_URL is not usable: {str(error).splitlines()[0]}") from None
        self._embedded = database.get_backend_name() == "sqlite"
        self._audiences: tuple[str, Sequence[tuple[str | None, Audience, int]]] = ("", ())
        if self._embedded and database.database:
            Path(database.database).parent.mkdir(parents=True, exist_ok=True)
        if self._embedded:
            sa.event.listen(self._engine, "connect", _prepare)
        with self._begin() as connection:
            self._check_schema(connection)

    def _check_schema(self, connection: sa.Connection) -> None:
        if not sa.inspect(connection).has_table(tables.NEWEST):
            self._make_tables(connection)
        found = connection.scalar(sa.select(about.c.value).where(about.c.name == "schema"))
        if found != str(tables.SCHEMA):
            raise StoreError(
                f"this catalogue was made by another version (schema {found}, expected {tables.SCHEMA}):"
                " use another COACH_HOME, or delete this one and ingest again"
            )

    def _make_tables(self, connection: sa.Connection) -> None:
        """All tables or none; another process may be doing the same."""
        if self._embedded:
            # The driver begins no transaction for a CREATE by itself.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        tables.metadata.create_all(connection)
        if connection.scalar(sa.select(sa.func.count()).select_from(about)) == 0:
            facts = {"schema": str(tables.SCHEMA), "identity": uuid4().hex, "changes": "0"}
            connection.execute(sa.insert(about), [{"name": k, "value": v} for k, v in facts.items()])

    @property
    def engine(self) -> sa.Engine:
        """The connections to the database, for what else is kept in it."""
        return self._engine

    @contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except (OperationalError, DatabaseError) as error:
            raise StoreError(f"the catalogue cannot be used: {error.orig}") from error

    def remember_root(self, path: str, given: Given) -> None:
        """Keep what was said of a path when it was ingested."""
        audience = sorted(given.audience.names) if given.audience else None
        said = {"kind": given.kind, "account": given.account, "audience": audience}
        with self._begin() as connection:
            connection.execute(sa.delete(roots).where(roots.c.path == path))
            connection.execute(sa.insert(roots).values(path=path, given=said))

    def roots(self) -> Mapping[str, Given]:
        """Every path that was ingested, with what was said of it."""
        with self._begin() as connection:
            return {row.path: given_of(row.given) for row in connection.execute(sa.select(roots))}

    def files(self, below: str) -> Mapping[str, File]:
        """Every file at or below a path that documents came from, by its path."""
        inside = files.c.path.startswith(below.rstrip("/") + "/", autoescape=True)
        with self._begin() as connection:
            found = connection.execute(sa.select(files).where(sa.or_(files.c.path == below, inside)))
            return {row.path: File(row.fingerprint, row.documents) for row in found}

    def versions(self, file: str) -> Mapping[str, str]:
        """The version of each document of a file, by document id."""
        wanted = sa.select(documents.c.id, documents.c.version).where(documents.c.file == file)
        with self._begin() as connection:
            return {row.id: row.version for row in connection.execute(wanted)}

    def save(self, file: str, batch: Sequence[tuple[Document, Sequence[Passage]]]) -> None:
        """Put documents and their passages in, and note them as pending, in one transaction."""
        if not batch:
            return
        ids = [document.id for document, _ in batch]
        with self._begin() as connection:
            _drop(connection, ids)
            _mark(connection, File("", 0), file)
            connection.execute(sa.insert(documents), [document_row(file, each) for each, _ in batch])
            rows = [passage_row(document.title, each) for document, found in batch for each in found]
            if rows:
                connection.execute(sa.insert(passages), rows)
            _note(connection, ids)

    def finish(self, file: str, fingerprint: str, kept: Collection[str]) -> int:
        """Mark a file as wholly in; its documents that are not `kept` go."""
        with self._begin() as connection:
            wanted = sa.select(documents.c.id).where(documents.c.file == file)
            gone = [each for each in connection.scalars(wanted) if each not in kept]
            _drop(connection, gone)
            _note(connection, gone)
            _mark(connection, File(fingerprint, len(kept)), file)
        return len(gone)

    def forget(self, gone: Iterable[str]) -> int:
        """Remove files and all their documents."""
        removed = 0
        with self._begin() as connection:
            for file in gone:
                ids = list(connection.scalars(sa.select(documents.c.id).where(documents.c.file == file)))
                _drop(connection, ids)
                _note(connection, ids)
                connection.execute(sa.delete(files).where(files.c.path == file))
                connection.execute(sa.delete(roots).where(roots.c.path == file))
                removed += len(ids)
        return removed

    def identity(self) -> str:
        """A name that no other catalogue has, so that an index knows whose it is."""
        with self._begin() as connection:
            return str(connection.scalar(sa.select(about.c.value).where(about.c.name == "identity")))

    def state(self) -> str:
        """The number of the latest change, with the identity: a name for what is known now."""
        latest = sa.select(about.c.value).where(about.c.name == "changes")
        # Two connections at once for each of many threads would wait for each other for ever.
        identity = self.identity()
        with self._begin() as connection:
            return f"{identity[:8]}.{connection.scalar(latest) or 0}"

    def find(self, wanted: Iterable[str], reader: Reader, today: date) -> Mapping[str, tuple[Passage, Entry]]:
        """Those of the passages that this reader may read and that are in force, by id."""
        found: dict[str, tuple[Passage, Entry]] = {}
        with self._begin() as connection:
            replaced = replacing(connection, reader, today)
            for ids in slices(list(wanted)):
                for entry, passage in joined(connection, BY_PASSAGE, ids):
                    if reader.may_read(entry.audience) and entry.current(today) and not newer(entry, replaced):
                        found[passage.id] = (passage, entry)
        return found

    def accounts(self, reader: Reader) -> Collection[str]:
        """The names of accounts that documents this reader may read belong to."""
        return sorted({account for account, audience, _ in self._held() if account and reader.may_read(audience)})

    def readable(self, reader: Reader) -> int:
        """How many documents this reader may read."""
        return sum(count for _, audience, count in self._held() if reader.may_read(audience))

    def _held(self) -> Sequence[tuple[str | None, Audience, int]]:
        """How many documents of each account there are for each audience, counted anew when anything changed."""
        state = self.state()
        if self._audiences[0] != state:
            with self._begin() as connection:
                rows = connection.execute(HELD).all()
            self._audiences = state, [(row.account, Audience.of(row.audience), row.documents) for row in rows]
        return self._audiences[1]

    def passages_of(self, wanted: Collection[str], reader: Reader) -> Mapping[str, Sequence[Passage]]:
        """The passages of documents by their id, in order; those that the reader may not read are left out."""
        found: dict[str, list[Passage]] = {}
        with self._begin() as connection:
            for ids in slices(list(wanted)):
                for entry, passage in joined(connection, WHOLE, ids):
                    if reader.may_read(entry.audience):
                        found.setdefault(entry.id, []).append(passage)
        return {name: sorted(each, key=lambda passage: passage.start) for name, each in found.items()}

    def text(self, document: str, start: int, end: int) -> str:
        """The characters of a document from `start` to `end`."""
        wanted = sa.select(sa.func.substr(documents.c.text, start + 1, end - start)).where(documents.c.id == document)
        with self._begin() as connection:
            return str(connection.scalar(wanted) or "")

    def pending(self, limit: int) -> Mapping[str, int]:
        """Ids of documents the index has not taken yet, oldest first, with their latest mark."""
        latest = sa.func.max(outbox.c.mark).label("mark")
        wanted = sa.select(outbox.c.document_id, latest).group_by(outbox.c.document_id).order_by(latest).limit(limit)
        with self._begin() as connection:
            return {row.document_id: row.mark for row in connection.execute(wanted)}

    def indexable(self, wanted: Collection[str]) -> Iterable[tuple[Entry, Passage]]:
        """Every passage of these documents; documents that are gone have none."""
        for ids in slices(list(wanted)):
            with self._begin() as connection:
                rows = list(joined(connection, BY_DOCUMENT, ids))
            yield from rows

    def applied(self, marks: Mapping[str, int]) -> None:
        """The index holds these documents as they were at these marks; later changes stay noted."""
        taken = sa.delete(outbox).where(
            outbox.c.document_id == sa.bindparam("document"), outbox.c.mark <= sa.bindparam("up_to")
        )
        with self._begin() as connection:
            if marks:
                connection.execute(taken, [{"document": each, "up_to": mark} for each, mark in marks.items()])

    def note_all(self) -> None:
        """Note every document as pending, for an index that starts from nothing."""
        with self._begin() as connection:
            everything = sa.select(documents.c.id)
            connection.execute(sa.insert(outbox).from_select(["document_id"], everything))

    def counts(self) -> Counts:
        """How much there is."""
        with self._begin() as connection:
            numbers = [
                connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in (documents, passages, outbox)
            ]
        return Counts(*numbers)

    def unguarded(self) -> SqlUnguarded:
        """What there is, whoever may read it: for audits and admins, never for an answer."""
        return SqlUnguarded(self._begin, lambda: (audience for _, audience, _ in self._held()))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """WAL lets readers go on while one process writes; the wait is for the other writer."""
    connection.execute(f"PRAGMA busy_timeout={round(_WAIT * 1000)}")
    _write_ahead(connection, time.monotonic() + _WAIT)
    connection.execute("PRAGMA synchronous=NORMAL")


def _write_ahead(connection: sqlite3.Connection, end: float) -> None:
    """Turn WAL on; while another connection does the same SQLite refuses at once, whatever the wait."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
        time.sleep(0.02)


def _drop(connection: sa.Connection, ids: Sequence[str]) -> None:
    for some in slices(ids):
        connection.execute(sa.delete(passages).where(passages.c.document_id.in_(some)))
        connection.execute(sa.delete(documents).where(documents.c.id.in_(some)))


def _mark(connection: sa.Connection, state: File, path: str) -> None:
    """Keep the state of a file; without a fingerprint it is not wholly in, and is read again."""
    connection.execute(sa.delete(files).where(files.c.path == path))
    connection.execute(sa.insert(files).values(path=path, fingerprint=state.fingerprint, documents=state.documents))


def _note(connection: sa.Connection, ids: Sequence[str]) -> None:
    if ids:
        connection.execute(sa.insert(outbox), [{"document_id": each} for each in ids])
        connection.execute(sa.update(about).where(about.c.name == "changes").values(value=_NEXT))
