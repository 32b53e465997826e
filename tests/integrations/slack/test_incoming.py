"""What Slack sends, read as somebody asking."""

import pytest

from integrations.slack.incoming import asks, bare, of_message


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<@U1> what is a tier?", "what is a tier?"),
        ("see <https://a.example/x|the page> and <#C1|sales>", "see the page and sales"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("  大客户\n怎么分级？ ", "大客户 怎么分级？"),
        ("<@U1>", ""),
    ],
)
def test_text_is_read_as_its_writer_saw_it(text: str, read: str) -> None:
    assert bare(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "What about the second stage",
        "and why is that?",
        "怎么分级",
        "这样行吗",
        "那第二步呢",
        "鐵三角由誰組成",
        "触发条件是多少？",
        "Tell me more about tiers",
        "is there a rule for that",
    ],
)
def test_a_question_needs_no_question_mark(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["Thanks, that helps.", "好的，谢谢", "收到", "I will call them tomorrow.", "👍"])
def test_what_asks_nothing_is_no_question(text: str) -> None:
    assert not asks(text)


def test_a_question_to_somebody_else_is_not_for_us() -> None:
    assert not asks("<@U7> what do you think?")


@pytest.mark.parametrize(
    "changed",
    [{"subtype": "bot_message"}, {"bot_id": "B1"}, {"user": None}, {"text": ""}, {"subtype": "message_changed"}],
)
def test_what_no_person_said_is_nothing(changed: dict[str, object]) -> None:
    event = {"channel": "D1", "channel_type": "im", "user": "U1", "text": "hello", "ts": "1.1", **changed}
    assert of_message("Ev1", "T1", event) is None


def test_talk_in_a_channel_outside_any_thread_is_nothing() -> None:
    event = {"channel": "C1", "channel_type": "channel", "user": "U1", "text": "what is it?", "ts": "1.1"}
    assert of_message("Ev1", "T1", event) is None


def test_a_message_that_names_the_bot_in_a_groups_direct_messages_is_a_question() -> None:
    event = {"channel": "G1", "channel_type": "mpim", "user": "U1", "text": "<@U0BOT> what is it?", "ts": "1.1"}
    asked = of_message("Ev1", "T1", event, "U0BOT")
    assert asked
    assert asked.surface == "thread"
    assert of_message("Ev1", "T1", event, "U0OTHER") is None
    assert of_message("Ev1", "T1", {**event, "text": "what is it?"}, "U0BOT") is None


@pytest.mark.parametrize(("kind", "surface"), [("im", "direct"), ("channel", "thread"), ("group", "thread")])
def test_only_a_direct_message_has_one_reader(kind: str, surface: str) -> None:
    event = {"channel": "X1", "channel_type": kind, "user": "U1", "text": "what?", "ts": "1.2", "thread_ts": "1.1"}
    asked = of_message("Ev1", "T1", event)
    assert asked
    assert asked.surface == surface
