"""Corrections in the library: promoted to documents, and stale as soon as a source is not what it was."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from assistant.answers import Citation
from assistant.correction import Cite, Correction, Statement, until
from assistant.sentences import cite
from integrations.review import files as reviewed_files
from integrations.review.correction_rows import as_json, of_json
from integrations.review.entry_rights import open_answers
from integrations.store import Store
from integrations.tables import documents, review_cites, review_corrections
from knowledge.access import Audience, Reader
from knowledge.documents import Entry, Hit, Passage
from knowledge.library import Library

# Who is named where a coach was erased.
NOBODY = "a former coach"

Holding = Callable[[str], Sequence[tuple[Passage, Entry]]]
"""The passages of a document, by its id, as a coach may read them right now."""


class Lapse(StrEnum):
    """Why a correction no longer holds: a document it cites is not what it was, or its own time is over."""

    CHANGED = "changed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Kept:
    """A correction that a reader may see; only without `lapses` may it be shown as what holds now."""

    correction: Correction
    lapses: frozenset[Lapse]


class Corrections:
    """Corrections as files below `folder`, as documents of a library, and as rows beside its catalogue."""

    def __init__(
        self, engine: sa.Engine, library: Library, folder: Path, today: Callable[[], date] = date.today
    ) -> None:
        self._store = Store(engine)
        self._library = library
        self._folder = folder
        self.today = today

    def promote(self, correction: Correction) -> Path:
        """Make a correction a document of the library; one with the same id is replaced. Raises WrongCorrection.

        What it cites is noted before the library has it, so that it is never there unwatched.
        """
        reviewed_files.check(correction)
        self._note(correction)
        file = reviewed_files.write(self._folder, correction)
        self._library.ingest([self._folder], wait=0.0)
        return file

    def replace_others(self, correction: Correction) -> None:
        """Take earlier corrections of the same answer out of the library: the newest stands."""
        c = review_corrections.c
        with self._store.reading() as connection:
            same = list(connection.scalars(sa.select(c.id).where(c.answer == correction.answer)))
        for each in same:
            if each != correction.id:
                self.withdraw(each)

    def withdraw(self, correction: str) -> None:
        """Take a correction out of the library; its row stays, as what was once said."""
        reviewed_files.place(self._folder, correction).unlink(missing_ok=True)
        self._library.ingest([self._folder], wait=0.0)

    def unname(self, correction: str) -> None:
        """Take a coach's name out of a correction; without anything but experience it is withdrawn."""
        file = reviewed_files.place(self._folder, correction)
        if not file.exists():
            return self._forget(correction)
        kept = reviewed_files.read(file)
        cited = tuple(each for each in kept.statements if each.citations)
        self.withdraw(correction)
        self._forget(correction)
        if cited:
            self.promote(replace(kept, coach=NOBODY, statements=cited))

    def _forget(self, correction: str) -> None:
        with self._store.writing() as connection:
            connection.execute(sa.delete(review_corrections).where(review_corrections.c.id == correction))
            connection.execute(sa.delete(review_cites).where(review_cites.c.correction == correction))

    def restore(self) -> int:
        """Take in the files that the database does not know, as when it starts from nothing; how many there are."""
        files = sorted(self._folder.glob("*.md"))
        with self._store.reading() as connection:
            known = set(connection.scalars(sa.select(review_corrections.c.id)))
        found = [reviewed_files.read(each) for each in files if each.stem not in known]
        for each in found:
            self._note(each)
        if found:
            self._library.ingest([self._folder], wait=0.0)
        return len(found)

    def _note(self, correction: Correction) -> None:
        rested = sorted({(each.document, each.version) for each in correction.cites})
        rows = [{"correction": correction.id, "document": name, "version": version} for name, version in rested]
        row = {
            "id": correction.id,
            "file": str(reviewed_files.place(self._folder, correction.id).resolve()),
            "answer": correction.answer,
            "coach": correction.coach,
            "expires": correction.expires,
            "correction": as_json(correction),
        }
        with self._store.writing() as connection:
            connection.execute(sa.delete(review_corrections).where(review_corrections.c.id == correction.id))
            connection.execute(sa.delete(review_cites).where(review_cites.c.correction == correction.id))
            connection.execute(sa.insert(review_corrections).values(row))
            if rows:
                connection.execute(sa.insert(review_cites), rows)

    def kept(self, reader: Reader, ids: Collection[str] = ()) -> list[Kept]:
        """All corrections, or some, that this reader may see at this moment.

        They, every document they cite and every one that the corrected answer showed must be open to the reader.
        """
        with self._store.reading() as connection:
            found = [
                Kept(of_json(rows[0].correction), _lapses(rows, self.today()))
                for name, rows in _by_correction(connection, self.today()).items()
                if (not ids or name in ids) and _readable(rows, reader)
            ]
            asked = {each.correction.answer: each.correction.question for each in found}
            opened = open_answers(connection, asked, reader)
        return [each for each in found if each.correction.answer in opened]

    def current(self, reader: Reader) -> list[Correction]:
        """Those that this reader may see and that hold at this moment."""
        return [each.correction for each in self.kept(reader) if not each.lapses]

    def holds(self, correction: str, reader: Reader) -> bool:
        """Whether a correction holds at this moment and this reader may see it."""
        return any(not each.lapses for each in self.kept(reader, (correction,)))

    def stale(self) -> dict[str, frozenset[Lapse]]:
        """Why each correction that no longer holds does not, by its id; for the machine, never for a reader."""
        lapses = {name: _lapses(rows, self.today()) for name, rows in self._rested().items()}
        return {name: why for name, why in lapses.items() if why}

    def hidden_from(self, reader: Reader) -> frozenset[str]:
        """The documents made of corrections that this reader may not see, by their ids."""
        seen = {each.correction.id for each in self.kept(reader)}
        return frozenset(rows[0].own for name, rows in self._rested().items() if name not in seen)

    def unguarded(self, ids: Collection[str]) -> list[tuple[Correction, list[Audience]]]:
        """Corrections with every audience that must admit whoever sees them; for the machine, never for a reader."""
        found = ((name, rows) for name, rows in self._rested().items() if name in ids)
        return [(of_json(rows[0].correction), _audiences(rows)) for _, rows in found]

    def _rested(self) -> Mapping[str, Sequence[Any]]:
        """A row for each document that a correction in the library cites, by correction: one query."""
        with self._store.reading() as connection:
            return _by_correction(connection, self.today())

    def verify_again(self, correction: str, coach: Reader, holding: Holding) -> Correction | None:
        """Let a correction hold anew from today, where everything it quotes still stands; else None.

        What no longer stands is to be corrected anew.
        """
        kept = self.kept(coach, (correction,))
        renewed = _renewed(kept[0].correction, holding) if kept else None
        if renewed is None:
            return None
        renewed = replace(renewed, effective=self.today(), expires=until(self.today()))
        self.promote(renewed)
        return renewed


