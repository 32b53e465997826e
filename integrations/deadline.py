"""A stream with one deadline for all of it, that ends at once when nobody wants more.

Clients know only a limit for each read, and a thread that waits inside one cannot be called back; a task
of an event loop can, wherever it waits.
"""

import asyncio
import queue
import threading
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

T = TypeVar("T")
_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None = None


def until(end: float, items: AsyncGenerator[T, None]) -> Generator[T, None, None]:
    """The same items, read by a loop in another thread. `end` is by the monotonic clock.

    Raises TimeoutError when the time is over, and what `items` raises. However this ends, closed by its
    reader too, `items` is cancelled where it stands.
    """
    arrived: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    reading = asyncio.run_coroutine_threadsafe(_read(items, arrived), _loop())
    try:
        while not isinstance(item := _next(arrived, end), _End):
            yield item
        if item.error:
            raise item.error
    finally:
        reading.cancel()


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    """One loop for the process: clients belong to the loop that first used them."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True, name="models").start()
    return loop


async def _read(items: AsyncGenerator[T, None], arrived: "queue.SimpleQueue[T | _End]") -> None:
    end = _End()
    try:
        async with aclosing(items):
            async for item in items:
                arrived.put(item)
    except Exception as error:
        end = _End(error)
    arrived.put(end)


def _next(arrived: "queue.SimpleQueue[T | _End]", end: float) -> T | _End:
    try:
        return arrived.get(timeout=max(end - time.monotonic(), 0.001))
    except queue.Empty:
        raise TimeoutError from None
