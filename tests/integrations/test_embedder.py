"""The embedder over a strict OpenAI-compatible server: whatever that does, vectors or one clear line come back."""

import contextlib
import math
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from integrations.openai_embedder import OpenAIEmbedder
from knowledge.errors import EmbedderError, TextRefused
from knowledge.ports import Vector
from tests.fakes.openai_server import PROFILES, Request, Server, running
from tests.fakes.openai_server.faults import EMBEDDING

KEY = "sk-very-secret-key"
LONG = "\u5ba2\u6237\u6218\u7565" * 400
TEXTS = [f"passage {number} about orchards" for number in range(30)]


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    with running("openai", key=KEY) as server:
        yield server


@pytest.fixture
def server(shared: Server) -> Iterator[Server]:
    shared.reset()
    yield shared
    assert not shared.complaints


def _embedder(server: Server, patience: float = 5.0, hurry: float = 1.0) -> OpenAIEmbedder:
    return OpenAIEmbedder(server.embedding_models[0], server.url, server.key, patience, hurry)


def _all(embedder: OpenAIEmbedder, texts: list[str]) -> list[Vector | None]:
    made: list[Vector | None] = []
    while len(made) < len(texts):
        made += [each.vector for each in embedder.passages(texts[len(made) :])]
    return made


def _cosine(first: Vector | None, second: Vector | None) -> float:
    assert first is not None
    assert second is not None
    return sum(a * b for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("name", sorted(name for name, profile in PROFILES.items() if profile.embeddings))
def test_every_server_that_has_embeddings_gives_one_vector_a_text_in_the_order_asked(name: str) -> None:
    with running(name, key=KEY) as server:
        embedder = _embedder(server)
        texts = [*TEXTS, LONG]
        made = _all(embedder, texts)
        asked = [embedder.question(each) for each in TEXTS[:3]]
        assert len(made) == len(texts)
        assert all(math.isclose(_cosine(each, each), 1, rel_tol=1e-4) for each in made)
        assert all(_cosine(made[at], vector) > 0.999 for at, vector in enumerate(asked))
        assert all(isinstance(each, str) for request in server.requests for each in request.inputs)
        assert not server.complaints


def test_what_a_server_takes_at_once_is_learned_from_its_refusals_and_remembered() -> None:
    with running("dashscope", key=KEY) as server:
        embedder = _embedder(server)
        _all(embedder, TEXTS)
        sizes = [len(each.inputs) for each in server.requests]
        assert sizes == [30, 15, 7, 7, 7, 7, 2]
        server.reset()
        _all(embedder, TEXTS)
        assert [len(each.inputs) for each in server.requests] == [7, 7, 7, 7, 2]


@pytest.mark.parametrize("name", ["llamacpp", "vllm", "openai"])
def test_a_text_that_is_too_long_is_cut_as_little_as_it_takes_and_the_limit_is_remembered(name: str) -> None:
    with running(replace(PROFILES[name], embedding_tokens=500), key=KEY) as server:
        embedder = _embedder(server)
        first, second = embedder.passages([LONG, TEXTS[0]])
        assert 0.15 < first.share < 0.32
        assert second.share == 1.0
        server.reset()
        assert embedder.passages([LONG])[0].share == pytest.approx(first.share, abs=0.01)
        assert len(embedder.question(LONG)) == 384
        assert len(server.requests) == 2


def test_too_many_tokens_in_one_request_make_requests_smaller_and_cut_nothing() -> None:
    with running(replace(PROFILES["openai"], embedding_tokens_in_all=60), key=KEY) as server:
        made = _embedder(server).passages(TEXTS)
        assert 1 <= len(made) < len(TEXTS)
        assert all(each.share == 1.0 for each in made)


def _refuse(server: Server, word: str) -> None:
    """From now on the server has a policy against a word, alone or among others."""

    def fault_for(request: Request) -> str:
        return "content_policy" if any(word in str(each) for each in request.inputs) else ""

    server.fault_for = fault_for  # type: ignore[method-assign]


@pytest.fixture
def picky() -> Iterator[Server]:
    with running("openai", key=KEY) as server:
        _refuse(server, "forbidden")
        yield server
        assert not server.complaints


@pytest.mark.parametrize("at", [0, 13, 29])
def test_a_text_that_is_refused_keeps_no_other_from_its_vector(picky: Server, at: int) -> None:
    embedder = _embedder(picky)
    texts = [*TEXTS[:at], "forbidden " * 20, *TEXTS[at + 1 :]]
    made = _all(embedder, texts)
    assert [place for place, vector in enumerate(made) if vector is None] == [at]
    picky.reset()
    assert len(embedder.passages(TEXTS)) == len(TEXTS)


def test_of_a_text_that_is_refused_the_half_that_is_taken_stands_for_it(picky: Server) -> None:
    (made,) = _embedder(picky).passages(["orchards and cellars " * 20 + "forbidden " * 5])
    assert made.vector is not None
    assert made.share == 0.5


def test_a_question_that_is_refused_is_told_from_a_server_that_fails(picky: Server) -> None:
    with pytest.raises(TextRefused, match="does not take this question"):
        _embedder(picky).question("a forbidden question")


def test_a_server_that_refuses_every_text_is_an_error_and_not_a_library_without_vectors(picky: Server) -> None:
    _refuse(picky, "")
    with pytest.raises(EmbedderError, match="refuses every text: check COACH_EMBEDDER"):
        _embedder(picky).passages(TEXTS)


_PASSING = [
    "rate_limited_for_20_ms", "server_error", "empty_server_error", "html_page", "broken_json", "null_body",
    "error_in_ok", "reset_before_headers", "reset_mid_reply", "closed_mid_reply", "gzipped", "gzip_in_name_only",
    "wrong_content_type", "unprocessable", "context_length_exceeded", "content_policy", "html_too_large",
    *sorted(EMBEDDING.keys() - {"short_vectors"}),
]  # fmt: skip
_LASTING = [
    "rate_limited_for_121_s", "insufficient_quota", "insufficient_balance", "unauthorized", "forbidden",
    "model_not_found", "html_not_found", "redirect", "redirect_to_nowhere", "never_answers", "stall_mid_reply",
]  # fmt: skip


@pytest.mark.parametrize("fault", [*_PASSING, *_LASTING])
def test_whatever_goes_wrong_once_the_vectors_are_right_or_one_line_says_what_to_do(server: Server, fault: str) -> None:
    embedder = _embedder(server, patience=0.4)
    right = _embedder(server).passages(TEXTS[:2])
    server.fail(fault, on="embeddings")
    says = ""
    try:
        made = embedder.passages(TEXTS[:2])
    except EmbedderError as error:
        made, says = (), str(error)
    assert bool(made) == (fault in _PASSING)
    assert made or re.fullmatch(r"the embedder fake-embedding at http://127\.0\.0\.1:\d+/v1 [^\n]+: [^\n]+", says)
    assert KEY not in says
    assert all(_cosine(a.vector, b.vector) > 0.9 for a, b in zip(made, right, strict=False))


@pytest.mark.parametrize(
    "fault", ["fewer_vectors", "no_vectors", "zero_vectors", "nan_vectors", "html_page", "null_body"]
)
def test_what_is_no_vector_is_never_kept_as_one(server: Server, fault: str) -> None:
    server.fail(fault, times=None, on="embeddings")
    with pytest.raises(EmbedderError, match="answers with something else than vectors"):
        _embedder(server).passages(TEXTS)


@pytest.mark.parametrize("fault", ["never_answers", "silent_after_headers", "stall_mid_reply"])
def test_nobody_waits_for_a_question_longer_than_the_limit(server: Server, fault: str) -> None:
    embedder = _embedder(server, hurry=0.5)
    embedder.question("warm")
    server.fail(fault, times=None, on="embeddings")
    started = time.monotonic()
    with pytest.raises(EmbedderError, match="does not answer in time"):
        embedder.question("orchards")
    assert time.monotonic() - started < 0.9


class _Dripping(BaseHTTPRequestHandler):
    """Sends a byte now and then, each well within the limit for one read."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "1000")
        self.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(20):
                self.wfile.write(b" ")
                time.sleep(0.1)

    def log_message(self, format: str, *args: object) -> None: ...


def test_nor_when_the_answer_comes_byte_by_byte() -> None:
    with HTTPServer(("127.0.0.1", 0), _Dripping) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        embedder = OpenAIEmbedder("slow", f"http://127.0.0.1:{http.server_port}/v1", KEY, hurry=0.5)
        with pytest.raises(EmbedderError, match="does not answer in time"):
            embedder.question("orchards")
        http.shutdown()
        thread.join()


def test_a_server_that_asks_for_a_second_gets_it_and_one_that_asks_for_more_than_ten_does_not(server: Server) -> None:
    server.fail("rate_limited_for_1_s", on="embeddings")
    started = time.monotonic()
    assert _embedder(server).passages(TEXTS)
    assert 1.0 <= time.monotonic() - started < 3.0
    server.fail("rate_limited_for_90_s", on="embeddings")
    with pytest.raises(EmbedderError, match="try again later"):
        _embedder(server).passages(TEXTS)
    assert len(server.requests) == 3


def test_a_request_is_tried_twice_and_no_more(server: Server) -> None:
    server.fail("server_error", times=None, on="embeddings")
    with pytest.raises(EmbedderError, match="overloaded"):
        _embedder(server).passages(TEXTS)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("unauthorized", "check COACH_EMBEDDER_KEY"),
        ("forbidden", "check COACH_EMBEDDER_KEY"),
        ("model_not_found", "check COACH_EMBEDDER and COACH_EMBEDDER_URL"),
        ("insufficient_quota", "no quota left"),
        ("redirect", "COACH_EMBEDDER_URL"),
    ],
)
def test_an_error_names_the_setting_to_mend(server: Server, fault: str, says: str) -> None:
    server.fail(fault, times=None, on="embeddings")
    with pytest.raises(EmbedderError, match=says):
        _embedder(server).passages(TEXTS)
    with pytest.raises(EmbedderError, match=says):
        _embedder(server).question(TEXTS[0])


def test_a_server_that_is_not_there_is_named_without_the_password_in_its_address() -> None:
    embedder = OpenAIEmbedder("bge-m3", "http://amy:hunter2@127.0.0.1:9/v1", KEY)
    with pytest.raises(EmbedderError, match="bge-m3 at http://127.0.0.1:9/v1 cannot be reached") as raised:
        embedder.question("orchards")
    assert "hunter2" not in str(raised.value)
    assert "hunter2" not in embedder.name


def test_without_a_key_servers_that_want_none_are_asked_all_the_same() -> None:
    with running("ollama") as server:
        embedder = OpenAIEmbedder(server.embedding_models[0], server.url, "")
        assert len(embedder.question("orchards")) == 384
