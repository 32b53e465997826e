"""Which stretches of a passage may be quoted."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sentences import Sentence, adjoins, items, joined, quotable
from integrations.bootstrap import catalogue, library
from integrations.settings import SAMPLES, Settings
from knowledge.documents import Entry, Hit, Passage
from knowledge.mapping import Edit

ENTRY = Entry(id="d", title="T", source="t.md", language="en", version="v")


def hit(text: str, edits: tuple[Edit, ...] = (), contents: bool = False) -> Hit:
    passage = Passage(
        id="p", document_id="d", heading="H", text=text, start=50, end=50 + len(text), edits=edits, contents=contents
    )
    return Hit(passage, ENTRY, 1.0)


def quotes(text: str) -> list[str]:
    return [each.quote for each in quotable(hit(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "先查旧账；再谈新单的事情。客户为什么沉默？我们先听客户怎么说！",
            ["再谈新单的事情。", "我们先听客户怎么说！"],
        ),
        (
            "Keep a count of strategic bids; review it each year.",
            ["Keep a count of strategic bids; review it each year."],
        ),
        ("- List every contact at the account.", ["List every contact at the account."]),
        ("2. Close the oldest complaint this week.", ["Close the oldest complaint this week."]),
        ("> Close the oldest complaint this week.", ["Close the oldest complaint this week."]),
        ("| name | role | owner of the account |", []),
        ("Too short.", []),
        ("How do we know that?", []),
        ("怎么发展客户教练，怎么分析竞争对手，等等。", []),
        ("Call our office at 010-62258232 on any day.", []),
        ("Write to ann@example.com about the whole plan.", []),
        ("這項產?;品牌計畫已經沒有人可以看得懂了。", []),
    ],
)
def test_what_states_something_whole_may_be_quoted_and_nothing_else(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


def test_a_list_is_quoted_with_the_sentence_that_announces_it() -> None:
    text = (
        "The pair has two roles:\n- the account manager\n- the solution manager\n\nThe pair meets each week on Monday."
    )
    assert quotes(text) == [
        "The pair has two roles:\n- the account manager\n- the solution manager",
        "The pair meets each week on Monday.",
    ]


def test_a_table_of_contents_is_never_quoted_as_an_answer_but_can_be_shown() -> None:
    listing = hit("Chapter one of the whole book\nChapter two of the whole book", contents=True)
    assert list(quotable(listing)) == []
    assert len(list(items(listing))) == 2


def test_the_plain_copy_is_repaired_and_the_quote_is_not() -> None:
    text = "大客戶(hù)的需求更複雜也更長遠。"
    (sentence,) = quotable(hit(text, (Edit(3, 7),)))
    assert sentence.quote == text
    assert sentence.plain == "大客戶的需求更複雜也更長遠。"


@given(st.text(alphabet="客户A b.。？！；:\n-1「」", max_size=80))
def test_every_quote_is_the_passages_own_characters_at_its_offsets(text: str) -> None:
    for sentence in items(hit(text)):
        citation = sentence.citation()
        assert citation.quote == text[citation.start - 50 : citation.end - 50] != ""


def test_sentences_that_stand_side_by_side_are_joined_as_the_source_has_them() -> None:
    text = "The pair meets each week on Monday. The pair writes down what it decides."
    first, second = quotable(hit(text))
    assert adjoins(first, second)
    assert not adjoins(second, first)
    whole = joined(first, second)
    assert (whole.quote, whole.plain) == (text, text)
    assert (whole.citation().start, whole.citation().end) == (50, 50 + len(text))


def test_the_items_of_a_list_are_joined_with_their_marks() -> None:
    first, second = quotable(hit("- List every contact at the account.\n- Close the oldest complaint this week."))
    assert adjoins(first, second)
    assert joined(first, second).quote == "List every contact at the account.\n- Close the oldest complaint this week."


@pytest.mark.parametrize("between", ["Who says so?", "## The next part", "Too short."])
def test_sentences_with_something_else_between_them_are_not_joined(between: str) -> None:
    first, second = quotable(
        hit(f"The pair meets each week on Monday.\n{between}\nThe pair writes down what it decides.")
    )
    assert not adjoins(first, second)


@given(
    st.lists(
        st.sampled_from(["先查旧账再谈新单。", "Close the oldest complaint now.", "要问谁？", "\n", " "]), max_size=8
    )
)
def test_joining_never_changes_the_sources_characters(parts: list[str]) -> None:
    text = "".join(parts)
    found = list(quotable(hit(text)))
    for first, second in zip(found, found[1:], strict=False):
        if adjoins(first, second):
            whole = joined(first, second)
            assert whole.quote == text[whole.start : whole.end]
            assert whole.bag.split() == [*first.bag.split(), *second.bag.split()]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "The pair has two roles:\n- the account manager\n- the solution manager",
            "The pair has two roles: the account manager; the solution manager",
        ),
        (
            "狼狈组合有两个成员：\n1. 客户经理\n2. 产品经理",
            "狼狈组合有两个成员：客户经理；产品经理",
        ),
        (
            "狼狈組合有兩個成員：\n\u2022客戶經理\n\u2022產品經理",
            "狼狈組合有兩個成員：客戶經理；產品經理",
        ),
        ("> - Close the oldest complaint this week.", "Close the oldest complaint this week."),
        ("- -5% is what the account plan allows us.", "-5% is what the account plan allows us."),
        (">50% of sales come from the top five accounts.", ">50% of sales come from the top five accounts."),
        ("**Close** the oldest complaint this very week.", "**Close** the oldest complaint this very week."),
    ],
)
def test_a_list_is_read_as_prose_and_what_is_no_mark_of_a_list_stays(text: str, plain: str) -> None:
    (sentence,) = quotable(hit(text))
    assert sentence.plain == plain
    assert sentence.quote in text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "- Visit the plant each quarter\n- Close the oldest complaint now",
            "Visit the plant each quarter; Close the oldest complaint now",
        ),
        (
            "- Visit the plant each quarter.\n- Close the oldest complaint now.",
            "Visit the plant each quarter. Close the oldest complaint now.",
        ),
        (
            "- Visit the plant each quarter\n\nClose the oldest complaint now.",
            "Visit the plant each quarter. Close the oldest complaint now.",
        ),
        (
            "- 先查清客户沉默的原因\n- 再谈新单的事情",
            "先查清客户沉默的原因；再谈新单的事情",
        ),
        (
            "- 先查清客户沉默的原因。\n- 再谈新单的事情。",
            "先查清客户沉默的原因。再谈新单的事情。",
        ),
    ],
)
def test_items_that_are_joined_are_set_apart_by_punctuation(text: str, plain: str) -> None:
    first, second = quotable(hit(text))
    whole = joined(first, second)
    assert whole.plain == plain
    assert whole.quote == text.removeprefix("- ")


_MARKED = re.compile(r"(?:^|\n)\s*(?:[-*+\u2022>]\s|\d{1,2}[.)]\s|#)|\n|[.。;；]\s*[-*\u2022>]\s")


def told(of: Hit) -> Iterator[Sentence]:
    """Every quotable sentence of a passage, and each two that may be joined."""
    found = list(quotable(of))
    yield from found
    yield from (joined(first, second) for first, second in pairwise(found) if adjoins(first, second))


def test_nothing_of_the_starter_library_is_read_with_the_marks_of_a_list(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    library(settings).ingest([SAMPLES])
    kept = catalogue(settings)
    documents = [entry.id for entry in kept.unguarded().entries()]
    sentences = [each for entry, passage in kept.indexable(documents) for each in told(Hit(passage, entry, 1.0))]
    assert len(sentences) > 1000
    assert [each.plain for each in sentences if _MARKED.search(each.plain)] == []
    assert all(each.quote == each.citation().quote for each in sentences)


_LINES = [
    "- ",
    "* ",
    "1. ",
    "\u2022",
    "> ",
    "\n",
    "\n\n",
    "Close the oldest complaint now",
    ".",
    "先查旧账再谈新单",
    "。",
    ":",
]


@given(st.lists(st.sampled_from(_LINES), max_size=12))
def test_what_people_read_is_one_line_and_the_quote_the_sources_own(parts: Sequence[str]) -> None:
    text = "".join(parts)
    for each in told(hit(text)):
        assert "\n" not in each.plain
        assert not re.match(r"[-*\u2022>]\s", each.plain)
        assert each.quote == text[each.start : each.end]
