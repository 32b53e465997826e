"""Everything that can be made to go wrong, on demand."""

import asyncio
import socket
import struct
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .records import Payload
from .sockets import Connection

if TYPE_CHECKING:
    from .workspace import Workspace


@dataclass
class CallFault:
    """What becomes of the next calls of a method."""

    method: str
    times: int
    status: int = 200
    body: Payload = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    performed: bool = False
    """The call does its work, only its answer is replaced."""
    cut: bool = False
    """The connection is cut instead of answering."""


class Faults:
    """`method` is a method's name, "response_url", or "*" for every one; `times` is how many calls are hit."""

    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack
        self._calls: list[CallFault] = []
        self.latency: dict[str, float] = {}
        self.lost_acks = 0
        self.duplicates = 0
        self.hit: Counter[str] = Counter()

    # Web API

    def slow(self, seconds: float, method: str = "*") -> None:
        """Every call takes so much longer, until set to 0."""
        self.latency[method] = seconds

    def rate_limit(self, method: str, retry_after: int = 1, times: int = 1) -> None:
        body = {"ok": False, "error": "ratelimited"}
        self._calls.append(CallFault(method, times, 429, body, {"Retry-After": str(retry_after)}))

    def fail(self, method: str, status: int = 500, times: int = 1, performed: bool = False) -> None:
        body = {"ok": False, "error": "internal_error"}
        self._calls.append(CallFault(method, times, status, body, performed=performed))

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """Answer ok: false with this error."""
        self._calls.append(CallFault(method, times, 200, {"ok": False, "error": error}))

    def cut(self, method: str, times: int = 1, performed: bool = False) -> None:
        self._calls.append(CallFault(method, times, performed=performed, cut=True))

    def for_call(self, method: str) -> CallFault | None:
        for fault in self._calls:
            if fault.times > 0 and fault.method in (method, "*"):
                fault.times -= 1
                self.hit[method] += 1
                return fault
        return None

    def delay(self, method: str) -> float:
        return self.latency.get(method, self.latency.get("*", 0.0))

    # Deliveries

    def lose_acks(self, times: int = 1) -> None:
        """The next acks never reach Slack, so it retries."""
        self.lost_acks = times

    def duplicate(self, times: int = 1) -> None:
        """The next events come twice, with the same event_id."""
        self.duplicates = times

    @contextmanager
    def reordered(self) -> Iterator[None]:
        """What happens inside is delivered at the end, last first."""
        self._slack.on_loop(self._slack.deliveries.hold)
        try:
            yield
        finally:
            self._slack.on_loop(self._slack.deliveries.release)

    def spends(self, counter: str) -> bool:
        left: int = getattr(self, counter)
        setattr(self, counter, max(0, left - 1))
        return left > 0

    # Sockets

    def end(self) -> int:
        """TCP ends (FIN), no close frame."""
        return self._each(lambda one: one.transport.abort())

    def reset(self) -> int:
        """TCP is reset (RST)."""
        return self._each(_reset)

    def black_hole(self, ghost: bool = False) -> int:
        """Open, but nothing is read or written any more. A ghost still gets its turn, and loses what it is sent."""
        return self._each(lambda one: one.fall_silent(ghost))

    def close(self, code: int = 1001) -> int:
        """A proper close frame."""
        return self._each(lambda one: self._slack.spawn(one.socket.close(code=code)))

    def refresh(self) -> int:
        """disconnect (warning), ten seconds by `time_scale` of grace, disconnect (refresh_requested), close."""
        return self._each(lambda one: self._slack.spawn(self._refresh(one)))

    def _each(self, act: Callable[[Connection], object]) -> int:
        def every() -> int:
            connections = list(self._slack.sockets.connections)
            for connection in connections:
                act(connection)
            return len(connections)

        return self._slack.on_loop(every)

    async def _refresh(self, connection: Connection) -> None:
        timing = self._slack.timing
        connection.leaving = True
        await connection.disconnect("warning")
        await asyncio.sleep(timing.warning * timing.time_scale)
        await connection.disconnect("refresh_requested")
        await connection.socket.close(code=1000)

    # Streams

    def expire_streams(self) -> int:
        """Every open stream reaches the end of its life now."""
        open_streams = [
            message.stream
            for messages in self._slack.state.messages.values()
            for message in list(messages.values())
            if message.stream and message.stream.state == "in_progress"
        ]
        for stream in open_streams:
            stream.ended = "expired"
        return len(open_streams)


def _reset(connection: Connection) -> None:
    raw: socket.socket = connection.transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.transport.abort()
