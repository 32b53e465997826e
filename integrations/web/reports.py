"""Evaluation runs and their reports on disk, as far as a reader may see what they quote."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.access import Audience, Reader

_NAME = re.compile(r"[\w-][\w.-]*")

Audiences = Callable[[frozenset[str]], Mapping[str, Audience]]
"""The audiences of those of the documents that are there, by id."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A run: what it was of, when it began, and whether there is a report that this reader may open."""

    name: str
    set: str
    began: str
    model: str
    written: bool
    readable: bool


class Reports:
    """The runs below a folder; `library` names the state of the library in use."""

    def __init__(self, folder: Path, library: str, audiences: Audiences) -> None:
        self._folder = folder
        self._identity = library.partition(".")[0]
        self._audiences = audiences

    def all(self, reader: Reader) -> list[Kept]:
        """Every run, newest first."""
        found = [self._kept(each, reader) for each in self._folder.glob("*") if (each / "run.json").is_file()]
        return sorted(filter(None, found), key=lambda each: each.began, reverse=True)

    def page(self, name: str, reader: Reader) -> bytes | None:
        """The report of a run, or None where there is none that this reader may see."""
        folder = self._folder / name
        if not _NAME.fullmatch(name) or not (folder / "report.html").is_file():
            return None
        kept = self._kept(folder, reader)
        return (folder / "report.html").read_bytes() if kept and kept.readable else None

    def _kept(self, folder: Path, reader: Reader) -> Kept | None:
        header = _header(folder)
        if header is None:
            return None
        model = header.get("recipe", {}).get("model") or ""
        return Kept(
            folder.name,
            str(header.get("set", "")),
            str(header.get("began", "")),
            str(model),
            (folder / "report.html").is_file(),
            self._readable(folder, str(header.get("library", "")), reader),
        )

    def _readable(self, folder: Path, library: str, reader: Reader) -> bool:
        """A report quotes what askers of the benchmark may read. One over the library in use is open to whoever may
        read all of it; what is gone since counts against that. A benchmark's own library is no part of ours."""
        if library.partition(".")[0] != self._identity:
            return True
        named = _named(folder)
        audiences = self._audiences(named)
        return all(each in audiences and reader.may_read(audiences[each]) for each in named)


def _header(folder: Path) -> Mapping[str, Any] | None:
    try:
        said = json.loads((folder / "run.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _named(folder: Path) -> frozenset[str]:
    """The documents that the attempts of a run name."""
    attempts = folder / "attempts.jsonl"
    if not attempts.is_file():
        return frozenset()
    state = attempts.stat()
    return _named_in(attempts, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _named_in(attempts: Path, _changed: int, _size: int) -> frozenset[str]:
    lines = attempts.read_text("utf-8", errors="replace").split("\n")
    return frozenset(name for line in lines if line.strip() for name in _documents(_parsed(line)))


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _documents(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        if isinstance(said.get("document"), str):
            yield said["document"]
        for each in said.values():
            yield from _documents(each)
    elif isinstance(said, list):
        for each in said:
            yield from _documents(each)
