"""An ingest is killed at random moments: what was in stays in, and the two stores agree."""

import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import tantivy

from integrations.bootstrap import library
from integrations.settings import Settings
from tests.benchmarks import synthetic
from tests.benchmarks.shared import COACH, Line, Number, Place, Table, coach, environment, read_lines, write_lines

_ROUNDS = 30
_FILES = 3
_EACH = 700
_LENGTH = 500
_SAMPLE = 100


@dataclass(frozen=True, slots=True)
class _Trial:
    """A library before and after a change: the folder that changes, and the texts it holds, by id."""

    folder: Path
    home: Path
    before: dict[str, str]
    after: dict[str, str]
    codes: Path
    lasts: float


@dataclass(frozen=True, slots=True)
class _Result:
    """What was found after one kill."""

    running: bool
    works: bool
    lost: int
    torn: int
    unfound: int
    disagree: int
    whole_again: bool


def measure(place: Place) -> list[Number]:
    """Kill a re-ingest of a changed library thirty times, each time from the same state before."""
    trial = _prepare(place.work / "crash")
    chance = random.Random(5)
    moments = [chance.uniform(0, 1.02 * trial.lasts) for _ in range(_ROUNDS)]
    results = [_killed(trial, moment, place.work / "crash" / "round") for moment in moments]
    _show(moments, results)
    print(f"  undisturbed, ingesting the change lasts {trial.lasts:.1f} s")
    return [
        Number("kills", _ROUNDS, at_least=30),
        Number("kills that hit a running ingest", sum(each.running for each in results)),
        Number("next command failed", sum(not each.works for each in results), at_most=0),
        Number("documents lost", sum(each.lost for each in results), at_most=0),
        Number("documents neither old nor new", sum(each.torn for each in results), at_most=0),
        Number("documents not found by their number", sum(each.unfound for each in results), at_most=0),
        Number("passages in one store only", sum(each.disagree for each in results), at_most=0),
        Number("ingest again did not end at the new state", sum(not r.whole_again for r in results), at_most=0),
    ]


def _prepare(work: Path) -> _Trial:
    """Ingest the state before, change the folder, and time the change once on a copy."""
    folder, home = work / "folder", work / "home"
    for file, lines in _files():
        write_lines(folder / file, lines)
    coach(home, "ingest", folder, "--json", expect=(0,))
    before = _texts(folder)
    for file, lines in _files():
        write_lines(folder / file, _changed(lines))
    after = _texts(folder)
    kept = random.Random(6).sample(sorted(set(before) & set(after)), _SAMPLE)
    asked = ({"id": each, "question": synthetic.code(int(each.rsplit("/", 1)[1]))} for each in kept)
    codes = write_lines(work / "codes.jsonl", asked)
    copy = Path(shutil.copytree(home, work / "timed"))
    lasts = coach(copy, "ingest", folder, "--json", expect=(0,)).wall
    return _Trial(folder, home, before, after, codes, lasts)


def _files() -> Iterator[tuple[str, list[Line]]]:
    """Bulk files of short documents, more in each than one transaction takes."""
    documents = map(_shortened, synthetic.documents(_FILES * _EACH))
    for number in range(_FILES):
        yield f"{number}.jsonl", list(islice(documents, _EACH))


def _shortened(line: Line) -> Line:
    """A document's end, where its number stands."""
    return {"id": line["id"], "title": line["title"], "text": line["text"][-_LENGTH:]}


def _changed(lines: Iterable[Line]) -> Iterator[Line]:
    """Every tenth document goes, of the others every second is changed, and a few come in."""
    for number, line in enumerate(lines):
        if number % 10 == 0:
            yield line | {"id": f"new/{line['id'].rsplit('/', 1)[1]}"}
        else:
            yield line | {"text": f"Revised. {line['text']}"} if number % 2 else line


def _texts(folder: Path) -> dict[str, str]:
    return {line["id"]: line["text"] for file in sorted(folder.iterdir()) for line in read_lines(file)}


def _killed(trial: _Trial, moment: float, home: Path) -> _Result:
    """One round: a copy of the state before, an ingest that is killed, and what is there then."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(trial.home, home)
    running = _kill(trial.folder, moment, home)
    stored = _stored(home)
    torn = sum(text not in (trial.before.get(each), trial.after.get(each)) for each, text in stored.items())
    searched = coach(home, "search", "--batch", trial.codes, "--top", 1, "--json", expect=range(-20, 256))
    unfound = sum(row["id"] not in [hit["source"] for hit in row["hits"]] for row in searched.lines())
    disagree = _disagreeing(home)
    again = coach(home, "ingest", trial.folder, "--json", expect=range(-20, 256))
    whole = again.status == 0 and _stored(home) == trial.after and not _disagreeing(home)
    lost = len(set(trial.before) & set(trial.after) - set(stored))
    return _Result(running, searched.status == 0, lost, torn, unfound, disagree, whole)


def _kill(folder: Path, moment: float, home: Path) -> bool:
    """Start an ingest and kill it after a while; whether it was still running."""
    process = subprocess.Popen(
        [COACH, "ingest", folder, "--json"], env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(moment)
    running = process.poll() is None
    process.kill()
    process.wait()
    return running


def _stored(home: Path) -> dict[str, str]:
    """The texts in the catalogue, by source, read past our own code."""
    with sqlite3.connect(home / "catalogue.sqlite") as catalogue:
        return dict(catalogue.execute("SELECT source, text FROM documents").fetchall())


def _disagreeing(home: Path) -> int:
    """Passages that the catalogue or the index has alone, and changes still waiting."""
    with sqlite3.connect(home / "catalogue.sqlite") as catalogue:
        known = {row[0] for row in catalogue.execute("SELECT id FROM passages")}
        waiting = int(catalogue.execute("SELECT count(*) FROM outbox").fetchone()[0])
    return len(known ^ _indexed(home)) + waiting + abs(library(Settings(home=home)).unindexed())


def _indexed(home: Path) -> set[str]:
    """The ids of all passages in the index."""
    searcher = tantivy.Index.open(str(next(home.glob("lexical-?")))).searcher()
    everything = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1)).hits
    return {str(searcher.doc(address).get_first("passage")) for _, address in everything}


def _show(moments: Iterable[float], results: Iterable[_Result]) -> None:
    table = Table(("killed at s", "running", "works", "lost", "torn", "unfound", "disagree", "whole again"))
    for moment, each in sorted(zip(moments, results, strict=True), key=lambda pair: pair[0]):
        found = (each.lost, each.torn, each.unfound, each.disagree)
        table.add(f"{moment:.2f}", *map(_yes, (each.running, each.works)), *found, _yes(each.whole_again))
    table.show()


def _yes(true: bool) -> str:
    return "yes" if true else "no"
