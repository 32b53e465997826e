"""What a reader hands on: the characters of a file and the structure its format states."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `text[start:end]` is the whole heading line, markup included.

    `level` counts from 1 (the outermost).
    """

    start: int
    end: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or sheet that begins at `start`; `label` is its name ("3", "Sheet1")."""

    start: int
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One document as it was read, nothing cleaned.

    `text` is the decoded file for text formats (offsets are offsets into the file) and the
    extracted text for the others. `skipped` are (start, end) spans that are not content: front
    matter, HTML navigation. `structured` says that the format itself marks headings, so nobody
    needs to guess them. `part` names the document inside its file ("" for the file itself).
    """

    title: str
    text: str
    part: str = ""
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    skipped: tuple[tuple[int, int], ...] = ()
    structured: bool = False
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Failure:
    """A part of a file that could not be read, and why, in one line."""

    part: str
    reason: str
