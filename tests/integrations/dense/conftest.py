"""Libraries with a dense arm over the real stores, and an embedder in the same process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.catalogue import SqlCatalogue
from integrations.chroma_index import ChromaIndex
from integrations.nearest import Nearest
from integrations.places import Places
from integrations.tantivy_index import TantivyIndex
from integrations.vectors import SqlVectors
from knowledge.dense import Dense
from knowledge.fusion import Shares
from knowledge.glossary import Glossary
from knowledge.library import Library
from knowledge.ports import Embedder
from tests.fakes.embedder import Words
from tests.integrations.dense.made import TODAY, Clock, Open


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def opened(home: Path, clock: Clock) -> Iterator[Open]:
    """Open a library with a dense arm; `few=0` lets Chroma answer even over a handful of passages."""
    catalogues: list[SqlCatalogue] = []
    chromas: list[ChromaIndex] = []

    def over(
        embedder: Embedder, few: int = 20_000, lag: int = 1000, former: Embedder | None = None, url: str = ""
    ) -> Library:
        catalogues.append(SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}"))
        chromas.append(ChromaIndex(home, url))
        engine = catalogues[-1].engine
        dense = Dense(
            embedder,
            SqlVectors(engine, home),
            Nearest(Places(engine), chromas[-1], home, few, lag),
            Shares(0.5, 0.5),
            lambda name: former if former and former.name == name else None,
            clock,
        )
        return Library(catalogues[-1], TantivyIndex(home), Glossary(()), today=lambda: TODAY, dense=dense)

    yield over
    for chroma in chromas:
        chroma.release()
    for catalogue in catalogues:
        catalogue.close()


@pytest.fixture
def library(opened: Open, words: Words) -> Library:
    return opened(words)
