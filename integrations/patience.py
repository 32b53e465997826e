"""A limit for how long a call may take, where clients know only a limit for each read, or none."""

import queue
import threading
from collections.abc import Callable
from typing import TypeVar, cast

T = TypeVar("T")


def within(seconds: float, call: Callable[[], T]) -> T:
    """What a call returns or raises. TimeoutError when it takes longer; it then goes on by itself, unheard."""
    done: queue.SimpleQueue[tuple[T | None, Exception | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put((call(), None))
        except Exception as error:
            done.put((None, error))

    # A daemon: a command that has its answer does not wait for a server that has none.
    threading.Thread(target=run, daemon=True, name="patience").start()
    try:
        made, error = done.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error:
        raise error
    return cast(T, made)
