"""What each `coach eval` command does, from parsed options to an exit status."""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from evals.benchmark import SHIPPED, Benchmark, Category, Item, read
from evals.checking import problems
from evals.cli.place import place
from integrations.commands import DONE, print_json, terminal
from integrations.settings import load

SHUT = 1


def check(options: argparse.Namespace) -> int:
    """Prove that gold is verbatim, facts lie in it and no question is a near-copy; 1 when something is wrong."""
    benchmark = _benchmark(options.set)
    wrong = problems(benchmark.items, place(load(), benchmark).examiner.truth)
    counts = _counts(benchmark.items)
    if options.json:
        print_json({"questions": len(benchmark.items), **counts, "problems": [asdict(each) for each in wrong]})
    else:
        _show_counts(benchmark, counts)
        for each in wrong:
            print(f"{each.item}: {each.what}")
        print(f"{len(wrong)} problems." if wrong else "No problems.")
    return SHUT if wrong else DONE


def _benchmark(path: Path | None, limit: int | None = None) -> Benchmark:
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
