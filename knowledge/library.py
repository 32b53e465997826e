"""The library: documents in, passages found. The two things anyone does with what we know."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.access import Reader
from knowledge.dense import Dense
from knowledge.documents import Entry, Hit, Passage
from knowledge.duplicates import nearly_same
from knowledge.errors import EmbedderError, StoreError
from knowledge.explain import Withheld, explain
from knowledge.fusion import fuse
from knowledge.glossary import Glossary
from knowledge.ingest import Ingest, Report
from knowledge.language import bag, has_han, words
from knowledge.neighbours import Stretch, grow, join
from knowledge.ports import Catalogue, Counts, Given, LexicalIndex, Progress, Scored
from knowledge.query import Query, understand
from knowledge.read import Limits

_APPLY = 5000
# How far to look when the best are out of force, or say the same: old price lists of many years.
_DEEP = 2000
# How many of the lexical arm's best are weighed with what vectors say of them, and how many vectors add.
_FUSED = 100
_NEAR = 50
_PER_DOCUMENT = 4
_DEEPER = 3
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: the query as the index weighed it, and the hits, best first.

    `notes` say why vectors took no part where they should have.
    """

    query: Query
    hits: tuple[Hit, ...]
    bags: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def only(self, wanted: Callable[[Hit], bool]) -> "Found":
        """The same with some of the hits."""
        kept = [(hit, bag) for hit, bag in zip(self.hits, self.bags, strict=True) if wanted(hit)]
        return replace(self, hits=tuple(hit for hit, _ in kept), bags=tuple(bag for _, bag in kept))

    @property
    def terms(self) -> tuple[str, ...]:
        """The words that were looked for: the asker's own, then Chinese ones for English ones."""
        own = words(self.query.text)
        translated = [term for group in self.query.groups if group.stands_for for term in group.terms if has_han(term)]
        return tuple(dict.fromkeys((*own, *translated)))


def _silent(_source: str, _count: int) -> None: ...


