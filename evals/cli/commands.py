"""What each `coach eval` command does, from parsed options to an exit status."""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from evals.benchmark import SHIPPED, Benchmark, Category, Item, read
from evals.checking import problems
from evals.cli.making import Asked, make, report_file, scored
from evals.cli.place import place, runs_folder
from evals.cli.showing import show
from evals.report import markdown, page
from evals.runs import Run, Runs
from integrations.commands import DONE, print_json, terminal
from integrations.settings import load

SHUT = 1


def check(options: argparse.Namespace) -> int:
    """Prove that gold is verbatim, facts lie in it and no question is a near-copy; 1 when something is wrong."""
    benchmark = benchmark_of(options.set)
    examiner = place(load(), benchmark).examiner
    wrong = problems(benchmark.items, examiner.truth, examiner.reader)
    counts = _counts(benchmark.items)
    if options.json:
        print_json({"questions": len(benchmark.items), **counts, "problems": [asdict(each) for each in wrong]})
    else:
        _show_counts(benchmark, counts)
        for each in wrong:
            print(f"{each.item}: {each.what}")
        print(f"{len(wrong)} problems." if wrong else "No problems.")
    return SHUT if wrong else DONE


def run(options: argparse.Namespace) -> int:
    """Ask all questions of a set, score the answers, write the report."""
    settings, benchmark = load(), benchmark_of(options.set, options.limit)
    asked = Asked(options.name, options.parallel, options.plain)
    done = make(place(settings, benchmark), benchmark, asked, settings)
    if options.json:
        print_json(done.summary.as_json() | {"report": str(report_file(done.run))})
    else:
        show(done.summary)
        print(f"\nRun {done.run.header.name}: {report_file(done.run)}")
    return DONE


def runs(options: argparse.Namespace) -> int:
    """Every run there is, oldest first."""
    kept = Runs(runs_folder(load()))
    headers = [kept.open(name).header for name in kept.names()]
    if options.json:
        print_json([asdict(each) for each in headers])
    else:
        rows = [(each.name, each.set, each.recipe["model"] or "no model", each.began) for each in headers]
        terminal().show_table(("run", "questions", "model", "began"), rows)
    return DONE


def report(options: argparse.Namespace) -> int:
    """A run as a page, as Markdown or as JSON, into a file or onto the screen."""
    done = scored(run_named(options.run))
    made = {
        "html": lambda: page(done.summary, done.tried, done.values),
        "md": lambda: markdown(done.summary, done.tried),
        "json": lambda: json.dumps(done.summary.as_json(), ensure_ascii=False, indent=2) + "\n",
    }[options.format]()
    if options.to or options.format == "html":
        file = options.to or report_file(done.run)
        file.write_text(made, "utf-8")
        print(file)
    else:
        print(made, end="")
    return DONE


def run_named(name: str) -> Run:
    """A run by its name; without one the newest."""
    kept = Runs(runs_folder(load()))
    return kept.open(name or next(reversed(kept.names()), ""))


def benchmark_of(path: Path | None, limit: int | None = None) -> Benchmark:
    """The questions of a set, or the first few of each category."""
    benchmark = read(path or SHIPPED)
    if limit is None:
        return benchmark
    seen: Counter[Category] = Counter()
    kept = []
    for item in benchmark.items:
        seen[item.category] += 1
        if seen[item.category] <= limit:
            kept.append(item)
    return replace(benchmark, items=tuple(kept))


def _counts(items: Sequence[Item]) -> dict[str, dict[str, int]]:
    languages, categories = (Counter(str(getattr(item, each)) for item in items) for each in ("language", "category"))
    return {"languages": dict(languages), "categories": dict(categories)}


def _show_counts(benchmark: Benchmark, counts: dict[str, dict[str, int]]) -> None:
    languages = sorted(counts["languages"])
    rows = [
        (category, *(str(_both(benchmark, category, language)) for language in languages), str(count))
        for category, count in counts["categories"].items()
    ]
    terminal().show_table((f"{len(benchmark.items)} questions", *languages, "all"), rows)


def _both(benchmark: Benchmark, category: str, language: str) -> int:
    return sum(item.category == category and item.language == language for item in benchmark.items)
