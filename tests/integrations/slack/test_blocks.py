"""Answers as Block Kit: whole claims, Slack's limits, and nothing that a passage could forge."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answer, Citation, Claim, ClaimKind, Note, NoteKind, Outcome
from integrations.slack import blocks

TEXTS = st.sampled_from(
    [
        "先查旧账，再谈新单。",
        "鐵三角由三個角色組成；每個角色都對客戶負責！",
        "Offer one fix for a fault it complains about (our convention).",
        "<!channel> <@U123> <https://evil.example|click> @here &amp; *bold* _it_ `code` ~no~ ```fence```",
        "![image](https://evil.example/x.png) [link](https://evil.example) http://evil.example/?q=1",
        "🙂🙃 混合 mixed 文字 with KAM 30% and 1,200 元。",
        "x" * 2_000,
        "长" * 1_200,
        "line one\nline two",
    ]
)
CITATIONS = st.builds(
    Citation,
    passage_id=st.sampled_from([f"p{n}" for n in range(40)]),
    document_id=st.just("d"),
    title=TEXTS,
    source=TEXTS,
    heading=TEXTS,
    page=st.sampled_from([None, "3", "<!here>"]),
    quote=TEXTS,
    start=st.just(0),
    end=st.just(5),
)
CLAIMS = st.builds(
    lambda text, kind, cited, account: Claim(text, kind, tuple(cited), text, account),
    TEXTS,
    st.sampled_from(ClaimKind),
    st.lists(CITATIONS, min_size=1, max_size=3),
    st.sampled_from([None, "Aurora <!channel>"]),
)


def lists(most: int) -> st.SearchStrategy[tuple[Claim, ...]]:
    return st.lists(CLAIMS, max_size=most).map(tuple)


ANSWERS = st.builds(
    Answer,
    id=st.just("a1"),
    question=TEXTS,
    outcome=st.sampled_from(Outcome),
    language=st.sampled_from(["en", "zh-Hans", "zh-Hant"]),
    claims=lists(30),
    next_steps=lists(4),
    questions=lists(4),
    notes=st.lists(st.builds(Note, st.sampled_from(NoteKind), TEXTS, st.tuples(CITATIONS)), max_size=2).map(tuple),
    nearest=lists(3),
)


def strings(value: Any) -> Iterator[dict[str, Any]]:
    """Every object that shows text, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


@settings(max_examples=40)
@given(ANSWERS)
def test_every_message_keeps_slacks_limits(answer: Answer) -> None:
    for message in blocks.messages(answer, shareable=True):
        assert 0 < len(message) <= 50
        assert sum(len(each["text"]) for each in strings(message)) <= 12_000
        for block in message:
            if block["type"] == "section":
                assert len(block["text"]["text"]) <= 3_000
            for each in block.get("elements", []):
                assert each["type"] != "button" or len(each["value"]) <= 2_000


@settings(max_examples=40)
@given(ANSWERS)
def test_every_claim_is_shown_once_whole_and_in_order(answer: Answer) -> None:
    shown = [each["text"] for message in blocks.messages(answer) for each in strings(message)]
    kinds = list(dict.fromkeys(claim.kind for claim in answer.claims))
    claims = [claim for kind in kinds for claim in answer.claims if claim.kind is kind]
    at = 0
    for claim in claims:
        at = next(index for index in range(at, len(shown)) if shown[index].endswith(claim.plain)) + 1


@settings(max_examples=40)
@given(ANSWERS)
def test_no_text_is_ever_read_as_markup(answer: Answer) -> None:
    for message in blocks.messages(answer, shareable=True):
        assert all(each["type"] in ("text", "plain_text") for each in strings(message))
        sent = json.dumps(message)
        assert '"mrkdwn"' not in sent
        assert '"type": "link"' not in sent
        assert '"type": "user"' not in sent
        assert '"type": "broadcast"' not in sent
        assert '"image_url"' not in sent


@given(TEXTS)
def test_the_notification_text_holds_no_markup_of_slack(text: str) -> None:
    safe = blocks.escaped(text)
    assert "<" not in safe
    assert ">" not in safe
    assert "://" not in safe


def test_a_citation_has_one_number_wherever_it_is_cited() -> None:
    citation = Citation("p", "d", "T", "s.md", "H", None, "q", 0, 1)
    other = Citation("p2", "d", "T2", "s2.md", "H", "4", "q", 0, 1)
    claims = tuple(
        Claim(text, ClaimKind.RULE, (cited,), text) for text, cited in (("a", other), ("b", citation), ("c", other))
    )
    (message,) = blocks.messages(Answer("a", "q", Outcome.ANSWERED, "en", claims))
    shown = [each["text"].strip() for each in strings(message)]
    assert [mark for mark in shown if mark in ("[1]", "[2]")] == ["[1]", "[2]", "[1]"]
    assert "[1] T2 › H › p. 4" in shown


def test_a_declined_answer_says_what_was_searched_and_who_owns_the_gap() -> None:
    (message,) = blocks.messages(Answer("a", "q", Outcome.DECLINED, "zh-Hant"))
    shown = " ".join(each["text"] for each in strings(message))
    assert "沒有能回答" in shown
    assert "已檢索" in shown
    assert "負責人" in shown


def test_a_declined_answer_names_the_owners_of_the_nearest_documents() -> None:
    owners = ("Ingrid (playbooks)", "\u738b\u6559\u7ec3")
    (message,) = blocks.messages(Answer("a", "q", Outcome.DECLINED, "en", owners=owners))
    assert any("Ingrid (playbooks), \u738b\u6559\u7ec3" in each["text"] for each in strings(message))


def test_a_source_with_a_link_offers_to_open_the_document() -> None:
    citation = Citation("p", "d", "T", "s.md", "H", None, "q", 0, 1, "https://wiki.example/playbook")
    answer = Answer("a", "q", Outcome.ANSWERED, "en", (Claim("q", ClaimKind.RULE, (citation,), "q"),))
    (message,) = blocks.messages(answer)
    links = [
        each
        for block in message
        for section in block.get("elements", ())
        for each in section.get("elements", ())
        if each["type"] == "link"
    ]
    assert links == [{"type": "link", "url": "https://wiki.example/playbook", "text": "Open the document"}]


@settings(max_examples=20)
@given(ANSWERS)
def test_messages_below_a_heading_keep_slacks_limits_too(answer: Answer) -> None:
    messages = blocks.messages(answer)
    headed = blocks.headed(blocks.plain("There is more")[0], messages)
    assert all(len(each) <= 50 for each in headed)
    assert sum(map(len, headed)) == sum(map(len, messages)) + 1
