"""Where a drafted quote stands in its passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.folding import folded
from assistant.gates.quotes import Located, locate
from assistant.gates.windows import closest, glued, tokens
from assistant.reasons import Reason
from knowledge.documents import Passage
from knowledge.mapping import Edit

TEXT = (
    "破冰项目的理想特征是金额小、操作复杂、对手响应慢，因为对手不会为小项目调来重兵。\n"
    "A级客户是年销售额在800万元以上的客户。B级客户是年销售额在300万元以上的客户。\n"
    "特别是大客户经理每季度复核客户分级。\n"
    "我们不建议在投标期间降低价格，除非客户书面确认了数量。\n\n"
    "Hold at least three live relationships in each important department. You are unable to pay the invoice within 15 "
    "days of delivery.\n"
    "The customer's finance director never approves discounts above 12 percent, even in December."
)


def passage(text: str, edits: tuple[Edit, ...] = ()) -> Passage:
    return Passage(id="p", document_id="d", heading="", text=text, start=50, end=50 + len(text), edits=edits)


def found(quote: str, text: str = TEXT) -> str:
    located = locate(quote, passage(text))
    return text[located.start : located.end] if isinstance(located, Located) else located.value


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        ("破冰项目的理想特征是金额小、操作复杂", "破冰项目的理想特征是金额小、操作复杂"),
        ("破冰項目的理想特徵是金額小\uff0c操作複雜", "破冰项目的理想特征是金额小、操作复杂"),
        ("\u201c破冰项目的理想特征是金额小、操作复杂\u201d", "破冰项目的理想特征是金额小、操作复杂"),
        ("\u300cＡ级客户是年销售额在８００万元以上的客户\u300d", "A级客户是年销售额在800万元以上的客户。"),
        ("…破冰项目的理想特征是金额小……", "破冰项目的理想特征是金额小"),
        (
            "THREE LIVE  relationships\nin each important department",
            "at least three live relationships in each important department.",
        ),
        (
            "The customers finance director never aproves discounts",
            "The customer's finance director never approves discounts",
        ),
        ("破冰项目的理想特徴是金额小、操作复杂", "破冰项目的理想特征是金额小、操作复杂"),
        (
            "Hold at least three live relationships in\u200b each important department.",
            "Hold at least three live relationships in each important department.",
        ),
    ],
)
def test_what_is_shown_is_the_passages_own(quote: str, span: str) -> None:
    assert found(quote) == span


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        ("建议在投标期间降低价格", "不建议在投标期间降低价格"),
        ("年销售额在300万元", "年销售额在300万元以上"),
        (
            "live relationships in each important department",
            "at least three live relationships in each important department.",
        ),
        ("nable to pay the invoice within 15 days of del", "unable to pay the invoice within 15 days of delivery."),
        ("大客户经理每季度复核客户分级", "大客户经理每季度复核客户分级。"),
        ("approves discounts above 12 percent", "never approves discounts above 12 percent"),
    ],
)
def test_a_cut_does_not_hide_what_turns_the_meaning(quote: str, span: str) -> None:
    assert found(quote) == span


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("金额小、操作复", Reason.QUOTE_SHORT),
        ("three live relationships in", Reason.QUOTE_SHORT),
        ("", Reason.QUOTE_SHORT),
        ("\u2026\u2026", Reason.QUOTE_SHORT),
        (TEXT, Reason.QUOTE_LONG),
        ("客户" * 110, Reason.QUOTE_LONG),
        ("除非客户书面确认了数量。\n\nHold at least three live", Reason.QUOTE_LONG),
        ("破冰项目的理想特征是金额大、操作复杂、对手响应慢", Reason.QUOTE_ALTERED),
        ("A级客户是年销售额在300万元以上的客户", Reason.QUOTE_ALTERED),
        ("A级客户是年销售额在800万美元以上的客户", Reason.QUOTE_ALTERED),
        ("A级客户是年销售额在800万元以下的客户", Reason.QUOTE_ALTERED),
        ("因为对手会为小项目调来重兵", Reason.QUOTE_ALTERED),
        ("pay the invoice within 5 days of delivery", Reason.QUOTE_ALTERED),
        ("able to pay the invoice within 15 days of delivery", Reason.QUOTE_ALTERED),
        ("The customer's purchasing director never approves discounts above 12 percent", Reason.QUOTE_ALTERED),
        ("The customer's finance director never approves discounts below 12 percent", Reason.QUOTE_ALTERED),
        ("The customer's finance director approves discounts above 12 percent", Reason.QUOTE_ALTERED),
        ("The customer's finance director \u2026 even in December", Reason.QUOTE_SPLICED),
        ("Hold at least three live relationships [...] within 15 days of delivery", Reason.QUOTE_SPLICED),
        ("破冰项目的理想特征是金额小。B级客户是年销售额在300万元以上的客户", Reason.QUOTE_SPLICED),
        ("Hold at least three live relationships above 12 percent, even in December", Reason.QUOTE_SPLICED),
        ("客户经理每周要拜访三次客户", Reason.QUOTE_NOT_FOUND),
        ("Meet the board of the customer twice a year in person", Reason.QUOTE_NOT_FOUND),
    ],
)
def test_what_is_not_the_passages_own_words_has_its_reason(quote: str, reason: Reason) -> None:
    assert found(quote) == reason


def test_dots_that_stand_in_the_passage_are_no_splice() -> None:
    text = "The offer covers networks, servers ... and monitoring of every site."
    assert found("The offer covers networks, servers ... and monitoring", text) == text[:53]


def test_of_two_places_the_first_is_taken() -> None:
    text = "Close the oldest complaint first. Then rest. Close the oldest complaint first."
    located = locate("Close the oldest complaint first", passage(text))
    assert located == Located(0, 33)


def test_a_repaired_passage_shows_its_original_characters() -> None:
    text = "Offer the quiet account one fix. Call 010-62258232 to reach the quiet account hotline."
    repaired = passage(text, (Edit(38, 51),))
    located = locate("Call to reach the quiet account hotline", repaired)
    assert isinstance(located, Located)
    assert text[located.start : located.end] == "Call 010-62258232 to reach the quiet account hotline."


def test_neither_nothing_nor_an_empty_passage_is_found() -> None:
    assert locate("Close the oldest complaint first", passage("")) == Reason.QUOTE_NOT_FOUND


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_every_stretch_that_is_long_enough_is_found_and_holds_the_quote(first: int, second: int) -> None:
    start, end = sorted((first, second))
    located = locate(TEXT[start:end], passage(TEXT))
    if isinstance(located, Located):
        assert folded(TEXT[start:end]).text in folded(TEXT[located.start : located.end]).text
    else:
        cut = (Reason.QUOTE_ALTERED, Reason.QUOTE_NOT_FOUND)  # a number or an "un-" was cut
        assert located in (Reason.QUOTE_SHORT, Reason.QUOTE_LONG, *cut)


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("3456789"))
def test_another_digit_is_never_taken_for_the_passages(at: int, digit: str) -> None:
    if not TEXT[at].isdigit() or TEXT[at] == digit:
        return
    line = TEXT[TEXT.rfind("\n", 0, at) + 1 : TEXT.find("\n", at) if TEXT.find("\n", at) > 0 else len(TEXT)]
    altered = line.replace(TEXT[at], digit)
    assert not isinstance(locate(altered, passage(TEXT)), Located)


def test_a_window_is_no_longer_than_what_it_resembles() -> None:
    there = tokens(folded("red green blue. " * 30 + "the oldest complaint of each key account. " + "red green " * 30))
    window = closest(tokens(folded("the oldest complaints of each key account")), there)
    assert window is not None
    assert window.similarity > 0.95
    assert window.end - window.start == len("the oldest complaint of each key account")


def test_two_stretches_of_a_passage_are_told_from_one() -> None:
    there = tokens(folded("one two three four five six seven eight nine ten eleven twelve"))
    assert glued(tokens(folded("one two three four nine ten eleven twelve")), there, 4)
    assert not glued(tokens(folded("one two three four alpha beta gamma delta")), there, 4)