class Library:
    """A catalogue with its index, and the glossary that widens questions.

    With a dense arm, what vectors say counts as well; `dense` is None where no embedder is configured.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        lexical: LexicalIndex,
        glossary: Glossary | Callable[[], Glossary],
        limits: Limits | None = None,
        today: Callable[[], date] = date.today,
        dense: Dense | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._glossary = glossary
        self._limits = limits or Limits()
        self._today = today
        self.dense = dense

    @property
    def glossary(self) -> Glossary:
        """The terms of the field; read when first needed."""
        if not isinstance(self._glossary, Glossary):
            self._glossary = self._glossary()
        return self._glossary

    def ingest(
        self, paths: Sequence[Path], given: Given | None = None, progress: Progress = _silent, wait: float = 10.0
    ) -> Report:
        """Bring the paths up to date in the catalogue and, when nobody else owns it, the index; then embed.

        `progress` is called with a source and how many documents were seen so far; `wait` are the seconds that
        another owner of an index is waited for.
        """
        run = Ingest(self._catalogue, self._limits, progress)
        for path in paths:
            run.run(path, given or Given())
        self.catch_up(progress, wait)
        if self.dense:
            run.report.unembedded = self.dense.catch_up(progress, wait)
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
        """Build the index anew from the catalogue; False when another process owns it.

        Raises EmbedderError when passages were left without a vector.
        """
        with self._lexical.owner(10.0) as mine:
            if mine:
                self._catalogue.note_all()
                self._lexical.start_over(self._catalogue.identity())
                self._apply(progress)
        if self.dense and (why_not := self.dense.reindex(progress)):
            raise EmbedderError(why_not)
        return mine

    def knows(self, path: Path) -> bool:
        """Whether documents came from a path before, even if nothing is there now."""
        return bool(self._catalogue.files(str(path.resolve())))

    def empty(self) -> bool:
        """Whether nothing was ever ingested."""
        return not self._catalogue.roots()

    def unindexed(self) -> int:
        """How many passages of the catalogue the index lacks."""
        return self._catalogue.counts().passages - self._lexical.size()

    def counts(self) -> Counts:
        """How much the catalogue holds."""
        return self._catalogue.counts()

    def version(self) -> str:
        """A name for the state of the index that answers come from."""
        return self._catalogue.state()

    def accounts(self, reader: Reader) -> Collection[str]:
        """The accounts whose documents this reader may read, by name."""
        return self._catalogue.accounts(reader)

    def readable(self, reader: Reader) -> int:
        """How many documents this reader may read."""
        return self._catalogue.readable(reader)

    def document(self, document: str, reader: Reader) -> Sequence[Passage]:
        """The passages of one document in order; none if the reader may not read it."""
        return self._catalogue.passages_of([document], reader).get(document, [])

    def passages(self, wanted: Iterable[str], reader: Reader) -> Mapping[str, tuple[Passage, Entry]]:
        """Those of the passages that exist, are in force and may be read, at this moment."""
        return self._catalogue.find(wanted, reader, self._today())

    def search(self, text: str, reader: Reader, top: int = 10, context: str = "") -> Found:
        """The best passages for a question that this reader may read, near-duplicates left out."""
        weighed, kept, notes = self._best(text, reader, top, context, self._usable_by(reader))
        hits = tuple(Hit(passage, entry, score.relevance) for score, passage, entry in kept)
        return Found(weighed, hits, tuple(score.bag for score, _, _ in kept), notes)

    def withheld(self, text: str, reader: Reader, top: int = 10, context: str = "") -> Sequence[Withheld]:
        """What a search without rights puts among its best and this reader may not use; for the audit alone.

        To be called once an answer is shown, never before: it takes the longer, the more there is to hide.
        """
        unguarded, today = self._catalogue.unguarded(), self._today()
        anyone = Reader(groups=unguarded.names())
        _, kept, _ = self._best(text, anyone, top, context, unguarded.find)
        entries = {entry.id: entry for _, _, entry in kept}.values()
        newer = unguarded.newer(entries, reader, today)
        decided = ((each, explain(each, reader, today, newer[each.id])) for each in entries)
        return [Withheld(entry, decision.rules) for entry, decision in decided if not decision.allowed]

    def _best(
        self, text: str, reader: Reader, top: int, context: str, find: "Find"
    ) -> tuple[Query, "Sequence[Row]", tuple[str, ...]]:
        """The best rows of those that `find` confirms, and how the query was weighed."""
        query = understand(text, self.glossary, context)
        for limit in (3 * top, _DEEP):
            weighed, scored, notes = self._candidates(query, context, reader, limit)
            kept = _spread(_distinct(_confirmed(scored, find, top + 5)), top)
            if len(kept) == top or len(scored) < limit:
                break
        return weighed, kept, notes

    def _candidates(
        self, query: Query, context: str, reader: Reader, limit: int
    ) -> tuple[Query, Sequence[Scored], tuple[str, ...]]:
        """What both arms find, weighed into one order; without a dense arm, or when it fails, what words find."""
        share = self.dense.share(query.text) if self.dense and query.groups else 0.0
        weighed, scored = self._lexical.search(query, reader, max(limit, _FUSED) if share else limit)
        if not (self.dense and share):
            return weighed, scored, ()
        text = f"{context}\n{query.text}" if context else query.text
        try:
            near = self.dense.near(text, reader, max(limit, _NEAR), [each.passage for each in scored])
        except (EmbedderError, StoreError) as error:
            return weighed, scored, (str(error),)
        return weighed, fuse(scored, near, share), ()

    def stretches(self, text: str, reader: Reader, top: int = 10, context: str = "") -> list[Hit]:
        """The best passages as `search` finds them, with their neighbours, under the id of the best of each stretch.

        As many will join, more are looked at.
        """
        found = join(self.search(text, reader, _DEEPER * top, context).hits)[:top]
        whole = self._catalogue.passages_of({each.hit.entry.id for each in found}, reader)
        for each in found:
            grow(each, whole.get(each.hit.entry.id, ()), found)
        return [self._whole(each) for each in found]

    def _whole(self, stretch: Stretch) -> Hit:
        if not stretch.grown:
            return stretch.hit
        text = self._catalogue.text(stretch.hit.entry.id, stretch.start, stretch.end)
        passage = replace(stretch.hit.passage, start=stretch.start, end=stretch.end, text=text, edits=())
        return replace(stretch.hit, passage=passage)

    def _usable_by(self, reader: Reader) -> "Find":
        """What the catalogue confirms: it exists, is in force and is for this reader."""
        return lambda passages: self._catalogue.find(passages, reader, self._today())


Row = tuple[Scored, Passage, Entry]
Find = Callable[[Sequence[str]], Mapping[str, tuple[Passage, Entry]]]


def _confirmed(scored: Sequence[Scored], find: Find, at_once: int) -> Iterator[Row]:
    """Rows of what is found; ties in order."""
    for at in range(0, len(scored), at_once):
        some = scored[at : at + at_once]
        rows = find([each.passage for each in some])
        known = (_row(each, *rows[each.passage]) for each in some if each.passage in rows)
        yield from sorted(known, key=lambda row: (-row[0].relevance, row[2].source, row[1].start))


def _row(scored: Scored, passage: Passage, entry: Entry) -> Row:
    """A row with its bag; what only vectors found comes without one."""
    return (scored if scored.bag else replace(scored, bag=bag(passage.searched(entry.title)))), passage, entry


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows without those that say nearly the same as a better one; their own scores are nearly the same."""
    kept: list[Row] = []
    for row in rows:
        near = (each for each in kept if each[0].relevance * _ALIKE <= row[0].relevance)
        if not any(nearly_same(each[0].bag, row[0].bag) for each in near):
            kept.append(row)
            yield row


def _spread(rows: Iterable[Row], top: int) -> list[Row]:
    """The best rows, no more than a few of one document while others have something to say."""
    taken: Counter[str] = Counter()
    first: list[Row] = []
    later: list[Row] = []
    for row in rows:
        taken[row[2].id] += 1
        (first if taken[row[2].id] <= _PER_DOCUMENT else later).append(row)
        if len(first) == top:
            break
    return (first + later)[:top]
