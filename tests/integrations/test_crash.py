"""However an ingest ends, the next command works, nothing acknowledged is lost, and the stores agree."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from integrations.catalogue import SqlCatalogue
from integrations.tantivy_index import TantivyIndex
from knowledge.access import ANYONE, Audience, Reader
from knowledge.glossary import Glossary
from knowledge.library import Library
from knowledge.ports import Given

_FILES, _EACH = 3, 100
_LATER_KILLS, _FIRST_KILLS = 6, 3

Coach = Callable[..., "subprocess.Popen[str]"]
Texts = dict[str, str]


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    """Start `coach` in a process of its own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    root = str(Path(__file__).parents[2])

    def start(*arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "integrations.cli", *arguments],
            cwd=tmp_path,
            env={**ours, "PYTHONPATH": root, "PYTHONWARNINGS": "error"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def _finished(process: "subprocess.Popen[str]") -> tuple[int, str]:
    out, err = process.communicate(timeout=60)
    assert err == ""
    return process.returncode, out


def _killed(process: "subprocess.Popen[str]", after: float) -> bool:
    """Kill a process after some seconds; whether it was still running."""
    time.sleep(after)
    running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    return running


def _texts(version: int) -> Texts:
    """The text of every document; every third one changes with the version, and each has a word of its own."""
    numbers = range(_FILES * _EACH)
    return {f"d{n}": f"word{n}x{version if n % 3 == 0 else 0} orchard contract 客户 {n}" for n in numbers}


def _write(folder: Path, texts: Texts) -> None:
    folder.mkdir(exist_ok=True)
    lines = [json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in texts.items()]
    for at in range(_FILES):
        (folder / f"{at}.jsonl").write_text("\n".join(lines[at * _EACH : (at + 1) * _EACH]), encoding="utf-8")


@contextmanager
def _stores(home: Path) -> Iterator[tuple[SqlCatalogue, Library]]:
    catalogue = SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}")
    yield catalogue, Library(catalogue, TantivyIndex(home), Glossary(()))
    catalogue.close()


@contextmanager
def _opened(home: Path) -> Iterator[Library]:
    with _stores(home) as (_, library):
        yield library


def _held(home: Path) -> Texts:
    """The documents in the catalogue, after it was seen to agree with the index and each was found."""
    with _stores(home) as (catalogue, library):
        assert library.catch_up()
        assert library.unindexed() == 0
        assert library.counts().pending == 0
        ids = [each for file in catalogue.files("/") for each in catalogue.versions(file)]
        held = {entry.source: passage.text for entry, passage in catalogue.indexable(ids)}
        for text in held.values():
            assert [hit.passage.text for hit in library.search(text.split()[0], ANYONE, top=1).hits] == [text]
        return held


def test_killed_while_it_brings_a_library_up_to_date_an_ingest_loses_nothing(coach: Coach, tmp_path: Path) -> None:
    versions = [_texts(0)]
    _write(tmp_path / "docs", versions[0])
    started = time.monotonic()
    assert _finished(coach("ingest", "docs", "--json"))[0] == 0
    lasts = time.monotonic() - started
    chance, hit = random.Random(7), 0
    for version in range(1, _LATER_KILLS + 1):
        versions.append(_texts(version))
        _write(tmp_path / "docs", versions[-1])
        hit += _killed(coach("ingest", "docs", "--json"), chance.uniform(0.3, 0.9) * lasts)
        held = _held(tmp_path / ".coach")
        assert set(held) == set(versions[0])
        assert all(any(text == each[name] for each in versions) for name, text in held.items())
    assert hit >= _LATER_KILLS // 2
    status, out = _finished(coach("ingest", "docs", "--json"))
    assert status == 0
    assert json.loads(out)["documents"] == len(versions[0])
    assert _held(tmp_path / ".coach") == versions[-1]


def test_killed_while_it_makes_a_library_an_ingest_can_be_run_again(coach: Coach, tmp_path: Path) -> None:
    texts = _texts(0)
    _write(tmp_path / "docs", texts)
    chance = random.Random(3)
    for _ in range(_FIRST_KILLS):
        _killed(coach("ingest", "docs", "--json"), chance.uniform(0.2, 0.8))
        assert _held(tmp_path / ".coach").items() <= texts.items()
    assert _finished(coach("doctor", "--json"))[0] == 0
    assert _finished(coach("ingest", "docs", "--json"))[0] == 0
    assert _held(tmp_path / ".coach") == texts


