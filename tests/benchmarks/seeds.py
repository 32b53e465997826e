"""Hand-written questions over the seed articles: is the sentence that answers inside the first passages?"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.benchmarks.shared import SEED_QUESTIONS, Line, Number, Place, Table, coach, percent, read_lines

_TOP = 10
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("en",),
    "zh-Hans": ("zh-Hans",),
    "zh-Hant": ("zh-Hant",),
    "zh": ("zh-Hans", "zh-Hant"),
}


def measure(place: Place) -> list[Number]:
    """The share of questions whose gold sentence lies wholly in one of the first five passages."""
    home = place.library("seeds", place.seeds)
    searched = coach(home, "search", "--batch", SEED_QUESTIONS, "--top", _TOP, "--json")
    hits = {row["id"]: row["hits"] for row in searched.lines()}
    asked = [each for each in read_lines(SEED_QUESTIONS) if each.get("answerable", True)]
    table = Table(("split", "language", "n", "in 1", "in 3", "in 5", "in 10"))
    for split in ("test", "dev"):
        for language in _LANGUAGES:
            ranks = _ranks(asked, hits, split, language)
            table.add(split, language, len(ranks), *(_within(ranks, top) for top in (1, 3, 5, 10)))
    table.show()
    numbers = []
    for language, target in (("en", 85.0), ("zh", 93.0)):
        share = _within(_ranks(asked, hits, "test", language), 5)
        numbers.append(Number(f"test, {language}, sentence in the first five", share, "%", target))
    return numbers


def _ranks(asked: Iterable[Line], hits: Mapping[str, list[Line]], split: str, language: str) -> list[int]:
    chosen = (each for each in asked if each["split"] == split and each["language"] in _LANGUAGES[language])
    return [_rank(each, hits[each["id"]]) for each in chosen]


def _rank(question: Line, hits: Iterable[Line]) -> int:
    """The place of the first passage that holds a gold sentence; after the last when none does."""
    gold = [(question["source"], question["start"], question["end"]), *map(tuple, question.get("also", ()))]
    return next((n for n, hit in enumerate(hits, start=1) if any(_holds(hit, *each) for each in gold)), _TOP + 1)


def _holds(hit: Line, source: str, start: int, end: int) -> bool:
    return Path(hit["source"]).name == source and hit["start"] <= start and end <= hit["end"]


def _within(ranks: list[int], top: int) -> float:
    return percent(sum(rank <= top for rank in ranks), len(ranks))
