"""What the fake OpenAI server refuses, and that it says why."""

import typing
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest
from openai.types.chat import completion_create_params
from openai.types.embedding_create_params import EmbeddingCreateParams

from tests.fakes.openai_server import Server, running
from tests.fakes.openai_server.asking import openai_client
from tests.fakes.openai_server.fields import CHAT_OPTIONS, EMBEDDING_OPTIONS

HELLO = [{"role": "user", "content": "hi"}]
TOOLS = [{"type": "function", "function": {"name": "search", "parameters": {"type": "object", "properties": {}}}}]
CALLED = [
    {"role": "assistant", "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server
    assert not server.complaints


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[openai.OpenAI]:
    with openai_client(server) as client:
        yield client


def ask(client: openai.OpenAI, **body: Any) -> Any:
    """Any body at all: what the client's types forbid goes as `extra_body`."""
    given = {"model": "fake-chat", "messages": HELLO, **body}
    return client.chat.completions.create(model="", messages=[], extra_body=given)


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"temprature": 0}, "temprature"),
        ({"temperature": "0"}, "temperature"),
        ({"temperature": 3}, "temperature"),
        ({"temperature": True}, "temperature"),
        ({"stream": "yes"}, "stream"),
        ({"n": 2}, "n"),
        ({"top_p": -1}, "top_p"),
        ({"stop": ["a", "b", "c", "d", "e"]}, "stop"),
        ({"stop": 3}, "stop"),
        ({"max_completion_tokens": 0}, "max_completion_tokens"),
        ({"max_completion_tokens": 1.5}, "max_completion_tokens"),
        ({"max_tokens": 5}, "max_tokens"),
        ({"stream_options": {"include_usage": True}}, "stream_options"),
        ({"stream": True, "stream_options": {"usage": True}}, "stream_options.usage"),
        ({"stream": True, "stream_options": {"include_usage": 1}}, "stream_options.include_usage"),
        ({"reasoning_effort": "extreme"}, "reasoning_effort"),
        ({"seed": "1"}, "seed"),
        ({"model": None}, "model"),
        ({"messages": []}, "messages"),
        ({"messages": "hi"}, "messages"),
        ({"messages": ["hi"]}, "messages[0]"),
        ({"messages": [{"content": "hi"}]}, "messages[0].role"),
        ({"messages": [{"role": "bot", "content": "hi"}]}, "messages[0].role"),
        ({"messages": [{"role": "user"}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": None}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": []}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": [{"type": "txt"}]}]}, "messages[0].content[0].type"),
        ({"messages": [{"role": "user", "content": [{"type": "text"}]}]}, "messages[0].content[0].text"),
        ({"messages": [{"role": "user", "content": "hi", "id": 1}]}, "messages[0].id"),
        ({"messages": [{"role": "assistant"}]}, "messages[0]"),
        ({"messages": [{"role": "tool", "content": "x", "tool_call_id": "a"}]}, "messages[0].role"),
        ({"messages": CALLED}, "messages"),
        ({"messages": [*CALLED, *HELLO]}, "messages[1]"),
        ({"tool_choice": "auto"}, "tool_choice"),
        ({"tool_choice": {"type": "function", "function": {"name": "find"}}, "tools": TOOLS}, "tool_choice"),
        ({"tools": [{"type": "function", "function": {"name": "no spaces"}}]}, "tools[0].function.name"),
        ({"parallel_tool_calls": True}, "parallel_tool_calls"),
        ({"top_logprobs": 2}, "top_logprobs"),
        ({"response_format": {"type": "json"}}, "response_format.type"),
        ({"response_format": {"type": "json_object"}}, "messages"),
        ({"response_format": {"type": "json_schema"}}, "response_format.json_schema"),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"name": "a", "strict": True, "schema": {}}}},
            "response_format",
        ),
    ],
)
def test_a_wrong_request_is_refused_naming_the_field(
    server: Server, client: openai.OpenAI, body: dict[str, Any], param: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, **body)
    assert refused.value.param == param
    assert refused.value.type == "invalid_request_error"
    assert server.last.status == 400


@pytest.mark.parametrize(
    "body",
    [
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}]}]},
        {"messages": [{"role": "system", "content": "be kind"}, *HELLO, {"role": "assistant", "content": ""}]},
        {"messages": [*CALLED, {"role": "tool", "content": "found", "tool_call_id": "a"}]},
        {"temperature": None, "stop": None, "max_completion_tokens": 1, "seed": 7, "metadata": {"a": "b"}},
        {"tools": TOOLS, "tool_choice": "required", "parallel_tool_calls": False},
    ],
)
def test_a_right_request_is_answered(server: Server, client: openai.OpenAI, body: dict[str, Any]) -> None:
    assert ask(client, **body).choices[0].finish_reason in ("stop", "length", "tool_calls")


def test_the_fields_are_those_of_the_client() -> None:
    streaming = completion_create_params.CompletionCreateParamsStreaming
    assert CHAT_OPTIONS.keys() | {"model", "messages"} == typing.get_type_hints(streaming).keys()
    assert EMBEDDING_OPTIONS.keys() | {"model", "input"} == typing.get_type_hints(EmbeddingCreateParams).keys()


@pytest.mark.parametrize("key", ["sk-wrong", ""])
def test_a_wrong_or_missing_key_is_unauthorized(server: Server, client: openai.OpenAI, key: str) -> None:
    with pytest.raises(openai.AuthenticationError) as refused:
        ask(client.with_options(default_headers={"Authorization": f"Bearer {key}" if key else ""}))
    assert refused.value.code == "invalid_api_key"


def test_unknown_models_addresses_and_methods_are_refused(server: Server, client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as refused:
        ask(client, model="gpt-9")
    assert (refused.value.code, refused.value.param) == ("model_not_found", "model")
    with pytest.raises(openai.NotFoundError):
        ask(client, model="fake-embedding")
    for address in (server.base, f"{server.base}/v1/v1", f"{server.url}/openai"):
        with pytest.raises(openai.NotFoundError, match="Invalid URL"):
            ask(client.with_options(base_url=address))
    with pytest.raises(openai.APIStatusError) as refused_method:
        client.get("/chat/completions", cast_to=httpx2.Response)
    assert refused_method.value.status_code == 405


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"hi"'])
def test_a_body_that_is_no_json_object_is_refused(server: Server, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"}
    answered = httpx2.post(f"{server.url}/chat/completions", content=body, headers=headers)
    assert answered.status_code == 400
    assert "could not parse" in answered.json()["error"]["message"]


def test_a_prompt_beyond_the_context_is_refused(server: Server, client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, messages=[{"role": "user", "content": "客" * 128_001}])
    assert refused.value.code == "context_length_exceeded"


def test_models_are_listed_and_looked_up(server: Server, client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["fake-chat", "fake-embedding"]
    assert client.models.retrieve("fake-chat").id == "fake-chat"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-9")


def test_a_prefix_of_ones_own_is_the_only_address() -> None:
    with running(prefix="/gateway/team-a/v1") as server, openai_client(server) as client:
        assert server.url.endswith("/gateway/team-a/v1")
        assert ask(client).choices
        with pytest.raises(openai.NotFoundError):
            ask(client.with_options(base_url=f"{server.base}/v1"))
