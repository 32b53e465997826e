"""Time, cost and errors, worked by hand."""

from evals.attempts import Attempt
from evals.scores import Tried
from tests.evals.making import Case, attempt, check, every, failed, item, quoted

_NAMES = ("seconds", "first_claim", "cost", "error")
_ENGLISH, _HANS, _HANT = quoted("It began in 2006."), quoted("共有40家。"), quoted("由客戶經理負責。")


def _case(name: str, language: str, tried: Attempt, *values: float | None) -> Case:
    return Case(name, Tried(item(language), tried, {}), dict(zip(_NAMES, values, strict=True)))


CASES = (
    _case("answered", "en", attempt(told=[_ENGLISH], seconds=1.5, first=0.5, cost=0.002), 1.5, 0.5, 0.002, 0),
    _case("answered without prices", "en", attempt(told=[_ENGLISH], seconds=0.05, first=0.04), 0.05, 0.04, None, 0),
    _case("answered with nothing", "en", attempt(seconds=2.0, cost=0.001), 2.0, None, 0.001, 0),
    _case("declined", "en", attempt(outcome="declined", seconds=0.3, cost=0.0), 0.3, None, 0.0, 0),
    _case("failed at once", "en", failed(seconds=0.001), None, None, None, 1),
    _case("failed after a first claim", "zh-Hans", failed(seconds=60.0, first=1.0, cost=0.01), None, None, 0.01, 1),
    _case("without an outcome", "zh-Hans", attempt(outcome="", seconds=1.0), None, None, None, 1),
    _case(
        "answered in Chinese", "zh-Hans", attempt(told=[_HANS], seconds=0.7, first=0.7, cost=0.004), 0.7, 0.7, 0.004, 0
    ),
    _case("answered in part", "zh-Hant", attempt(told=[_HANT], outcome="partial", seconds=3, first=1), 3, 1, None, 0),
    _case(
        "the same claim twice", "zh-Hant", attempt(told=[_HANT] * 2, seconds=0.2, first=0.1, cost=1.0), 0.2, 0.1, 1.0, 0
    ),
    _case("declined in traditional", "zh-Hant", attempt(outcome="declined", seconds=0.1), 0.1, None, None, 0),
    _case("only searched", "zh-Hant", attempt(outcome="searched", seconds=0.02), 0.02, None, None, 0),
)


@every(CASES)
def test_the_values_are_those_worked_by_hand(case: Case) -> None:
    check(case)
