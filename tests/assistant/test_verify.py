"""The gates of a verbatim claim."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Citation, Claim, ClaimKind
from assistant.reasons import Reason
from assistant.verify import check
from knowledge.documents import Entry, Passage

TEXT = "A quiet account is a missed promise. Close the oldest complaint first."
PASSAGE = Passage(id="p1", document_id="d1", heading="", text=TEXT, start=100, end=100 + len(TEXT))
ENTRY = Entry(id="d1", title="Quiet", source="quiet.md", language="en", version="v")
SOURCES = {"p1": (PASSAGE, ENTRY)}
QUOTE = "Close the oldest complaint first."
CITATION = Citation("p1", "d1", "Quiet", "quiet.md", "", None, QUOTE, 137, 170)
CLAIM = Claim(QUOTE, ClaimKind.RULE, (CITATION,))


def changed(**fields: object) -> Claim:
    citation = replace(CITATION, **fields)
    return replace(CLAIM, citations=(citation,), text=citation.quote)


def test_a_true_quote_passes() -> None:
    assert check(CLAIM, SOURCES) is None


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (replace(CLAIM, citations=()), Reason.NO_CITATION),
        (replace(CLAIM, text="Close the newest complaint first."), Reason.NOT_THE_QUOTE),
        (changed(passage_id="p2"), Reason.SOURCE_GONE),
        (changed(document_id="d2"), Reason.QUOTE_NOT_FOUND),
        (changed(quote="Close the newest complaint first."), Reason.QUOTE_NOT_FOUND),
        (changed(start=136, end=169), Reason.QUOTE_NOT_FOUND),
        (changed(start=0, end=33), Reason.QUOTE_NOT_FOUND),
        (changed(quote="", start=137, end=137), Reason.QUOTE_NOT_FOUND),
    ],
)
def test_a_claim_that_is_not_its_source_fails_with_its_reason(claim: Claim, reason: str) -> None:
    assert check(claim, SOURCES) == reason


def test_a_source_that_is_no_longer_readable_fails() -> None:
    assert check(CLAIM, {}) == Reason.SOURCE_GONE


@given(st.integers(-200, 400), st.integers(-200, 400))
def test_only_the_very_place_of_a_quote_passes(start: int, end: int) -> None:
    passed = check(changed(start=start, end=end), SOURCES) is None
    assert passed == (TEXT[max(start - 100, 0) : max(end - 100, 0)] == QUOTE and start >= 100)


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_every_stretch_of_a_passage_may_be_quoted(first: int, second: int) -> None:
    start, end = sorted((first, second))
    claim = changed(quote=TEXT[start:end], start=100 + start, end=100 + end)
    assert (check(claim, SOURCES) is None) == (start < end)


def test_a_claim_of_several_quotes_is_all_of_them_or_the_first() -> None:
    other = "A quiet account is a missed promise."
    first = replace(CITATION, quote=other, start=100, end=136)
    both = replace(CLAIM, citations=(first, CITATION))
    assert check(replace(both, text=f"{other}\n{QUOTE}"), SOURCES) is None
    assert check(replace(both, text=other), SOURCES) is None
    for told in (QUOTE, f"{QUOTE}\n{other}", f"{other} {QUOTE}", f"{other}\n{QUOTE}\n{QUOTE}"):
        assert check(replace(both, text=told), SOURCES) == Reason.NOT_THE_QUOTE


def test_every_quote_of_a_claim_must_stand_in_its_place() -> None:
    moved = replace(CITATION, quote="A quiet account is a missed promise.", start=101, end=137)
    told = replace(CLAIM, text=f"{QUOTE}\n{moved.quote}", citations=(CITATION, moved))
    assert check(told, SOURCES) == Reason.QUOTE_NOT_FOUND
