"""Documents found for outside questions, and how fast: the whole way through the command line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.shared import Line, Number, Place, Ran, Table, coach, percent, read_lines

Ranks = Sequence[int | None]

_TARGETS = {
    "cmrc": {1: 97.5},
    "drcd": {1: 91.5, 10: 99.0},
    "gitlab": {1: 58.0, 5: 81.0},
    "gitlab:single_text": {1: 85.0},
}


def measure(place: Place) -> list[Number]:
    """Ingest the documents twice, ask every question in one batch, and rank the gold documents."""
    documents, questions = place.outside()
    home = place.fresh("retrieval")
    first, again = (coach(home, "ingest", documents, "--json") for _ in range(2))
    searched = coach(home, "search", "--batch", questions, "--top", 10, "--json")
    asked = read_lines(questions)
    by_set = by_sets(asked, ranks(asked, searched))
    _show(by_set)
    return [*_reached(by_set), *_speed(first, again, searched, len(read_lines(documents)), len(asked))]


def searched_ranks(home: Path, questions: Path) -> list[int | None]:
    """The rank of each question's first gold document among ten hits."""
    return ranks(read_lines(questions), coach(home, "search", "--batch", questions, "--top", 10, "--json"))


def ranks(asked: Iterable[Line], searched: Ran) -> list[int | None]:
    """The rank of each question's first gold document, in order of the questions."""
    hits = {row["id"]: row["hits"] for row in searched.lines()}
    return [_rank(hits[each["id"]], each["gold"]) for each in asked]


def _rank(hits: Iterable[Line], gold: Collection[str]) -> int | None:
    """From 1, among the distinct documents."""
    distinct = dict.fromkeys(hit["source"] for hit in hits)
    return next((place for place, source in enumerate(distinct, start=1) if source in gold), None)


def by_sets(asked: Iterable[Line], found: Ranks) -> Mapping[str, list[int | None]]:
    """Ranks by set, and by category inside a set."""
    grouped: dict[str, list[int | None]] = defaultdict(list)
    for question, rank in zip(asked, found, strict=True):
        grouped[question["set"]].append(rank)
        if question.get("category"):
            grouped[f"{question['set']}:{question['category']}"].append(rank)
    return dict(sorted(grouped.items()))


def recall(found: Ranks, at: int) -> float:
    """The percentage of questions with a gold document among the first `at`."""
    return percent(sum(1 for rank in found if rank and rank <= at), len(found))


def _mean_reciprocal_rank(found: Ranks) -> float:
    return 100 * sum(1 / rank for rank in found if rank) / len(found)


def _show(by_set: Mapping[str, Ranks]) -> None:
    table = Table(("set", "n", "R@1", "R@5", "R@10", "MRR@10"))
    for name, found in by_set.items():
        table.add(name, len(found), *(recall(found, at) for at in (1, 5, 10)), _mean_reciprocal_rank(found))
    table.show()


def _reached(by_set: Mapping[str, Ranks]) -> list[Number]:
    return [
        Number(f"{name} R@{at}", recall(by_set[name], at), "%", at_least=target)
        for name, targets in _TARGETS.items()
        for at, target in targets.items()
        if name in by_set
    ]


def _speed(first: Ran, again: Ran, searched: Ran, documents: int, questions: int) -> list[Number]:
    return [
        Number("ingest, documents/s", documents / first.wall, "1/s", at_least=1000),
        Number("ingest, wall", first.wall, "s"),
        Number("ingest, CPU", first.cpu, "s"),
        Number("ingest, peak memory", first.peak, "MB"),
        Number("ingest unchanged, wall", again.wall, "s"),
        Number("ingest unchanged, times faster", first.wall / again.wall, "x", at_least=20),
        Number("the same without Python's start", _reported(first) / _reported(again), "x"),
        Number("batch, questions/s", questions / searched.wall, "1/s", at_least=150),
        Number("batch, CPU a question", 1000 * searched.cpu / questions, "ms"),
        Number("batch, peak memory", searched.peak, "MB"),
    ]


def _reported(ingest: Ran) -> float:
    """The seconds that the command itself counts."""
    return float(ingest.lines()[-1]["seconds"])
