"""Where vectors belong: the passages that have them, and who may read those."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from integrations.tables import about, documents, embedders, passages, vectors
from knowledge.access import Audience
from knowledge.errors import StoreError

_MANY = 500
_AUDIENCE = sa.cast(documents.c.audience, sa.Text).label("audience")
_STAMPS = sa.select(
    embedders.c.id,
    embedders.c.dimension,
    embedders.c.in_force,
    sa.select(about.c.value).where(about.c.name == "changes").scalar_subquery().label("change"),
    sa.select(sa.func.max(vectors.c.number)).scalar_subquery().label("newest"),
)
_AUDIENCES = (
    sa.select(_AUDIENCE, documents.c.audience.label("names"), sa.func.count().label("size"))
    .join_from(documents, passages)
    .group_by(_AUDIENCE)
)
_PLACED = (
    sa.select(vectors.c.number, vectors.c.digest, passages.c.id, _AUDIENCE)
    .join_from(passages, documents)
    .join(vectors, vectors.c.digest == passages.c.digest)
    .where(vectors.c.embedder == sa.bindparam("embedder"))
)
_NEWER = (
    sa.select(vectors.c.number, vectors.c.digest, vectors.c.vector)
    .where(
        vectors.c.embedder == sa.bindparam("embedder"),
        vectors.c.number > sa.bindparam("number"),
        vectors.c.vector.is_not(None),
    )
    .order_by(vectors.c.number)
    .limit(sa.bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """An embedder, how long its vectors are, and the latest changes of passages and of vectors."""

    embedder: str
    dimension: int
    in_force: bool
    change: str
    newest: int


@dataclass(frozen=True, slots=True)
class Group:
    """Documents with one audience (`raw` as it is stored), and how many passages they have."""

    raw: str
    audience: Audience
    size: int


class Place(NamedTuple):
    """A passage, the number and the digest of its vector, and the audience of its document as it is stored."""

    number: int
    digest: str
    passage: str
    audience: str


class Kept(NamedTuple):
    """A vector as it is kept: the bytes of its 32-bit floats."""

    number: int
    digest: str
    vector: bytes


class Places:
    """Reads of a catalogue's database for search among vectors."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @contextmanager
    def _connect(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except sa.exc.DatabaseError as error:
            raise StoreError(f"the vectors cannot be used: {error.orig}") from error

    def identity(self) -> str:
        """A name that no other catalogue has."""
        with self._connect() as connection:
            return str(connection.scalar(sa.select(about.c.value).where(about.c.name == "identity")))

    def stamps(self) -> Sequence[Stamp]:
        """Every embedder that has vectors, as things stand now."""
        with self._connect() as connection:
            return [Stamp(*row[:4], row.newest or 0) for row in connection.execute(_STAMPS)]

    def groups(self) -> Sequence[Group]:
        """Every audience there is."""
        with self._connect() as connection:
            return [Group(row.audience, Audience.of(row.names), row.size) for row in connection.execute(_AUDIENCES)]

    def read_by(self, embedder: str, raw: str) -> Sequence[Place]:
        """The places of all documents with one audience."""
        return self._placed(embedder, _PLACED.where(_AUDIENCE.element == raw))

    def since(self, embedder: str, number: int) -> Sequence[Place]:
        """The places of vectors that are newer than a number."""
        return self._placed(embedder, _PLACED.where(vectors.c.number > number))

    def of_digests(self, embedder: str, digests: Sequence[str]) -> Iterator[Place]:
        """The places of some vectors."""
        for some in _slices(digests):
            yield from self._placed(embedder, _PLACED.where(passages.c.digest.in_(some)))

    def of_passages(self, embedder: str, ids: Sequence[str]) -> Iterator[Place]:
        """The places of some passages."""
        for some in _slices(ids):
            yield from self._placed(embedder, _PLACED.where(passages.c.id.in_(some)))

    def _placed(self, embedder: str, statement: sa.Select[Any]) -> list[Place]:
        with self._connect() as connection:
            return [Place._make(row) for row in connection.execute(statement, {"embedder": embedder})]

    def newer(self, embedder: str, number: int, most: int) -> Sequence[Kept]:
        """The oldest vectors that are newer than a number."""
        with self._connect() as connection:
            given = {"embedder": embedder, "number": number, "most": most}
            return [Kept._make(row) for row in connection.execute(_NEWER, given)]

    def digests(self, embedder: str) -> Iterable[str]:
        """What all vectors of an embedder are known by."""
        with self._connect() as connection:
            return connection.scalars(sa.select(vectors.c.digest).where(vectors.c.embedder == embedder)).all()

    def size(self, embedder: str) -> int:
        """How many texts an embedder has dealt with."""
        count = sa.select(sa.func.count()).select_from(vectors).where(vectors.c.embedder == embedder)
        with self._connect() as connection:
            return connection.scalar(count) or 0


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _MANY] for at in range(0, len(ids), _MANY))
