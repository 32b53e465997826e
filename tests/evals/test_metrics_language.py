"""The language and script of an answer, worked by hand."""

from evals.attempts import Attempt
from evals.metrics import score
from evals.scores import Tried
from tests.evals.making import Case, attempt, check, every, failed, item, quoted


def _case(name: str, asked: str, tried: Attempt, value: float | None) -> Case:
    return Case(f"{name}, asked in {asked or 'none'}", Tried(item(asked), tried, {}), {"in_language": value})


def _in(language: str, *claims: str, outcome: str = "answered") -> Attempt:
    return attempt(told=[quoted(each) for each in claims], outcome=outcome, language=language)


CASES = (
    _case("answered in English", "en", _in("en", "It was piloted in 2006."), 1),
    _case("answered in Chinese", "en", _in("zh-Hans", "2006\u5e74\u8bd5\u70b9\u3002"), 0),
    _case("failed", "en", failed(), 0),
    _case("answered in simplified", "zh-Hans", _in("zh-Hans", "2006\u5e74\u8bd5\u70b9\u3002"), 1),
    _case("answered in traditional", "zh-Hans", _in("zh-Hant", "2006\u5e74\u8a66\u9ede\u3002"), 0),
    _case("declined in simplified", "zh-Hans", _in("zh-Hans", outcome="declined"), 1),
    _case("an English quote in a simplified answer", "zh-Hans", _in("zh-Hans", "It was piloted in 2006."), 1),
    _case("answered in traditional", "zh-Hant", _in("zh-Hant", "\u7531\u5ba2\u6236\u7d93\u7406\u8ca0\u8cac\u3002"), 1),
    _case("the same twice in simplified", "zh-Hant", _in("zh-Hans", *["2006\u5e74\u8bd5\u70b9\u3002"] * 2), 0),
    _case("declined in English", "zh-Hant", _in("en", outcome="declined"), 0),
    _case("nothing was said of the language", "", _in("en", "It was piloted in 2006."), None),
)


@every(CASES)
def test_the_script_is_scored_as_by_hand(case: Case) -> None:
    check(case)


def test_the_reason_names_both_languages() -> None:
    assert score(CASES[4].tried)["in_language"].why == "asked in zh-Hans, answered in zh-Hant"
