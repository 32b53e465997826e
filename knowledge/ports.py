"""The seams: what the library needs of a store and of an index, one small protocol each."""

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeAlias

from knowledge.access import Audience, Reader
from knowledge.documents import Document, Entry, Kind, Passage
from knowledge.query import Query

Progress = Callable[[str, int], None]
"""Told what is being worked on, and how much is done."""

# Before Python 3.12 an array has no subscript when it runs.
if TYPE_CHECKING:
    Vector: TypeAlias = array[float]
else:
    Vector = array
"""32-bit floats; of length 1, so that the product of two is their cosine."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was said of documents from outside them; None where nothing was said."""

    kind: Kind | None = None
    account: str | None = None
    audience: Audience | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file that is in: the fingerprint it had, and how many documents it gave."""

    fingerprint: str
    documents: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a catalogue holds; `pending` are documents the indexes have not taken yet."""

    documents: int
    passages: int
    pending: int


class Catalogue(Protocol):
    """The truth about documents and passages; every call is one transaction."""

    def remember_root(self, path: str, given: Given) -> None:
        """Keep what was said of a path when it was ingested."""

    def roots(self) -> Mapping[str, Given]:
        """Every path that was ingested, with what was said of it."""

    def identity(self) -> str:
        """A name that no other catalogue has."""

    def state(self) -> str:
        """A name for what is known now; it changes with every document."""

    def files(self, below: str) -> Mapping[str, File]:
        """Every file at or below a path that documents came from, by its path."""

    def versions(self, file: str) -> Mapping[str, str]:
        """The version of each document of a file, by document id."""

    def save(self, file: str, documents: Sequence[tuple[Document, Sequence[Passage]]]) -> None:
        """Put documents and their passages in, replacing what they had, and note them as pending."""

    def finish(self, file: str, fingerprint: str, kept: Collection[str]) -> int:
        """Mark a file as wholly in; its documents that are not `kept` go. How many went."""

    def forget(self, files: Iterable[str]) -> int:
        """Remove files and all their documents. How many documents went."""

    def find(self, passages: Iterable[str], reader: Reader, today: date) -> Mapping[str, tuple[Passage, Entry]]:
        """Those of the passages that this reader may read and that are in force, by id."""

    def accounts(self, reader: Reader) -> Collection[str]:
        """The names of accounts that documents this reader may read belong to."""

    def readable(self, reader: Reader) -> int:
        """How many documents this reader may read."""

    def passages_of(self, wanted: Collection[str], reader: Reader) -> Mapping[str, Sequence[Passage]]:
        """The passages of documents by their id, in order; those that the reader may not read are left out."""

    def text(self, document: str, start: int, end: int) -> str:
        """The characters of a document from `start` to `end`; who may read it was asked before."""

    def pending(self, limit: int) -> Mapping[str, int]:
        """Ids of documents the index has not taken yet, oldest first, with a mark for `applied`."""

    def indexable(self, documents: Collection[str]) -> Iterable[tuple[Entry, Passage]]:
        """Every passage of these documents; documents that are gone have none."""

    def applied(self, marks: Mapping[str, int]) -> None:
        """The index holds these documents as they were when `pending` gave these marks."""

    def note_all(self) -> None:
        """Note every document as pending, for an index that starts from nothing."""

    def counts(self) -> Counts:
        """How much there is."""

    def unguarded(self) -> "Unguarded":
        """What there is, whoever may read it: for audits and admins, never for an answer."""


class Unguarded(Protocol):
    """What a catalogue holds, whoever may read it: for audits and admins, never for an answer."""

    def names(self) -> frozenset[str]:
        """Every name that an audience has."""

    def entries(self) -> Sequence[Entry]:
        """Every document."""

    def find(self, passages: Iterable[str]) -> Mapping[str, tuple[Passage, Entry]]:
        """Those of the passages that are there, by id."""

    def newer(self, entries: Iterable[Entry], reader: Reader, today: date) -> Mapping[str, Sequence[Entry]]:
        """By the id of each document: those that replace it and that this reader may use."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage an index found; `bag` is its terms as knowledge.language.bag gives them."""

    passage: str
    relevance: float
    bag: str


