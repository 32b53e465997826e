"""Answers to the hand-written questions: how they end, and whether every quote is its source's own text."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.benchmarks.shared import SAMPLES, SEED_QUESTIONS, Line, Number, Place, Table, coach, percent, read_lines

_OUTCOMES = ("answered", "partial", "declined")
_CLAIMS = ("claims", "next_steps", "questions", "nearest", "notes")


def measure(place: Place) -> list[Number]:
    """Ask every question of the seeds and of the starter library, and check every citation."""
    numbers = []
    if place.seeds.is_dir():
        given = _ask(place.library("seeds", place.seeds))
        _show_outcomes(given)
        numbers += [*_shares(given), *_quotes("seeds", given)]
    else:
        print(f"  seeds skipped: there is no {place.seeds}")
    return [*numbers, *_quotes("starter library", _ask(place.library("samples", SAMPLES)))]


def _ask(home: Path) -> list[Line]:
    return coach(home, "ask", "--batch", SEED_QUESTIONS, "--json").lines()


def _reason(question: Line) -> str:
    return str(question.get("reason", "answerable"))


def _show_outcomes(given: Iterable[Line]) -> None:
    ended = {answer["id"]: answer["outcome"] for answer in given}
    table = Table(("split", "questions", "language", "n", *(f"{each} %" for each in _OUTCOMES)))
    groups: dict[tuple[str, str, str], Counter[str]] = {}
    for each in read_lines(SEED_QUESTIONS):
        group = (each["split"], _reason(each), each["language"])
        groups.setdefault(group, Counter())[ended[each["id"]]] += 1
    for group, found in sorted(groups.items(), reverse=True):
        table.add(*group, found.total(), *(percent(found[each], found.total()) for each in _OUTCOMES))
    table.show()


def _shares(given: Iterable[Line]) -> list[Number]:
    """Over the test split: answered at all when there is an answer, declined when there is none."""
    ended = {answer["id"]: answer["outcome"] for answer in given}
    asked: dict[str, list[str]] = {}
    for each in read_lines(SEED_QUESTIONS):
        if each["split"] == "test":
            asked.setdefault(_reason(each), []).append(ended[each["id"]])
    answerable = asked.pop("answerable")
    numbers = [
        Number(f"test, answerable, {outcome}", percent(answerable.count(outcome), len(answerable)), "%")
        for outcome in _OUTCOMES
    ]
    for reason, outcomes in sorted(asked.items()):
        numbers.append(Number(f"test, {reason}, declined", percent(outcomes.count("declined"), len(outcomes)), "%"))
    return numbers


def _quotes(name: str, given: Iterable[Line]) -> list[Number]:
    """Each quote against the characters of its file at the offsets it names."""
    cited = [each for answer in given for each in _citations(answer)]
    wrong = [each for each in cited if _text(each["source"])[each["start"] : each["end"]] != each["quote"]]
    for each in wrong[:5]:
        print(f"  wrong quote: {each['source']} [{each['start']}:{each['end']}] {each['quote'][:60]!r}")
    return [
        Number(f"{name}: quotes checked", len(cited), at_least=1),
        Number(f"{name}: quotes that differ from their source", len(wrong), at_most=0),
    ]


def _citations(answer: Line) -> Iterator[Line]:
    for part in _CLAIMS:
        for each in answer[part]:
            yield from each["citations"]


@cache
def _text(source: str) -> str:
    return Path(source).read_bytes().decode("utf-8-sig")
