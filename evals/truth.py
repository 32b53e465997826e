"""What the catalogue really holds, whoever may read it: what gold spans and citations are held against."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.answers import Citation
from evals.attempts import Cited, Place
from evals.benchmark import Item, Span
from knowledge.access import Reader
from knowledge.documents import Entry
from knowledge.ports import Catalogue

_WHOLE = 10**9


class Truth:
    """Documents by the names that a benchmark gives them, read from the catalogue past every filter.

    A benchmark names a document by the end of its source: `playbooks/iron-triangle.md`.
    """

    def __init__(self, catalogue: Catalogue, items: Iterable[Item], today: date) -> None:
        self._catalogue, self._unguarded, self._today = catalogue, catalogue.unguarded(), today
        self._entries: dict[str, Entry] = {}
        self._names: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        spans = (span.document for item in items for group in item.gold for span in group)
        wanted = dict.fromkeys((*spans, *(name for item in items for name in item.documents)))
        for entry in self._unguarded.entries():
            for name in _ends(entry.source):
                if name in wanted:
                    self._entries[name] = entry
                    self._names[entry.id] = name

    def name(self, entry: Entry) -> str:
        """What the benchmark calls a document; its source when it does not speak of it."""
        return self._names.get(entry.id, entry.source)

    def place(self, span: Span) -> Place | None:
        """Where a gold span stands; None when its document is not there or does not hold it."""
        entry = self._entries.get(span.document)
        start = self._text(entry.id).find(span.quote) if entry else -1
        return Place(span.document, start, start + len(span.quote)) if start >= 0 else None

    def missing(self, items: Iterable[Item]) -> Sequence[tuple[str, str]]:
        """The ids of questions whose gold is not verbatim in its document, each with what is missing."""
        spans = ((item.id, span) for item in items for group in item.gold for span in group)
        absent = [(name, f"{span.document}: {span.quote[:60]}") for name, span in spans if self.place(span) is None]
        documents = ((item.id, name) for item in items for name in item.documents)
        return [*absent, *((name, document) for name, document in documents if document not in self._entries)]

    def readable(self, reader: Reader) -> Iterator[str]:
        """The title, source and text of every document that a reader may read, whatever its dates."""
        for entry in self._unguarded.entries():
            if reader.may_read(entry.audience):
                yield f"{entry.title}\n{entry.source}\n{self._text(entry.id)}"

    def gold(self, item: Item) -> tuple[tuple[Place, ...], ...]:
        """The places of an item's gold: its spans, or the whole of each document that an outside set names."""
        if item.documents:
            return (tuple(Place(each, 0, _WHOLE) for each in item.documents),)
        return tuple(tuple(filter(None, map(self.place, group))) for group in item.gold)

    def inspect(self, citations: Sequence[Citation], reader: Reader) -> tuple[Cited, ...]:
        """Each citation as it stands at this moment."""
        found = self._unguarded.find({each.passage_id for each in citations})
        return tuple(
            self._inspected(each, found[each.passage_id][1], reader) if each.passage_id in found else _unknown(each)
            for each in citations
        )

    def _inspected(self, citation: Citation, entry: Entry, reader: Reader) -> Cited:
        same = entry.id == citation.document_id
        quote = self._text(entry.id)[citation.start : citation.end]
        return Cited(
            Place(self.name(entry), citation.start, citation.end),
            citation.quote,
            _title(citation),
            known=same and entry.current(self._today),
            permitted=reader.may_read(entry.audience),
            verbatim=same and bool(quote) and quote == citation.quote,
        )

    def _text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = self._catalogue.text(document, 0, _WHOLE)
        return self._texts[document]


def _ends(source: str) -> Iterable[str]:
    """A source and all its ends that begin behind a slash."""
    parts = source.replace("\\", "/").split("/")
    return ("/".join(parts[at:]) for at in range(len(parts)))


def _unknown(citation: Citation) -> Cited:
    place = Place(citation.source, citation.start, citation.end)
    return Cited(place, citation.quote, _title(citation), known=False, permitted=False, verbatim=False)


def _title(citation: Citation) -> str:
    return " \u203a ".join(filter(None, (citation.title, citation.heading)))
