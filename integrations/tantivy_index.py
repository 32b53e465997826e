"""The lexical index: tantivy finds candidates, knowledge/ranking.py orders them by their stored bags.

tantivy fixes BM25's k1 = 1.2 and b = 0.75, which is right for English and costs Chinese several points.
How rare a term is, is counted among what its reader may see: neither scores nor the wording of an
answer hint at anything else.
"""

import math
import shutil
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from integrations.locks import held
from knowledge.access import PUBLIC, Reader
from knowledge.documents import Entry, Passage
from knowledge.errors import StoreError
from knowledge.language import is_han, terms
from knowledge.ports import Scored
from knowledge.query import Group, Query
from knowledge.ranking import Candidate, length, rank

if TYPE_CHECKING:
    import tantivy

FORMAT = "4"
_WRITER_BYTES = 64_000_000
_CANDIDATES = (100, 2000)


class TantivyIndex:
    """A folder that one process writes and any number read."""

    def __init__(self, folder: Path) -> None:
        """Open the index, making it when there is none; one that is damaged is nobody's, to be rebuilt.

        Raises StoreError when the folder cannot be used.
        """
        import tantivy

        self._tantivy = tantivy
        self._folder = folder / f"lexical-{FORMAT}"
        self._lock = FileLock(folder / "index.lock")
        # Inside, so that whoever deletes the folder has it made again.
        self._marker = self._folder / "catalogue"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not (self._folder / "meta.json").exists():
                self._marker.unlink(missing_ok=True)
            self._open(str(self._folder))
        except OSError as error:
            raise StoreError(f"{self._folder} cannot be used: {error.strerror or error}") from None
        except ValueError:
            self._marker.unlink(missing_ok=True)
            self._open(None)

    def _open(self, path: str | None) -> None:
        """Open the index at a path, or an empty one in memory until the owner has started over."""
        self._index = self._tantivy.Index(_schema(), path=path)
        analyzer = self._tantivy.TextAnalyzerBuilder(self._tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("ours", analyzer)
        self._average: float | None = None

    def owner(self, wait: float) -> AbstractContextManager[bool]:
        """Hold the lock of those who write."""
        return held(self._lock, wait)

    def size(self) -> int:
        """How many passages it holds."""
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def belongs_to(self, catalogue: str) -> bool:
        """Whether the marker beside the index names this catalogue."""
        return self._marker.exists() and self._marker.read_text() == catalogue

    def start_over(self, catalogue: str) -> None:
        """Drop every passage, then put the marker: a crash between the two starts over again."""
        self._marker.unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._open(str(self._folder))
        self._marker.write_text(catalogue)

    def write(self, documents: Collection[str], passages: Iterable[tuple[Entry, Passage]]) -> None:
        """Replace documents in one commit."""
        writer = self._index.writer(_WRITER_BYTES, 1)
        self._index.reload()
        if self._index.searcher().num_docs:
            for each in documents:
                writer.delete_documents_by_term("document", each)
        for entry, passage in passages:
            writer.add_document(self._row(entry, passage))
        writer.commit()
        writer.wait_merging_threads()
        self._reload()

    def _row(self, entry: Entry, passage: Passage) -> "tantivy.Document":
        found = terms(passage.searched(entry.title))
        row = self._tantivy.Document()
        row.add_text("passage", passage.id)
        row.add_text("document", entry.id)
        for name in entry.audience.names:
            row.add_text("audience", name)
            row.add_text("seen_by", _seen_by(name, set(found.stream.split())))
        row.add_text("terms", found.stream)
        row.add_bytes("bag", found.bag.encode())
        row.add_unsigned("start", passage.start)
        row.add_unsigned("length", length(found.bag))
        return row

    def _reload(self) -> None:
        self._index.reload()
        self._average = None

    def search(self, query: Query, reader: Reader, limit: int) -> tuple[Query, Sequence[Scored]]:
        """Candidates by tantivy's own score, then ranked by their bags."""
        searcher = self._index.searcher()
        rarity = _Rarity(searcher, reader)
        weighed = replace(query, groups=tuple(map(rarity.weigh, query.groups)))
        wanted = min(max(limit, _CANDIDATES[0]), _CANDIDATES[1])
        question = self._question(weighed, reader)
        if question is None:
            return weighed, ()
        hits = searcher.search(question, wanted, count=False).hits
        candidates = (_candidate(searcher.doc(address)) for _, address in hits)
        return weighed, rank(weighed, candidates, self._average_length(searcher))

    def _question(self, query: Query, reader: Reader) -> "tantivy.Query | None":
        """Any term may match; the audience must admit the asker and everyone beside."""
        weights: dict[str, float] = {}
        for group in query.groups:
            for term in (token for each in group.terms for token in _tokens(each)):
                weights[term] = max(weights.get(term, 0.0), group.weight)
        if not weights:
            return None
        q, schema = self._tantivy.Query, self._index.schema
        should, must = self._tantivy.Occur.Should, self._tantivy.Occur.Must
        any_term = q.boolean_query(
            [(should, q.boost_query(q.term_query(schema, "terms", term), weight)) for term, weight in weights.items()]
        )
        admitted = (q.term_set_query(schema, "audience", sorted(names)) for names in _audiences(reader))
        readable = [(must, q.const_score_query(each, 0.0)) for each in admitted]
        return q.boolean_query([(must, any_term), *readable])

    def _average_length(self, searcher: "tantivy.Searcher") -> float:
        """Of the passages that everyone may see; of all where there are none."""
        if self._average is None:
            q, mean = self._tantivy.Query, {"mean": {"avg": {"field": "length"}}}
            open_to_all = q.term_query(self._index.schema, "audience", PUBLIC)
            found = searcher.aggregate(open_to_all, mean)["mean"]["value"]
            self._average = found or searcher.aggregate(q.all_query(), mean)["mean"]["value"] or 1.0
        return self._average


def _schema() -> "tantivy.Schema":
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("seen_by", tokenizer_name="ours", index_option="basic")
    builder.add_text_field("terms", tokenizer_name="ours", index_option="freq")
    builder.add_bytes_field("bag", stored=True)
    builder.add_unsigned_field("start", stored=True)
    builder.add_unsigned_field("length", fast=True)
    return builder.build()


def _candidate(row: "tantivy.Document") -> Candidate:
    passage, document = str(row.get_first("passage")), str(row.get_first("document"))
    return Candidate(passage, document, int(row.get_first("start") or 0), bytes(row.get_first("bag") or b""))


def _audiences(reader: Reader) -> set[frozenset[str]]:
    """For the asker and each person beside, the names of which a document's audience must have one."""
    beside = (_audiences(other) for other in reader.beside)
    return {reader.names | {PUBLIC}}.union(*beside)


def _tokens(term: str) -> list[str]:
    """The indexed terms that a term or phrase consists of."""
    return [token for part in term.split() for token in (_pairs(part) if is_han(part) else (part,))]


def _pairs(run: str) -> list[str]:
    return [run] if len(run) <= 2 else [run[at : at + 2] for at in range(len(run) - 1)]


def _seen_by(name: str, terms: Iterable[str]) -> str:
    """Terms, each joined to the name of those who may see them, by characters that no word holds."""
    mark = name.replace(" ", "\x1e")
    return " ".join(f"{mark}\x1f{term}" for term in terms)


class _Rarity:
    """How rare terms are in the passages of a reader: those of each name that all who will see the answer go by.

    A passage of several such audiences counts for each: rarity is an estimate, and errs on the common side.
    """

    def __init__(self, searcher: "tantivy.Searcher", reader: Reader) -> None:
        self._searcher = searcher
        shared = frozenset.intersection(*(each.names for each in reader.everyone()))
        self._names = sorted(shared | {PUBLIC})
        self._total = max(sum(searcher.doc_freq("audience", name) for name in self._names), 1)

    def weigh(self, group: Group) -> Group:
        """BM25's idf of a group: as common as its commonest alternative, a phrase as its rarest part."""
        frequency = max((min(map(self._frequency, _tokens(each)), default=0) for each in group.terms), default=0)
        rest = self._total - min(frequency, self._total)
        return replace(group, idf=math.log(1 + (rest + 0.5) / (frequency + 0.5)), known=frequency > 0)

    def _frequency(self, token: str) -> int:
        return sum(self._searcher.doc_freq("seen_by", _seen_by(name, (token,))) for name in self._names)
