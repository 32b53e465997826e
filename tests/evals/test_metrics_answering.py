"""Scores of what is said, worked by hand."""

import pytest

from evals.attempts import Attempt, Told
from evals.metrics import score
from evals.metrics.answering import facts_lenient, facts_strict
from evals.scores import Tried
from tests.evals.making import (
    TIERING,
    TRIANGLE,
    Case,
    advice,
    at,
    attempt,
    check,
    cite,
    every,
    fact,
    failed,
    item,
    quoted,
)

_NAMES = ("facts_strict", "facts_lenient", "correct", "number_contradicted")
_GOLD = ((at(TRIANGLE, 10, 40),),)


def _case(
    name: str,
    asked: tuple[str, tuple[tuple[str, ...], ...]],
    answer: Attempt | tuple[Told, ...],
    *values: float | None,
) -> Case:
    """Values of facts strict and lenient, correct, and number contradicted."""
    language, facts = asked
    tried = answer if isinstance(answer, Attempt) else attempt(_GOLD, answer)
    return Case(name, Tried(item(language, _GOLD, facts), tried, {}), dict(zip(_NAMES, values, strict=True)))


_PILOT = ("en", (("2006",), ("delivery manager",)))
_LIMIT = ("en", (("30%", "thirty percent"),))
_TERM = ("zh-Hans", (("30天", "三十天"),))
_SHARE = ("zh-Hans", (("30%", "三成"),))
_GRADES = ("zh-Hans", (("500万",), ("A级",)))
_OWNER = ("zh-Hant", (("客户经理",), ("每季", "每个季度")))

CASES = (
    _case("every fact is said", _PILOT, (quoted("The delivery manager joined the pilot in 2006."),), 1, 1, 1, 0),
    _case("half of them", _PILOT, (quoted("The delivery manager joined the pilot."),), 0, 0.5, 0, 0),
    _case(
        "a fact in each claim", _PILOT, (quoted("It began in 2006."), quoted("A delivery manager joined.")), 1, 1, 1, 0
    ),
    _case("half of them, said twice", _PILOT, (quoted("It began in 2006."),) * 2, 0, 0.5, 0, 0),
    _case("the number inside a longer one", _LIMIT, (quoted("The quota is 130% of last year."),), 0, 0, 0, 0),
    _case(
        "said only by a quote", _LIMIT, (fact("There is a limit.", cite(TRIANGLE, quote="At most 30%.")),), 0, 0, 0, 0
    ),
    _case("said only as advice", _LIMIT, (advice("Offer 30% off."),), 0, 0, 0, None),
    _case(
        "another number than the quote",
        _LIMIT,
        (fact("Discounts may reach 25%.", cite(TRIANGLE, quote="Discounts may reach 30%.")),),
        0,
        0,
        0,
        1,
    ),
    _case("a number without any quote", _LIMIT, (fact("Discounts may reach 30%."),), 1, 1, 1, 1),
    _case("answered with nothing", _PILOT, (), 0, 0, 0, None),
    _case("answered in part", _PILOT, attempt(_GOLD, [quoted("It began in 2006.")], "partial"), 0, 0.5, 0, 0),
    _case("declined", _PILOT, attempt(_GOLD, outcome="declined"), 0, 0, None, None),
    _case("failed", _PILOT, failed(told=(quoted("The delivery manager joined in 2006."),)), 0, 0, None, 1),
    _case("\u4e09\u6210 for 30%", _SHARE, (quoted("折扣最高三成。"),), 1, 1, 1, 0),
    _case("\u4e09\u6210\u4e94 is more than that", _SHARE, (quoted("折扣最高三成五。"),), 0, 0, 0, 0),
    _case("spaces in a Chinese number", _GRADES, (quoted("年销售额达到 500 万元的定为 A 级。"),), 1, 1, 1, 0),
    _case(
        "one of two Chinese facts", _GRADES, (quoted("年销售额达到500万元。"), advice("先确认A级名单。")), 0, 0.5, 0, 0
    ),
    _case(
        "another Chinese number than the quote",
        _TERM,
        (fact("回款周期为25天。", cite(TIERING, quote="回款周期为30天。")),),
        0,
        0,
        0,
        1,
    ),
    _case(
        "a quote that stands nowhere bears nothing out",
        _TERM,
        (fact("回款周期为30天。", cite(TIERING, quote="回款周期为30天。", verbatim=False)),),
        1,
        1,
        1,
        1,
    ),
    _case(
        "a number in another writing than the quote",
        _TERM,
        (fact("回款周期为三十天。", cite(TIERING, quote="回款周期为30天。")),),
        1,
        1,
        1,
        0,
    ),
    _case("a Chinese answer with nothing", _TERM, (), 0, 0, 0, None),
    _case("a Chinese decline", _TERM, attempt(_GOLD, outcome="declined"), 0, 0, None, None),
    _case("traditional for simplified", _OWNER, (quoted("由客戶經理負責,每季檢討一次。"),), 1, 1, 1, 0),
    _case("another way to say it", _OWNER, (quoted("客戶經理每個季度檢討一次。"),), 1, 1, 1, 0),
    _case("the same traditional claim twice", _OWNER, (quoted("由客戶經理負責。"),) * 2, 0, 0.5, 0, 0),
    _case("only one of two characters", _OWNER, (quoted("由客戶負責人每季檢討。"),), 0, 0.5, 0, 0),
    _case("a traditional decline", _OWNER, attempt(_GOLD, outcome="declined"), 0, 0, None, None),
    _case("a traditional failure", _OWNER, failed(), 0, 0, None, 1),
)


