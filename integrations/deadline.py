"""A stream with one deadline for all of it, where clients know only a limit for each read."""

import queue
import threading
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None = None


def until(end: float, items: Generator[T, None, None]) -> Generator[T, None, None]:
    """The same items, read by a thread of their own. `end` is by the monotonic clock.

    Raises TimeoutError when the time is over, and what `items` raises; when nobody wants more, the
    thread stops at the next thing it reads.
    """
    arrived: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    left = threading.Event()
    threading.Thread(target=_read, args=(items, arrived, left), daemon=True, name="model").start()
    try:
        while not isinstance(item := _next(arrived, end), _End):
            yield item
        if item.error:
            raise item.error
    finally:
        left.set()


def _read(items: Generator[T, None, None], arrived: "queue.SimpleQueue[T | _End]", left: threading.Event) -> None:
    try:
        with closing(items):
            for item in items:
                if left.is_set():
                    return
                arrived.put(item)
        arrived.put(_End())
    except Exception as error:
        arrived.put(_End(error))


def _next(arrived: "queue.SimpleQueue[T | _End]", end: float) -> T | _End:
    try:
        return arrived.get(timeout=max(end - time.monotonic(), 0.001))
    except queue.Empty:
        raise TimeoutError from None
