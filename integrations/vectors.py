"""Vectors in the catalogue's database: made once for each text, kept as they arrive."""

import hashlib
from array import array
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from integrations.locks import held
from integrations.rows import passage_of
from integrations.tables import about, documents, embedders, passages, vectors
from knowledge.errors import EmbedderError, StoreError
from knowledge.ports import Embedded, Vector

_CHANGES = sa.select(about.c.value).where(about.c.name == "changes").scalar_subquery()
_EMBEDDER: sa.BindParameter[str] = sa.bindparam("embedder")
# Digests first, from their index: the texts of a whole library are long to read.
_EACH = passages.alias()
_HAS_ONE = sa.exists().where(vectors.c.embedder == _EMBEDDER, vectors.c.digest == _EACH.c.digest)
_WAITING = sa.select(sa.func.count()).select_from(_EACH).where(~_HAS_ONE)
_WITHOUT = sa.select(_EACH.c.digest).where(~_HAS_ONE).limit(sa.bindparam("most"))
_TEXTS = sa.select(documents.c.title, *(column.label(f"p_{column.name}") for column in passages.c)).join_from(
    passages, documents
)
_MISSING = _TEXTS.where(passages.c.digest.in_(_WITHOUT))
_NEEDED = sa.exists().where(passages.c.digest == vectors.c.digest)
_UNNEEDED = sa.select(vectors.c.number).where((vectors.c.embedder != _EMBEDDER) | ~_NEEDED)
_DROP = sa.delete(vectors).where(vectors.c.number.in_(_UNNEEDED))


class SqlVectors:
    """Implements knowledge.ports.Vectors over the engine of a catalogue; `home` has the lock of who embeds."""

    def __init__(self, engine: sa.Engine, home: Path) -> None:
        self._engine = engine
        self._lock = FileLock(home / "embedding.lock")

    def owner(self, wait: float) -> AbstractContextManager[bool]:
        """Hold the lock of those who write."""
        return held(self._lock, wait)

    @contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.DatabaseError as error:
            raise StoreError(f"the vectors cannot be used: {error.orig}") from error

    def in_force(self) -> str:
        """The name of the embedder that searches go by; empty before the first is complete."""
        with self._begin() as connection:
            return str(connection.scalar(sa.select(embedders.c.name).where(embedders.c.in_force)) or "")

    def settled(self, embedder: str) -> bool:
        """Whether this embedder is in force and nothing has changed since it was complete."""
        mine = sa.select(embedders.c.id).where(
            embedders.c.id == key(embedder), embedders.c.in_force, embedders.c.settled == _CHANGES
        )
        with self._begin() as connection:
            return connection.scalar(mine) is not None

    def begin(self, embedder: str) -> bool:
        """Note that embedding begins; whether an earlier one never came to `end`."""
        running = sa.select(embedders.c.running).where(embedders.c.id == key(embedder))
        fresh = {"dimension": 0, "in_force": False, "running": True, "settled": ""}
        with self._begin() as connection:
            before = connection.scalar(running)
            if before is None:
                connection.execute(sa.insert(embedders).values(id=key(embedder), name=embedder, **fresh))
            connection.execute(_update(embedder).values(running=True))
        return bool(before)

    def end(self, embedder: str) -> None:
        """Note that embedding is over, complete or not."""
        with self._begin() as connection:
            connection.execute(_update(embedder).values(running=False))

    def missing(self, embedder: str, limit: int) -> Mapping[str, str]:
        """Texts of passages without a vector, by digest."""
        with self._begin() as connection:
            rows = connection.execute(_MISSING, {"embedder": key(embedder), "most": limit}).all()
        return {row.p_digest: passage_of(row).searched(row.title) for row in rows}

    def waiting(self, embedder: str) -> int:
        """How many passages have no vector yet."""
        with self._begin() as connection:
            return connection.scalar(_WAITING, {"embedder": key(embedder)}) or 0

    def keep(self, embedder: str, made: Mapping[str, Embedded]) -> None:
        """Put vectors in, by digest, at once. Raises EmbedderError when they are not as long as those there."""
        lengths = {len(each.vector) for each in made.values() if each.vector is not None}
        rows = [
            {"embedder": key(embedder), "digest": digest, "share": each.share, "vector": _bytes(each.vector)}
            for digest, each in made.items()
        ]
        with self._begin() as connection:
            for length in lengths:
                _check_length(connection, embedder, length)
            connection.execute(sa.insert(vectors), rows)

    def complete(self, embedder: str) -> bool:
        """If nothing is missing, put this embedder in force; others go, and vectors that no passage needs."""
        mine = key(embedder)
        with self._begin() as connection:
            # Writing first takes the lock: nobody adds a passage between the look and the switch.
            connection.execute(_update(embedder).values(running=False))
            if connection.scalar(_WAITING, {"embedder": mine}):
                return False
            connection.execute(_DROP, {"embedder": mine})
            connection.execute(sa.delete(embedders).where(embedders.c.id != mine))
            connection.execute(_update(embedder).values(in_force=True, settled=_CHANGES))
        return True

    def example(self, embedder: str) -> tuple[str, Vector] | None:
        """A text that is in, and its vector."""
        whole = (vectors.c.embedder == key(embedder), vectors.c.share == 1.0, vectors.c.vector.is_not(None))
        one = _TEXTS.add_columns(vectors.c.vector).join(vectors, vectors.c.digest == passages.c.digest)
        with self._begin() as connection:
            row = connection.execute(one.where(*whole).limit(1)).first()
        return (passage_of(row).searched(row.title), array("f", row.vector)) if row else None

    def forget(self, embedder: str) -> None:
        """Drop all vectors of an embedder."""
        with self._begin() as connection:
            connection.execute(sa.delete(vectors).where(vectors.c.embedder == key(embedder)))
            connection.execute(sa.delete(embedders).where(embedders.c.id == key(embedder)))

    def curtailed(self, embedder: str) -> tuple[int, int]:
        """How many texts were too long for the embedder and cut, and how many it refused."""
        count = sa.select(sa.func.count()).where(vectors.c.embedder == key(embedder))
        with self._begin() as connection:
            cut = connection.scalar(count.where(vectors.c.share < 1.0, vectors.c.vector.is_not(None)))
            refused = connection.scalar(count.where(vectors.c.vector.is_(None)))
        return cut or 0, refused or 0


def key(embedder: str) -> str:
    """What stands for the name of an embedder in tables, files and collections."""
    return hashlib.blake2b(embedder.encode(), digest_size=6).hexdigest()


def _update(embedder: str) -> sa.Update:
    return sa.update(embedders).where(embedders.c.id == key(embedder))


def _bytes(vector: Vector | None) -> bytes | None:
    return None if vector is None else vector.tobytes()


def _check_length(connection: sa.Connection, embedder: str, length: int) -> None:
    connection.execute(_update(embedder).where(embedders.c.dimension == 0).values(dimension=length))
    known = connection.scalar(sa.select(embedders.c.dimension).where(embedders.c.id == key(embedder)))
    if known != length:
        raise EmbedderError(
            f"{embedder} gives vectors of {length} numbers and gave {known} before: another model answers"
            " under this name now; run coach reindex to embed anew"
        )
