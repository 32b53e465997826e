"""The bot's process: connections to Slack, the desk, health; a start and an orderly stop."""

import asyncio
import logging
import signal

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from assistant.ask import Assistant
from integrations.settings import Settings, WrongSettings
from integrations.slack.desk import ClientOf, Desk
from integrations.slack.home import People
from integrations.slack.journal import Journal
from integrations.slack.listeners import Listeners
from integrations.slack.passages import Passages
from knowledge.library import Library

log = logging.getLogger(__name__)

# A connection that ends without a word is noticed by a missing pong; three seconds, and two connections,
# keep the deaf time under two.
_PING = 3
_CONNECTIONS = 2
_SLACK = AsyncWebClient.BASE_URL


class Bot:
    """One process of the bot, in Socket Mode."""

    def __init__(self, settings: Settings, assistant: Assistant, library: Library, journal: Journal) -> None:
        """Raises WrongSettings when a token is missing."""
        self._settings = settings
        self._tokens = _tokens(settings)
        self._library = library
        self._journal = journal
        self._assistant = assistant
        self._handlers: list[AsyncSocketModeHandler] = []

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then finish or hand back, then close."""
        stopping = asyncio.Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(each, stopping.set)
        async with aiohttp.ClientSession() as session:
            client = self._client(session)
            desk = Desk(self._assistant, self._journal, _always(client))
            await self._connect(client, desk)
            health = await self._health(desk)
            await desk.start()
            log.info("the coach is listening on %d connections", len(self._handlers))
            await stopping.wait()
            for handler in self._handlers:
                await handler.close_async()  # type: ignore[no-untyped-call]
            await desk.stop()
            await health.cleanup()

    def _client(self, session: aiohttp.ClientSession) -> AsyncWebClient:
        bot, _ = self._tokens
        client = AsyncWebClient(token=bot, session=session, base_url=self._settings.slack_api_url or _SLACK)
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        return client

    async def _connect(self, client: AsyncWebClient, desk: Desk) -> None:
        try:
            await client.auth_test()
        except SlackApiError as error:
            raise WrongSettings(f"Slack refuses COACH_SLACK_BOT_TOKEN: {error.response['error']}") from None
        app = AsyncApp(client=client, name="coach")
        passages = Passages(self._library, self._journal)
        Listeners(desk, self._journal, passages, People()).register(app)
        for _ in range(_CONNECTIONS):
            handler = AsyncSocketModeHandler(app, self._tokens[1], web_client=client, ping_interval=_PING)
            await handler.connect_async()  # type: ignore[no-untyped-call]
            self._handlers.append(handler)

    async def _health(self, desk: Desk) -> web.AppRunner:
        async def healthy(_: web.Request) -> web.Response:
            connected = await self._connected()
            status = 200 if connected else 503
            return web.json_response(
                {"ok": bool(connected), "connections": connected, "working": desk.busy}, status=status
            )

        async def metrics(_: web.Request) -> web.Response:
            states = await asyncio.to_thread(self._journal.numbers)
            return web.Response(text=desk.metrics.text(states, desk.busy, await self._connected()))

        site = web.Application()
        site.add_routes([web.get("/healthz", healthy), web.get("/metrics", metrics)])
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        if self._settings.health_port:
            await web.TCPSite(runner, "127.0.0.1", self._settings.health_port).start()
        return runner

    async def _connected(self) -> int:
        return sum([bool(await handler.client.is_connected()) for handler in self._handlers])


def _always(client: AsyncWebClient) -> ClientOf:
    async def client_of(_team: str) -> AsyncWebClient:
        return client

    return client_of


def _tokens(settings: Settings) -> tuple[str, str]:
    bot, app = settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()
    for name, value, begins in (("BOT", bot, "xoxb-"), ("APP", app, "xapp-")):
        if not value.startswith(begins):
            raise WrongSettings(f"set COACH_SLACK_{name}_TOKEN to the token that begins with {begins} (docs/slack.md)")
    return bot, app
