"""The documents there are, as far as a reader may read them: the one place of the console that looks at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from integrations.catalogue import SqlCatalogue
from integrations.review.corrections import Corrections
from knowledge.access import Reader
from knowledge.documents import Entry, Kind

Standing = Literal["in_force", "not_yet", "expired", "superseded"]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document, and whether it is used for answers today."""

    entry: Entry
    standing: Standing


class Shelf:
    """Documents by the rights of this moment; those of others do not exist."""

    def __init__(self, catalogue: SqlCatalogue, corrections: Corrections) -> None:
        """A document made of a correction is shown to whoever may read all that the correction cites, too."""
        self._catalogue = catalogue
        self._corrections = corrections

    def entries(self, reader: Reader) -> list[Shelved]:
        """Everything a reader may read, by title."""
        hidden = self._corrections.hidden_from(reader)
        every = self._catalogue.unguarded().entries()
        found = [each for each in every if reader.may_read(each.audience) and each.id not in hidden]
        return self._standing(sorted(found, key=lambda each: (each.title.casefold(), each.id)), reader)

    def entry(self, document: str, reader: Reader) -> Shelved | None:
        """One document, or None where there is none that this reader may read."""
        found = self._catalogue.unguarded().entries_of([document]).get(document)
        if found is None or not reader.may_read(found.audience):
            return None
        if found.kind is Kind.REVIEWED_ANSWER and document in self._corrections.hidden_from(reader):
            return None
        return self._standing([found], reader)[0]

    def _standing(self, entries: Sequence[Entry], reader: Reader) -> list[Shelved]:
        today = date.today()
        newer = self._catalogue.unguarded().newer(entries, reader, today)
        return [Shelved(each, _standing(each, today, bool(newer[each.id]))) for each in entries]


def _standing(entry: Entry, today: date, replaced: bool) -> Standing:
    if entry.effective and today < entry.effective:
        return "not_yet"
    if not entry.current(today):
        return "expired"
    return "superseded" if replaced else "in_force"
