"""Socket Mode: tickets, at most ten connections, envelopes in turn, acks."""

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from .records import Attempt, Delivery, Payload

if TYPE_CHECKING:
    from .workspace import Workspace

MOST_CONNECTIONS = 10
ANSWERABLE = {"slash_commands", "interactive"}


@dataclass(eq=False)
class Connection:
    socket: web.WebSocketResponse
    transport: asyncio.Transport
    opened: float = field(default_factory=time.monotonic)
    leaving: bool = False
    silent: bool = False
    ghost: bool = False

    @property
    def usable(self) -> bool:
        return not self.socket.closed and (not self.silent or self.ghost)

    async def send(self, message: Payload) -> None:
        if not self.silent:
            await self.socket.send_json(message)

    async def disconnect(self, reason: str) -> None:
        if not self.socket.closed:
            await self.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}})

    def fall_silent(self, ghost: bool) -> None:
        self.silent, self.ghost = True, ghost
        self.transport.pause_reading()


@dataclass
class Envelope:
    delivery: Delivery
    attempt: Attempt
    answer: "asyncio.Future[Payload | None]"


class Sockets:
    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack
        self._tickets: dict[str, float] = {}
        self._envelopes: dict[str, Envelope] = {}
        self._turn = 0
        self.connections: list[Connection] = []
        self.opened = 0
        """How many connections there have ever been."""

    # Connecting

    def ticket(self) -> str:
        ticket = uuid.uuid4().hex
        self._tickets[ticket] = time.monotonic()
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        made = self._tickets.pop(request.query.get("ticket", ""), None)
        if made is None or time.monotonic() - made > self._slack.timing.ticket_life:
            self._slack.complain("a socket was opened with a ticket that was used, expired or never issued")
            return web.Response(status=401)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        transport = request.transport
        assert isinstance(transport, asyncio.Transport)
        await self._serve(Connection(socket, transport))
        return socket

    async def _serve(self, connection: Connection) -> None:
        if len(self.connections) >= MOST_CONNECTIONS:
            await connection.disconnect("too_many_websockets")
            await connection.socket.close()
            return
        self.connections.append(connection)
        self.opened += 1
        try:
            await connection.send(self._hello())
            async for message in connection.socket:
                if message.type == WSMsgType.TEXT:
                    self._receive(json.loads(message.data))
        finally:
            self.connections.remove(connection)

    def _hello(self) -> Payload:
        info = {"host": "fake", "build_number": 1, "approximate_connection_time": 18060}
        count = len(self.connections)
        app = {"app_id": self._slack.app.id}
        return {"type": "hello", "num_connections": count, "connection_info": app, "debug_info": info}

    async def close(self) -> None:
        for connection in list(self.connections):
            if connection.silent:
                connection.transport.resume_reading()
                connection.transport.abort()
            else:
                await connection.socket.close(code=1001)

    # Delivering

    def next_connection(self) -> Connection | None:
        """Round robin, over those that are not about to go while there are others."""
        usable = [each for each in self.connections if each.usable]
        usable = [each for each in usable if not each.leaving] or usable
        if not usable:
            return None
        self._turn += 1
        return usable[self._turn % len(usable)]

    async def attempt(self, delivery: Delivery, attempt: Attempt) -> None:
        connection = self.next_connection()
        if connection is None:
            attempt.failure = "no connection"
            return
        attempt.envelope = str(uuid.uuid4())
        answer: asyncio.Future[Payload | None] = asyncio.get_running_loop().create_future()
        self._envelopes[attempt.envelope] = Envelope(delivery, attempt, answer)
        try:
            await connection.send(_envelope(delivery, attempt))
            delivery.response = await asyncio.wait_for(answer, self._slack.timing.ack)
        except TimeoutError:
            attempt.failure = "timeout"
        except ConnectionError:
            attempt.failure = "connection lost"

    def _receive(self, message: Any) -> None:
        envelope = self._envelopes.get(message.get("envelope_id", "")) if isinstance(message, dict) else None
        if envelope is None:
            self._slack.complain(f"the app sent what is no ack: {json.dumps(message)[:200]}")
        elif envelope.attempt.acked is not None:
            self._slack.complain(f"{envelope.delivery.type} {envelope.delivery.id} was acked twice")
        elif not self._slack.faults.spends("lost_acks"):
            self._ack(envelope, message.get("payload"))

    def _ack(self, envelope: Envelope, payload: Payload | None) -> None:
        envelope.attempt.acked = time.monotonic()
        envelope.attempt.late = envelope.answer.done()
        if payload and envelope.delivery.kind not in ANSWERABLE:
            self._slack.complain(f"{envelope.delivery.type} was acked with a payload, which Slack drops")
        if not envelope.answer.done():
            envelope.answer.set_result(payload)


def _envelope(delivery: Delivery, attempt: Attempt) -> Payload:
    envelope: Payload = {
        "envelope_id": attempt.envelope,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind in ANSWERABLE,
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return envelope
