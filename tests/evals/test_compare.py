"""Comparisons of two runs: what is counted, what is found, what is named because it could not be counted."""

import json
import random
from collections.abc import Iterable, Mapping

import pytest

from evals.compare import Comparison, Finding, Table, compare, numbers
from evals.scores import Value
from tests.evals.noisy import BY_NAME, run, world

NAMES = ("facts_strict", "facts_lenient", "declined_wrongly", "seconds", "cost")


def _table(**scores: Iterable[float | None]) -> dict[str, dict[str, float | None]]:
    """Questions q0, q1 ... with a value of each score."""
    columns = {name.replace("_at_", "@"): list(values) for name, values in scores.items()}
    n = max(map(len, columns.values()))
    return {f"q{place}": {name: values[place] for name, values in columns.items()} for place in range(n)}


def _compare(
    before: Table,
    after: Table,
    clusters: Mapping[str, str] | None = None,
    slices: Mapping[str, tuple[str, ...]] | None = None,
    names: Iterable[str] = NAMES,
) -> Comparison:
    metrics = [BY_NAME[name] for name in names]
    return compare(before, after, clusters=clusters or {}, slices=slices or {}, metrics=metrics)


def test_a_row_has_both_means_and_their_difference() -> None:
    found = _compare(_table(facts_lenient=[1, 0.5, 0]), _table(facts_lenient=[1, 1, 0.5])).row("facts_lenient")
    assert found is not None
    assert (found.n, found.before, round(found.after, 4), round(found.difference, 4)) == (3, 0.5, 0.8333, 0.3333)
    assert found.interval is not None
    assert found.interval.low < 1 / 3 < found.interval.high
    assert (found.finding, found.changed, found.detectable) == (Finding.NEITHER, 2, None)


def test_a_clear_fall_is_worse_and_a_clear_rise_is_better() -> None:
    fall = _compare(_table(facts_strict=[1] * 60), _table(facts_strict=[0] * 12 + [1] * 48)).row("facts_strict")
    rise = _compare(_table(facts_strict=[0] * 60), _table(facts_strict=[1] * 12 + [0] * 48)).row("facts_strict")
    assert fall is not None
    assert rise is not None
    assert (fall.finding, rise.finding) == (Finding.WORSE, Finding.BETTER)
    assert fall.p == rise.p == pytest.approx(2 / 2**12)


def test_where_less_is_better_a_rise_is_worse() -> None:
    found = _compare(_table(declined_wrongly=[0] * 60), _table(declined_wrongly=[1] * 12 + [0] * 48))
    row = found.row("declined_wrongly")
    assert row is not None
    assert (row.finding, row.difference) == (Finding.WORSE, 0.2)
    assert (found.flips[0].worse, found.flips[0].better) == (tuple(f"q{place}" for place in range(12)), ())


def test_flips_are_listed_by_name_for_scores_that_are_right_or_wrong() -> None:
    before = _table(facts_strict=[1, 1, 0, 0], facts_lenient=[1, 1, 0.5, 0])
    after = _table(facts_strict=[1, 0, 1, 0], facts_lenient=[1, 0.5, 1, 0])
    found = _compare(before, after)
    assert [(each.metric, each.worse, each.better) for each in found.flips] == [("facts_strict", ("q1",), ("q2",))]
    row = found.row("facts_strict")
    assert row is not None
    assert row.discordant is not None
    assert (row.discordant.fell, row.discordant.rose, row.discordant.p) == (1, 1, 1.0)
    lenient = found.row("facts_lenient")
    assert lenient is not None
    assert lenient.discordant is None


def test_questions_in_one_run_only_are_named() -> None:
    before, after = _table(facts_lenient=[1, 1, 1]), _table(facts_lenient=[1, 1])
    after["new"] = {"facts_lenient": 0.0}
    found = _compare(before, after)
    assert (found.only_before, found.only_after) == (("q2",), ("new",))
    row = found.row("facts_lenient")
    assert row is not None
    assert (row.n, row.after) == (2, 1)


def test_a_score_that_only_one_run_has_is_named_and_never_a_zero() -> None:
    before, after = _table(facts_lenient=[1, None, 0.5, None]), _table(facts_lenient=[1, 0.5, None, None])
    del after["q3"]["facts_lenient"]
    found = _compare(before, after)
    assert [(each.metric, each.before, each.after) for each in found.unpaired] == [("facts_lenient", ("q2",), ("q1",))]
    row = found.row("facts_lenient")
    assert row is not None
    assert (row.n, row.before, row.after, row.interval, row.p) == (1, 1, 1, None, 1)


def test_a_score_that_no_question_has_in_both_runs_has_no_row() -> None:
    found = _compare(_table(facts_lenient=[1, None]), _table(facts_lenient=[None, 1]))
    assert found.rows == ()
    assert len(found.unpaired) == 1


