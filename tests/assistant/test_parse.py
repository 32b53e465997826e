"""Drafts as models write them, read as they stream."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafted import Block, Quoted
from assistant.parse import Draft

PLAIN = """STATUS: answered
[3] "Call before you write."
RULE: Phone first.

[1] "\u6c89\u9ed8\u7684\u5ba2\u6237\u5148\u6253\u7535\u8bdd"
[2] "within 30 days"
PRECEDENT: Aurora called within 30 days.

ADVICE: Ask who owns the budget.
"""
BLOCKS = [
    Block("RULE", "Phone first.", (Quoted(3, "Call before you write."),)),
    Block(
        "PRECEDENT",
        "Aurora called within 30 days.",
        (Quoted(1, "\u6c89\u9ed8\u7684\u5ba2\u6237\u5148\u6253\u7535\u8bdd"), Quoted(2, "within 30 days")),
    ),
    Block("ADVICE", "Ask who owns the budget."),
]


def read(text: str) -> tuple[Draft, list[Block]]:
    draft = Draft()
    return draft, [*draft.feed(text), *draft.end()]


def test_a_draft_in_the_agreed_form_gives_its_blocks() -> None:
    draft, blocks = read(PLAIN)
    assert (draft.status, blocks, draft.stray) == ("answered", BLOCKS, [])


@given(st.lists(st.integers(1, len(PLAIN) - 1), max_size=40))
def test_where_the_stream_is_cut_into_chunks_changes_nothing(cuts: list[int]) -> None:
    draft, blocks, at = Draft(), [], 0
    for cut in sorted({*cuts, len(PLAIN)}):
        blocks += draft.feed(PLAIN[at:cut])
        at = cut
    assert blocks + draft.end() == BLOCKS


def test_a_block_is_handed_on_with_its_empty_line_and_not_before() -> None:
    draft = Draft()
    assert draft.feed('STATUS: answered\n[3] "Call before you write."\nRULE: Phone first.') == []
    assert draft.feed("\n") == []
    assert draft.feed("\n") == BLOCKS[:1]


def test_a_block_that_breaks_off_is_not_a_block() -> None:
    draft = Draft()
    assert draft.feed('[3] "Call before you write."\nRULE: Phone fi') == []
    assert draft.cut() == "RULE: Phone fi"


@pytest.mark.parametrize(
    "text",
    [
        '- [3] "Call before you write."\n- **RULE:** Phone first.\n',
        '[3] "Call before you write."\n**RULE**: Phone first.\n',
        "\u30103\u3011\u201cCall before you write.\u201d\nRule\uff1aPhone first.\n",
        "\uff3b3\uff3d \u300cCall before you write.\u300d\n\u89c4\u5219\uff1aPhone first.\n",
        '[[3]] "Call before you write."\nRULE: Phone first.\n',
        '[^3]: "Call before you write."\n\nRULE: Phone first.\n',
        '[\u6765\u6e903] "Call before you write."\n1. RULE: Phone first.\n',
        '```text\n[3] "Call before you write."\nRULE: Phone first.\n```\n',
        '<think>RULE: a thought\n\nnot a draft</think>\n[3] "Call before you write."\nRULE: Phone first.\n',
        'STATUS: answered\r\n[3] "Call before you write."\r\nRULE: Phone first.\r\n\r\n',
        '[3] "Call before you write.".\nRULE: Phone\nfirst.\n',
        '[3] "Call before you write."\nRULE:\nPhone first.',
    ],
)
def test_what_models_do_to_the_form_is_forgiven(text: str) -> None:
    assert read(text)[1] == BLOCKS[:1]


def test_a_quote_may_go_on_over_lines() -> None:
    (block,) = read('[3] "Call before\nyou write."\nRULE: Phone first.\n')[1]
    assert block.quotes == (Quoted(3, "Call before\nyou write."),)


def test_a_quote_without_a_closing_mark_ends_where_the_statement_begins() -> None:
    (block,) = read('[3] "Call before you write.\nRULE: Phone first.\n')[1]
    assert block.quotes == (Quoted(3, "Call before you write."),)


def test_one_quote_of_two_passages_is_looked_for_in_both() -> None:
    (block,) = read('[3, 4] "Call before you write."\nRULE: Phone first.\n')[1]
    assert [each.number for each in block.quotes] == [3, 4]


@pytest.mark.parametrize(("written", "number"), [("0", 0), ("-2", -2), ("1.5", -1), ("99999999999", -1)])
def test_a_number_that_is_none_is_kept_as_one_that_nobody_gave_out(written: str, number: int) -> None:
    (block,) = read(f'[{written}] "Call before you write."\nRULE: Phone first.\n')[1]
    assert block.quotes[0].number == number


def test_two_statements_without_an_empty_line_are_two_blocks() -> None:
    blocks = read(
        '[3] "Call before you write."\nRULE: Phone first.\nFACT: They never answer.\n[4] "more words"\nFACT: x'
    )[1]
    assert [(each.kind, len(each.quotes)) for each in blocks] == [("RULE", 1), ("FACT", 0), ("FACT", 1)]


def test_chatter_around_a_draft_is_set_aside() -> None:
    draft, blocks = read('Sure, here it is.\n\n[3] "Call before you write."\nRULE: Phone first.\n\nHope this helps!\n')
    assert blocks == BLOCKS[:1]
    assert draft.stray == ["Sure, here it is.", "Hope this helps!"]


def test_json_is_no_draft() -> None:
    draft, blocks = read('{"status": "answered", "claims": [{"text": "x"}]}')
    assert (blocks, draft.status, len(draft.stray)) == ([], None, 1)


@given(st.text(alphabet='[]"\u3010\u30113 RULE:FACT\n<think>/STATUS answered', max_size=300))
def test_no_text_makes_it_fail_and_no_block_has_an_unknown_label(text: str) -> None:
    assert all(each.kind in ("RULE", "FACT", "PRECEDENT", "ADVICE") for each in read(text)[1])
