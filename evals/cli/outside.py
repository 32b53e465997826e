"""Outside sets, in the form they come in: is the document that answers among the first hits?"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from evals.asking import Examiner
from evals.benchmark import Item, read
from evals.errors import WrongBenchmark
from evals.metrics import METRICS, score
from evals.scores import Tried
from evals.statistics import mean_interval
from evals.truth import Truth
from integrations import bootstrap, commands
from integrations.commands import DONE, print_json, terminal
from integrations.progress import bar, progress
from integrations.settings import Settings, load
from knowledge.access import Reader

_AREA = "retrieval"
_METRICS = tuple(metric for metric in METRICS if metric.area == _AREA)


def retrieval(options: argparse.Namespace) -> int:
    """Search for every question of the files; documents among them make a library of their own."""
    documents, questions = _sorted(options.files)
    items = tuple(item for file in questions for item in read(file).items)
    settings, examiner = _examiner(load(), documents, items)
    found = []
    with bar("Searching") as tick:
        for item in items:
            found.append(Tried(item, examiner.found(item), {}))
            tick(len(found), len(items))
    rows = [_row(name, among) for name, among in _by_set(found).items()]
    if options.json:
        print_json(rows)
    else:
        _show(rows)
    return DONE


def _sorted(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Files of documents, and files of questions. Raises WrongBenchmark."""
    documents = [each for each in files if "question" not in _first(each)]
    questions = [each for each in files if each not in documents]
    if not questions:
        raise WrongBenchmark("no file has questions: name a JSONL file with lines {id, question, gold}")
    return documents, questions


def _first(file: Path) -> dict[str, object]:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            found = json.loads(next(lines, "{}"))
    except (OSError, ValueError) as error:
        raise WrongBenchmark(f"{file} is no JSONL file that can be read: {error}") from None
    return found if isinstance(found, dict) else {}


def _examiner(settings: Settings, documents: Sequence[Path], items: tuple[Item, ...]) -> tuple[Settings, Examiner]:
    if documents:
        name = hashlib.blake2b("\0".join(str(each.resolve()) for each in documents).encode(), digest_size=6)
        home = settings.home / "evals" / "libraries" / name.hexdigest()
        settings = Settings(**settings.model_dump() | {"home": home, "database_url": "", "library": tuple(documents)})
        library = bootstrap.library(settings)
        with progress("Reading the documents") as tick:
            library.ingest(list(documents), progress=tick)
    else:
        settings, library = commands.opened(settings)
    truth = Truth(bootstrap.catalogue(settings), items, date.today())
    return settings, Examiner(bootstrap.assistant(settings, library), library, truth, Reader)


def _by_set(found: Sequence[Tried]) -> dict[str, list[Tried]]:
    sets: dict[str, list[Tried]] = {}
    for each in found:
        sets.setdefault(each.item.origin or "questions", []).append(each)
    return dict(sorted(sets.items()))


def _row(name: str, found: Sequence[Tried]) -> dict[str, object]:
    """The figures of a set; a question without gold has none and is counted apart."""
    row: dict[str, object] = {"set": name, "questions": len(found)}
    scored = [(each.item.cluster, score(each, _METRICS)) for each in found]
    for metric in _METRICS:
        values = [(cluster, row[metric.name].value) for cluster, row in scored if metric.name in row]
        kept = [(cluster, value) for cluster, value in values if value is not None]
        if kept:
            row[metric.name] = _figure([value for _, value in kept], [cluster for cluster, _ in kept])
    return row


def _figure(values: list[float], clusters: list[str]) -> dict[str, float | int | None]:
    interval = mean_interval(values, clusters, seed=0)
    low, high = (interval.low, interval.high) if interval else (None, None)
    return {"value": sum(values) / len(values), "low": low, "high": high, "n": len(values)}


def _show(rows: Sequence[dict[str, object]]) -> None:
    names = dict.fromkeys(name for row in rows for name in row if name not in ("set", "questions"))
    shown = [(str(row["set"]), str(row["questions"]), *(_told(row.get(name)) for name in names)) for row in rows]
    terminal().show_table(("set", "questions", *names), shown)


def _told(figure: object) -> str:
    if not isinstance(figure, dict):
        return "\u2013"
    value, low, high = (figure[each] for each in ("value", "low", "high"))
    between = f" ({100 * low:.1f} to {100 * high:.1f})" if low is not None else ""
    return f"{100 * value:.1f} %{between}"
