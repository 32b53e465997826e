"""Each fault of the fake OpenAI server does what its name says: what the clients make of it."""

import json
import time
from typing import Any, NamedTuple

import openai
import pytest

from tests.fakes.openai_server import FAULTS, Reply, Server
from tests.fakes.openai_server.asking import chat_model
from tests.fakes.openai_server.faults import ANYWHERE, CHATTING, NOT_STREAMED, STREAMED

TEXT = "客户流失率是12%，老客户😀更贵。\nChurn costs five times more; 好的。"
QUESTION: Any = {"model": "fake-chat", "messages": [{"role": "user", "content": "hi"}]}
OPTIONS: Any = {"stream": True, "stream_options": {"include_usage": True}}


class Seen(NamedTuple):
    """What a client had in the end. `…` is the whole text, `half` a beginning of it."""

    text: str = "…"
    finish: str | None = "stop"
    error: str = ""


WHOLE, NOTHING = Seen(), Seen("", None)
HALF = Seen("half", None)


def error(name: str, text: str = "") -> Seen:
    return Seen(text, None, name)


BOTH = {
    "rate_limited": error("RateLimitError"),
    "rate_limited_for_1_s": error("RateLimitError"),
    "rate_limited_for_90_s": error("RateLimitError"),
    "rate_limited_for_121_s": error("RateLimitError"),
    "rate_limited_for_20_ms": error("RateLimitError"),
    "rate_limited_until_a_date": error("RateLimitError"),
    "rate_limited_for_nonsense": error("RateLimitError"),
    "not_to_be_retried": error("RateLimitError"),
    "insufficient_quota": error("RateLimitError"),
    "insufficient_balance": error("APIStatusError"),
    "request_timeout": error("APIStatusError"),
    "conflict": error("ConflictError"),
    "server_error": error("InternalServerError"),
    "bad_gateway": error("InternalServerError"),
    "unavailable": error("InternalServerError"),
    "gateway_timeout": error("InternalServerError"),
    "overloaded": error("InternalServerError"),
    "unauthorized": error("AuthenticationError"),
    "forbidden": error("PermissionDeniedError"),
    "model_not_found": error("NotFoundError"),
    "unprocessable": error("UnprocessableEntityError"),
    "unknown_parameter": error("BadRequestError"),
    "context_length_exceeded": error("BadRequestError"),
    "content_policy": error("BadRequestError"),
    "html_not_found": error("NotFoundError"),
    "html_too_large": error("APIStatusError"),
    "html_bad_gateway": error("InternalServerError"),
    "empty_server_error": error("InternalServerError"),
    "plain_text_error": error("InternalServerError"),
    "redirect": WHOLE,
    "redirect_as_get": error("APIStatusError"),
    "redirect_to_nowhere": error("APIConnectionError"),
    "reset_before_headers": error("APIConnectionError"),
    "closed_before_headers": error("APIConnectionError"),
    "never_answers": error("APITimeoutError"),
    "silent_after_headers": error("APITimeoutError"),
    "slow_first_byte": error("APITimeoutError"),
    "slow_drip": WHOLE,
    "wrong_content_type": WHOLE,
    "gzipped": WHOLE,
    "gzip_in_name_only": error("APIConnectionError"),
    "byte_order_mark": WHOLE,
    "broken_utf8": error("UnicodeDecodeError"),
    "cut_at_length": Seen("half", "length"),
    "filtered": Seen("half", "content_filter"),
    "filtered_from_the_start": Seen("", "content_filter"),
    "out_of_resources": Seen("half", "insufficient_system_resource"),
    "refusal": Seen(""),
    "tool_calls_unasked": Seen("", "tool_calls"),
    "null_content": Seen(""),
    "empty_content": Seen(""),
    "only_reasoning": Seen(""),
    "think_block": Seen("<think>\nFirst I read the passages.\n</think>\n\n…"),
    "unclosed_think_block": Seen("<think>\n…"),
    "fenced": Seen("```\n…\n```"),
    "line_separators": Seen(f"{TEXT[: len(TEXT) // 2]}\u2028\u2029\x85\x0b{TEXT[len(TEXT) // 2 :]}"),
    "lone_surrogate": Seen("…\ud83d"),
    "huge": Seen("…" * (2_000_000 // len(TEXT) + 1)),
    "without_finish_reason": Seen("…", None),
    "two_choices": WHOLE,
    "without_usage": WHOLE,
}

IN_STREAMS = {
    # The client says nothing of these: an empty stream is all there is to see.
    "html_page": NOTHING,
    "empty_body": NOTHING,
    "broken_json": NOTHING,
    "null_body": NOTHING,
    "array_body": NOTHING,
    "error_in_ok": NOTHING,
    "no_choices": NOTHING,
    "null_choices": NOTHING,
    "other_way": NOTHING,
    "reset_mid_reply": error("APIConnectionError", "half"),
    "closed_mid_reply": error("APIConnectionError", "half"),
    "stall_mid_reply": error("APITimeoutError", "half"),
    "silent_end": HALF,
    "done_at_half": HALF,
    "end_inside_an_event": HALF,
    "last_line_unterminated": WHOLE,
    "without_done": WHOLE,
    "broken_chunk": error("APIConnectionError", "half"),
    "broken_event": error("JSONDecodeError", "half"),
    "null_event": error("AttributeError", "half"),
    "error_event": error("APIError", "half"),
    "named_error_event": error("APIError", "half"),
    "chunk_without_delta": error("AttributeError", "half"),
    "null_delta": error("AttributeError", "half"),
    "chunk_without_choices": WHOLE,
    "chunk_without_a_choices_field": WHOLE,
    "text_after_finish": Seen("…late"),
    "events_after_done": WHOLE,
    "repeated_roles": WHOLE,
    "usage_everywhere": WHOLE,
    "keep_alive_comments": WHOLE,
    "crlf_lines": WHOLE,
    "cr_lines": WHOLE,
    "no_space_after_data": WHOLE,
    "many_data_lines": WHOLE,
    "other_sse_fields": WHOLE,
    "escaped_text": WHOLE,
}

IN_BODIES = {
    "html_page": error("AttributeError"),
    "empty_body": error("JSONDecodeError"),
    "broken_json": error("JSONDecodeError"),
    "null_body": error("AttributeError"),
    "array_body": error("AttributeError"),
    "error_in_ok": error("TypeError"),
    "no_choices": error("IndexError"),
    "null_choices": error("TypeError"),
    "other_way": error("AttributeError"),
    "reset_mid_reply": error("APIConnectionError"),
    "closed_mid_reply": error("APIConnectionError"),
    "stall_mid_reply": error("APITimeoutError"),
    "after_blank_lines": WHOLE,
}


def normal(text: str) -> str:
    short = text.replace(TEXT, "…")
    return "half" if text and text != TEXT and TEXT.startswith(text) else short


def impatient(client: openai.OpenAI, expected: Seen) -> openai.OpenAI:
    return client.with_options(timeout=0.15) if expected.error == "APITimeoutError" else client


def in_stream(client: openai.OpenAI) -> Seen:
    text, finish = "", None
    try:
        for chunk in client.chat.completions.create(**QUESTION, **OPTIONS):
            if chunk.choices and chunk.choices[0].index == 0:
                text += chunk.choices[0].delta.content or ""
                finish = chunk.choices[0].finish_reason or finish
    except Exception as failed:
        return Seen(normal(text), finish, type(failed).__name__)
    return Seen(normal(text), finish)


def in_body(client: openai.OpenAI) -> Seen:
    try:
        choice = client.chat.completions.create(**QUESTION).choices[0]
    except Exception as failed:
        return Seen("", None, type(failed).__name__)
    return Seen(normal(choice.message.content or ""), choice.finish_reason)


@pytest.mark.parametrize("fault", BOTH | IN_STREAMS)
def test_each_fault_is_seen_in_a_stream(server: Server, client: openai.OpenAI, fault: str) -> None:
    expected = (BOTH | IN_STREAMS)[fault]
    server.reply(Reply(TEXT, fault=fault, chunks=12), TEXT)
    assert in_stream(impatient(client, expected)) == expected
    assert server.requests[0].fault == fault


@pytest.mark.parametrize("fault", BOTH | IN_BODIES)
def test_each_fault_is_seen_in_a_body(server: Server, client: openai.OpenAI, fault: str) -> None:
    expected = (BOTH | IN_BODIES)[fault]
    server.reply(Reply(TEXT, fault=fault), TEXT)
    assert in_body(impatient(client, expected)) == expected


def test_no_fault_is_without_a_test() -> None:
    shared = (ANYWHERE | CHATTING).keys()
    assert (BOTH | IN_STREAMS).keys() == (shared | STREAMED.keys()) - {"endless"}
    assert (BOTH | IN_BODIES).keys() == shared | NOT_STREAMED.keys()
    assert len(FAULTS) >= 100


def test_an_endless_reply_has_no_end(server: Server, client: openai.OpenAI) -> None:
    server.reply(Reply(TEXT, fault="endless", chunks=1000))
    with client.chat.completions.create(**QUESTION, stream=True) as stream:
        came = [next(stream).choices[0].delta.content for _ in range(50)]
    assert came == [TEXT] * 50


def test_a_slow_drip_takes_its_time(server: Server, client: openai.OpenAI) -> None:
    server.reply(Reply("abc", fault="slow_drip", chunks=1))
    started = time.monotonic()
    assert len(list(client.chat.completions.create(**QUESTION, stream=True))) == 5
    assert time.monotonic() - started > 0.4


# Misuse, and LangChain


@pytest.mark.parametrize("fault", ["crlf_lines", "shuffled_vectors"])
def test_a_fault_that_cannot_befall_the_request_is_a_complaint(
    served: Server, client: openai.OpenAI, fault: str
) -> None:
    served.reset()
    served.reply(Reply(TEXT, fault=fault))
    with pytest.raises(openai.InternalServerError, match="does nothing to"):
        client.chat.completions.create(**QUESTION)
    assert "not streamed" in served.complaints.pop()


def test_an_unknown_fault_cannot_be_asked_for(server: Server) -> None:
    for ask in (server.reply, lambda reply: server.fail(reply.fault)):
        with pytest.raises(KeyError, match="no such fault"):
            ask(Reply(TEXT, fault="rate_limitd"))


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        ("rate_limited", openai.RateLimitError),
        ("reset_mid_reply", openai.APIConnectionError),
        ("stall_mid_reply", openai.APITimeoutError),
        ("error_event", openai.APIError),
        ("html_page", ValueError),
        ("empty_body", ValueError),
        ("broken_event", json.JSONDecodeError),
        ("null_event", AttributeError),
    ],
)
def test_langchain_raises(server: Server, fault: str, raised: type[Exception]) -> None:
    server.reply(Reply(TEXT, fault=fault))
    model = chat_model(server, timeout=0.2)
    with pytest.raises(raised):
        list(model.stream("hi"))


@pytest.mark.parametrize("fault", ["silent_end", "done_at_half", "end_inside_an_event", "without_finish_reason"])
def test_langchain_takes_a_cut_reply_for_a_whole_one_without_a_finish_reason(server: Server, fault: str) -> None:
    server.reply(Reply(TEXT, fault=fault))
    chunks = list(chat_model(server).stream("hi"))
    assert TEXT.startswith("".join(str(chunk.content) for chunk in chunks))
    assert not any("finish_reason" in chunk.response_metadata for chunk in chunks)
