"""The faults of the fake OpenAI server as they are: bytes, and ends of connections."""

import json
import re
import socket
from collections.abc import Callable, Iterator

import httpx2
import pytest

from tests.fakes.openai_server import Reply, Server, running

TEXT = "客户流失率是12%，老客户😀更贵。\nChurn costs five times more; 好的。"
BODY = {
    "model": "fake-chat",
    "messages": [{"role": "user", "content": "hi"}],
    "stream": True,
    "stream_options": {"include_usage": True},
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server
    assert not server.complaints


def raw_stream(server: Server, fault: str) -> tuple[bytes, str]:
    """What comes over the socket, and how it ends: closed, reset, or silent for a while."""
    server.reply(Reply(TEXT, fault=fault, chunks=12))
    body = json.dumps(BODY).encode()
    host, port = server.base.removeprefix("http://").split(":")
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.key}\r\n"
    head += f"Content-Type: application/json\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    came = b""
    with socket.create_connection((host, int(port)), timeout=0.2) as connection:
        connection.sendall(head.encode() + body)
        try:
            while piece := connection.recv(65536):
                came += piece
        except ConnectionResetError:
            return came, "reset"
        except TimeoutError:
            return came, "silent"
    return came, "closed"


@pytest.mark.parametrize(
    ("fault", "pattern", "end"),
    [
        ("reset_before_headers", rb"", "reset"),
        ("closed_before_headers", rb"", "closed"),
        ("never_answers", rb"", "silent"),
        ("silent_after_headers", rb"HTTP/1.1 200 OK\r\n.*\r\n\r\n", "silent"),
        ("reset_mid_reply", rb"HTTP/1.1 200 OK.*\n\n\r\n", "reset"),
        ("closed_mid_reply", rb"HTTP/1.1 200 OK.*\n\n\r\n", "closed"),
        ("stall_mid_reply", rb"HTTP/1.1 200 OK.*\n\n\r\n", "silent"),
        ("broken_chunk", rb"HTTP/1.1 200 OK.*\n\n\r\n1000\r\ndata: \{", "closed"),
        ("silent_end", rb"HTTP/1.1 200 OK.*\}\n\n\r\n0\r\n\r\n", "closed"),
        ("end_inside_an_event", rb"HTTP/1.1 200 OK.*[^\n]\r\n0\r\n\r\n", "closed"),
        ("last_line_unterminated", rb"HTTP/1.1 200 OK.*\[DONE\]\r\n0\r\n\r\n", "closed"),
    ],
)
def test_a_connection_ends_as_the_fault_says(server: Server, fault: str, pattern: bytes, end: str) -> None:
    came, ended = raw_stream(server, fault)
    assert (re.fullmatch(pattern, came, re.DOTALL) is not None, ended) == (True, end)
    assert end == "closed" or b"0\r\n\r\n" not in came


def events(server: Server, fault: str) -> bytes:
    server.reply(Reply(TEXT, fault=fault, chunks=12))
    headers = {"Authorization": f"Bearer {server.key}"}
    answered = httpx2.post(f"{server.url}/chat/completions", json=BODY, headers=headers)
    return answered.content


@pytest.mark.parametrize(
    ("fault", "holds"),
    [
        ("without_done", lambda came: b"[DONE]" not in came and b'"stop"' in came),
        ("done_at_half", lambda came: came.endswith(b"[DONE]\n\n") and b'"stop"' not in came),
        ("events_after_done", lambda came: came.count(b"[DONE]") == 2),
        ("repeated_roles", lambda came: came.count(b'"role"') == came.count(b'"delta"')),
        ("two_choices", lambda came: came.count(b'"index": 1') == came.count(b'"index": 0') > 5),
        ("without_usage", lambda came: b"total_tokens" not in came),
        ("usage_everywhere", lambda came: came.count(b"total_tokens") == came.count(b"data: {")),
        ("chunk_without_choices", lambda came: came.count(b'"choices": []') == 2),
        ("null_choices", lambda came: came.count(b'"choices": null') > 5),
        ("keep_alive_comments", lambda came: came.count(b": keep-alive\n\n") == came.count(b"data:")),
        ("crlf_lines", lambda came: came.count(b"\n") == came.count(b"\r\n") > 10),
        ("cr_lines", lambda came: b"\n" not in came and came.count(b"\r") > 10),
        ("no_space_after_data", lambda came: b"data: " not in came),
        ("many_data_lines", lambda came: came.count(b"data: ") > 100),
        ("other_sse_fields", lambda came: came.count(b"event: ") == came.count(b"retry: ") == came.count(b"data: ")),
        ("escaped_text", lambda came: came.isascii() and b"\\u5ba2" in came),
        ("byte_order_mark", lambda came: came.startswith(b"\xef\xbb\xbfdata: ")),
        ("broken_utf8", lambda came: b"\xff" in came),
        ("named_error_event", lambda came: b"event: error\n" in came),
        ("tool_calls_unasked", lambda came: b'"tool_calls"' in came),
        ("refusal", lambda came: b'"refusal": "I cann' in came),
        ("other_way", lambda came: json.loads(came)["object"] == "chat.completion"),
    ],
)
def test_a_stream_is_spoilt_as_the_fault_says(server: Server, fault: str, holds: Callable[[bytes], bool]) -> None:
    assert holds(events(server, fault))
