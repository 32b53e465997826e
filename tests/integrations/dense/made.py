"""What the tests of the dense arm have in common: documents of made-up words, and looks into the stores."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

from knowledge.access import ANYONE, Reader
from knowledge.library import Library
from tests.conftest import Write

TODAY = date(2026, 7, 1)

Open = Callable[..., Library]


class Clock:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def titles(library: Library, text: str, reader: Reader = ANYONE, top: int = 10) -> list[str]:
    return [hit.entry.title for hit in library.search(text, reader, top).hits]


def word(number: int) -> str:
    """A word that no other number has; the embedder looks at six letters."""
    return "".join("bdfghklmnprstvwz"[number >> shift & 15] + "aeiou"[number % 5] for shift in (8, 4, 0))


def fill(write: Write, number: int = 30, first: int = 0) -> None:
    """Documents with words of their own and no concept, so that none is near to a question about one."""
    for at in range(first, first + number):
        write(f"{word(at)}.md", filler(at))


def filler(at: int) -> str:
    return f"# {word(at)}\n\n{word(at + 1000)} {word(at + 2000)} {word(at + 3000)} weather"


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "catalogue.sqlite") as catalogue:
        return catalogue.execute(query).fetchall()
