"""Intervals, tests and power against published and hand-worked examples, and the laws they must keep."""

import random
from math import isclose, sqrt

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evals.resampling import flip_signs, share_bounds
from evals.statistics import (
    design_effect,
    detectable_by_discordance,
    detectable_by_spread,
    differences,
    familywise,
    holm,
    mcnemar,
    mean_interval,
    one_sided,
    paired,
    smallest_detectable,
    smallest_difference,
)

# Darwin's maize in eighths of an inch, crossed less self-fertilised: Fisher, The Design of Experiments, section 21.
MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]

shares = st.integers(0, 12).map(lambda twelfths: twelfths / 12) | st.floats(0, 1, allow_subnormal=False)
clustered = st.lists(st.tuples(shares, shares, st.integers(0, 9)), min_size=2, max_size=40)
ps = st.dictionaries(st.integers(), st.floats(0, 1), max_size=12)


def test_an_interval_holds_the_mean_and_says_of_how_many() -> None:
    found = mean_interval([1, 0, 1, 1, 0.5, 1], ["a", "a", "b", "b", "c", "d"])
    assert found is not None
    assert (found.value, found.n, found.clusters) == (0.75, 6, 4)
    assert 0 <= found.low < 0.75 < found.high <= 1


def test_one_cluster_or_nothing_has_no_interval() -> None:
    assert mean_interval([], []) is None
    assert mean_interval([1.0], ["a"]) is None
    assert mean_interval([1.0, 0.0, 1.0], ["a", "a", "a"]) is None


def test_a_share_of_all_of_forty_is_not_certain() -> None:
    found = mean_interval([1.0] * 40, range(40))
    assert found is not None
    assert (round(found.low, 3), found.high) == (0.912, 1.0), "Clopper and Pearson, 40 of 40"


