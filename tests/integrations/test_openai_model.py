"""The chat model's adapter: the real clients, over real sockets, to servers as strict and as faulty as they come."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Failure, ModelFailed
from assistant.ports import Message, Piece, Usage
from integrations import openai_errors
from integrations.openai_model import OpenAIModel
from tests.fakes.openai_server import PROFILES, Reply, Server, running, scripted, tokens
from tests.fakes.openai_server.cutting import at_once, every_byte
from tests.fakes.openai_server.records import Writes

TEXT = (
    "\u5ba2\u6237\u6d41\u5931\u7387\u662f12%\uff0c\u8001\u5ba2\u6237\U0001f600\u66f4\u8d35\u3002\n"
    "Churn\u2028costs five times more."
)
ASKED = [Message("system", "Be brief. \u7b80\u77ed\u3002"), Message("user", "Why do key accounts leave? \U0001f600")]
USAGE = Usage(sum(tokens.count(each.text) for each in ASKED), tokens.count(TEXT))
LIMITS = ("max_tokens", "max_completion_tokens")


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_errors, "PAUSE", 0.02)


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with running("vllm", model=scripted(TEXT)) as server:
        yield server


@pytest.fixture
def server(served: Server) -> Iterator[Server]:
    served.reset()
    yield served
    assert not served.complaints


@pytest.fixture
def model(server: Server) -> OpenAIModel:
    return OpenAIModel("fake-chat", server.key, server.url)


def ask(model: OpenAIModel, seconds: float = 5.0) -> list[Piece]:
    return list(model.stream(ASKED, seconds, 300))


def said(pieces: list[Piece]) -> str:
    return "".join(each.text for each in pieces)


def failure(model: OpenAIModel, seconds: float = 5.0) -> Failure:
    with pytest.raises(ModelFailed) as raised:
        ask(model, seconds)
    return raised.value.failure


# Servers

# The requests that a first question takes: a server that refuses a field is asked again without it.
FIRST = {"openai": 2, "moonshot": 2}


@pytest.mark.parametrize(
    ("profile", "prefix"), [(name, prefix) for name, profile in PROFILES.items() for prefix in profile.prefixes]
)
def test_a_reply_arrives_whole_from_every_server(profile: str, prefix: str) -> None:
    with running(profile, model=scripted(TEXT), prefix=prefix) as server:
        model = OpenAIModel("fake-chat", server.key, server.url.replace("{model}", "fake-chat"))
        for requests in (FIRST.get(profile, 1), 1):
            server.reset()
            pieces = ask(model)
            assert (said(pieces), [each.finish for each in pieces if each.finish]) == (TEXT, ["stop"])
            assert [each.usage for each in pieces if each.usage] == [USAGE]
            assert (len(server.requests), server.last.status, server.complaints) == (requests, 200, [])


@pytest.mark.parametrize(
    ("profile", "limit"),
    [
        ("openai", "max_completion_tokens"),
        ("azure", "max_completion_tokens"),
        ("vllm", "max_tokens"),
        ("ollama", "max_tokens"),
        ("moonshot", "max_tokens"),
    ],
)
def test_a_server_gets_every_field_that_it_takes(profile: str, limit: str) -> None:
    with running(profile) as server:
        ask(OpenAIModel("fake-chat", server.key, server.url))
        fields = {name: value for name, value in server.last.body.items() if name not in ("model", "messages")}
    streamed = {"stream": True, "stream_options": {"include_usage": True}}
    temperature = {"temperature": 0.0} if profile != "moonshot" else {}
    assert fields == {**streamed, **temperature, limit: 300}


def test_a_server_that_takes_neither_name_of_the_limit_gets_none() -> None:
    with running(replace(PROFILES["vllm"], max_tokens="reject", max_completion_tokens="reject")) as server:
        ask(OpenAIModel("fake-chat", server.key, server.url))
        assert [[name for name in LIMITS if name in each.body] for each in server.requests] == [
            ["max_tokens"],
            ["max_completion_tokens"],
            [],
        ]


def test_a_refusal_is_learned_once_by_all_who_ask_at_the_same_time() -> None:
    with running("openai", model=scripted(TEXT)) as server:
        model = OpenAIModel("fake-chat", server.key, server.url)
        with ThreadPoolExecutor(8) as threads:
            assert set(threads.map(lambda _: said(ask(model)), range(8))) == {TEXT}
        server.reset()
        ask(model)
        assert len(server.requests) == 1


@pytest.mark.parametrize("name", ["gpt-5-pro", "gpt-5-codex", "codex-mini-latest", "o3-pro", "gpt-6"])
def test_no_name_of_a_model_leads_to_another_address(name: str) -> None:
    with running("openai", model=scripted(TEXT), chat_models=(name,)) as server:
        assert said(ask(OpenAIModel(name, server.key, server.url))) == TEXT
        assert {each.path for each in server.requests} == {"/v1/chat/completions"}


# Text


@pytest.mark.parametrize("writes", [every_byte, at_once])
def test_however_bytes_are_cut_the_text_is_whole(server: Server, model: OpenAIModel, writes: Writes) -> None:
    server.reply(Reply(TEXT, chunks=1, writes=writes))
    assert said(ask(model)) == TEXT


@settings(max_examples=30)
@given(st.text("a\u5ba2\U0001f600\ud83d\ude00\udfff", min_size=1, max_size=12))
def test_half_a_character_never_comes_out(served: Server, text: str) -> None:
    encoded = text.encode("utf-16-le", "surrogatepass")
    served.reply(Reply(chunks=[chr(half) for half in memoryview(encoded).cast("H")]))
    came = said(ask(OpenAIModel("fake-chat", served.key, served.url)))
    assert came == encoded.decode("utf-16-le", "ignore")
    assert came.encode("utf-8").decode("utf-8") == came


def test_half_a_character_is_not_sent(server: Server, model: OpenAIModel) -> None:
    assert said(list(model.stream([Message("user", "Why \ud83d?")], 5.0, 300))) == TEXT
    assert server.last.user == "Why ?"


def test_what_comes_after_the_end_is_no_part_of_a_reply(server: Server, model: OpenAIModel) -> None:
    server.reply(Reply(TEXT, fault="text_after_finish"))
    assert said(ask(model)) == TEXT


def test_thinking_in_a_field_of_its_own_is_no_text(server: Server, model: OpenAIModel) -> None:
    server.reply(Reply(TEXT, reasoning="First I read the passages."))
    assert said(ask(model)) == TEXT


# Trying again


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        ("rate_limited", 2),
        ("rate_limited_for_20_ms", 2),
        ("rate_limited_for_nonsense", 2),
        ("server_error", 2),
        ("overloaded", 2),
        ("reset_before_headers", 2),
        ("html_page", 2),
        ("no_choices", 2),
        ("rate_limited_for_90_s", 1),
        ("rate_limited_for_121_s", 1),
        ("not_to_be_retried", 1),
        ("insufficient_quota", 1),
        ("unauthorized", 1),
        ("model_not_found", 1),
        ("unprocessable", 1),
        ("context_length_exceeded", 1),
        ("redirect", 1),
        ("reset_mid_reply", 1),
        ("error_event", 1),
        ("broken_event", 1),
    ],
)
def test_only_what_passes_is_tried_again_once_and_never_after_the_first_word(
    server: Server, model: OpenAIModel, fault: str, requests: int
) -> None:
    model.ready()
    server.fail(fault, times=None)
    started = time.monotonic()
    failure(model)
    assert len(server.requests) == requests
    assert time.monotonic() - started < 1.0


def test_a_hiccup_is_not_noticed(server: Server, model: OpenAIModel) -> None:
    server.fail("bad_gateway")
    assert said(ask(model)) == TEXT


def test_a_short_wait_that_a_server_asks_for_is_kept(server: Server, model: OpenAIModel) -> None:
    model.ready()
    server.fail("rate_limited_for_1_s")
    started = time.monotonic()
    assert said(ask(model)) == TEXT
    assert 1.0 <= time.monotonic() - started < 1.5


def test_a_wait_beyond_the_deadline_is_not_begun(server: Server, model: OpenAIModel) -> None:
    model.ready()
    server.fail("rate_limited_for_1_s")
    started = time.monotonic()
    assert failure(model, 0.9) is Failure.BUSY
    assert time.monotonic() - started < 0.5


def test_refusals_come_to_an_end(server: Server, model: OpenAIModel) -> None:
    server.fail("unknown_parameter", times=None)
    assert failure(model) is Failure.REFUSED
    assert [("stream_options" in each.body) for each in server.requests] == [True, False]


def test_a_reply_that_loses_its_server_is_cut_not_unreachable(server: Server, model: OpenAIModel) -> None:
    server.fail("reset_mid_reply")
    assert failure(model) is Failure.CUT


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "http://[broken", "nonsense", "ftp://127.0.0.1/v1", ""])
def test_an_address_that_is_none_is_a_failure_like_any_other(url: str) -> None:
    assert failure(OpenAIModel("fake-chat", "k", url)) is Failure.UNREACHABLE