def _by_correction(connection: sa.Connection, today: date) -> Mapping[str, Sequence[Any]]:
    rested: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_rested(today)):
        rested[row.id].append(row)
    return rested


def _lapses(rows: Sequence[Any], today: date) -> frozenset[Lapse]:
    """Why a correction does not hold, by a row for each document it cites (one of empty cells where it cites none)."""
    own = [Lapse.EXPIRED] if rows[0].expires < today else []
    cited = (_lapse(each, today) for each in rows if each.cited is not None)
    return frozenset((*own, *(each for each in cited if each)))


def _lapse(row: Any, today: date) -> Lapse | None:
    if row.now is None:
        return Lapse.GONE
    if row.now != row.then:
        return Lapse.CHANGED
    if row.source_expires is not None and row.source_expires < today:
        return Lapse.EXPIRED
    return Lapse.SUPERSEDED if row.superseded else None


def _readable(rows: Sequence[Any], reader: Reader) -> bool:
    """Whether a reader may read a correction and all it rests on; of what is gone its own audience tells."""
    return all(map(reader.may_read, _audiences(rows)))


def _audiences(rows: Sequence[Any]) -> list[Audience]:
    of_sources = (each.source_audience for each in rows if each.source_audience is not None)
    return list(map(Audience.of, (rows[0].audience, *of_sources)))


def _rested(today: date) -> sa.Select[Any]:
    own, source, newer = (documents.alias(each) for each in ("own", "source", "newer"))
    begun = sa.or_(newer.c.effective.is_(None), newer.c.effective <= today)
    in_force = sa.and_(begun, sa.or_(newer.c.expires.is_(None), newer.c.expires >= today))
    tail = sa.func.substr(source.c.source, sa.func.length(source.c.source) - sa.func.length(newer.c.supersedes))
    means = sa.or_(
        newer.c.supersedes.in_((source.c.id, source.c.title, source.c.source)),
        tail == sa.literal("/").concat(newer.c.supersedes),
    )
    superseded = sa.exists().where(newer.c.supersedes.is_not(None), means, newer.c.id != source.c.id, in_force)
    c, cited = review_corrections.c, review_cites.c
    return (
        sa.select(
            c.id, c.expires, c.correction, own.c.id.label("own"), own.c.audience,
            cited.document.label("cited"), cited.version.label("then"), source.c.version.label("now"),
            source.c.expires.label("source_expires"), source.c.audience.label("source_audience"),
            superseded.label("superseded"),
        )
        .join(own, own.c.file == c.file)
        .outerjoin(review_cites, cited.correction == c.id)
        .outerjoin(source, source.c.id == cited.document)
        .order_by(c.id)
    )  # fmt: skip


def _renewed(correction: Correction, holding: Holding) -> Correction | None:
    """A correction whose quotes are found in the documents as they are now, or None."""
    cites: list[Cite] = []
    statements: list[Statement] = []
    for statement in correction.statements:
        found = [_found(each, holding) for each in statement.citations]
        stands = [each for each in found if each]
        if len(stands) < len(found):
            return None
        statements.append(replace(statement, citations=tuple(citation for citation, _ in stands)))
        cites += [each for _, each in stands]
    return replace(correction, statements=tuple(statements), cites=tuple(dict.fromkeys(cites)))


def standing(correction: Correction, holding: Holding) -> Mapping[Citation, Citation | None]:
    """Where each quote of a correction stands in the documents as they are now; None where it does no more."""
    cited = (each for statement in correction.statements for each in statement.citations)
    return {each: found[0] if (found := _found(each, holding)) else None for each in cited}


def _found(citation: Citation, holding: Holding) -> tuple[Citation, Cite] | None:
    for passage, entry in holding(citation.document_id):
        start = passage.text.find(citation.quote)
        if start >= 0:
            placed = cite(Hit(passage, entry, 0.0), start, start + len(citation.quote))
            return placed, Cite(entry.id, entry.version, citation.quote)
    return None
