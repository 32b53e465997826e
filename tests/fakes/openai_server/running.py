"""Starting and stopping: a server in a thread of its own, or in the loop one is in."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from aiohttp import web

from tests.fakes.threads import in_thread

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
    with in_thread(serving(profile, port=port, **options), "fake-openai") as server:
        yield server
