"""Making a run: its header, its attempts, what a judge says, and its report."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from evals.benchmark import Benchmark
from evals.cli.place import Place, runs_folder
from evals.judge import Judge
from evals.judging import judge_run
from evals.metrics import METRICS, score, wanted
from evals.metrics.judging import JUDGED
from evals.report import page
from evals.run import carry_out, tasks
from evals.runs import Header, Run, Runs
from evals.scores import Need, Tried
from evals.summary import Summary, Values, summarize
from integrations import bootstrap
from integrations.progress import bar
from integrations.settings import Settings

_PACKAGES = Path(__file__).resolve().parents[2]
_CODE = ("assistant", "knowledge")
_WITH_A_MODEL = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """How a run is to be made: its name, or what a new name begins with; how many questions at once; no variants."""

    name: str
    parallel: int | None
    plain: bool
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A run with its scores and figures."""

    run: Run
    tried: Sequence[Tried]
    values: Values
    summary: Summary


def make(place: Place, benchmark: Benchmark, asked: Asked, home: Settings) -> Scored:
    """Ask what has not been asked yet, judge it if there is a judge, score it, and write the report beside it.

    Without a name a run of the same thing that was stopped goes on; else a new one begins.
    """
    needs = frozenset[Need]() if asked.plain else wanted(benchmark.items)
    runs = Runs(runs_folder(home))
    header = _header(place, benchmark, needs, asked.name)
    if not asked.name:
        total = sum(1 for _ in tasks(benchmark.items, needs))
        header = replace(header, name=runs.unfinished(header, total) or _free(runs, asked.stem))
    run = runs.begin(header, benchmark)
    many = asked.parallel or (_WITH_A_MODEL if place.settings.model else 1)
    with bar(f"Asking ({header.name})") as tick:
        carry_out(run, place.examiner, needs, many, tick)
    if place.settings.judge:
        with bar("Judging") as tick:
            judge_run(run, judge(place.settings, home), tick)
    done = scored(run)
    report_file(run).write_text(page(done.summary, done.tried, done.values), "utf-8")
    return done


def scored(run: Run) -> Scored:
    """The scores of a run, computed anew from its attempts."""
    tried = run.tried()
    metrics = (*METRICS, *(JUDGED if any(each.judged for each in tried) else ()))
    values = {each.item.id: score(each, metrics) for each in tried}
    return Scored(run, tried, values, summarize(run.header, tried, values, metrics))


def report_file(run: Run) -> Path:
    """Where the page of a run is written."""
    return run.folder / "report.html"


def judge(settings: Settings, home: Settings) -> Judge:
    """The judge that the settings name, with what it said before."""
    model = bootstrap.judge(settings)
    return Judge(model, f"{model.name} at {model.url}", home.home / "evals" / "judgements.jsonl")


def _header(place: Place, benchmark: Benchmark, needs: Collection[Need], name: str) -> Header:
    settings = place.settings
    recipe = {
        "composer": "draft" if settings.model else "extract",
        "model": settings.model or None,
        "embedder": settings.embedder or None,
        "judge": settings.judge or None,
        "passages": settings.passages,
        "code": _code(),
    }
    return Header(
        name=name,
        set=benchmark.name,
        digest=benchmark.digest,
        recipe=recipe,
        library=place.examiner.library.version(),
        variants=tuple(sorted(each.value for each in needs)),
        began=datetime.now().isoformat(timespec="seconds"),
    )


def _free(runs: Runs, stem: str) -> str:
    """The day, or what was said, and the first number that no run of it has."""
    begin, taken = stem or datetime.now().date().isoformat(), set(runs.names())
    return next(name for number in range(1, 10**6) if (name := f"{begin}-{number}") not in taken)


def _code() -> str:
    """A name for the very code that answers: attempts of two versions are never put into one run."""
    digest = hashlib.blake2b(digest_size=6)
    for package in _CODE:
        for file in sorted((_PACKAGES / package).rglob("*")):
            if file.suffix in (".py", ".md", ".tsv") and "samples" not in file.parts:
                digest.update(file.read_bytes())
    return digest.hexdigest()
