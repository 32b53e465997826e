"""Starting and stopping: a server in a thread of its own, or in the loop one is in."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from aiohttp import web

from .endpoints import application
from .profiles import Profile
from .server import Server


@asynccontextmanager
async def serving(profile: str | Profile = "openai", *, port: int = 0, **options: Any) -> AsyncIterator[Server]:
    """A server in this event loop; the options are those of `Server`."""
    server = Server(profile, **options)
    runner = web.AppRunner(application(server), access_log=None, shutdown_timeout=0.2, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


@contextmanager
def running(profile: str | Profile = "openai", *, port: int = 0, **options: Any) -> Iterator[Server]:
    """A server in a thread of its own; the options are those of `Server`."""
    started = _Thread(profile, port, options)
    started.start()
    try:
        yield started.server()
    finally:
        started.stop()


class _Thread(threading.Thread):
    def __init__(self, profile: str | Profile, port: int, options: dict[str, Any]) -> None:
        super().__init__(name="fake-openai", daemon=True)
        self._given = profile, port, options
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._done: asyncio.Event | None = None
        self._server: Server | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        profile, port, options = self._given
        self._loop, self._done = asyncio.get_running_loop(), asyncio.Event()
        async with serving(profile, port=port, **options) as self._server:
            self._ready.set()
            await self._done.wait()

    def server(self) -> Server:
        self._ready.wait(timeout=15)
        if self._server is None:
            raise RuntimeError("the fake OpenAI server did not start") from self._error
        return self._server

    def stop(self) -> None:
        if self._loop and self._done and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._done.set)
        self.join(timeout=15)