def test_two_ingests_at_once_leave_one_library(coach: Coach, tmp_path: Path) -> None:
    texts = _texts(0)
    _write(tmp_path / "docs", texts)
    both = [coach("ingest", "docs", "--json") for _ in range(2)]
    assert [_finished(each)[0] for each in both] == [0, 0]
    assert _held(tmp_path / ".coach") == texts


class _Interrupted(BaseException):
    """Nothing catches it, as nothing catches a kill."""


class _Fuse:
    """Wraps a store; after so many calls, to both stores together, the next one never happens or never returns."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def around(self, store: Any, names: tuple[str, ...]) -> Any:
        for name in names:
            setattr(store, name, self._burning(getattr(store, name)))
        return store

    def _burning(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any) -> Any:
            if self.left == 0:
                raise _Interrupted
            done = call(*arguments)
            self.left -= 2
            if self.left < 0:
                raise _Interrupted
            return done

        return wrapped


_CATALOGUE = ("remember_root", "save", "finish", "forget", "applied", "note_all")
_INDEX = ("start_over", "write")
_BEFORE = {"a.md": "orchard one", "b.md": "cellar two", "c.md": "meadow three"}
_AFTER = {"a.md": "orchard four", "c.md": "meadow three", "d.md": "vineyard five"}


def _fill(folder: Path, texts: Texts) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text)


def _seen(library: Library, reader: Reader) -> set[str]:
    words = ("orchard", "cellar", "meadow", "vineyard")
    return {hit.passage.text for word in words for hit in library.search(word, reader).hits}


def _ingested(home: Path, docs: Path, given: Given, fuse: _Fuse | None = None) -> None:
    catalogue = SqlCatalogue(f"sqlite:///{home / 'catalogue.sqlite'}")
    index = TantivyIndex(home)
    if fuse:
        fuse.around(catalogue, _CATALOGUE)
        fuse.around(index, _INDEX)
    try:
        Library(catalogue, index, Glossary(())).ingest([docs], given)
    finally:
        catalogue.close()


def _interrupted_after(home: Path, docs: Path, given: Given, calls: int) -> bool:
    try:
        _ingested(home, docs, given, _Fuse(calls))
    except _Interrupted:
        return True
    return False


def test_an_interruption_at_any_step_is_mended_and_opens_nothing(tmp_path: Path) -> None:
    legal, docs = Given(audience=Audience.of("legal")), tmp_path / "docs"
    lawyer, calls, interrupted = Reader("legal"), 0, True
    while interrupted:
        home = tmp_path / f"home{calls}"
        _fill(docs, _BEFORE)
        _interrupted_after(home, docs, legal, calls)
        _ingested(home, docs, Given())
        with _opened(home) as library:
            assert library.unindexed() == 0
            assert _seen(library, lawyer) == set(_BEFORE.values())
            assert _seen(library, ANYONE) == (set() if calls else set(_BEFORE.values()))
        _fill(docs, _AFTER)
        interrupted = _interrupted_after(home, docs, legal, calls)
        with _opened(home) as library:
            assert library.catch_up()
            assert library.unindexed() == 0
            assert "meadow three" in _seen(library, lawyer)
            assert _seen(library, lawyer) <= {*_BEFORE.values(), *_AFTER.values()}
        _ingested(home, docs, Given())
        with _opened(home) as library:
            assert library.unindexed() == 0
            assert _seen(library, lawyer) == set(_AFTER.values())
        calls += 1
    assert calls >= 12


def test_what_an_interrupted_ingest_left_goes_with_its_file_or_comes_back_with_its_text(tmp_path: Path) -> None:
    docs, calls, interrupted = tmp_path / "docs", 0, True
    while interrupted:
        home = tmp_path / f"home{calls}"
        _fill(docs, _BEFORE)
        interrupted = _interrupted_after(home, docs, Given(), calls)
        _fill(docs, {"a.md": "vineyard five"})
        _interrupted_after(home, docs, Given(), calls)
        _fill(docs, {"a.md": _BEFORE["a.md"]})
        _ingested(home, docs, Given())
        with _opened(home) as library:
            assert library.unindexed() == 0
            assert _seen(library, ANYONE) == {_BEFORE["a.md"]}
        calls += 1
    assert calls >= 8
