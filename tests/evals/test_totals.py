"""Figures of whole runs, worked by hand."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.attempts import Attempt
from evals.benchmark import Item
from evals.metrics import score
from evals.scores import Tried, Value
from evals.totals import Point, Row, area, cost_per_correct, precision, quantile, risk_coverage, totals
from tests.evals.making import PLAN, TIERING, TRIANGLE, at, attempt, failed, item, quoted

_EN = item("en", ((at(TRIANGLE, 10, 40),),), (("2006",),))
_HANS = item("zh-Hans", ((at(TIERING, 10, 40),),), (("40家",),))
_HANT = item("zh-Hant", ((at(PLAN, 10, 40),),), (("客户经理",),))
_SAYS = {"en": "It began in 2006.", "zh-Hans": "共有40家。", "zh-Hant": "由客戶經理負責。"}
_NO_ANSWER = {language: item(language) for language in _SAYS}


def right(asked: Item = _EN, times: int = 1, **others: float) -> Tried:
    return Tried(asked, attempt(told=[quoted(_SAYS[asked.language])] * times, **others), {})


def wrong(asked: Item = _EN, **others: float) -> Tried:
    return Tried(asked, attempt(told=[quoted("Nothing of the kind.")], **others), {})


def declined(asked: Item = _EN, **others: float) -> Tried:
    return Tried(asked, attempt(outcome="declined", **others), {})


def broken(asked: Item = _EN, **others: float) -> Tried:
    return Tried(asked, failed(**others), {})


def _totals(run: Sequence[Tried]) -> dict[str, Value]:
    return totals([score(each) for each in run], [each.attempt for each in run])


_NAMES = (
    "precision",
    "true_declines",
    "false_declines",
    "aurc",
    "seconds_p50",
    "seconds_p95",
    "first_claim_p50",
    "first_claim_p95",
    "cost_per_correct",
    "error_rate",
)

RUNS: dict[str, tuple[list[Tried], tuple[float | None, ...]]] = {
    "nothing asked": ([], (None,) * 10),
    "one right": (
        [right(seconds=1.0, first=0.5, cost=0.2, confidence=0.9)],
        (1, None, 0, 0, 1.0, 1.0, 0.5, 0.5, 0.2, 0),
    ),
    "one wrong, no prices": (
        [wrong(_HANS, seconds=2.0, first=1.0, confidence=0.3)],
        (0, None, 0, 1, 2.0, 2.0, 1.0, 1.0, None, 0),
    ),
    "one failed": ([broken(_HANT, seconds=9.0, cost=0.1)], (None, None, 1, None, None, None, None, None, None, 1)),
    "all declined": (
        [declined(_HANS, seconds=0.1), declined(_NO_ANSWER["zh-Hans"], seconds=0.3), declined(_HANT, seconds=0.2)],
        (None, 1, 1, None, 0.2, 0.3, None, None, None, 0),
    ),
    "half right, of four": (
        [
            right(_HANS, seconds=1.0, first=0.1, cost=1.0, confidence=0.9),
            wrong(_HANT, seconds=2.0, first=0.2, cost=1.0, confidence=0.6),
            declined(_EN, seconds=3.0, cost=0.5),
            broken(_EN, seconds=0.1, cost=0.5),
        ],
        (0.5, None, 0.5, 0.25, 2.0, None, 0.2, None, 3.0, 0.25),
    ),
    "two right": (
        [right(_HANS, seconds=1, first=1, cost=1.0), right(_HANT, seconds=3, first=2, cost=0.5)],
        (1, None, 0, None, 1, 3, 1, 2, 0.75, 0),
    ),
    "the sure one is wrong": (
        [wrong(_HANT, confidence=0.9, first=3, seconds=4), right(_HANT, times=2, confidence=0.8, first=1, seconds=2)],
        (0.5, None, 0, 0.75, 2, 4, 1, 3, None, 0),
    ),
    "what cannot be answered is answered once of three times": (
        [
            right(_NO_ANSWER["zh-Hant"], seconds=1, first=1, cost=2.0),
            declined(_NO_ANSWER["en"], seconds=1, cost=0.0),
            broken(_NO_ANSWER["zh-Hans"], seconds=1),
            right(_HANS, seconds=1, first=1, cost=0.0),
        ],
        (0.5, 1 / 3, 0, None, 1, None, 1, None, 2.0, 0.25),
    ),
    "equal confidence, and one without": (
        [
            right(_EN, confidence=0.5, seconds=1, first=1),
            wrong(_HANS, confidence=0.5, seconds=1, first=1),
            right(_HANT, seconds=1, first=1),
        ],
        (2 / 3, None, 0, (0.5 * 2 + 1 / 3) / 3, 1, 1, 1, 1, None, 0),
    ),
}


@pytest.mark.parametrize("name", RUNS)
def test_the_values_are_those_worked_by_hand(name: str) -> None:
    run, values = RUNS[name]
    found = _totals(run)
    assert {each: found[each].value for each in found} == pytest.approx(dict(zip(_NAMES, values, strict=True)))
    assert all(each.why and "\n" not in each.why for each in found.values())


def test_the_reasons_say_what_was_counted() -> None:
    found = _totals(RUNS["half right, of four"][0])
    assert found["precision"].why == "1 of 2 answers given are right"
    assert found["seconds_p95"].why == "1 of 4 questions failed, which is more than p95 can show"
    assert found["seconds_p50"].why == "of 4 questions, 1 of which failed"
    assert found["cost_per_correct"].why == "3 for 1 correct answers"
    spent = cost_per_correct([score(wrong(cost=0.25))])
    assert spent == Value(None, "no answer was correct, for 0.25")


def test_risk_falls_as_fewer_and_surer_answers_are_given() -> None:
    run = [
        right(confidence=0.9),
        right(_HANS, confidence=0.8),
        wrong(_HANT, confidence=0.7),
        right(confidence=0.6),
        declined(_HANS, confidence=0.2),
    ]
    points = risk_coverage([score(each) for each in run], [each.attempt for each in run])
    assert points == (
        Point(0.9, 0.2, 0.0),
        Point(0.8, 0.4, 0.0),
        Point(0.7, pytest.approx(0.6), pytest.approx(1 / 3)),
        Point(0.6, 0.8, 0.25),
    )
    assert area(points).value == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)


def test_answers_without_key_facts_are_in_neither_precision_nor_coverage() -> None:
    plain = Tried(item(gold=((at(TRIANGLE, 0, 9),),)), attempt(told=[quoted("Well.")], confidence=1.0), {})
    run = [right(confidence=0.5), plain]
    rows = [score(each) for each in run]
    assert precision(rows).value == 1
    assert risk_coverage(rows, [each.attempt for each in run]) == (Point(0.5, 1.0, 0.0),)


@pytest.mark.parametrize(
    ("times", "part", "value"),
    [
        (range(1, 101), 0.5, 50),
        (range(1, 101), 0.95, 95),
        (range(1, 6), 0.5, 3),
        (range(1, 5), 0.5, 2),
        (range(1, 20), 0.95, 19),
        (range(1, 21), 0.95, 19),
        ([7], 0.95, 7),
        ([3, 1, 2], 1.0, 3),
        ([3, 1, 2], 0.0, 1),
    ],
)
def test_quantiles_are_times_that_were_measured(times: Sequence[int], part: float, value: float) -> None:
    rows = [{"seconds": Value(float(each), "timed")} for each in times]
    assert quantile(rows, "seconds", part).value == value


_OUTCOMES = st.sampled_from((right, wrong, declined))
runs = st.lists(
    st.builds(
        lambda outcome, asked, seconds, sure: outcome(asked, seconds=seconds, confidence=sure),
        _OUTCOMES,
        st.sampled_from((_EN, _HANS, _HANT, *_NO_ANSWER.values())),
        st.floats(0, 60),
        st.none() | st.floats(0, 1),
    ),
    max_size=8,
)


@given(runs, st.randoms(use_true_random=False))
def test_the_order_of_the_questions_does_not_matter(run: list[Tried], chance: Random) -> None:
    before = _totals(run)
    chance.shuffle(run)
    assert {name: each.value for name, each in _totals(run).items()} == pytest.approx(
        {name: each.value for name, each in before.items()}
    )


@given(runs)
def test_shares_lie_between_0_and_1_and_points_go_up_in_coverage(run: list[Tried]) -> None:
    found = _totals(run)
    for name in ("precision", "true_declines", "false_declines", "aurc", "error_rate"):
        value = found[name].value
        assert value is None or -1e-9 <= value <= 1 + 1e-9
    points = risk_coverage([score(each) for each in run], [each.attempt for each in run])
    coverages = [each.coverage for each in points]
    assert coverages == sorted(set(coverages))
    assert all(0 <= each.risk <= 1 and 0 < each.coverage <= 1 for each in points)


@given(runs, st.integers(0, 7))
def test_a_failure_never_makes_a_run_look_quicker_or_more_careful(run: list[Tried], which: int) -> None:
    if run:
        which %= len(run)
        worse = [*run[:which], broken(run[which].item), *run[which + 1 :]]
        before, after = _totals(run), _totals(worse)
        assert (after["error_rate"].value or 0) > (before["error_rate"].value or 0)
        for name, sign in (("true_declines", -1), ("false_declines", 1), ("seconds_p50", 1), ("seconds_p95", 1)):
            if before[name].value is not None and after[name].value is not None:
                assert sign * (after[name].value or 0) >= sign * (before[name].value or 0)


def test_a_row_may_lack_scores() -> None:
    rows: list[Row] = [{}]
    assert all(each.value is None for each in totals(rows, [Attempt(item="q", outcome="answered")]).values())