def test_slices_are_compared_like_the_whole() -> None:
    slices = {
        f"q{place}": ("language=en" if place < 30 else "language=zh-Hant", "answerable=yes") for place in range(60)
    }
    after = _table(facts_strict=[1] * 30 + [0] * 15 + [1] * 15)
    found = _compare(_table(facts_strict=[1] * 60), after, slices=slices)
    assert [(row.slice, row.n, row.difference) for row in found.rows] == [
        ("", 60, -0.25),
        ("language=en", 30, 0),
        ("language=zh-Hant", 30, -0.5),
    ], "answerable=yes holds every question and says nothing new"
    assert [row.finding for row in found.rows] == [Finding.WORSE, Finding.NEITHER, Finding.WORSE]


def test_the_whole_may_spend_four_fifths_of_the_error_and_slices_a_fifth() -> None:
    slices = {f"q{place}": ("language=en" if place < 30 else "language=zh-Hant",) for place in range(60)}
    found = _compare(_table(facts_strict=[1] * 60), _table(facts_strict=[0] * 12 + [1] * 48), slices=slices)
    whole, english, chinese = found.rows
    assert whole.p == english.p == 2 / 2**12
    assert whole.adjusted == pytest.approx(whole.p / 0.8)
    assert english.adjusted == pytest.approx(english.p / 0.2), "the other slice did not change and is not counted"
    assert chinese.adjusted == 1


def test_conversations_are_one_observation() -> None:
    before, after = _table(facts_strict=[1] * 24), _table(facts_strict=[0] * 12 + [1] * 12)
    alone = _compare(before, after).row("facts_strict")
    together = _compare(before, after, clusters={f"q{place}": f"c{place // 6}" for place in range(24)}).row(
        "facts_strict"
    )
    assert alone is not None
    assert together is not None
    assert (alone.changed, together.changed, together.p) == (12, 2, 0.5)
    assert (alone.finding, together.finding) == (Finding.WORSE, Finding.NEITHER)


def test_the_same_change_among_many_scores_is_less_sure() -> None:
    changed = [0.0] * 9 + [1.0] * 51
    names = ("facts_strict", "declined_wrongly", "citation_f1", "citation_recall", "gold_recall@5", "mrr", "correct")
    columns = {name: [1.0] * 60 for name in names}
    before = {f"q{place}": {name: values[place] for name, values in columns.items()} for place in range(60)}
    after = {f"q{place}": dict.fromkeys(names, changed[place]) for place in range(60)}
    one = _compare(before, after, names=names[:1]).row("facts_strict")
    many = _compare(before, after, names=names).row("facts_strict")
    assert one is not None
    assert many is not None
    assert one.p == many.p
    assert many.adjusted == pytest.approx(7 * (one.adjusted or 0))


def test_scores_that_did_not_change_cost_nothing() -> None:
    before, after = _table(facts_strict=[1] * 60), _table(facts_strict=[0] * 9 + [1] * 51)
    alone = _compare(before, after).row("facts_strict")
    for each in (*before.values(), *after.values()):
        each |= {"facts_lenient": 0.5, "declined_wrongly": 0.0}
    beside = _compare(before, after).row("facts_strict")
    assert alone is not None
    assert beside is not None
    assert alone.adjusted == beside.adjusted


def test_times_are_shown_and_not_tested() -> None:
    found = _compare(_table(seconds=[0.1] * 30, cost=[0.01] * 30), _table(seconds=[0.9] * 30, cost=[0.001] * 30))
    seconds, cost = found.row("seconds"), found.row("cost")
    assert seconds is not None
    assert cost is not None
    assert (seconds.finding, seconds.p, seconds.adjusted) == (Finding.UNTESTED, None, None)
    assert seconds.difference == pytest.approx(0.8)
    assert cost.finding is Finding.BETTER


def test_identical_runs_differ_in_nothing() -> None:
    table = run(world(), 1).values
    found = _compare(table, table, slices=run(world(), 1).slices, names=BY_NAME)
    assert {row.finding for row in found.rows} == {Finding.NEITHER}
    assert {(row.difference, row.p, row.adjusted) for row in found.rows} == {(0, 1, 1)}
    assert found.unpaired == found.only_before == found.only_after == ()
    assert not any((*each.worse, *each.better) for each in found.flips)


def test_the_order_of_questions_changes_no_finding() -> None:
    before, after = run(world(), 1), run(world(), 2, worse={"facts_lenient": 0.2})
    shuffled = dict(random.Random(0).sample(sorted(before.values.items()), len(before.values)))
    first, second = (
        _compare(table, after.values, before.clusters, before.slices, ["facts_lenient", "declined_wrongly"])
        for table in (before.values, shuffled)
    )
    assert [(row.metric, row.slice, row.finding) for row in first.rows] == [
        (row.metric, row.slice, row.finding) for row in second.rows
    ]
    assert first.row("facts_lenient", "language=en") is not None


def test_scores_with_reasons_become_plain_numbers() -> None:
    assert numbers({"q": {"mrr": Value(0.5, "second"), "cost": Value(None, "no prices")}}) == {
        "q": {"mrr": 0.5, "cost": None}
    }


def test_it_can_be_written_as_json() -> None:
    found = _compare(_table(facts_strict=[1, 0]), _table(facts_strict=[0, 0])).as_json()
    assert json.loads(json.dumps(found))["rows"][0]["finding"] == "no difference shown"
