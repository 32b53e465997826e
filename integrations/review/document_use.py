"""Which documents answers rest on, which nobody ever needed, and which are out of date, as one reader may see them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from assistant.answers import Outcome
from integrations.entries import newer, replacing
from integrations.review.corrections import Corrections
from integrations.rows import ENTRY, entry_of
from integrations.tables import audit, documents
from knowledge.access import Reader
from knowledge.documents import Entry, Kind

_MOST = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a list, with how often answers rested on it, or why it is stale."""

    id: str
    title: str
    source: str
    owner: str
    times: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class DocumentUse:
    """Of the `readable` documents: those used most, all that are in force and were never used, all that are stale."""

    readable: int
    most: tuple[Listed, ...]
    never: tuple[Listed, ...]
    stale: tuple[Listed, ...]


def document_use(
    connection: sa.Connection, reader: Reader, today: date, since: float = 0.0, most: int = _MOST
) -> DocumentUse:
    """What was used since then, of the documents that this reader may read; reviewed answers aside."""
    entries = [entry_of(row) for row in connection.execute(sa.select(*ENTRY).order_by(documents.c.source))]
    mine = [each for each in entries if each.kind is not Kind.REVIEWED_ANSWER and reader.may_read(each.audience)]
    times = _times(connection, since)
    replaced = replacing(connection, reader, today)
    stale = {each.id: why for each in mine if (why := _why(each, bool(newer(each, replaced)), today))}
    used = sorted((each for each in mine if times[each.id]), key=lambda each: (-times[each.id], each.source))
    never = (each for each in mine if not times[each.id] and each.id not in stale and each.current(today))
    return DocumentUse(
        len(mine),
        tuple(_listed(each, times[each.id]) for each in used[:most]),
        tuple(map(_listed, never)),
        tuple(_listed(each, times[each.id], stale[each.id]) for each in mine if each.id in stale),
    )


def lapsed(corrections: Corrections, reader: Reader) -> tuple[Listed, ...]:
    """The corrections that no longer hold, of those that this reader may see."""
    gone = ((each.correction, sorted(each.lapses)) for each in corrections.kept(reader) if each.lapses)
    return tuple(
        Listed(each.id, each.question, f"reviewed/{each.id}.md", each.coach, why=", ".join(why)) for each, why in gone
    )


def _times(connection: sa.Connection, since: float) -> Counter[str]:
    """How many answers rested on each document; what was shown when declining answered nothing."""
    told = sa.select(audit.c.used).where(audit.c.at >= since, audit.c.outcome != Outcome.DECLINED.value)
    return Counter(each for used in connection.scalars(told) for each in used)


def _why(entry: Entry, replaced: bool, today: date) -> str:
    if entry.expires is not None and entry.expires < today:
        return "expired"
    return "superseded" if replaced else ""


def _listed(entry: Entry, times: int = 0, why: str = "") -> Listed:
    return Listed(entry.id, entry.title, entry.source, entry.owner or "", times, why)