class LexicalIndex(Protocol):
    """Full-text search over passages; holds nothing that cannot be rebuilt from a catalogue."""

    def owner(self, wait: float) -> AbstractContextManager[bool]:
        """Become the only process that writes; False when another is, after `wait` seconds."""

    def size(self) -> int:
        """How many passages it holds."""

    def belongs_to(self, catalogue: str) -> bool:
        """Whether the index was made from the catalogue of this identity."""

    def start_over(self, catalogue: str) -> None:
        """Drop everything; from now on the index belongs to this catalogue."""

    def write(self, documents: Collection[str], passages: Iterable[tuple[Entry, Passage]]) -> None:
        """Replace all passages of `documents` by these, and make that durable."""

    def search(self, query: Query, reader: Reader, limit: int) -> tuple[Query, Sequence[Scored]]:
        """The best passages, best first, and the query weighed by how rare its terms are here."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vector of a text, and the share of it (0 to 1) that was not too long; None if it was refused whole."""

    vector: "array[float] | None"
    share: float = 1.0


class Embedder(Protocol):
    """Texts to vectors, by one model of one server."""

    @property
    def name(self) -> str:
        """The model and its server; under another name vectors cannot be compared."""

    def passages(self, texts: Sequence[str]) -> Sequence[Embedded]:
        """The first of the texts, in order, as many as the server takes at once; at least one. Raises EmbedderError."""

    def question(self, text: str) -> Vector:
        """The vector of a question, soon: a person waits. Raises EmbedderError."""


class Vectors(Protocol):
    """The truth about vectors: one for each embedder and text (`Passage.searched`), known by the digest of the text."""

    def owner(self, wait: float) -> AbstractContextManager[bool]:
        """Become the only process that embeds; False when another does, after `wait` seconds."""

    def in_force(self) -> str:
        """The name of the embedder that searches go by; empty before the first is complete."""

    def settled(self, embedder: str) -> bool:
        """Whether this embedder is in force and nothing has changed since it was complete."""

    def begin(self, embedder: str) -> bool:
        """Note that embedding begins; whether an earlier one never came to `end`."""

    def end(self, embedder: str) -> None:
        """Note that embedding is over, complete or not."""

    def missing(self, embedder: str, limit: int) -> Mapping[str, str]:
        """Texts of passages without a vector, by digest."""

    def waiting(self, embedder: str) -> int:
        """How many passages have no vector yet."""

    def keep(self, embedder: str, made: Mapping[str, Embedded]) -> None:
        """Put vectors in, by digest. Raises EmbedderError when they are not as long as those there."""

    def complete(self, embedder: str) -> bool:
        """If nothing is missing, put this embedder in force; others go, and vectors that no passage needs."""

    def example(self, embedder: str) -> tuple[str, Vector] | None:
        """A text that is in, and its vector."""

    def forget(self, embedder: str) -> None:
        """Drop all vectors of an embedder."""

    def curtailed(self, embedder: str) -> tuple[int, int]:
        """How many texts were too long for the embedder and cut, and how many it refused."""


class DenseIndex(Protocol):
    """Search among vectors; holds nothing that cannot be rebuilt from them."""

    def take_over(self) -> None:
        """Keep what makes many searches quick, until the process ends. Raises StoreError when another process does."""

    def update(self, progress: Progress) -> None:
        """Take in vectors that are new, and let go of those that went. Raises StoreError."""

    def start_over(self) -> None:
        """Drop everything. Raises StoreError when another process owns it."""

    def search(self, vector: Vector, reader: Reader, limit: int, beside: Collection[str]) -> Mapping[str, float]:
        """Cosines by passage: of the best that this reader may read, and of those `beside` that have a vector."""
