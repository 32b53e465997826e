"""Declining, worked by hand."""

from evals.attempts import Attempt
from evals.metrics import score
from evals.scores import Tried
from tests.evals.making import (
    PLAN,
    TIERING,
    TRIANGLE,
    Case,
    Gold,
    at,
    attempt,
    check,
    every,
    failed,
    item,
    quoted,
)

_NO_GOLD: Gold = ()
_EN: Gold = ((at(TRIANGLE, 10, 40),),)
_HANS: Gold = ((at(TIERING, 10, 40),),)
_HANT: Gold = ((at(PLAN, 10, 40),),)


def _case(name: str, language: str, gold: Gold, tried: Attempt, value: float) -> Case:
    score = "declined_wrongly" if gold else "declined_rightly"
    return Case(
        f"{'answerable' if gold else 'unanswerable'} and {name}", Tried(item(language, gold), tried, {}), {score: value}
    )


_DECLINED = attempt(outcome="declined")
_PARTIAL = attempt(told=[quoted("2006年试点。")], outcome="partial")
_ENGLISH = attempt(told=[quoted("It was piloted in 2006.")])
_TWICE = attempt(told=[quoted("由客戶經理負責。")] * 2)

CASES = (
    _case("declined", "en", _NO_GOLD, _DECLINED, 1),
    _case("answered", "en", _NO_GOLD, _ENGLISH, 0),
    _case("answered with nothing", "en", _NO_GOLD, attempt(), 0),
    _case("failed", "en", _NO_GOLD, failed(), 0),
    _case("declined in Chinese", "zh-Hans", _NO_GOLD, _DECLINED, 1),
    _case("answered in part", "zh-Hans", _NO_GOLD, _PARTIAL, 0),
    _case("failed in Chinese", "zh-Hans", _NO_GOLD, failed(), 0),
    _case("declined in traditional", "zh-Hant", _NO_GOLD, _DECLINED, 1),
    _case("answered twice the same", "zh-Hant", _NO_GOLD, _TWICE, 0),
    _case("without outcome", "zh-Hant", _NO_GOLD, attempt(outcome=""), 0),
    _case("declined", "en", _EN, _DECLINED, 1),
    _case("answered", "en", _EN, _ENGLISH, 0),
    _case("answered with nothing", "en", _EN, attempt(), 0),
    _case("failed", "en", _EN, failed(), 1),
    _case("declined in Chinese", "zh-Hans", _HANS, _DECLINED, 1),
    _case("answered in part", "zh-Hans", _HANS, _PARTIAL, 0),
    _case("failed in Chinese", "zh-Hans", _HANS, failed(), 1),
    _case("declined in traditional", "zh-Hant", _HANT, _DECLINED, 1),
    _case("answered twice the same", "zh-Hant", _HANT, _TWICE, 0),
    _case("without outcome", "zh-Hant", _HANT, attempt(outcome=""), 1),
)


@every(CASES)
def test_the_values_are_those_worked_by_hand(case: Case) -> None:
    check(case)


def test_a_question_has_one_of_the_two() -> None:
    for gold, there in ((_EN, "declined_wrongly"), (_NO_GOLD, "declined_rightly")):
        names = score(Tried(item(gold=gold), _DECLINED, {})).keys() & {"declined_wrongly", "declined_rightly"}
        assert names == {there}
