"""The library: documents in, passages found. The two things anyone does with what we know."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.access import Reader
from knowledge.documents import Entry, Hit, Passage
from knowledge.glossary import Glossary
from knowledge.ingest import Ingest, Progress, Report
from knowledge.ports import Catalogue, Counts, Given, LexicalIndex, Scored
from knowledge.query import Query, understand
from knowledge.read import Limits

_APPLY = 5000
_PER_DOCUMENT = 4
_SAME = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: the query as the index weighed it, and the hits, best first."""

    query: Query
    hits: tuple[Hit, ...]
    bags: tuple[str, ...]

    def coverage(self, best: int = 3) -> float:
        """The share (0 to 1, by rarity) of what was asked that stands in the best passages."""
        return self.query.coverage("".join(self.bags[:best]))


def _silent(_source: str, _count: int) -> None: ...


class Library:
    """A catalogue with its index, and the glossary that widens questions."""

    def __init__(
        self,
        catalogue: Catalogue,
        lexical: LexicalIndex,
        glossary: Glossary | Callable[[], Glossary],
        limits: Limits | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._glossary = glossary
        self._limits = limits or Limits()
        self._today = today

    @property
    def glossary(self) -> Glossary:
        """The terms of the field; read when first needed."""
        if not isinstance(self._glossary, Glossary):
            self._glossary = self._glossary()
        return self._glossary

    @property
    def catalogue(self) -> Catalogue:
        """The truth about documents."""
        return self._catalogue

    def ingest(
        self, paths: Sequence[Path], given: Given | None = None, progress: Progress = _silent
    ) -> Report:
        """Bring the paths up to date in the catalogue and, when nobody else owns it, the index.

        `progress` is called with a source and how many documents were seen so far.
        """
        run = Ingest(self._catalogue, self._limits, progress)
        for path in paths:
            run.run(path, given or Given())
        self.catch_up(progress, wait=10.0)
        return run.report

    def catch_up(self, progress: Progress = _silent, wait: float = 0.0) -> bool:
        """Give the index what the catalogue has noted for it; False when another process owns it."""
        identity = self._catalogue.identity()
        if self._lexical.belongs_to(identity) and not self._catalogue.pending(1):
            return True
        with self._lexical.owner(wait) as mine:
            if not mine:
                return False
            if not self._lexical.belongs_to(identity):
                self._catalogue.note_all()
                self._lexical.start_over(identity)
            self._apply(progress)
        return True

    def _apply(self, progress: Progress) -> None:
        done = 0
        while pending := self._catalogue.pending(_APPLY):
            self._lexical.write(pending.keys(), self._catalogue.indexable(pending.keys()))
            self._catalogue.applied(pending)
            done += len(pending)
            progress("index", done)

    def reindex(self, progress: Progress = _silent) -> bool:
        """Build the index anew from the catalogue; False when another process owns it."""
        with self._lexical.owner(10.0) as mine:
            if mine:
                self._catalogue.note_all()
                self._lexical.start_over(self._catalogue.identity())
                self._apply(progress)
        return mine

    def counts(self) -> Counts:
        """How much the catalogue holds."""
        return self._catalogue.counts()

    def search(self, text: str, reader: Reader, top: int = 10, context: str = "") -> Found:
        """The best passages for a question that this reader may read, near-duplicates left out."""
        query = understand(text, self.glossary, context)
        limit = max(3 * top, 30)
        weighed, scored = self._lexical.search(query, reader, limit)
        rows = self._catalogue.find([each.passage for each in scored], reader, self._today())
        ranked = sorted(
            ((each, *rows[each.passage]) for each in scored if each.passage in rows),
            key=lambda row: (-round(row[0].relevance, 9), row[2].source, row[1].start),
        )
        kept = _spread(list(_distinct(ranked)), top)
        hits = tuple(Hit(passage, entry, score.relevance) for score, passage, entry in kept)
        return Found(weighed, hits, tuple(score.bag for score, _, _ in kept))


Row = tuple[Scored, Passage, Entry]


def _distinct(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows without those that say nearly the same as a better one."""
    kept: list[tuple[float, frozenset[str]]] = []
    for row in rows:
        size = len(row[0].bag)
        near = [shingles for length, shingles in kept if abs(length - size) <= 0.15 * size]
        mine = _shingles(row[0].bag)
        if not any(len(mine & each) >= _SAME * len(mine | each) for each in near):
            kept.append((size, mine))
            yield row


def _shingles(bag: str) -> frozenset[str]:
    return frozenset(map("".join, zip(bag, bag[1:], bag[2:], bag[3:], strict=False))) or frozenset((bag,))


def _spread(rows: Sequence[Row], top: int) -> list[Row]:
    """The best rows, no more than a few of one document while others have something to say."""
    taken: dict[str, int] = {}
    first: list[Row] = []
    later: list[Row] = []
    for row in rows:
        taken[row[2].id] = taken.get(row[2].id, 0) + 1
        (first if taken[row[2].id] <= _PER_DOCUMENT else later).append(row)
    return (first + later)[:top]
