"""Socket Mode: the bot calls Slack, so nothing of it need be reachable."""

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from integrations.settings import Settings
from integrations.slack.health import Routes, serve
from integrations.slack.teams import OneTeam, Teams, token_of

# A connection that ends without a word is noticed by a missing pong; two seconds, and two connections,
# keep the deaf time under two.
_PING = 2
_CONNECTIONS = 2


class SocketMode:
    """Connections to one workspace; health on a port for this machine alone."""

    def __init__(self, settings: Settings) -> None:
        """Raises WrongSettings when a token is missing."""
        self.teams: Teams = OneTeam(settings)
        self._token = token_of("APP", settings.slack_app_token.get_secret_value(), "xapp-")
        self._health_port = settings.health_port
        self._handlers: list[AsyncSocketModeHandler] = []
        self._pages: web.AppRunner | None = None

    async def open(self, app: AsyncApp, health: Routes) -> str:
        """Connect; how it is connected."""
        if self._health_port:
            self._pages = await serve(health, "127.0.0.1", self._health_port)
        for _ in range(_CONNECTIONS):
            handler = AsyncSocketModeHandler(app, self._token, web_client=app.client, ping_interval=_PING)
            await handler.connect_async()  # type: ignore[no-untyped-call]
            self._handlers.append(handler)
        return f"on {_CONNECTIONS} connections"

    async def connected(self) -> int:
        """How many connections stand."""
        return sum([bool(await handler.client.is_connected()) for handler in self._handlers])

    async def hush(self) -> None:
        """Take nothing in any more."""
        for handler in self._handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Close what is left."""
        if self._pages:
            await self._pages.cleanup()
