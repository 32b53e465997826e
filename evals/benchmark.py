"""Benchmark questions with what a right answer rests on and must say, read from reviewed JSONL files."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.questions import Turn
from evals.errors import WrongBenchmark

# How the origin of a question begins that a coach's verdict proposed; the id of what it was made from follows.
_REVIEW = "review "
SHIPPED = Path(__file__).resolve().parent / "questions"


class Category(StrEnum):
    """What kind of question it is."""

    SINGLE_FACT = "single_fact"
    SYNTHESIS = "synthesis"
    COMPARISON = "comparison"
    APPLICATION = "application"
    FOLLOW_UP = "follow_up"
    AMBIGUOUS = "ambiguous"
    FALSE_PREMISE = "false_premise"
    UNANSWERABLE = "unanswerable"
    CONFIDENTIAL = "confidential"
    OUTSIDE = "outside"
    """A question of an outside set, which names documents and no sentences."""


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence that a right answer rests on: its document, as named below the library, and its own words."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A benchmark question.

    `gold` has a group for each piece of evidence that a full answer needs, of spans that say the same;
    `facts` a group for each key fact, of ways to say it; `documents` are the gold documents of outside
    sets. `standalone` is a follow-up made whole. No answer to `asker` may hold one of the `canaries`.
    `group` is the source page or the conversation: questions of one group are not independent. `origin`
    says who wrote it, or which outside set it is of.
    """

    id: str
    language: str
    category: Category
    question: str
    history: tuple[Turn, ...] = ()
    standalone: str = ""
    asker: str = ""
    gold: tuple[tuple[Span, ...], ...] = ()
    documents: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    paraphrases: tuple[str, ...] = ()
    canaries: tuple[str, ...] = ()
    group: str = ""
    why: str = ""
    origin: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the library, as this asker may read it, holds an answer."""
        return bool(self.gold or self.documents)

    @property
    def hidden(self) -> frozenset[str]:
        """The ids of the correction or the answer that it was made from: no run may answer it with those."""
        made_of = self.origin.removeprefix(_REVIEW)
        return frozenset((made_of, self.group)) - {""} if made_of != self.origin else frozenset()

    @property
    def cluster(self) -> str:
        """What it shares with the questions that it is not independent of."""
        return self.group or self.id


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Questions in order. `library` and `people` are folders and rights that belong to them, if any."""

    name: str
    items: tuple[Item, ...]
    library: Path | None = None
    people: Path | None = None

    @property
    def digest(self) -> str:
        """A name for exactly these questions."""
        return hashlib.blake2b(repr(self.items).encode(), digest_size=6).hexdigest()


def read(path: Path = SHIPPED) -> Benchmark:
    """The questions of a JSONL file, or of all that lie in a folder. Raises WrongBenchmark, naming file and line."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    items = tuple(item for file in files for item in _items(file))
    if not items:
        raise WrongBenchmark(f"there are no questions in {path}: name a .jsonl file, or a folder that has some")
    if twice := _twice(items):
        raise WrongBenchmark(f"two questions in {path} have the id {twice}: give each its own")
    place = path if path.is_dir() else path.parent
    library, people = place / "library", place / "people.yaml"
    name = path.stem if path.is_file() else path.name
    return Benchmark(name, items, library if library.is_dir() else None, people if people.is_file() else None)


def _items(file: Path) -> Iterator[Item]:
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongBenchmark(f"{file} cannot be read: {error}") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield item_of(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise WrongBenchmark(f"line {number} of {file} is not a benchmark question: {error}") from None


def item_of(line: Mapping[str, Any]) -> Item:
    """A question from its JSON; gold may also be a plain list of documents, as in outside sets.

    Raises KeyError, TypeError or ValueError for what is none.
    """
    gold = line.get("gold") or []
    outside = bool(gold) and all(isinstance(each, str) for each in gold)
    default = Category.OUTSIDE if outside or "category" not in line else None
    known = default or Category(line["category"])
    return Item(
        id=_text(line["id"]),
        language=str(line.get("language") or ""),
        category=known,
        question=_text(line["question"]),
        history=tuple(Turn(_text(turn["role"]), _text(turn["text"])) for turn in line.get("history") or ()),
        standalone=str(line.get("standalone") or ""),
        asker=str(line.get("asker") or ""),
        gold=() if outside else tuple(tuple(Span(each["document"], each["quote"]) for each in group) for group in gold),
        documents=tuple(gold) if outside else (),
        facts=_groups(line.get("facts") or ()),
        paraphrases=tuple(map(_text, line.get("paraphrases") or ())),
        canaries=tuple(map(_text, line.get("canaries") or ())),
        group=str(line.get("group") or ""),
        why=str(line.get("why") or ""),
        origin=str(line.get("origin") or line.get("set") or ""),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{value!r} should be a text that is not empty")
    return value


def _groups(raw: Sequence[object]) -> tuple[tuple[str, ...], ...]:
    groups = [tuple(map(_text, each)) for each in raw if isinstance(each, list | tuple)]
    if len(groups) != len(raw) or not all(groups):
        raise TypeError("facts must be a list of lists of alternatives")
    return tuple(groups)


def _twice(items: Sequence[Item]) -> str:
    seen: set[str] = set()
    for each in items:
        if each.id in seen:
            return each.id
        seen.add(each.id)
    return ""
