"""Who learns of what a model is asked, and of the key: its server, and nobody else."""

import json
import logging
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.errors import Failure, ModelFailed
from assistant.ports import Message
from integrations.openai_model import OpenAIModel
from tests.fakes.openai_server import Server, running, scripted

ROOT = Path(__file__).resolve().parents[2]
ASKED = [Message("user", "Why do key accounts leave?")]
KEY = "sk-very-secret"
# Everything that is known to send what langchain and openai do somewhere else, or to make it fail.
LEADS_AWAY = {
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGCHAIN_TRACING": "true",
    "LANGSMITH_API_KEY": "ls-key",
    "LANGSMITH_GATEWAY": "true",
    "LANGCHAIN_VERBOSE": "true",
    "OPENAI_API_KEY": "sk-another",
    "OPENAI_BASE_URL": "http://192.0.2.1:9/v1",
    "OPENAI_API_BASE": "http://192.0.2.1:9/v1",
    "OPENAI_PROXY": "http://192.0.2.1:9",
}
ASK = """
import json, sys
places = set()
def note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        places.add(str(arguments[1]))
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        places.add(str(arguments[:2]))
sys.addaudithook(note)
from assistant.ports import Message
from integrations.openai_model import OpenAIModel
model = OpenAIModel("fake-chat", sys.argv[2], sys.argv[1])
text = "".join(piece.text for piece in model.stream([Message("user", "Why?")], 20.0, 300))
print(json.dumps({"text": text, "places": sorted(places)}))
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with running("vllm", model=scripted("They leave."), key=KEY) as fake:
        yield fake
        assert not fake.complaints


@contextmanager
def answering(status: int, headers: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """A server that always answers the same: its URL, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}", asked
        http.shutdown()
        thread.join()


def test_nothing_in_the_environment_leads_anyone_else_to_a_question(server: Server) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, server.url, KEY],
        env={**os.environ, **LEADS_AWAY, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    place = urlsplit(server.url)
    assert told == {"text": "They leave.", "places": [str((place.hostname, place.port))]}
    assert [each.headers["authorization"] for each in server.requests] == [f"Bearer {KEY}"]


def test_a_server_cannot_send_a_question_on_to_another(server: Server) -> None:
    elsewhere = {"Location": f"{server.url}/chat/completions"}
    with answering(307, elsewhere) as (url, asked), pytest.raises(ModelFailed) as raised:
        list(OpenAIModel("fake-chat", KEY, f"{url}/v1").stream(ASKED, 5.0, 300))
    assert raised.value.failure is Failure.UNREACHABLE
    assert (asked, server.requests) == (["/v1/chat/completions"], [])


def test_the_version_that_azure_wants_behind_a_question_mark_stays_there() -> None:
    with answering(500, {}) as (url, asked), pytest.raises(ModelFailed):
        list(OpenAIModel("m", KEY, f"{url}/openai/deployments/m?api-version=2026-01-01").stream(ASKED, 5.0, 300))
    assert set(asked) == {"/openai/deployments/m/chat/completions?api-version=2026-01-01"}


@pytest.mark.parametrize(
    "fault", ["", "unauthorized", "server_error", "reset_mid_reply", "html_page", "stall_mid_reply"]
)
def test_the_key_is_in_no_error_no_log_and_no_representation(
    server: Server, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    model = OpenAIModel("fake-chat", KEY, server.url)
    if fault:
        server.fail(fault, times=None)
    shown = [repr(model.ready()), repr(model)]
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "openai")
    try:
        list(model.stream(ASKED, 0.7, 300))
    except ModelFailed as error:
        shown += [str(error), *traceback.format_exception(error)]
    assert caplog.records
    assert KEY not in " ".join((*shown, caplog.text))


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "How do we win back a key account that went quiet?"]])
def test_without_a_model_no_client_of_one_is_loaded(tmp_path: Path, arguments: list[str]) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "OPENAI_"))}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "integrations.cli", *arguments],
        cwd=tmp_path,
        env={**ours, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "integrations" in loaded
    assert not loaded & {"langchain", "langchain_core", "langchain_openai", "langsmith", "openai", "chromadb"}
