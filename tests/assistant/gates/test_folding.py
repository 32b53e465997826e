"""Folding keeps the way back to the original characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.folding import folded

TEXTS = st.text(
    st.sampled_from("aBz\u00e9e\u0301\u0410 \t\n.,;:!?'\"()-%$+=1234567890\u200b\u202e\u3000")
    | st.sampled_from("\u5ba2\u6236\u4fc2\u7cfb\u8d28\uff0c\u3002\u300c\u300d\uff21\uff11\u2460\ufb01\u2026\u2014")
    | st.characters(),
    max_size=80,
)


@given(TEXTS)
def test_every_folded_character_maps_back_into_the_text(text: str) -> None:
    found = folded(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))


@given(TEXTS)
def test_places_never_go_back(text: str) -> None:
    found = folded(text)
    assert list(found.starts) == sorted(found.starts)
    assert list(found.ends) == sorted(found.ends)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded(text).text
    assert folded(once).text == once


@given(st.text("ab\u5ba2\u6237 12", min_size=1, max_size=40), st.data())
def test_a_stretch_of_the_original_folds_to_what_it_came_from(text: str, data: st.DataObject) -> None:
    found = folded(text)
    if not found.text:
        return
    start = data.draw(st.integers(0, len(found.text) - 1))
    end = data.draw(st.integers(start + 1, len(found.text)))
    first, last = found.span(start, end)
    assert folded(text[first:last]).text == found.text[start:end].strip()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u5ba2\u6236\u95dc\u4fc2", "\u5ba2\u6237\u5173\u7cfb"),
        ("\uff21\u7ea7\u5ba2\u6237", "A\u7ea7\u5ba2\u6237"),
        ("IPD \u6d41\u7a0b", "ipd\u6d41\u7a0b"),
        ("\u5927\u5ba2\n\u6237", "\u5927\u5ba2\u6237"),
        ("\u201cdon\u2019t stop\u201d", "don't stop"),
        ("RMB 1,200", "RMB 1200"),
        ("3\u20135 days", "3-5 days"),
        ("cust\u200bomer", "customer"),
        ("a,b", "a b"),
    ],
)
def test_writings_of_one_thing_meet(one: str, other: str) -> None:
    assert folded(one).text == folded(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3-5 days", "3.5 days"),
        ("5%", "5"),
        ("-5", "5"),
        ("$5", "5"),
        ("not able", "notable"),
        ("15 days", "1 5 days"),
        ("<5", ">5"),
    ],
)
def test_what_belongs_to_a_number_or_parts_words_is_kept(one: str, other: str) -> None:
    assert folded(one).text != folded(other).text
