"""What the gate stops and what it lets pass, told in one line each; and how often, over hundreds of noisy runs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from evals.baseline import Baseline
from evals.errors import WrongRun
from evals.gate import judge_release
from evals.metrics import METRICS
from tests.evals.noisy import run, without, world

COMPARISONS = 200
LOSSES = 100


def _run(values: Mapping[str, Mapping[str, float]] | None = None, **columns: Iterable[float]) -> Baseline:
    """A run over q00, q01 ... with these values; every fourth question is traditional Chinese."""
    table = {name.replace("_at_", "@"): list(column) for name, column in columns.items()}
    n = max(map(len, table.values()), default=0)
    rows = values or {f"q{place:02d}": {name: table[name][place] for name in table} for place in range(n)}
    return Baseline(
        digest="0123456789ab",
        recipe={},
        made="2026-07-01",
        questions=dict.fromkeys(rows, "01234567"),
        values=rows,
        clusters={item: item for item in rows},
        slices={item: ("language=zh-Hant" if not place % 4 else "language=en",) for place, item in enumerate(rows)},
        medians={"seconds": 0.2},
    )


def _reasons(before: Baseline, after: Baseline) -> tuple[str, ...]:
    return judge_release(before, after, METRICS).reasons


def test_the_same_run_passes_and_says_what_could_not_have_been_seen() -> None:
    before = _run(facts_lenient=[1.0, 0.5] * 100, error=[0.0] * 200)
    found = judge_release(before, before, METRICS)
    assert found.passed
    assert found.reasons == ()
    assert found.notes == (
        "with 200 questions, a loss of 3.9 points in facts_lenient is seen 8 times in 10",
        "median of seconds: 0.2 s, of the baseline 0.2 s",
    )


def test_a_loss_is_told_in_one_line_with_its_numbers() -> None:
    before = _run(facts_lenient=[1.0] * 80)
    after = _run(facts_lenient=[0.0 if not place % 4 else 1.0 for place in range(80)])
    found = judge_release(before, after, METRICS)
    assert not found.passed
    assert found.reasons == (
        "facts_lenient fell from 100.0 % to 75.0 % (\N{MINUS SIGN}25.0 points, 95 % \N{MINUS SIGN}34.1 to"
        " \N{MINUS SIGN}14.6, p < 0.0001) on 80 questions; worst in language=zh-Hant (\N{MINUS SIGN}100.0 on 20)",
    )


@pytest.mark.parametrize("name", ["declined_wrongly", "number_contradicted", "uncited"])
def test_where_less_is_better_a_rise_is_the_loss(name: str) -> None:
    before, after = _run(**{name: [0.0] * 60}), _run(**{name: [1.0] * 15 + [0.0] * 45})
    (reason,) = _reasons(before, after)
    assert reason.startswith(f"{name} rose from 0.0 % to 25.0 % (+25.0 points")
    assert _reasons(after, before) == ()


@pytest.mark.parametrize(("name", "fewest"), [("facts_lenient", 6), ("citation_recall", 7), ("held", 7)])
def test_so_many_questions_must_fall_and_none_rise(name: str, fewest: int) -> None:
    before = _run(**{name: [1.0] * 200})
    enough, few = (_run(**{name: [0.0] * fallen + [1.0] * (200 - fallen)}) for fallen in (fewest, fewest - 1))
    assert len(_reasons(before, enough)) == 1
    assert _reasons(before, few) == ()


def test_questions_of_one_conversation_fall_together() -> None:
    before, after = _run(facts_lenient=[1.0] * 60), _run(facts_lenient=[0.0] * 9 + [1.0] * 51)
    clusters = {item: f"c{place // 3}" for place, item in enumerate(after.values)}
    assert len(_reasons(before, after)) == 1
    assert _reasons(before, replace(after, clusters=clusters)) == ()


def test_a_gain_is_no_reason() -> None:
    assert _reasons(_run(facts_lenient=[0.0] * 60), _run(facts_lenient=[1.0] * 60)) == ()


def test_scores_that_are_not_gated_may_move() -> None:
    assert _reasons(_run(mrr=[1.0] * 60), _run(mrr=[0.0] * 60)) == ()


def test_a_loss_in_one_language_is_found_where_the_whole_hides_it() -> None:
    places = range(240)
    before = [float(not place % 4 or place > 60) for place in places]
    after = [float(place % 4 > 0 or not place % 12) for place in places]
    (reason,) = _reasons(_run(facts_lenient=before), _run(facts_lenient=after))
    assert reason.startswith("facts_lenient in language=zh-Hant fell from 100.0 % to 33.3 %")
    assert reason.endswith("on 60 questions")


@pytest.mark.parametrize(("name", "broken"), [("validity", 0.75), ("quote_fidelity", 0.0), ("canary", 1.0)])
def test_one_broken_promise_stops_it_whatever_the_baseline(name: str, broken: float) -> None:
    perfect = 0.0 if name == "canary" else 1.0
    bad = _run(**{name: [perfect] * 50 + [broken]})
    (reason,) = _reasons(bad, bad)
    assert reason.startswith(f"{name} must be perfect and is not in 1 of 51 questions (q50): ")
    assert _reasons(bad, _run(**{name: [perfect] * 51})) == ()


def test_a_failed_question_is_a_failure_and_not_an_invented_citation() -> None:
    after = _run(validity=[1.0] * 199 + [0.0], error=[0.0] * 199 + [1.0])
    assert _reasons(_run(validity=[1.0] * 200, error=[0.0] * 200), after) == ()


def test_a_canary_in_an_error_is_a_canary() -> None:
    after = _run(canary=[0.0] * 199 + [1.0], error=[0.0] * 199 + [1.0])
    (reason,) = _reasons(_run(canary=[0.0] * 200, error=[0.0] * 200), after)
    assert reason.startswith("canary must be perfect")


def test_more_than_one_failure_in_a_hundred_stops_it() -> None:
    before = _run(error=[0.0] * 240)
    two, three = (_run(error=[1.0] * failed + [0.0] * (240 - failed)) for failed in (2, 3))
    assert _reasons(before, two) == ()
    (reason,) = _reasons(before, three)
    assert reason == "3 of 240 questions failed, 1.2 %, and at most 1.0 % may: q00, q01, q02"


def test_more_failures_than_the_baseline_can_explain_stop_it() -> None:
    before, after = _run(error=[0.0] * 2000), _run(error=[1.0] * 5 + [0.0] * 1995)
    (reason,) = _reasons(before, after)
    assert "at most 0.2 % may, the upper bound of the baseline's 0" in reason


def test_more_than_twice_as_slow_stops_it_and_less_is_told() -> None:
    before, slower, slow = (replace(_run(mrr=[1.0]), medians={"seconds": each}) for each in (1.2, 2.4, 2.5))
    assert judge_release(before, slower, METRICS).passed
    assert judge_release(before, slower, METRICS).notes[-1] == "median of seconds: 2.4 s, of the baseline 1.2 s"
    assert _reasons(before, slow) == ("half of the answers take more than 2.5 s, more than twice the baseline's 1.2 s",)


def test_a_busy_machine_is_no_slow_coach() -> None:
    before, busy, slow = (replace(_run(mrr=[1.0]), medians={"seconds": each}) for each in (0.02, 0.5, 0.53))
    assert _reasons(before, busy) == ()
    assert len(_reasons(before, slow)) == 1


def test_what_was_not_measured_any_more_cannot_pass() -> None:
    before, after = _run(facts_lenient=[1.0] * 9, held=[1.0] * 9), _run(facts_lenient=[1.0] * 9)
    assert _reasons(before, after) == ("held was not measured: the baseline has it for 9 questions, this run for none",)
    assert _reasons(after, before) == ()


def test_a_score_that_few_questions_kept_is_told() -> None:
    values = {f"q{place}": {"citation_recall": 1.0} for place in range(9)}
    fewer = {item: found if item < "q3" else {} for item, found in values.items()}
    assert judge_release(_run(values), _run(fewer), METRICS).notes[0] == (
        "citation_recall is compared on 3 questions only: 9 had it before, 3 have it now"
    )


def test_added_questions_are_named_and_the_others_compared() -> None:
    candidate = run(world(), 1)
    baseline = without(candidate, "q007", "q239")
    found = judge_release(baseline, candidate, METRICS)
    assert found.passed
    assert found.notes[0] == "2 questions are new since the baseline and not compared: q007, q239"


def test_an_added_question_must_keep_the_promises_too() -> None:
    candidate = run(world(), 1)
    baseline = without(candidate, "q007")
    values = {**candidate.values, "q007": {**candidate.values["q007"], "validity": 0.5}}
    (reason,) = _reasons(baseline, replace(candidate, values=values))
    assert "(q007)" in reason


def test_other_questions_are_refused() -> None:
    baseline = run(world(), 1)
    with pytest.raises(
        WrongRun, match=r"^of the baseline's questions 2 were not asked \(q001, q002\): run all of them"
    ):
        judge_release(baseline, without(baseline, "q001", "q002"), METRICS)
    other = replace(baseline, questions={**baseline.questions, "q003": "76543210"})
    with pytest.raises(WrongRun, match=r"1 were changed \(q003\)"):
        judge_release(baseline, other, METRICS)


def test_two_runs_of_the_same_thing_raise_few_alarms() -> None:
    questions = world()
    alarms = [
        found.reasons
        for seed in range(COMPARISONS)
        if not (found := judge_release(run(questions, seed), run(questions, COMPARISONS + seed), METRICS)).passed
    ]
    assert len(alarms) <= 0.05 * COMPARISONS, alarms


def test_a_loss_of_eight_points_is_caught() -> None:
    questions = world()
    worse = {"facts_lenient": 0.08}
    caught = sum(
        any(
            reason.startswith("facts_lenient")
            for reason in _reasons(run(questions, seed), run(questions, COMPARISONS + seed, worse=worse))
        )
        for seed in range(LOSSES)
    )
    assert caught >= 0.95 * LOSSES