@every(CASES)
def test_the_values_are_those_worked_by_hand(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(("outcome", "value"), [("answered", 0), ("partial", 0), ("declined", None)])
def test_any_answer_to_what_cannot_be_answered_is_wrong(outcome: str, value: float | None) -> None:
    scores = score(Tried(item("zh-Hant"), attempt(outcome=outcome), {}))
    assert scores["correct"].value == value
    assert "facts_strict" not in scores


def test_an_answer_without_key_facts_to_hold_it_against_is_neither_right_nor_wrong() -> None:
    scores = score(Tried(item(gold=_GOLD), attempt(_GOLD, [quoted("It began.")]), {}))
    assert scores["correct"].value is None
    assert "key facts" in scores["correct"].why


def test_a_search_alone_is_no_answer_to_judge() -> None:
    tried = Tried(item(gold=_GOLD, facts=_PILOT[1]), attempt(_GOLD, outcome="searched"), {})
    scores = score(tried)
    names = (*_NAMES, "validity", "uncited", "citation_recall", "declined_wrongly")
    assert {name: scores[name].value for name in names} == dict.fromkeys(names)


def test_the_reasons_name_what_was_not_said_and_what_was_said_instead() -> None:
    claim = fact("Discounts may reach 25%.", cite(TRIANGLE, quote="Discounts may reach 30%."))
    scores = score(Tried(item(gold=_GOLD, facts=_LIMIT[1]), attempt(_GOLD, [claim]), {}))
    assert scores["facts_lenient"].why == "0 of 1 key facts stand in the claims; not said: '30%'"
    assert scores["number_contradicted"].why == "a claim says '25%', its quotes do not; the key fact is '30%'"


def _said(supported: int, facts: int) -> Tried:
    """An answer that says so many of the facts."""
    groups = tuple((f"fact{number}",) for number in range(facts))
    return Tried(item(facts=groups), attempt(told=[fact(f"This is fact{number}.") for number in range(supported)]), {})


def test_key_facts_agree_with_the_recall_of_ragchecker_and_nuggetizer_and_with_str_em() -> None:
    """RAGChecker's examples/checking_outputs.json: recall 11/22 and 6/8. nuggetizer's strict vital score is
    the share, too, of vital nuggets; its lenient one gives half for partial support, which a string match
    cannot tell, so that there is none here. ALCE's STR-EM is the share, its hit all or nothing."""
    assert facts_lenient(_said(11, 22)).value == 0.5
    assert facts_lenient(_said(6, 8)).value == 0.75
    assert [facts_strict(_said(each, 8)).value for each in (6, 8)] == [0, 1]


def test_unlike_alces_exact_presence_a_short_answer_does_not_stand_inside_a_longer_one() -> None:
    """ALCE lowers case, drops articles and punctuation, and looks for a substring: 5 would stand in 15."""
    tried = Tried(item(facts=(("5",),)), attempt(told=[fact("There were 15.")]), {})
    assert facts_lenient(tried).value == 0
