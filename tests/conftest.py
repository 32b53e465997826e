"""What more than one package's tests need: a folder of documents and a library over the real stores."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from integrations.catalogue import SqlCatalogue
from integrations.tantivy_index import TantivyIndex
from knowledge.glossary import shipped
from knowledge.library import Library

# The same examples in every run: `HYPOTHESIS_PROFILE=search` looks for new ones.
settings.register_profile("ours", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ours"))

TODAY = date(2026, 7, 1)
"""The day on which every library of these tests is asked."""

Write = Callable[[str, str], Path]
Open = Callable[..., Library]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """An empty folder for documents."""
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


@pytest.fixture
def write(docs: Path) -> Write:
    """Write a text below `docs`, making the folders in between."""

    def written(name: str, text: str) -> Path:
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Open]:
    """Open a library over the stores in a folder (`home`), as often as wanted, as processes do."""
    opened: list[SqlCatalogue] = []

    def over(home: str = "home", today: date = TODAY) -> Library:
        folder = tmp_path / home
        opened.append(SqlCatalogue(f"sqlite:///{folder / 'catalogue.sqlite'}"))
        return Library(opened[-1], TantivyIndex(folder), shipped, today=lambda: today)

    yield over
    for each in opened:
        each.close()


@pytest.fixture
def library(open_library: Open) -> Library:
    """An empty library."""
    return open_library()
