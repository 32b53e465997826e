"""How often a question that was asked before in other words gets the correction of it, or is offered it."""

from collections.abc import Sequence

from assistant.correction import Correction
from assistant.recall import recall, similar
from evals.benchmark import SHIPPED, read
from tests.benchmarks.shared import Number, Place
from tests.integrations.review_cases import ACCOUNTS, GLOSSARY, cases, corrections


def measure(_place: Place) -> list[Number]:
    """Both authors' cases, each among their own corrections, and the benchmark's questions among all of them."""
    numbers = [number for author in ("fitted", "unseen") for number in _of(author)]
    every = [*corrections("fitted"), *corrections("unseen")]
    others = [each.question for each in read(SHIPPED).items]
    given, offered = _shares(others, every)
    return [
        *numbers,
        Number("other questions given a correction", given, "%"),
        Number("other questions offered one", offered, "%"),
    ]


def _of(author: str) -> list[Number]:
    among = corrections(author)
    asked = [(text, each.correction.id) for each in cases(author) for _, text in each.all()]
    given = [_given(text, among) == name for text, name in asked]
    first = [_first(text, among) == name for text, name in asked]
    reached = [one or other for one, other in zip(given, first, strict=True)]
    taken, spoken_of = _shares([text for each in cases(author) for text in each.near_misses], among)
    return [
        Number(f"{author}: paraphrases given their correction", _percent(given), "%", at_least=90),
        Number(f"{author}: given or offered it first", _percent(reached), "%"),
        Number(f"{author}: near-misses given a correction", taken, "%", at_most=0),
        Number(f"{author}: near-misses offered one", spoken_of, "%"),
    ]


def _shares(questions: Sequence[str], among: Sequence[Correction]) -> tuple[float, float]:
    given = [bool(_given(each, among)) for each in questions]
    offered = [bool(_first(each, among)) for each in questions]
    return _percent(given), _percent([one or other for one, other in zip(given, offered, strict=True)])


def _given(question: str, among: Sequence[Correction]) -> str:
    found = recall(question, among, ACCOUNTS, GLOSSARY)
    return found.id if found else ""


def _first(question: str, among: Sequence[Correction]) -> str:
    return next((each.id for each in similar(question, among, ACCOUNTS, GLOSSARY)), "")


def _percent(each: Sequence[bool]) -> float:
    return 100 * sum(each) / len(each)
