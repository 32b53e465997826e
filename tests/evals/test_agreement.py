"""Agreement of raters against published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.agreement import alpha, kappa

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C; and the three coders of Wikipedia's page.
FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
THREE_CODERS = """
. . . . . 3 4 1 2 1 1 3 3 . 3
1 . 2 1 3 3 4 3 . . . . . . .
. . 2 1 3 4 4 . 2 1 1 3 3 . 4
"""


def _things(text: str) -> list[list[str | None]]:
    rows = [line.split() for line in text.strip().split("\n")]
    return [[None if each == "." else each for each in thing] for thing in zip(*rows, strict=True)]


@pytest.mark.parametrize(("text", "value", "things"), [(FOUR_OBSERVERS, 0.743, 11), (THREE_CODERS, 0.691, 11)])
def test_alpha_of_published_tables(text: str, value: float, things: int) -> None:
    found = alpha(_things(text))
    assert found is not None
    assert round(found.value, 3) == value
    assert found.low < value < found.high


def test_kappa_of_the_grant_proposals() -> None:
    found = kappa("y" * 25 + "n" * 25, "y" * 20 + "n" * 5 + "y" * 10 + "n" * 15)
    assert found is not None
    assert (round(found.value, 6), found.n) == (0.4, 50)
    assert 0.1 < found.low < 0.2
    assert 0.6 < found.high < 0.7, "0.4 give or take 1.96 times the standard error of 0.127"


def test_kappa_is_not_the_raw_agreement() -> None:
    a, b = "y" * 45 + "y" * 15 + "n" * 25 + "n" * 15, "y" * 45 + "n" * 15 + "y" * 25 + "n" * 15
    c, d = "y" * 25 + "y" * 35 + "n" * 5 + "n" * 35, "y" * 25 + "n" * 35 + "y" * 5 + "n" * 35
    first, second = kappa(a, b), kappa(c, d)
    assert first is not None
    assert second is not None
    assert (round(first.value, 4), round(second.value, 4)) == (0.1304, 0.2593), "60 of 100 agree in both"


def test_one_label_for_everything_says_nothing_about_agreement() -> None:
    assert kappa("yyyy", "yyyy") is None
    assert alpha([["y", "y"]] * 9) is None
    assert kappa("", "") is None
    assert alpha([]) is None


def test_things_that_one_person_rated_are_left_out() -> None:
    rated = [["y", "y"], ["n", "n"], ["y", "n"], ["n", "n"]]
    assert alpha([*rated, ["y", None], [None, None]]) == alpha(rated)


def test_full_agreement_on_few_things_is_not_certain() -> None:
    few, many = kappa("yn" * 10, "yn" * 10), kappa("yn" * 100, "yn" * 100)
    assert few is not None
    assert many is not None
    assert few.low < many.low < few.value == many.value == few.high == 1


def test_judgements_on_the_same_answers_make_the_interval_wider() -> None:
    a, b = "yynnynyn" * 6, "yynnnynn" * 6
    alone, together = kappa(a, b), kappa(a, b, clusters=[place // 8 for place in range(48)])
    assert alone is not None
    assert together is not None
    assert alone.value == together.value
    assert (alone.clusters, together.clusters) == (48, 6)


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=30).filter(lambda labels: len(set(labels)) > 1))
def test_perfect_agreement_is_one(labels) -> None:
    for found in (kappa(labels, labels), alpha([[each, each, None] for each in labels])):
        assert found is not None
        assert found.value == 1


@given(st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3), min_size=2, max_size=25))
def test_the_order_of_things_and_raters_changes_nothing(rows) -> None:
    forward, backward = alpha(rows), alpha([tuple(reversed(row)) for row in reversed(rows)])
    assert (forward is None) == (backward is None)
    if forward and backward:
        assert forward.value == pytest.approx(backward.value)
        assert forward.low <= forward.value <= forward.high <= 1