def test_repeating_questions_of_the_same_conversations_makes_nothing_surer() -> None:
    once = mean_interval([1.0] * 20, range(20))
    thrice = mean_interval([1.0] * 60, [place // 3 for place in range(60)])
    assert once is not None
    assert thrice is not None
    assert (once.low, once.high) == (thrice.low, thrice.high)


def test_equal_values_between_the_ends_may_go_both_ways() -> None:
    found = mean_interval([0.5] * 40, range(40))
    assert found is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.456, 0.544)


def test_equal_seconds_have_no_bound_to_go_to() -> None:
    found = mean_interval([2.0] * 40, range(40))
    assert found is not None
    assert (found.low, found.value, found.high) == (2.0, 2.0, 2.0)


def test_equal_means_of_clusters_that_differ_within_are_no_surer_than_equal_values() -> None:
    found = mean_interval([1.0, 0.0] * 10, [place // 2 for place in range(20)])
    assert found is not None
    assert found.low < 0.4
    assert found.high > 0.6


def test_the_interval_of_a_plain_share_is_about_the_textbook_one() -> None:
    found = mean_interval([1.0] * 150 + [0.0] * 50, range(200))
    wilson = stats.binomtest(150, 200).proportion_ci(method="wilson")
    assert found is not None
    assert found.low == pytest.approx(wilson.low, abs=0.012)
    assert found.high == pytest.approx(wilson.high, abs=0.012)


def test_conversations_of_alike_questions_widen_the_interval() -> None:
    chance = random.Random(1)
    values = [float(chance.random() < 0.7) for _ in range(60) for _ in range(1)]
    alone = mean_interval(values * 3, range(180))
    together = mean_interval(values * 3, list(range(60)) * 3)
    assert alone is not None
    assert together is not None
    assert together.high - together.low > 1.5 * (alone.high - alone.low), "three times the same is sqrt(3) less sure"


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [place % 3 / 2 for place in range(50)]
    assert mean_interval(values, range(50), seed=3) == mean_interval(values, range(50), seed=3)
    assert mean_interval(values, range(50), seed=3) != mean_interval(values, range(50), seed=4)


@given(clustered)
def test_an_interval_always_holds_its_value_and_stays_within_what_is_possible(rows) -> None:
    before, after, clusters = zip(*rows, strict=True)
    single, change = mean_interval(after, clusters), paired(before, after, clusters).interval
    assert (single is None) == (change is None) == (len(set(clusters)) < 2)
    if single and change:
        assert -1e-9 <= single.low <= single.value <= single.high <= 1 + 1e-9
        assert -1 - 1e-9 <= change.low <= change.value <= change.high <= 1 + 1e-9


def test_darwins_maize_has_fishers_count() -> None:
    assert flip_signs(MAIZE) == 1726 / 2**15
    assert flip_signs(MAIZE, "greater") == 863 / 2**15
    found = paired([0.0] * 15, MAIZE, range(15), span=75)
    assert found.p == 1726 / 2**15
    assert found.value == pytest.approx(20.93, abs=0.01)
    assert found.interval is not None
    assert found.interval.low < 0 < found.interval.high


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("n", [5, 10])
def test_all_flips_are_those_of_scipy(n: int, alternative: str) -> None:
    terms = numpy.random.default_rng(n).normal(0.3, 1, n).round(2)
    tested = stats.permutation_test((terms,), numpy.sum, permutation_type="samples", alternative=alternative)
    assert flip_signs(terms, alternative) == pytest.approx(tested.pvalue)


@pytest.mark.parametrize("shift", [0.0, 0.15, 0.3])
def test_random_flips_are_those_of_scipy_but_for_chance(shift: float) -> None:
    terms = numpy.random.default_rng(7).normal(shift, 1, 60)
    p = flip_signs(terms)
    tested = stats.permutation_test(
        (terms,), lambda rows, axis: rows.sum(axis=axis), permutation_type="samples", vectorized=True, rng=1
    )
    assert p == pytest.approx(tested.pvalue, abs=4 * sqrt(p * (1 - p) / 999) + 1e-4)


def test_a_p_is_never_zero() -> None:
    assert 0 < flip_signs([1.0 + place / 7 for place in range(60)]) <= 2e-5


@given(clustered)
def test_identical_runs_have_p_one(rows) -> None:
    before, _, clusters = zip(*rows, strict=True)
    found = paired(before, before, clusters)
    assert (found.p, found.value, found.changed, found.least_p) == (1.0, 0.0, 0, 1.0)


@given(clustered)
def test_exchanging_the_runs_turns_the_difference_and_keeps_p(rows) -> None:
    before, after, clusters = zip(*rows, strict=True)
    there, back = paired(before, after, clusters), paired(after, before, clusters)
    assert there.value == pytest.approx(-back.value)
    assert there.p == pytest.approx(back.p)
    assert there.p >= there.least_p - 1e-9


def test_identical_runs_are_not_proof_that_nothing_can_differ() -> None:
    found = paired([1.0] * 240, [1.0] * 240, range(240)).interval
    assert found is not None
    assert (round(found.low, 3), round(found.high, 3)) == (-0.012, 0.012)
    few = paired([1.0] * 6, [1.0] * 6, range(6)).interval
    assert few is not None
    assert few.low == -few.high, "nothing says which way"


def test_rounding_to_four_digits_is_no_change() -> None:
    exact = [1 / 3, 2 / 3, 0.1234567, 1234.5678]
    assert differences([float(f"{each:.4g}") for each in exact], exact) == [0, 0, 0, 0]
    assert differences([0.95, 1.0], [0.94, 0.99]) == pytest.approx([-0.01, -0.01])


def test_questions_of_one_conversation_count_once() -> None:
    before, after = [1.0] * 9, [0.0] * 9
    assert paired(before, after, range(9)).p == 2 / 2**9
    assert paired(before, after, [place // 3 for place in range(9)]).p == 2 / 2**3


def test_a_loss_is_tested_on_its_own_side() -> None:
    fallen = [-1.0] * 6 + [0.0] * 30
    assert one_sided(fallen, range(36), "less") == (2**-6, 2**-6)
    assert one_sided(fallen, range(36), "greater") == (1.0, 2**-6)


def test_mcnemar_of_a_textbook_table() -> None:
    before = [1.0] * 101 + [1.0] * 121 + [0.0] * 59 + [0.0] * 33
    after = [1.0] * 101 + [0.0] * 121 + [1.0] * 59 + [0.0] * 33
    found = mcnemar(before, after)
    assert (found.fell, found.rose) == (121, 59)
    assert found.p == pytest.approx(4.434e-06, rel=1e-3), "as statsmodels' documentation has it"
    assert paired(before, after, range(314)).p == pytest.approx(found.p), "without clusters the two are one test"


def test_mcnemar_of_no_change_is_one() -> None:
    assert mcnemar([1, 0, 1], [1, 0, 1]).p == 1


def test_holm_of_a_textbook_family() -> None:
    adjusted = holm({"H1": 0.01, "H2": 0.04, "H3": 0.03, "H4": 0.005})
    assert {name: round(p, 6) for name, p in adjusted.items()} == {"H1": 0.03, "H2": 0.06, "H3": 0.06, "H4": 0.02}


@given(ps)
def test_holm_keeps_the_order_and_never_lowers_a_p(raw) -> None:
    adjusted = holm(raw)
    assert adjusted.keys() == raw.keys()
    assert all(raw[key] <= adjusted[key] <= 1 for key in raw)
    ranked = sorted(raw, key=lambda key: raw[key])
    assert all(adjusted[a] <= adjusted[b] for a, b in zip(ranked, ranked[1:], strict=False))


def test_what_could_not_be_significant_is_not_counted() -> None:
    tests = {"many changed": (0.02, 1e-9), "three changed": (0.25, 0.125), "none changed": (1.0, 1.0)}
    assert familywise(tests) == {"many changed": 0.02, "three changed": 1.0, "none changed": 1.0}


@given(st.dictionaries(st.integers(), st.tuples(st.floats(0, 1), st.integers(0, 20)), max_size=12))
def test_a_family_is_at_least_as_kind_as_holm_to_what_counts_and_shuts_out_the_rest(drawn) -> None:
    tests = {key: (max(p, 2.0**-changed), 2.0**-changed) for key, (p, changed) in drawn.items()}
    adjusted, plain = familywise(tests), holm({key: p for key, (p, _) in tests.items()})
    assert adjusted.keys() == tests.keys()
    assert all(adjusted[key] >= tests[key][0] for key in tests)
    assert all(adjusted[key] <= 0.05 for key in tests if plain[key] <= 0.05)


def test_a_family_that_may_spend_a_fifth_pays_five_times() -> None:
    assert familywise({"a": (0.001, 1e-6)}, 0.01)["a"] == pytest.approx(0.005)


@pytest.mark.parametrize(("discordant", "questions"), [(0.10, 312), (0.15, 469), (0.20, 626)])
def test_five_points_of_a_share_take_the_known_number_of_questions(discordant: float, questions: int) -> None:
    assert (
        detectable_by_discordance(discordant, questions) <= 0.05 < detectable_by_discordance(discordant, questions - 1)
    )


def test_five_points_of_a_graded_score_take_the_known_number_of_questions() -> None:
    assert detectable_by_spread(0.3, 283) <= 0.05 < detectable_by_spread(0.3, 282)


def test_five_points_between_two_different_sets_take_the_known_number_of_questions() -> None:
    # The known 1,094 an arm pool the variance under the null, which is three questions more.
    assert detectable_by_spread(sqrt(0.75 * 0.25 + 0.8 * 0.2), 1094) == pytest.approx(0.05, rel=0.002)


def test_a_hundred_questions_show_eight_to_eleven_points() -> None:
    assert 0.08 < detectable_by_spread(0.3, 100) < 0.085
    assert 0.085 < detectable_by_discordance(0.10, 100) < detectable_by_discordance(0.15, 100) < 0.11


def test_identical_runs_could_still_not_have_shown_everything() -> None:
    for values in ([1.0] * 240, [1.0, 0.5] * 120):
        found = smallest_difference(values, values, range(240))
        assert found == pytest.approx(0.032, abs=0.001), "eight questions, all one way"


def test_a_comparison_can_show_what_its_own_changes_allow() -> None:
    before = [1.0] * 240
    after = [0.0] * 12 + [1.0] * 228
    assert smallest_difference(before, after, range(240)) == detectable_by_discordance(0.05, 240)
    halves = [0.5] * 60 + [1.0] * 180
    assert smallest_difference(before, halves, range(240)) == pytest.approx(2.8 * 0.217 / sqrt(240), rel=0.01)


def test_a_single_figure_shows_changes_by_its_spread() -> None:
    even, perfect = [1.0, 0.0] * 120, [1.0] * 240
    assert smallest_detectable(even, range(240)) == pytest.approx(2.8 * 0.501 / sqrt(240), rel=0.01)
    assert smallest_detectable(perfect, range(240)) == pytest.approx(0.032, abs=0.001)


def test_a_handful_of_questions_shows_nothing() -> None:
    assert smallest_detectable([], []) is None
    assert smallest_detectable([1.0, 0.0, 1.0, 1.0, 0.0], range(5)) is None
    assert smallest_difference([1.0] * 9, [0.0] * 9, ["one conversation"] * 9) is None


def test_more_power_and_less_error_take_larger_changes() -> None:
    values = [1.0, 0.0] * 120
    usual = smallest_detectable(values, range(240))
    assert usual is not None
    assert (smallest_detectable(values, range(240), power=0.95) or 0) > usual
    assert (smallest_detectable(values, range(240), alpha=0.01) or 0) > usual


def test_conversations_of_three_at_icc_thirty_cost_six_tenths_more() -> None:
    chance = random.Random(5)
    own, shared = sqrt(0.7), sqrt(0.3)
    values = []
    for _ in range(4000):
        mood = chance.gauss(0, shared)
        values += [mood + chance.gauss(0, own) for _ in range(3)]
    assert design_effect(values, [place // 3 for place in range(12000)]) == pytest.approx(1.6, abs=0.03)


def test_a_design_effect_by_hand() -> None:
    assert design_effect([1, 1, 0, 0], "aabb") == 2, "alike within, unlike between: two are worth one"
    assert design_effect([1, 0, 1, 0], "aabb") == 1, "never less than one"
    assert design_effect([1, 0, 1, 0], "abcd") == 1
    assert design_effect([1, 0, 1, 0], "aaaa") == 1


def test_the_bounds_of_a_share_are_the_exact_ones() -> None:
    assert share_bounds(0, 0) == (0, 1)
    low, high = share_bounds(0, 60)
    assert low == 0
    assert isclose(high, 1 - 0.025 ** (1 / 60))
