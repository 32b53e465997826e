"""Sending: what goes out, in which pieces, how fast, and how the connection ends."""

import asyncio
import enum
import math
import socket
import struct
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from .records import Pace, Request, Writes, by_event


class End(enum.Enum):
    CLEAN = "as HTTP says"
    CLOSE = "the connection is closed (FIN)"
    RESET = "the connection is reset (RST)"
    BROKEN_CHUNK = "a chunk announces more than comes, then FIN"
    SILENCE = "nothing more comes, the connection stays open"


@dataclass(frozen=True)
class Outgoing:
    frames: Iterable[bytes]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    chunked: bool = False
    writes: Writes = by_event
    pace: Pace = Pace()
    sent: float = 1.0
    """How much of it is sent before the end."""
    with_headers: bool = True
    """Otherwise not even the status line is sent."""
    end: End = End.CLEAN


async def send(http: web.Request, request: Request, out: Outgoing) -> web.StreamResponse:
    response = web.StreamResponse(status=out.status, headers=out.headers)
    try:
        if out.with_headers:
            await _send_body(http, request, out, response)
        await _finish(http, response, out.end)
        request.finished = time.time()
    except ConnectionError:
        request.disconnected = time.time()
    return response


async def _send_body(http: web.Request, request: Request, out: Outgoing, response: web.StreamResponse) -> None:
    frames = out.frames
    if out.chunked:
        response.enable_chunked_encoding()
    else:
        frames = [b"".join(frames)]
        response.content_length = len(frames[0])
    if out.sent < 1:
        frames = _beginning(list(frames), out.sent)
    await response.prepare(http)
    request.status = out.status
    pause = out.pace.first
    for piece in out.writes(frames):
        await asyncio.sleep(pause)
        await response.write(piece)
        pause = out.pace.each


def _beginning(frames: list[bytes], share: float) -> list[bytes]:
    """Whole frames, or the first bytes of a single one."""
    if len(frames) == 1:
        return [frames[0][: math.ceil(len(frames[0]) * share)]]
    return frames[: math.ceil(len(frames) * share)]


async def _finish(http: web.Request, response: web.StreamResponse, end: End) -> None:
    transport = http.transport
    if end is End.CLEAN:
        await response.write_eof()
    elif end is End.SILENCE:
        await asyncio.Event().wait()
    elif transport is not None:
        # What was written is read before a reset is noticed.
        await asyncio.sleep(0.01)
        if end is End.BROKEN_CHUNK:
            transport.write(b"1000\r\ndata: {")
        if end is End.RESET:
            raw: socket.socket = transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            transport.close()
