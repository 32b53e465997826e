"""The refusals of the fake OpenAI server: their status, their code, and when to come back."""

import contextlib
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import openai
import pytest

from tests.fakes.openai_server import Server, running
from tests.fakes.openai_server.asking import openai_client

QUESTION: Any = {"model": "fake-chat", "messages": [{"role": "user", "content": "hi"}]}


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server
    assert not server.complaints


@pytest.fixture
def client(server: Server) -> Iterator[openai.OpenAI]:
    with openai_client(server) as client:
        yield client


@pytest.mark.parametrize(
    ("fault", "header", "value"),
    [
        ("rate_limited_for_1_s", "retry-after", "1"),
        ("rate_limited_for_90_s", "retry-after", "90"),
        ("rate_limited_for_121_s", "retry-after", "121"),
        ("rate_limited_for_20_ms", "retry-after-ms", "20"),
        ("rate_limited_for_nonsense", "retry-after", "soon"),
        ("not_to_be_retried", "x-should-retry", "false"),
        ("rate_limited", "retry-after", None),
        ("insufficient_quota", "retry-after", None),
    ],
)
def test_a_refusal_says_when_to_come_back(
    server: Server, client: openai.OpenAI, fault: str, header: str, value: str | None
) -> None:
    server.fail(fault)
    with pytest.raises(openai.RateLimitError) as refused:
        client.chat.completions.create(**QUESTION)
    assert refused.value.response.headers.get(header) == value


def test_a_date_to_come_back_is_just_ahead(server: Server, client: openai.OpenAI) -> None:
    server.fail("rate_limited_until_a_date")
    with pytest.raises(openai.RateLimitError) as refused:
        client.chat.completions.create(**QUESTION)
    assert 0 < parsedate_to_datetime(refused.value.response.headers["retry-after"]).timestamp() - time.time() <= 2


@pytest.mark.parametrize(("fault", "requests"), [("rate_limited_for_20_ms", 2), ("rate_limited_for_121_s", 1)])
def test_the_client_waits_for_two_minutes_at_most(
    server: Server, client: openai.OpenAI, fault: str, requests: int
) -> None:
    server.fail(fault)
    with contextlib.suppress(openai.RateLimitError):
        client.with_options(max_retries=2).chat.completions.create(**QUESTION)
    assert len(server.requests) == requests


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("overloaded", 529, None),
        ("gateway_timeout", 504, None),
        ("insufficient_quota", 429, "insufficient_quota"),
        ("context_length_exceeded", 400, "context_length_exceeded"),
        ("content_policy", 400, "content_filter"),
    ],
)
def test_a_refusal_has_its_status_and_code(
    server: Server, client: openai.OpenAI, fault: str, status: int, code: str | None
) -> None:
    server.fail(fault)
    with pytest.raises(openai.APIStatusError) as refused:
        client.chat.completions.create(**QUESTION)
    assert (refused.value.status_code, refused.value.code) == (status, code)


def test_listing_models_fails_too(server: Server, client: openai.OpenAI) -> None:
    server.fail("unauthorized", on="models")
    with pytest.raises(openai.AuthenticationError):
        client.models.list()
    assert len(list(client.models.list())) == 2


def test_a_standing_failure_lasts(server: Server, client: openai.OpenAI) -> None:
    server.fail("unavailable", times=None)
    for _ in range(3):
        with pytest.raises(openai.InternalServerError):
            client.chat.completions.create(**QUESTION)
    with pytest.raises(KeyError, match="no such endpoint"):
        server.fail("unavailable", on="chat")
