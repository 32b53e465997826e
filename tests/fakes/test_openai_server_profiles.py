"""The servers that imitate OpenAI, each with its own ways."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import openai
import pytest

from tests.fakes.openai_server import PROFILES, Reply, Request, Server, ToolCall, running
from tests.fakes.openai_server.asking import chat_model, openai_client

HELLO = [{"role": "user", "content": "answer in json"}]
TEXT = "客户流失率是12%。"
SCHEMA = {"type": "object", "properties": {"claims": {"type": "array", "items": {"type": "string"}}}}
AS_SCHEMA = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
TOOLS = [{"type": "function", "function": {"name": "answer", "parameters": SCHEMA}}]
CHOSEN = {"tools": TOOLS, "tool_choice": {"type": "function", "function": {"name": "answer"}}}
NAMES = sorted(PROFILES)


@pytest.fixture(scope="module")
def clients() -> Iterator[dict[str, tuple[Server, openai.OpenAI]]]:
    """Every server with its client."""
    with ExitStack() as stack:
        servers = {name: stack.enter_context(running(name)) for name in NAMES}
        yield {name: (server, stack.enter_context(openai_client(server))) for name, server in servers.items()}


Clients = dict[str, tuple[Server, openai.OpenAI]]


def ask(client: openai.OpenAI, **body: Any) -> Any:
    return client.chat.completions.create(**{"model": "fake-chat", "messages": HELLO, **body})


def refused(client: openai.OpenAI, **body: Any) -> str:
    """The field it is refused for; empty if it is not."""
    try:
        ask(client, **body)
    except openai.BadRequestError as error:
        return error.param or str(error)
    return ""


def rejecting(clients: Clients, **body: Any) -> set[str]:
    return {name for name, (_, client) in clients.items() if refused(client, **body)}


def test_every_server_answers_and_streams(clients: Clients) -> None:
    for server, client in clients.values():
        server.reply(TEXT, TEXT)
        assert ask(client).choices[0].message.content == TEXT
        chunks = list(ask(client, stream=True))
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == TEXT


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"extra_body": {"top_k": 3}}, {"openai", "azure"}),
        ({"messages": [{**HELLO[0], "reasoning": "x"}]}, {"openai", "azure"}),
        ({"max_tokens": 100}, {"openai", "azure"}),
        ({"max_completion_tokens": 100}, set()),
        ({"stream_options": {"include_usage": True}}, {"openai", "azure", "vllm", "deepseek"}),
        ({"stream": True, "stream_options": {"include_usage": True}}, set()),
        ({"messages": [{"role": "developer", "content": "x"}, *HELLO]}, {"vllm", "deepseek", "dashscope", "moonshot"}),
        ({"temperature": 0}, {"moonshot"}),
        ({"temperature": 1}, set()),
        ({"response_format": AS_SCHEMA}, {"deepseek"}),
        ({"response_format": {"type": "json_object"}}, set()),
        ({"response_format": {"type": "json_object"}, "messages": [{"role": "user", "content": "x"}]}, set(PROFILES)),
        (CHOSEN, {"moonshot"}),
        ({"temperature": "0"}, set(PROFILES)),
        ({"messages": []}, set(PROFILES)),
    ],
)
def test_each_server_refuses_what_it_cannot_do(clients: Clients, body: dict[str, Any], expected: set[str]) -> None:
    assert rejecting(clients, **body) == expected


def test_a_limit_is_honoured_by_name(clients: Clients) -> None:
    cut: dict[str, set[str]] = {"max_tokens": set(), "max_completion_tokens": set()}
    for name, (server, client) in clients.items():
        for option, names in cut.items():
            server.reset()
            server.reply(TEXT)
            if not refused(client, **{option: 2}) and server.last.body[option] == 2:
                server.reply(TEXT)
                names |= {name} if ask(client, **{option: 2}).choices[0].finish_reason == "length" else set()
    assert cut["max_tokens"] == set(PROFILES) - {"openai", "azure"}
    assert cut["max_completion_tokens"] == {"openai", "azure", "vllm", "llamacpp", "moonshot"}


def test_a_schema_holds_where_it_is_honoured(clients: Clients) -> None:
    held = {
        name
        for name, (server, client) in clients.items()
        if name != "deepseek" and ask(client, response_format=AS_SCHEMA).choices[0].message.content.startswith("{")
    }
    assert held == {"openai", "azure", "vllm", "moonshot"}


def test_a_forced_tool_is_called_where_it_is_honoured(clients: Clients) -> None:
    called = {
        name
        for name, (_, client) in clients.items()
        if name != "moonshot" and ask(client, **CHOSEN).choices[0].message.tool_calls
    }
    assert called == set(PROFILES) - {"ollama", "moonshot"}


@pytest.mark.parametrize("name", NAMES)
def test_reasoning_has_its_own_field_or_is_hidden(clients: Clients, name: str) -> None:
    server, client = clients[name]
    server.reply(Reply(TEXT, reasoning="first I read"), Reply(TEXT, reasoning="first I read"))
    message = ask(client).choices[0].message
    deltas = [chunk.choices[0].delta for chunk in ask(client, stream=True) if chunk.choices]
    for field in ("reasoning", "reasoning_content"):
        expected = "first I read" if PROFILES[name].reasoning == field else ""
        assert (message.model_extra or {}).get(field, "") == expected
        assert "".join((delta.model_extra or {}).get(field, "") for delta in deltas) == expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("asked", [True, False])
def test_usage_of_a_stream_is_where_the_server_puts_it(clients: Clients, name: str, asked: bool) -> None:
    server, client = clients[name]
    options = {"stream_options": {"include_usage": True}} if asked else {}
    chunks = list(ask(client, stream=True, **options))
    inside = [chunk for chunk in chunks if chunk.choices and (chunk.choices[0].model_extra or {}).get("usage")]
    assert [bool(chunk.usage) for chunk in chunks][-1] == (asked and name != "moonshot")
    assert bool(inside) == (name == "moonshot")


def test_streams_have_the_marks_of_their_server(clients: Clients) -> None:
    found: dict[str, set[str]] = {"keep-alive": set(), "prompt_filter_results": set(), "role": set(), "whole": set()}
    for name, (server, client) in clients.items():
        server.reply(TEXT, Reply(tool_calls=(ToolCall("answer", '{"claims": ["a", "b"]}'),)))
        with client.chat.completions.with_streaming_response.create(
            model="fake-chat", messages=[{"role": "user", "content": "hi"}], stream=True
        ) as answered:
            raw = answered.read().decode()
        chunks = list(ask(client, stream=True, tools=TOOLS))
        calls = [chunk for chunk in chunks if chunk.choices and chunk.choices[0].delta.tool_calls]
        found["keep-alive"] |= {name} if ": keep-alive" in raw else set()
        found["prompt_filter_results"] |= {name} if '"choices": [], "prompt_filter_results"' in raw else set()
        found["role"] |= {name} if raw.count('"role"') > 1 else set()
        found["whole"] |= {name} if len(calls) == 1 else set()
    assert found == {
        "keep-alive": {"deepseek"},
        "prompt_filter_results": {"azure"},
        "role": {"ollama"},
        "whole": {"ollama"},
    }


# Keys, models, errors


def test_a_key_is_asked_for_by_all_but_ollama(clients: Clients) -> None:
    for name, (_, client) in clients.items():
        keyless = client.with_options(api_key="wrong")
        if name == "ollama":
            assert ask(keyless).choices
        else:
            with pytest.raises(openai.AuthenticationError):
                ask(keyless)


def test_an_unknown_model_is_missed_by_all_but_llamacpp(clients: Clients) -> None:
    for name, (_, client) in clients.items():
        if name == "llamacpp":
            assert ask(client, model="anything").model == "anything"
        else:
            with pytest.raises(openai.NotFoundError):
                ask(client, model="anything")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("azure", {"code": "DeploymentNotFound"}),
        ("ollama", {"type": "not_found_error", "param": None, "code": None}),
        ("vllm", {"type": "NotFoundError", "code": 404, "param": "model"}),
        ("deepseek", {"code": "invalid_request_error"}),
        ("dashscope", {"code": "model_not_found"}),
        ("moonshot", {"type": "invalid_request_error"}),
    ],
)
def test_an_error_has_the_shape_of_its_server(clients: Clients, name: str, body: dict[str, Any]) -> None:
    with pytest.raises(openai.NotFoundError) as missed:
        ask(clients[name][1], model="anything")
    assert isinstance(missed.value.body, dict)
    assert body.items() <= missed.value.body.items()
    assert missed.value.body.get("message")


def test_llamacpp_says_how_long_a_prompt_was(clients: Clients) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        ask(clients["llamacpp"][1], messages=[{"role": "user", "content": "客" * 9000}])
    assert isinstance(refused.value.body, dict)
    assert refused.value.body["type"] == "exceed_context_size_error"
    assert (refused.value.body["n_prompt_tokens"], refused.value.body["n_ctx"]) == (9000, 8192)


def test_ollama_cuts_a_long_prompt_and_says_nothing(clients: Clients) -> None:
    server, client = clients["ollama"]
    heard: list[str] = []

    def listening(request: Request) -> str:
        heard.append(request.prompt)
        return "fine"

    server.reply(listening)
    long = [
        {"role": "system", "content": "rules"},
        {"role": "user", "content": "old"},
        {"role": "user", "content": "客" * 5000 + "终"},
    ]
    answered = ask(client, messages=long)
    assert (answered.choices[0].message.content, answered.usage.prompt_tokens) == ("fine", 4096)
    assert heard[0].endswith("终")
    assert "rules" not in heard[0]
    assert len(server.last.user) == 5001


# Azure


def test_azure_takes_both_keys_on_its_v1_address(clients: Clients) -> None:
    server, client = clients["azure"]
    assert server.url.endswith("/openai/v1")
    assert ask(client).choices
    by_header = client.with_options(api_key="unused", default_headers={"api-key": server.key, "Authorization": ""})
    assert ask(by_header).choices
    assert server.last.headers["api-key"] == server.key


def test_azure_takes_the_older_address_with_the_deployment_in_it(clients: Clients) -> None:
    server = clients["azure"][0]
    with openai.AzureOpenAI(azure_endpoint=server.base, api_version="2024-10-21", api_key=server.key) as client:
        assert ask(client).choices
        assert server.last.path == "/openai/deployments/fake-chat/chat/completions"
        with pytest.raises(openai.NotFoundError):
            ask(client.with_options(max_retries=0), model="gpt-9")


@pytest.mark.parametrize("name", NAMES)
def test_langchain_streams_from_every_server(clients: Clients, name: str) -> None:
    server, _ = clients[name]
    server.reply(TEXT)
    chunks = list(chat_model(server).stream("hi"))
    assert "".join(str(chunk.content) for chunk in chunks) == TEXT
    assert [chunk for chunk in chunks if chunk.response_metadata.get("finish_reason") == "stop"]
    assert bool([chunk for chunk in chunks if chunk.usage_metadata]) == (name != "moonshot")
