"""The account of what models used: one for all processes, a new one every day, and a limit that holds."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.ports import Usage
from integrations.catalogue import SqlCatalogue
from integrations.spending import Spending
from knowledge.errors import StoreError

ROOT = Path(__file__).resolve().parents[2]
ADD = """
import sys
from assistant.ports import Usage
from integrations.catalogue import SqlCatalogue
from integrations.spending import Spending
Spending(SqlCatalogue(sys.argv[1]).engine).add(Usage(30, 12))
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'catalogue.sqlite'}"


@pytest.fixture
def catalogue(url: str) -> Iterator[SqlCatalogue]:
    opened = SqlCatalogue(url)
    yield opened
    opened.close()


def test_without_a_limit_there_is_no_end(catalogue: SqlCatalogue) -> None:
    free = Spending(catalogue.engine)
    free.add(Usage(10**9, 10**9))
    assert free.left() is None


def test_what_was_read_and_written_is_taken_off_the_limit(catalogue: SqlCatalogue) -> None:
    spending = Spending(catalogue.engine, limit=100)
    assert spending.left() == 100
    spending.add(Usage(30, 12))
    spending.add(Usage(0, 8))
    assert spending.left() == 50


def test_what_is_over_the_limit_leaves_nothing_and_not_less(catalogue: SqlCatalogue) -> None:
    spending = Spending(catalogue.engine, limit=100)
    spending.add(Usage(500, 500))
    assert spending.left() == 0


def test_every_day_begins_anew(catalogue: SqlCatalogue) -> None:
    days = iter(("2026-07-01", "2026-07-01", "2026-07-02"))
    spending = Spending(catalogue.engine, limit=100, today=lambda: next(days))
    spending.add(Usage(60, 0))
    assert [spending.left(), spending.left()] == [40, 100]


def test_what_another_process_used_counts(catalogue: SqlCatalogue, url: str) -> None:
    subprocess.run([sys.executable, "-c", ADD, url], cwd=ROOT, check=True, timeout=60)
    assert Spending(catalogue.engine, limit=100).left() == 58


def test_nothing_used_at_the_same_time_is_lost(catalogue: SqlCatalogue) -> None:
    spending = Spending(catalogue.engine, limit=1000)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: spending.add(Usage(1, 1)), range(100)))
    assert spending.left() == 800


def test_a_database_that_is_gone_is_said_in_one_line(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as database:
        database.execute("drop table model_usage")
    database.close()
    spending = Spending(catalogue.engine, limit=100)
    with pytest.raises(StoreError, match="cannot be read"):
        spending.left()
    with pytest.raises(StoreError, match="cannot be noted") as raised:
        spending.add(Usage(1, 1))
    assert len(str(raised.value).splitlines()) == 1
