"""A stream with one deadline for all of it, by itself and under the model's adapter."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import closing

import pytest

from assistant.errors import Failure, ModelFailed
from assistant.ports import Message
from integrations import openai_model
from integrations.deadline import until
from integrations.openai_model import OpenAIModel
from tests.fakes.openai_server import Pace, Reply, Server, running, scripted

ASKED = [Message("user", "Why do key accounts leave?")]
TEXT = "They leave when their sponsor leaves. " * 3


class Numbers:
    """One, two and so on, as many as there are pauses; then it fails, if it is to fail."""

    def __init__(self, *pauses: float, error: Exception | None = None) -> None:
        self.pauses, self.error = pauses, error
        self.closed = threading.Event()

    async def items(self) -> AsyncGenerator[int, None]:
        try:
            for number, pause in enumerate(self.pauses, start=1):
                await asyncio.sleep(pause)
                yield number
            if self.error:
                raise self.error
        finally:
            self.closed.set()


def soon() -> float:
    return time.monotonic() + 0.2


def test_what_comes_in_time_comes_in_order() -> None:
    numbers = Numbers(*[0] * 1000)
    assert list(until(time.monotonic() + 5, numbers.items())) == list(range(1, 1001))


def test_what_it_reads_from_may_raise() -> None:
    came: list[int] = []
    with pytest.raises(KeyError, match="gone"):
        came.extend(until(soon(), Numbers(0, 0, error=KeyError("gone")).items()))


def test_silence_ends_at_the_deadline() -> None:
    numbers, started = Numbers(0, 60), time.monotonic()
    came = until(soon(), numbers.items())
    assert next(came) == 1
    with pytest.raises(TimeoutError):
        next(came)
    assert 0.15 < time.monotonic() - started < 0.4
    assert numbers.closed.wait(0.2)


def test_a_deadline_that_is_over_ends_it_at_once() -> None:
    with pytest.raises(TimeoutError):
        list(until(time.monotonic() - 1, Numbers(1).items()))


def test_what_nobody_reads_any_more_is_closed_where_it_waits() -> None:
    numbers = Numbers(0, 60)
    with closing(until(time.monotonic() + 60, numbers.items())) as came:
        next(came)
    assert numbers.closed.wait(0.2)


# Under the adapter


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
    made = OpenAIModel("fake-chat", server.key, server.url)
    made.ready()
    return made


@pytest.mark.parametrize("fault", ["never_answers", "silent_after_headers", "stall_mid_reply", "slow_drip", "endless"])
def test_a_deadline_holds_whatever_a_server_does_and_ends_the_request(
    server: Server, model: OpenAIModel, fault: str
) -> None:
    server.fail(fault)
    started = time.monotonic()
    with pytest.raises(ModelFailed) as raised:
        list(model.stream(ASKED, 0.4, 300))
    assert raised.value.failure is Failure.SLOW
    assert time.monotonic() - started < 0.7
    server.wait(lambda: server.last.disconnected, 0.5)


@pytest.mark.parametrize(
    "reply", [Reply(TEXT, fault="stall_mid_reply"), Reply(TEXT, fault="endless"), Reply(TEXT, pace=Pace(each=0.3))]
)
def test_who_wants_no_more_hangs_up_at_once(server: Server, model: OpenAIModel, reply: Reply) -> None:
    server.reply(reply)
    with closing(model.stream(ASKED, 30.0, 300)) as pieces:
        next(piece for piece in pieces if piece.text)
    server.wait(lambda: server.last.disconnected, 0.3)


def test_replies_that_were_left_leave_no_threads(server: Server, model: OpenAIModel) -> None:
    list(model.stream(ASKED, 5.0, 300))
    before = threading.active_count()
    for _ in range(10):
        server.reply(Reply(TEXT, fault="stall_mid_reply"))
        with closing(model.stream(ASKED, 30.0, 300)) as pieces:
            next(pieces)
    assert threading.active_count() <= before


def test_a_host_that_swallows_every_packet_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_model, "_CONNECT", 0.2)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        model = OpenAIModel("fake-chat", "k", f"http://127.0.0.1:{full.getsockname()[1]}/v1")
        model.ready()
        started = time.monotonic()
        with pytest.raises(ModelFailed) as raised:
            list(model.stream(ASKED, 5.0, 300))
        for each in waiting:
            each.close()
    assert raised.value.failure is Failure.UNREACHABLE
    assert time.monotonic() - started < 1.0
