"""Which stretches of a passage may be quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sentences import adjoins, items, joined, quotable
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
