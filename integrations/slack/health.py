"""Whether the process is well, for those who watch it; and serving pages at all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from integrations.settings import WrongSettings
from integrations.slack.desk import Desk
from integrations.slack.journal import Journal

Routes = Sequence[web.RouteDef]
Connected = Callable[[], Awaitable[int]]

# How long requests that are being answered may take when the process is told to stop.
_PATIENCE = 5.0


def health_routes(desk: Desk, journal: Journal, connected: Connected) -> Routes:
    """`/healthz` and `/metrics`."""

    async def healthy(_: web.Request) -> web.Response:
        count = await connected()
        body = {"ok": bool(count), "connections": count, "working": desk.busy}
        return web.json_response(body, status=200 if count else 503)

    async def metrics(_: web.Request) -> web.Response:
        states = await asyncio.to_thread(journal.numbers)
        return web.Response(text=desk.metrics.text(states, desk.busy, await connected()))

    return [web.get("/healthz", healthy), web.get("/metrics", metrics)]


async def serve(routes: Routes, host: str, port: int) -> web.AppRunner:
    """Pages at a port, until the runner is cleaned up. Raises WrongSettings when the port cannot be had."""
    site = web.Application()
    site.add_routes(routes)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=_PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise WrongSettings(f"port {port} cannot be listened on ({error.strerror}): choose another") from None
    return runner
