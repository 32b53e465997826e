"""Questions and attempts for tests of scores, told in as few words as the case needs."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pytest

from assistant.questions import Turn
from evals.attempts import Attempt, Cited, Place, Told
from evals.benchmark import Category, Item, Span
from evals.metrics import score
from evals.scores import Tried

TRIANGLE, CASE, OTHER = "playbooks/triangle.md", "cases/harbour.md", "playbooks/other.md"
TIERING, PLAN, REPORT = "playbooks/客户分级.md", "plans/客戶計畫.md", "cases/專案報告.md"
INVENTED = {"known": False, "permitted": False, "verbatim": False}

Gold = tuple[tuple[Place, ...], ...]


class Case(NamedTuple):
    """What was tried, and the values that its scores have by hand."""

    name: str
    tried: Tried
    values: Mapping[str, float | None]


def at(document: str, start: int, end: int) -> Place:
    return Place(document, start, end)


def cite(document: str, start: int = 10, end: int = 40, quote: str = "as it stands there", **flags: bool) -> Cited:
    return Cited(Place(document, start, end), quote, **flags)


def fact(text: str, *cited: Cited) -> Told:
    return Told(text, "fact", cited)


def quoted(text: str) -> Told:
    """A claim that is its own quote, as composed without a model."""
    return fact(text, cite(TRIANGLE, quote=text))


def advice(text: str) -> Told:
    return Told(text, "advice")


def item(
    language: str = "en",
    gold: Gold = (),
    facts: Iterable[tuple[str, ...]] = (),
    asked_before: str = "",
    **others: Any,
) -> Item:
    """A question whose gold spans lie at these places."""
    return Item(
        id="q",
        language=language,
        category=Category.SINGLE_FACT,
        question="What is asked?",
        gold=tuple(tuple(Span(place.document, "verbatim") for place in group) for group in gold),
        facts=tuple(facts),
        history=(Turn("user", asked_before),) if asked_before else (),
        **others,
    )


def attempt(gold: Gold = (), told: Iterable[Told] = (), outcome: str = "answered", **others: Any) -> Attempt:
    return Attempt(item="q", gold=gold, told=tuple(told), outcome=outcome, **others)


def failed(error: str = "TimeoutError: no\nanswer", **others: Any) -> Attempt:
    return Attempt(item="q", error=error, **others)


def check(case: Case) -> None:
    """The values are those worked by hand, and each has a reason of one line."""
    scores = score(case.tried)
    found = {name: scores[name].value for name in case.values}
    assert found == pytest.approx(dict(case.values)), {name: scores[name].why for name in case.values}
    assert all(each.why and "\n" not in each.why for each in scores.values())


def every(cases: Iterable[Case]) -> pytest.MarkDecorator:
    """The test, once for each case."""
    return pytest.mark.parametrize("case", [pytest.param(each, id=each.name.replace(" ", "-")) for each in cases])
