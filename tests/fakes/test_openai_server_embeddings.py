"""The embeddings endpoint: what each server takes, and what comes back."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import openai
import pytest
from langchain_openai import OpenAIEmbeddings

from tests.fakes.openai_server import PROFILES, Server, running
from tests.fakes.openai_server.asking import openai_client
from tests.fakes.openai_server.faults import EMBEDDING

Clients = dict[str, tuple[Server, openai.OpenAI]]


@pytest.fixture(scope="module")
def clients() -> Iterator[Clients]:
    """Every server with its client."""
    with ExitStack() as stack:
        servers = {name: stack.enter_context(running(name)) for name in PROFILES}
        yield {name: (server, stack.enter_context(openai_client(server))) for name, server in servers.items()}


def embed(client: openai.OpenAI, given: Any, **body: Any) -> Any:
    return client.embeddings.create(model="fake-embedding", input=given, **body)


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_two_servers_have_no_embeddings(clients: Clients) -> None:
    without = set()
    for name, (_, client) in clients.items():
        try:
            assert embed(client, ["客户"]).data
        except openai.NotFoundError:
            without.add(name)
    assert without == {"deepseek", "moonshot"}


@pytest.mark.parametrize(
    ("given", "body", "expected"),
    [
        ([[1, 2, 3]], {}, {"ollama", "dashscope"}),
        ([""], {}, {"openai", "azure", "dashscope"}),
        ([], {}, {"openai", "azure", "dashscope"}),
        (["a"] * 11, {}, {"dashscope"}),
        (["a"] * 2049, {}, {"openai", "azure", "dashscope"}),
        (["客"], {"dimensions": 64}, {"vllm"}),
        (["客"], {"dimensions": 5000}, {"openai", "azure", "ollama", "vllm", "dashscope"}),
        (["客" * 600], {}, {"llamacpp"}),
        (["客" * 8193], {}, {"openai", "azure", "vllm", "llamacpp", "dashscope"}),
        (["客" * 8000] * 40, {}, {"openai", "azure", "dashscope", "llamacpp"}),
        ([3.5], {}, {"openai", "azure", "ollama", "vllm", "llamacpp", "dashscope"}),
    ],
)
def test_each_server_embeds_what_it_can(clients: Clients, given: Any, body: Any, expected: set[str]) -> None:
    rejected = set()
    for name, (_, client) in clients.items():
        try:
            client.embeddings.with_raw_response.create(model="fake-embedding", input=given, **body)
        except (openai.BadRequestError, openai.InternalServerError):
            rejected.add(name)
        except openai.NotFoundError:
            continue
    assert rejected == expected


def test_dashscope_sends_floats_whatever_was_asked(clients: Clients) -> None:
    for name, kind in (("dashscope", list), ("openai", str)):
        raw = clients[name][1].embeddings.with_raw_response.create(
            model="fake-embedding", input="客户", encoding_format="base64"
        )
        assert isinstance(raw.http_response.json()["data"][0]["embedding"], kind)


@pytest.mark.parametrize("name", ["openai", "dashscope", "ollama"])
def test_langchain_embeds_if_texts_go_as_texts_in_small_batches(clients: Clients, name: str) -> None:
    server, _ = clients[name]
    given: Any = {"model": "fake-embedding", "base_url": server.url, "api_key": server.key}
    embedder = OpenAIEmbeddings(**given, check_embedding_ctx_length=False, chunk_size=10)
    assert len(embedder.embed_documents(["客户"] * 25)) == 25
    assert [request.inputs for request in server.requests[-3:]] == [["客户"] * 10, ["客户"] * 10, ["客户"] * 5]


def test_a_profile_of_ones_own_is_as_good() -> None:
    with running(replace(PROFILES["openai"], embedding_inputs=3)) as server, openai_client(server) as client:
        assert len(embed(client, ["a", "b", "c"]).data) == 3
        with pytest.raises(openai.BadRequestError, match="larger than 3"):
            embed(client, ["a"] * 4)


def test_fewer_dimensions_keep_the_likeness() -> None:
    with running(concepts=[["win back", "挽回"]]) as server, openai_client(server) as client:
        given: Any = {"model": "fake-embedding", "input": ["挽回大客户", "win back"], "dimensions": 128}
        one, other = (each.embedding for each in client.embeddings.create(**given).data)
    assert len(one) == 128
    assert cosine(one, one) == pytest.approx(1, abs=1e-5)
    assert cosine(one, other) > 0.4


def test_both_encodings_hold_the_same_numbers() -> None:
    with running(dimensions=16) as server, openai_client(server) as client:
        packed = client.embeddings.create(model="fake-embedding", input="客户流失")
        plain = client.embeddings.create(model="fake-embedding", input="客户流失", encoding_format="float")
        assert packed.data[0].embedding == plain.data[0].embedding
        assert len(plain.data[0].embedding) == 16
        assert (plain.usage.prompt_tokens, plain.usage.total_tokens) == (4, 4)
        with pytest.raises(openai.BadRequestError):
            client.embeddings.create(model="fake-embedding", input="客户", dimensions=17)


VECTORS: dict[str, Callable[[Any], bool]] = {
    "fewer_vectors": lambda data: len(data) == 2,
    "shuffled_vectors": lambda data: [each.index for each in data] == [2, 1, 0],
    "short_vectors": lambda data: len(data[0].embedding) == 383,
    "zero_vectors": lambda data: not any(data[0].embedding),
    "nan_vectors": lambda data: data[0].embedding[0] != data[0].embedding[0],
    "long_vectors": lambda data: abs(cosine(data[0].embedding, data[0].embedding) - 9) < 1e-3,
}


@pytest.mark.parametrize("fault", EMBEDDING)
@pytest.mark.parametrize("options", [{}, {"encoding_format": "float"}])
def test_vectors_are_spoilt_as_the_fault_says(clients: Clients, fault: str, options: Any) -> None:
    server, client = clients["openai"]
    server.fail(fault, on="embeddings")
    if fault == "no_vectors":
        with pytest.raises(ValueError, match="No embedding data"):
            embed(client, ["一", "two", "三"])
    else:
        assert VECTORS[fault](embed(client, ["一", "two", "三"], **options).data)
    assert len(embed(client, ["一", "two", "三"]).data) == 3
    assert not server.complaints


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        ("rate_limited", openai.RateLimitError),
        ("unavailable", openai.InternalServerError),
        ("reset_mid_reply", openai.APIConnectionError),
        ("broken_json", json.JSONDecodeError),
    ],
)
def test_what_befalls_replies_befalls_vectors_too(clients: Clients, fault: str, raised: type[Exception]) -> None:
    server, client = clients["openai"]
    server.fail(fault, on="embeddings")
    with pytest.raises(raised):
        embed(client, ["一"])
    assert server.last.fault == fault
