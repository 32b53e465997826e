"""The table of scores: what each needs, what a failure does to it, and that each was worked by hand."""

from collections.abc import Iterator

import pytest

from evals.attempts import Attempt
from evals.benchmark import Item
from evals.metrics import METRICS, VARIANTS, needs_of, score, wanted
from evals.scores import Metric, Need, Tried, Value
from tests.evals import (
    test_metrics_answering,
    test_metrics_citing,
    test_metrics_conversation,
    test_metrics_declining,
    test_metrics_language,
    test_metrics_operating,
    test_metrics_retrieval,
    test_metrics_robustness,
    test_metrics_safety,
)
from tests.evals.making import TRIANGLE, Case, at, attempt, cite, fact, failed, item

CASES: tuple[Case, ...] = (
    *test_metrics_retrieval.SPANS,
    *test_metrics_retrieval.DOCUMENTS,
    *test_metrics_answering.CASES,
    *test_metrics_citing.CASES,
    *test_metrics_declining.CASES,
    *test_metrics_language.CASES,
    *test_metrics_robustness.CASES,
    *test_metrics_conversation.CASES,
    *test_metrics_safety.CASES,
    *test_metrics_operating.CASES,
)
_GOLD = ((at(TRIANGLE, 10, 40),),)
_EVERYTHING = {"paraphrases": ("Otherwise?",), "canaries": ("Halcyon-Quill",), "standalone": "The whole question?"}
_ANSWERABLE = item("zh-Hans", _GOLD, (("2006",),), asked_before="Before?", **_EVERYTHING)
_UNANSWERABLE = item("zh-Hans", asked_before="Before?", **_EVERYTHING)
_OUTSIDE = item("zh-Hans", documents=(TRIANGLE,), asked_before="Before?", **_EVERYTHING)


def _attempts(case: Case) -> Iterator[Attempt]:
    yield case.tried.attempt
    yield from case.tried.variants.values()


def _repeats(attempt: Attempt) -> bool:
    """Whether something in it stands twice."""
    words = attempt.shown.split("。")
    several = (attempt.told, attempt.cited, attempt.hits, tuple(each for each in words if each))
    return any(len(set(each)) < len(each) for each in several)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_every_score_has_eight_cases_in_both_languages_with_all_that_can_go_wrong(metric: Metric) -> None:
    cases = [case for case in CASES if metric.name in case.values]
    languages = [case.tried.item.language for case in cases]
    tried = [attempt for case in cases for attempt in _attempts(case)]
    assert len(cases) >= 8
    assert sum(each.startswith("zh") for each in languages) * 2 >= len(cases)
    assert "zh-Hant" in languages
    assert any(each.failed for each in tried), "a failed one"
    assert any(each.declined for each in tried), "a declined one"
    assert any(_repeats(each) for each in tried), "something twice"
    empty = [each for each in tried if not each.failed and not each.told and not each.hits]
    assert empty, "an empty one"


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_every_score_has_cases_at_both_ends_and_is_described(metric: Metric) -> None:
    values = {case.values[metric.name] for case in CASES if metric.name in case.values} - {None}
    assert len(values) > 1
    assert metric.what
    if metric.unit == "share":
        assert {0, 1} <= values
    assert metric.exact == (values == {0, 1})


def test_less_is_better_of_faults_times_and_costs_only() -> None:
    faults = {"number_contradicted", "uncited", "declined_wrongly", "canary", "error"}
    assert {metric.name for metric in METRICS if not metric.higher} == faults | {"seconds", "first_claim", "cost"}


def test_names_are_given_once() -> None:
    names = [metric.name for metric in METRICS]
    assert len(set(names)) == len(names)


def test_a_question_supports_what_it_has() -> None:
    assert needs_of(item("en")) == {
        Need.UNANSWERABLE,
        Need.CLAIMS,
        Need.PRICES,
        Need.JUDGE,
        Need.NOISE,
        Need.DISTRACTOR,
    }
    assert needs_of(_ANSWERABLE) == set(Need) - {Need.UNANSWERABLE, Need.DOCUMENTS}
    assert Need.ANSWERABLE in needs_of(_OUTSIDE)
    assert Need.SPANS not in needs_of(_OUTSIDE)


def test_a_question_has_the_scores_whose_needs_it_meets_and_no_others() -> None:
    for asked in (_ANSWERABLE, _UNANSWERABLE, _OUTSIDE, item("en")):
        names = {metric.name for metric in METRICS if metric.needs <= needs_of(asked)}
        assert set(score(Tried(asked, attempt(), {}))) == names


def test_only_the_scores_asked_for_are_computed() -> None:
    few = tuple(metric for metric in METRICS if metric.name in ("mrr", "held_noise"))
    assert set(score(Tried(_ANSWERABLE, attempt(_GOLD), {}), few)) == {"mrr", "held_noise"}
    assert wanted([_ANSWERABLE], few) == {Need.NOISE}
    assert wanted([_ANSWERABLE]) == VARIANTS
    assert wanted([]) == frozenset()


def test_a_score_of_a_judge_is_computed_when_it_is_in_the_table() -> None:
    judged = Metric("liked", "judge", frozenset({Need.JUDGE}), lambda tried: Value(1.0, "it was liked"))
    assert score(Tried(_ANSWERABLE, attempt(_GOLD), {}), (judged,)) == {"liked": Value(1.0, "it was liked")}


_GOOD = attempt(_GOLD, [fact("It began in 2006.", cite(TRIANGLE))], hits=_GOLD[0], shown="It began in 2006.")
_ALL_RUN = dict.fromkeys((need.value for need in VARIANTS), _GOOD)


@pytest.mark.parametrize("asked", [_ANSWERABLE, _UNANSWERABLE, _OUTSIDE], ids=["answerable", "unanswerable", "outside"])
@pytest.mark.parametrize("nothing", [failed(), attempt(outcome="")], ids=["error", "no outcome"])
def test_a_failed_attempt_has_the_worst_value_in_every_score_of_quality(asked: Item, nothing: Attempt) -> None:
    scores = score(Tried(asked, nothing, _ALL_RUN))
    of_variants = {"recall_last_turn", "recall_standalone"}
    for metric in METRICS:
        if metric.name in scores and metric.area not in ("safety", "operation") and metric.name not in of_variants:
            assert scores[metric.name].value == (None if metric.name == "correct" else metric.worst), metric.name
            assert metric.name == "correct" or nothing.failure in scores[metric.name].why
    assert scores["error"].value == 1
    assert scores["error"].why == nothing.failure
    assert scores["canary"].value == 0
    assert scores["seconds"].value is None


def test_no_score_but_the_critical_ones_can_fail_a_release_by_itself() -> None:
    assert {metric.name for metric in METRICS if metric.critical} == {"validity", "quote_fidelity", "canary"}
