"""A library of 100,000 passages: what a search costs there, and bringing one more document in."""

import sys
from itertools import islice
from pathlib import Path

from tests.benchmarks import synthetic
from tests.benchmarks.shared import Line, Number, Place, Ran, Table, coach, quantile, run, write_lines

_DOCUMENTS = 25_000
_FILES = 10
_QUESTIONS = 300
_CHANGES = 7


def measure(place: Place) -> list[Number]:
    """Make the library, search it from another process, then change one small document beside it."""
    home = place.fresh("scale")
    made = _write_library(place.work / "made")
    ingested, again = (coach(home, "ingest", made, "--json") for _ in range(2))
    report = ingested.lines()[-1]
    print(f"  {report['documents']} documents, {report['passages']} passages, {_megabytes(home):.0f} MB in the home")
    file = write_lines(place.work / "asked.jsonl", ({"question": each} for each in synthetic.questions(_QUESTIONS)))
    searched = run([sys.executable, "-m", "tests.benchmarks.searcher", home, file], home).lines()[-1]
    _show_parts(searched)
    return [
        Number("ingest, passages", report["passages"], at_least=100_000),
        Number("ingest, wall", ingested.wall, "s"),
        Number("ingest, CPU", ingested.cpu, "s"),
        Number("ingest, peak memory", ingested.peak, "MB"),
        Number("ingest unchanged, wall", again.wall, "s"),
        Number("ingest unchanged, times faster", ingested.wall / again.wall, "x", at_least=20),
        *_search_numbers(searched),
        *_one_command(home),
        *_changed(home, place.work / "changed.md"),
    ]


def _write_library(folder: Path) -> Path:
    """Bulk files, each below the limit of one file."""
    lines = synthetic.documents(_DOCUMENTS)
    for number in range(_FILES):
        write_lines(folder / f"made-{number:02}.jsonl", islice(lines, _DOCUMENTS // _FILES))
    return folder


def _megabytes(folder: Path) -> float:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 2**20


def _show_parts(searched: Line) -> None:
    """CPU of a query by the step it goes to, and by the language it is asked in."""
    table = Table(("CPU ms a query", "n", "p50", "p95", "max"))
    for name, times in searched["parts"].items():
        table.add(name, len(times), *(quantile(times, share) for share in (0.5, 0.95, 1.0)))
    table.show()


def _search_numbers(searched: Line) -> list[Number]:
    whole = searched["parts"]["whole"]
    return [
        Number("search, CPU p50", quantile(whole, 0.5), "ms", at_most=40),
        Number("search, CPU p95", quantile(whole, 0.95), "ms"),
        Number("search, wall p50", quantile(searched["wall"], 0.5), "ms"),
        Number("search, resident memory", searched["resident"], "MB", at_most=500),
        Number("search, resident memory, peak", searched["peak"], "MB"),
    ]


def _one_command(home: Path) -> list[Number]:
    ran = [coach(home, "search", each, "--json") for each in synthetic.questions(5)]
    return [Number("coach search, one command", quantile((each.wall for each in ran), 0.5), "s")]


def _changed(home: Path, file: Path) -> list[Number]:
    """The first time brings it in; every later time it says something else."""
    ran: list[Ran] = []
    for turn in range(_CHANGES + 1):
        file.write_text(f"# Visit report\n\nTurn {turn}: the buyer asked for {turn + 3} more references.\n", "utf-8")
        ran.append(coach(home, "ingest", file, "--json", expect=(0,)))
    changes = [each.wall for each in ran[1:]]
    return [
        Number("one changed document, wall, median", quantile(changes, 0.5), "s", at_most=0.5),
        Number("one changed document, wall, best", min(changes), "s"),
        Number("one changed document, wall, worst", max(changes), "s"),
        Number("one changed document, CPU, median", quantile((each.cpu for each in ran[1:]), 0.5), "s"),
        Number("one changed document, peak memory", max(each.peak for each in ran), "MB"),
    ]
