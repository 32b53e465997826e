"""The real coach over a real library with one part of it exchanged: what seeded faults are made of."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from assistant.answers import Answer
from assistant.ask import Assistant, OnClaim
from assistant.questions import Question
from evals.asking import Examiner
from evals.attempts import Attempt
from evals.benchmark import Item
from evals.truth import Truth
from integrations.catalogue import SqlCatalogue
from integrations.tantivy_index import TantivyIndex
from knowledge.access import Reader
from knowledge.documents import Entry, Hit, Passage
from knowledge.glossary import shipped
from knowledge.ingest import Ingest
from knowledge.library import Found, Library
from knowledge.ports import Given, Scored
from knowledge.query import Query
from knowledge.read import Limits

Spoil = Callable[[Sequence[Path]], None]
Rows = Mapping[str, tuple[Passage, Entry]]


class Asks(Protocol):
    """What puts questions to a coach: an Examiner, or one with something before it."""

    def attempt(self, item: Item, variant: str = "") -> Attempt:
        """Ask once."""


class Once(Library):
    """A library that searches for the same thing once; `read` is done to the words before."""

    def __init__(self, *parts: Any, read: Callable[[str], str] = str, **named: Any) -> None:
        super().__init__(*parts, **named)
        self._read = read
        self._searched: dict[tuple[object, ...], Found] = {}
        self._stretched: dict[tuple[object, ...], list[Hit]] = {}

    def search(self, text: str, reader: Reader, top: int = 10, context: str = "") -> Found:
        """As a library does."""
        key = text, reader, top, context
        if key not in self._searched:
            self._searched[key] = super().search(self._read(text), reader, top, self._read(context))
        return self._searched[key]

    def stretches(self, text: str, reader: Reader, top: int = 10, context: str = "") -> list[Hit]:
        """As a library does."""
        key = text, reader, top, context
        if key not in self._stretched:
            self._stretched[key] = super().stretches(text, reader, top, context)
        return self._stretched[key]


@dataclass(frozen=True, slots=True)
class Kept:
    """An assistant that answers the same question once."""

    assistant: Assistant
    answers: dict[Question, Answer] = field(default_factory=dict)

    def ask(self, question: Question, on_claim: OnClaim | None = None) -> Answer:
        """As an assistant does."""
        if question not in self.answers:
            self.answers[question] = self.assistant.ask(question)
        return _told(self.answers[question], on_claim)


@dataclass(frozen=True, slots=True)
class Altered:
    """An assistant with something done to the question before, or to the answer afterwards."""

    assistant: Kept
    before: Callable[[Question], Question] = lambda question: question
    after: Callable[[Answer], Answer] = lambda answer: answer

    def ask(self, question: Question, on_claim: OnClaim | None = None) -> Answer:
        """As an assistant does."""
        return _told(self.after(self.assistant.ask(self.before(question))), on_claim)


def _told(answer: Answer, on_claim: OnClaim | None) -> Answer:
    for each in answer.claims if on_claim else ():
        on_claim(each)
    return answer


@dataclass(frozen=True, slots=True)
class Reworded:
    """Asks something else than the item says; what comes of it is still held against the item."""

    asks: Asks
    change: Callable[[Item], Item]

    def attempt(self, item: Item, variant: str = "") -> Attempt:
        """Ask once."""
        return self.asks.attempt(self.change(item), variant)


@dataclass(frozen=True, slots=True)
class Within:
    """Asks while something of the product is exchanged."""

    asks: Asks
    exchanged: Callable[[], AbstractContextManager[object]]

    def attempt(self, item: Item, variant: str = "") -> Attempt:
        """Ask once."""
        with self.exchanged():
            return self.asks.attempt(item, variant)


@dataclass(frozen=True, slots=True)
class Index:
    """The lexical index with something done to what it finds; relevances stay in order."""

    index: TantivyIndex
    found: Callable[[Sequence[Scored]], Sequence[Scored]]

    def search(self, query: Query, reader: Reader, limit: int) -> tuple[Query, Sequence[Scored]]:
        """As an index does."""
        weighed, scored = self.index.search(query, reader, limit)
        kept = self.found(scored)
        best = sorted((each.relevance for each in kept), reverse=True)
        return weighed, [replace(each, relevance=score) for each, score in zip(kept, best, strict=True)]


class Catalogue:
    """The catalogue with something done to the rows that it confirms."""

    def __init__(self, catalogue: SqlCatalogue, rows: Callable[[Rows], Rows]) -> None:
        self._catalogue = catalogue
        self._rows = rows

    def find(self, *asked: Any) -> Rows:
        """As a catalogue does."""
        return self._rows(self._catalogue.find(*asked))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A library with its benchmark questions, opened: what faults are changes of. `work` is for copies of it."""

    items: tuple[Item, ...]
    folders: tuple[Path, ...]
    reader: Callable[[str], Reader]
    today: date
    work: Path
    catalogue: SqlCatalogue
    index: TantivyIndex
    truth: Truth
    library: Library
    assistant: Kept
    copies: list["Ground"] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        home: Path,
        items: tuple[Item, ...],
        folders: Sequence[Path],
        reader: Callable[[str], Reader],
        today: date,
        work: Path,
    ) -> "Ground":
        """Open what is in a home; it may be empty."""
        catalogue, index = SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}"), TantivyIndex(home)
        library = Once(catalogue, index, shipped, today=lambda: today)
        return cls(
            items=items,
            folders=tuple(folders),
            reader=reader,
            today=today,
            work=work,
            catalogue=catalogue,
            index=index,
            truth=Truth(catalogue, items, today),
            library=library,
            assistant=Kept(Assistant(library)),
        )

    def __enter__(self) -> "Ground":
        return self

    def __exit__(self, *raised: object) -> None:
        """Let go of the database, and of those of all copies."""
        for each in (*self.copies, self):
            each.catalogue.close()

    def examiner(self, **exchanged: Any) -> Examiner:
        """The examiner of the coach as it is, but for these of its fields."""
        return replace(Examiner(self.assistant, self.library, self.truth, self.reader), **exchanged)  # type: ignore[arg-type]

    def altered(self, **done: Any) -> Examiner:
        """An examiner of the coach with something done before or after (`Altered`)."""
        return self.examiner(assistant=Altered(self.assistant, **done))

    def over(self, **exchanged: Any) -> Examiner:
        """An examiner of the coach over a library that has these parts exchanged."""
        parts = {"catalogue": self.catalogue, "lexical": self.index, "glossary": shipped, "today": lambda: self.today}
        library = Once(**parts | exchanged)
        return self.examiner(library=library, assistant=Kept(Assistant(library)))

    def copy(self, spoil: Spoil = lambda folders: None) -> "Ground":
        """The same documents, first spoiled, in a library of their own."""
        place = self.work / str(len(self.copies))
        folders = [Path(shutil.copytree(each, place / str(at) / each.name)) for at, each in enumerate(self.folders)]
        spoil(folders)
        made = Ground.of(place / "home", self.items, folders, self.reader, self.today, place)
        made.library.ingest(folders)
        self.copies.append(made)
        # Only now does the catalogue hold what gold is found in.
        return replace(made, truth=Truth(made.catalogue, self.items, self.today))

    def edit(self, spoil: Spoil) -> "Ground":
        """The same library after its documents were changed on disk and read again; the index was not told."""
        spoil(self.folders)
        run = Ingest(self.catalogue, Limits(), lambda source, count: None)
        for each in self.folders:
            run.run(each, Given())
        return replace(self, truth=Truth(self.catalogue, self.items, self.today))
