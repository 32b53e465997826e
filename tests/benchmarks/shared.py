"""What every benchmark needs: where it works, `coach` as a process, numbers with targets, plain tables."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COACH = Path(sys.executable).with_name("coach")
ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SAMPLES = ROOT / "knowledge" / "samples"
SEED_QUESTIONS = HERE / "seed_questions.jsonl"
_PATIENCE = 3600.0

Line = dict[str, Any]


class Failed(Exception):
    """A command that did not end as it must; the benchmark cannot go on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run works (removed afterwards), where outside data lies, how many Slack events a run takes."""

    work: Path
    seeds: Path
    retrieval: Path
    slack_events: int = 10_000

    def fresh(self, name: str) -> Path:
        """The path of an empty COACH_HOME."""
        home = self.work / name
        shutil.rmtree(home, ignore_errors=True)
        return home

    def library(self, name: str, *paths: Path) -> Path:
        """A COACH_HOME with these paths in it, made once in a run."""
        home = self.work / name
        if not home.exists():
            coach(home, "ingest", *paths, "--json")
        return home

    def outside(self) -> tuple[Path, Path]:
        """The documents and the questions of the retrieval data."""
        return self.retrieval / "documents.jsonl", self.retrieval / "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Number:
    """One measured number and, where the project has set one, its target."""

    what: str
    value: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def missed(self) -> bool:
        """Whether there is a target that this number does not reach."""
        low = self.at_least is not None and self.value < self.at_least
        return low or (self.at_most is not None and self.value > self.at_most)

    def row(self) -> tuple[str, ...]:
        """The number as a row of a table."""
        bounds = ((">=", self.at_least), ("<=", self.at_most))
        target = " ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)
        return self.what, short(self.value), self.unit, target, target and ("MISSED" if self.missed else "reached")


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that ended; `cpu` is user and system seconds, `peak` MB of memory, its children included."""

    status: int
    out: str
    wall: float
    cpu: float
    peak: float

    def lines(self) -> list[Line]:
        """What it printed, as JSON lines."""
        return [json.loads(each) for each in self.out.split("\n") if each.strip()]


def environment(home: Path) -> dict[str, str]:
    """This environment with no setting of ours but the home."""
    return {k: v for k, v in os.environ.items() if not k.startswith("COACH_")} | {"COACH_HOME": str(home)}


def coach(home: Path, *arguments: object, expect: Sequence[int] = (0, 3)) -> Ran:
    """Run one command against its own COACH_HOME; raises Failed when the status is not expected."""
    return run([COACH, *arguments], home, expect)


def run(command: Sequence[object], home: Path, expect: Sequence[int] = (0,)) -> Ran:
    """Run a process to its end and say what it took. Raises Failed."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), stdout=out, stderr=err, env=environment(home), cwd=_working_folder(command, home)
        )
        usage = _wait(process)
        wall = time.perf_counter() - started
        if process.returncode not in expect:
            err.seek(0)
            what = " ".join(map(str, command[:4]))
            raise Failed(f"{what} ended with {process.returncode}: {err.read().decode(errors='replace')[-2000:]}")
        out.seek(0)
        printed = out.read().decode("utf-8")
    return Ran(process.returncode, printed, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _working_folder(command: Sequence[object], home: Path) -> Path:
    """Beside the home, where no coach.toml lies; modules of ours are found from the project."""
    return home.parent if command[0] == COACH else ROOT


def _wait(process: "subprocess.Popen[bytes]") -> resource.struct_rusage:
    """What a process took; one that hangs, or whose benchmark is interrupted, is killed."""
    watchdog = threading.Timer(_PATIENCE, process.kill)
    watchdog.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        raise
    finally:
        watchdog.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage


def read_lines(file: Path) -> list[Line]:
    """The objects of a JSONL file."""
    return [json.loads(each) for each in file.read_text("utf-8").split("\n") if each.strip()]


def write_lines(file: Path, lines: Iterable[Line]) -> Path:
    """Write a JSONL file, line by line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as stream:
        for each in lines:
            stream.write(json.dumps(each, ensure_ascii=False) + "\n")
    return file


def percent(part: int, whole: int) -> float:
    """100 times the share; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def quantile(values: Iterable[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def short(value: object) -> str:
    """A cell of a table."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"


@dataclass(slots=True)
class Table:
    """Rows under a heading, printed as aligned columns: the first to the left, the others to the right."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """Put a row at the end."""
        self.rows.append(cells)

    def show(self) -> None:
        """Print it."""
        for each in self._lines():
            print(f"  {each}", flush=True)

    def _lines(self) -> Iterator[str]:
        cells = [self.columns, *(tuple(map(short, row)) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for row in cells:
            first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
            yield "  ".join((row[0].ljust(len(first)), *rest)).rstrip()
