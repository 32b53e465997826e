"""Documents as the catalogue lists them: what replaces what, and what there is whoever may read it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import sqlalchemy as sa

from integrations.rows import ENTRY, entry_of, passage_of
from integrations.tables import documents, passages, review_corrections
from knowledge.access import PUBLIC, Audience, Reader
from knowledge.documents import Entry, Kind, Passage

# SQLite takes 32,766 variables in a statement; other databases take fewer rows just as well.
_MANY = 500

JOINED = sa.select(*ENTRY, *(column.label(f"p_{column.name}") for column in passages.c)).join_from(documents, passages)
_ALL = sa.select(*ENTRY).order_by(documents.c.source, documents.c.id)
_REPLACING = sa.select(*ENTRY).where(documents.c.supersedes.is_not(None))

# A correction answers its own question (assistant/reviewed.py), where all that it rests on may be read; as a passage
# it would be quoted for other questions, and for whoever may read it but not its sources.
_NO_CORRECTION = documents.c.file.not_in(sa.select(review_corrections.c.file))
BY_PASSAGE = JOINED.where(passages.c.id.in_(sa.bindparam("ids", expanding=True)), _NO_CORRECTION)
WHOLE = JOINED.where(passages.c.document_id.in_(sa.bindparam("ids", expanding=True)), _NO_CORRECTION)
BY_DOCUMENT = JOINED.where(passages.c.document_id.in_(sa.bindparam("ids", expanding=True)))
HELD = (
    sa.select(documents.c.account, documents.c.audience, sa.func.count().label("documents"))
    .where(_NO_CORRECTION)
    .group_by(documents.c.account, documents.c.audience)
)

Replacing = Mapping[str, Sequence[Entry]]
"""Documents that replace others, by what they say they replace."""


def slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many ids at once as a statement takes."""
    return (ids[at : at + _MANY] for at in range(0, len(ids), _MANY))


def replacing(connection: sa.Connection, reader: Reader, today: date) -> Replacing:
    """What newer documents, readable and in force, say they replace."""
    replaced: dict[str, list[Entry]] = {}
    for entry in map(entry_of, connection.execute(_REPLACING)):
        if entry.supersedes and entry.current(today) and reader.may_read(entry.audience):
            replaced.setdefault(entry.supersedes, []).append(entry)
    return replaced


def newer(entry: Entry, replaced: Replacing) -> Sequence[Entry]:
    """Those that replace a document, itself aside."""
    found = (each for name in _names(entry) & replaced.keys() for each in replaced[name])
    return [each for each in found if each.id != entry.id]


def _names(entry: Entry) -> frozenset[str]:
    return frozenset((entry.id, entry.title, entry.source, entry.source.rsplit("/", 1)[-1]))


class SqlUnguarded:
    """Implements knowledge.ports.Unguarded; `begin` opens a transaction of the catalogue.

    `audiences` gives every audience there is.
    """

    def __init__(
        self,
        begin: Callable[[], AbstractContextManager[sa.Connection]],
        audiences: Callable[[], Iterable[Audience]],
    ) -> None:
        self._begin = begin
        self._audiences = audiences

    def names(self) -> frozenset[str]:
        """Every name that an audience has."""
        return frozenset().union(*(each.names for each in self._audiences()))

    def accounts(self) -> Sequence[str]:
        """The names of all accounts."""
        held = sa.select(documents.c.account).where(documents.c.account.is_not(None)).distinct()
        with self._begin() as connection:
            return sorted(connection.scalars(held))

    def entries(self) -> Sequence[Entry]:
        """Every document."""
        return self._entries(_ALL)

    def public_plans(self) -> Sequence[Entry]:
        """The account plans that everyone can read."""
        public = sa.cast(documents.c.audience, sa.Text).contains(json.dumps(PUBLIC))
        return self._entries(_ALL.where(documents.c.kind == Kind.ACCOUNT_PLAN.value, public))

    def called(self, name: str) -> Sequence[Entry]:
        """The documents that have this id, source, title or file name."""
        c, name = documents.c, name.encode(errors="ignore").decode()
        inside = c.source.endswith(f"/{name}", autoescape=True)
        titled = sa.func.lower(c.title) == name.lower()
        wanted = sa.or_(c.id == name, c.source == name, c.title == name, titled, inside)
        return self._entries(_ALL.where(wanted))

    def entries_of(self, ids: Iterable[str]) -> Mapping[str, Entry]:
        """Those of the documents that are there."""
        wanted = [_ALL.where(documents.c.id.in_(some)) for some in slices(list(ids))]
        return {entry.id: entry for each in wanted for entry in self._entries(each)}

    def _entries(self, wanted: sa.Select[tuple[object, ...]]) -> list[Entry]:
        with self._begin() as connection:
            return [entry_of(row) for row in connection.execute(wanted)]

    def find(self, wanted: Iterable[str]) -> Mapping[str, tuple[Passage, Entry]]:
        """Those of the passages that are there, by id."""
        found = {}
        with self._begin() as connection:
            for ids in slices(list(wanted)):
                for row in connection.execute(JOINED.where(passages.c.id.in_(ids))):
                    found[row.p_id] = passage_of(row), entry_of(row)
        return found

    def newer(self, entries: Iterable[Entry], reader: Reader, today: date) -> Mapping[str, Sequence[Entry]]:
        """By the id of each document: those that replace it and that this reader may use."""
        with self._begin() as connection:
            replaced = replacing(connection, reader, today)
        return {each.id: newer(each, replaced) for each in entries}


def joined(connection: sa.Connection, statement: sa.Select[Any], ids: Sequence[str]) -> Iterator[tuple[Entry, Passage]]:
    """The passages that a statement finds by ids, each with its document."""
    entries: dict[str, Entry] = {}
    for row in connection.execute(statement, {"ids": ids}):
        if row.id not in entries:
            entries[row.id] = entry_of(row)
        yield entries[row.id], passage_of(row)
