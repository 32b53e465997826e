"""Measures what docs/measurements.md reports: python -m tests.benchmarks [NAME...]"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.benchmarks.shared import ROOT, Failed, Number, Place, Table


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A module of this package with `measure(place)`, and the outside data it cannot do without."""

    name: str
    about: str
    needs: tuple[str, ...] = ()

    def missing(self, place: Place) -> list[Path]:
        """What is needed and is not there."""
        return [folder for need in self.needs if not (folder := getattr(place, need)).is_dir()]

    def measure(self, place: Place) -> list[Number]:
        """Run it; modules are loaded only when they are wanted."""
        run: Callable[[Place], list[Number]] = import_module(f"tests.benchmarks.{self.name}").measure
        return run(place)


BENCHMARKS = (
    Benchmark("startup", "what one command costs on the starter library"),
    Benchmark("retrieval", "documents found for outside questions, and speed", ("retrieval",)),
    Benchmark("scripts", "simplified questions over traditional documents and the reverse", ("retrieval",)),
    Benchmark("seeds", "the sentence that answers, inside the first passages", ("seeds",)),
    Benchmark("answers", "how questions end, and every quote against its source"),
    Benchmark("replies", "the evaluation with a model's replies, played back"),
    Benchmark("hostile", "hundreds of broken and malicious files"),
    Benchmark("crash", "kill -9 in the middle of an ingest"),
    Benchmark("scale", "searching 100,000 passages"),
    Benchmark("dense", "vectors: embedded once, through kills, and searching 100,000 passages by both arms"),
    Benchmark("gates", "honest drafts kept, wrong ones dropped, by reason"),
    Benchmark("model", "a model behind the adapter: what our side adds, and how its failures end"),
    Benchmark("statistics", "intervals that hold, and what the gate makes of noise"),
    Benchmark("report", "the page of 300 questions in a real browser"),
    Benchmark("slack", "the bot in the fake workspace: acknowledgements, losses, deaf time, markup"),
    Benchmark("recall", "the same question in other words, and questions that only look like it"),
    Benchmark("corrections", "corrections whose sources change, and coaches who press at once"),
    Benchmark("review", "coach review over 10,000 answers: the App Home, the queue, the numbers"),
    Benchmark("declining", "the weights that decide whether to answer, fitted anew", ("seeds",)),
    Benchmark("evaluation", "two runs of the same thing are no difference, seeded faults shut the gate"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that were named, or all. Returns 0, targets reached or not; 1 when one could not end."""
    options = _parser().parse_args(arguments)
    missed: list[str] = []
    failed: list[str] = []
    print(_machine())
    with tempfile.TemporaryDirectory(prefix="coach-benchmarks-") as folder:
        place = Place(Path(folder), options.seeds.resolve(), options.retrieval.resolve(), options.slack_events)
        for each in options.chosen or BENCHMARKS:
            try:
                missed += [f"{number.what} {number.row()[1]}" for number in _measured(each, place) if number.missed]
            except Failed as error:
                print(f"  FAILED: {error}")
                failed.append(each.name)
    print("\nmissed targets: " + ("; ".join(missed) or "none"))
    if failed:
        print("failed benchmarks: " + ", ".join(failed))
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = ", ".join(each.name for each in BENCHMARKS)
    parser.add_argument("chosen", nargs="*", type=_named, metavar="NAME", help=f"{names} (all)")
    for name, default in (("seeds", "shared/seeds"), ("retrieval", "shared/data/retrieval")):
        parser.add_argument(f"--{name}", type=Path, metavar="DIR", default=ROOT.parent / default)
    parser.add_argument("--slack-events", type=int, metavar="N", default=10_000, help="of the restarts (10000)")
    return parser


def _named(name: str) -> Benchmark:
    for each in BENCHMARKS:
        if each.name == name:
            return each
    raise argparse.ArgumentTypeError(f"there is no benchmark {name!r}")


def _machine() -> str:
    when, load = time.strftime("%Y-%m-%d %H:%M"), os.getloadavg()[0]
    return f"{when}, Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}"


def _measured(benchmark: Benchmark, place: Place) -> list[Number]:
    print(f"\n{benchmark.name}: {benchmark.about}", flush=True)
    if missing := benchmark.missing(place):
        print(f"  skipped: there is no {', '.join(map(str, missing))}")
        return []
    started = time.perf_counter()
    numbers = benchmark.measure(place)
    table = Table(("number", "measured", "unit", "target", ""))
    table.rows = [each.row() for each in numbers]
    table.show()
    print(f"  ({time.perf_counter() - started:.0f} s)", flush=True)
    return numbers


if __name__ == "__main__":
    raise SystemExit(main())
