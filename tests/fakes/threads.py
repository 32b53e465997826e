"""A server of an event loop, run in a thread of its own for tests that have no loop."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Generic, TypeVar

Served = TypeVar("Served")
_PATIENCE = 15.0


@contextmanager
def in_thread(serving: AbstractAsyncContextManager[Served], name: str) -> Iterator[Served]:
    """What `serving` yields, until the end of the block. Raises RuntimeError when it does not start."""
    server = _Server(serving)
    thread = threading.Thread(target=server.run, name=name, daemon=True)
    thread.start()
    try:
        yield server.started(name)
    finally:
        server.stop()
        thread.join(timeout=_PATIENCE)


class _Server(Generic[Served]):
    def __init__(self, serving: AbstractAsyncContextManager[Served]) -> None:
        self._serving = serving
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._done: asyncio.Event | None = None
        self._served: Served | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._done = asyncio.get_running_loop(), asyncio.Event()
        async with self._serving as self._served:
            self._ready.set()
            await self._done.wait()

    def started(self, name: str) -> Served:
        self._ready.wait(timeout=_PATIENCE)
        if self._served is None:
            raise RuntimeError(f"{name} did not start") from self._error
        return self._served

    def stop(self) -> None:
        if self._loop and self._done and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._done.set)
