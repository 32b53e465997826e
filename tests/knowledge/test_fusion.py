"""Two arms into one order: the laws that hold whatever the arms find."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.fusion import Shares, fuse
from knowledge.ports import Scored

_NAMES = st.text("abcdefgh", min_size=1, max_size=1)
_LEXICAL = st.dictionaries(_NAMES, st.floats(0.01, 50), max_size=8).map(
    lambda found: [Scored(name, score, f" {name} ") for name, score in sorted(found.items(), key=lambda p: -p[1])]
)
_NEAR = st.dictionaries(_NAMES, st.integers(-1000, 1000).map(lambda each: each / 1000), max_size=8)
_SHARE = st.floats(0, 1)


def _order(fused: list[Scored]) -> list[str]:
    return [each.passage for each in fused]


@given(_LEXICAL, _NEAR, _SHARE)
def test_the_best_come_first_each_once_with_relevances_above_0_and_up_to_1(
    lexical: list[Scored], near: dict[str, float], share: float
) -> None:
    fused = fuse(lexical, near, share)
    scores = [each.relevance for each in fused]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < each <= 1 + 1e-9 for each in scores)
    assert len(set(_order(fused))) == len(fused)
    assert set(_order(fused)) <= {each.passage for each in lexical} | near.keys()


@given(_LEXICAL, _NEAR)
def test_words_alone_decide_at_0_and_vectors_alone_at_1(lexical: list[Scored], near: dict[str, float]) -> None:
    by_words = fuse(lexical, near, 0)
    assert set(_order(by_words)) == {each.passage for each in lexical}
    assert sorted(by_words, key=lambda each: (-each.relevance, each.passage)) == by_words
    by_vectors = [each for each in _order(fuse(lexical, near, 1)) if each in near]
    assert [near[each] for each in by_vectors] == sorted((near[each] for each in by_vectors), reverse=True)


@given(_LEXICAL, _SHARE)
def test_without_vectors_the_order_is_that_of_the_words(lexical: list[Scored], share: float) -> None:
    assert [each.bag for each in fuse(lexical, {}, share)] == [each.bag for each in fuse(lexical, {}, 0)]


@given(_LEXICAL, _NEAR, _SHARE, st.floats(0.1, 100), st.floats(0.1, 10), st.floats(-0.5, 0.5))
def test_how_an_arm_counts_changes_nothing(
    lexical: list[Scored], near: dict[str, float], share: float, times: float, stretch: float, shift: float
) -> None:
    spread = max(near.values(), default=0.0) - min(near.values(), default=0.0)
    assume(spread > 0.01 and spread * stretch > 0.01)
    louder = [Scored(each.passage, times * each.relevance, each.bag) for each in lexical]
    moved = {name: stretch * cosine + shift for name, cosine in near.items()}
    plain = {each.passage: each.relevance for each in fuse(lexical, near, share)}
    other = {each.passage: each.relevance for each in fuse(louder, moved, share)}
    assert all(
        plain.get(name, 0) == pytest.approx(other.get(name, 0), abs=1e-6) for name in plain.keys() | other.keys()
    )


@given(_LEXICAL, _NEAR, st.floats(0.05, 0.95))
def test_whoever_is_better_by_words_and_by_vectors_is_not_behind(
    lexical: list[Scored], near: dict[str, float], share: float
) -> None:
    fused = {each.passage: each.relevance for each in fuse(lexical, near, share)}
    both = [each for each in lexical if each.passage in near]
    for first in both:
        for second in both:
            if first.relevance >= second.relevance and near[first.passage] >= near[second.passage]:
                assert fused.get(first.passage, 0) >= fused.get(second.passage, 0) - 1e-12


def test_a_passage_that_only_vectors_found_comes_without_a_bag_and_counts_no_word() -> None:
    fused = fuse([Scored("a", 8.0, " a "), Scored("b", 4.0, " b ")], {"a": 0.1, "b": 0.1, "c": 0.9}, 0.3)
    assert [(each.passage, each.bag) for each in fused] == [("a", " a "), ("b", " b "), ("c", "")]
    assert [each.relevance for each in fused] == pytest.approx([0.7, 0.35, 0.3])


def test_a_passage_without_a_vector_is_judged_by_its_words_alone() -> None:
    fused = fuse([Scored("old", 8.0, " old "), Scored("new", 6.0, " new ")], {"old": 0.2, "other": 0.8}, 0.3)
    assert {each.passage: each.relevance for each in fused}["new"] == pytest.approx(0.75)


def test_cosines_that_are_about_the_same_do_not_outweigh_words() -> None:
    lexical = [Scored("a", 8.0, " a "), Scored("b", 7.0, " b ")]
    assert _order(fuse(lexical, {"a": 0.83862779, "b": 0.83862791}, 0.5)) == ["a", "b"]


def test_a_question_is_chinese_as_soon_as_it_has_a_chinese_character() -> None:
    shares = Shares(english=0.4, chinese=0.1)
    assert shares.of("How do we win them back?") == 0.4
    assert shares.of("CRM \u600e\u4e48\u7528") == 0.1
