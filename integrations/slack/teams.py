"""Whose token speaks in which workspace, and the Slack client that speaks with it."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Protocol

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from integrations.settings import Settings, WrongSettings

log = logging.getLogger(__name__)


class NotInstalled(LookupError):
    """A workspace that the bot is not, or no longer, installed in."""


class Teams(Protocol):
    """The workspaces the bot is in."""

    @property
    def only(self) -> str:
        """The token of the only workspace; empty when workspaces come and go."""
        ...

    @property
    def oauth(self) -> AsyncOAuthSettings | None:
        """How further workspaces install the bot, if they can."""
        ...

    async def token(self, team: str) -> str | None:
        """The bot's token in a workspace, or None."""
        ...

    def register(self, app: AsyncApp) -> None:
        """Hear of workspaces that remove the bot."""
        ...


class OneTeam:
    """The workspace whose bot token is in the settings."""

    oauth = None

    def __init__(self, settings: Settings) -> None:
        """Raises WrongSettings when there is no usable token."""
        self.only = token_of("BOT", settings.slack_bot_token.get_secret_value(), "xoxb-")

    async def token(self, team: str) -> str | None:
        """The same for every workspace: Slack sends us only what is ours."""
        return self.only

    def register(self, app: AsyncApp) -> None:
        """There is nothing to delete; whoever runs the bot should know."""
        for name in ("tokens_revoked", "app_uninstalled"):
            app.event(name)(_removed)


async def _removed(event: Mapping[str, Any]) -> None:
    log.warning("Slack says %s: install the app again and set COACH_SLACK_BOT_TOKEN", event["type"])


def token_of(name: str, value: str, begins: str) -> str:
    """A token that looks like one. Raises WrongSettings."""
    if not value.startswith(begins):
        raise WrongSettings(f"set COACH_SLACK_{name}_TOKEN to the token that begins with {begins} (docs/slack.md)")
    return value


class Access(AsyncAuthorize):
    """Authorises what Slack sends, and makes clients; Slack is asked who we are once a token, not once an event."""

    def __init__(self, settings: Settings, session: aiohttp.ClientSession, teams: Teams) -> None:
        self._settings = settings
        self._session = session
        self._teams = teams
        self._known: dict[str, AuthorizeResult] = {}
        self._asking = asyncio.Lock()

    def app(self) -> AsyncApp:
        """A bolt app for these workspaces; nothing in it is read from the environment."""
        app = AsyncApp(
            name="coach",
            client=self._client(None),
            signing_secret=self._settings.slack_signing_secret.get_secret_value(),
            authorize=self,  # type: ignore[arg-type]
            oauth_settings=self._teams.oauth,
        )
        self._teams.register(app)
        return app

    async def check(self) -> None:
        """Try the token that is in the settings, if one is. Raises WrongSettings."""
        try:
            if self._teams.only:
                await self._identity(self._teams.only)
        except SlackApiError as error:
            raise WrongSettings(f"Slack refuses COACH_SLACK_BOT_TOKEN: {error.response['error']}") from None

    async def client_of(self, team: str) -> AsyncWebClient:
        """The client for a workspace. Raises NotInstalled."""
        token = await self._teams.token(team)
        if token is None:
            raise NotInstalled(team)
        return self._client(token)

    async def __call__(self, *, team_id: str | None, **_: Any) -> AuthorizeResult | None:
        """Who we are in the workspace of a request; None where we are not installed."""
        token = await self._teams.token(team_id or "")
        return await self._identity(token) if token else None

    async def _identity(self, token: str) -> AuthorizeResult:
        async with self._asking:
            if token not in self._known:
                said = await self._client(token).auth_test()
                self._known[token] = AuthorizeResult.from_auth_test_response(auth_test_response=said, bot_token=token)
        return self._known[token]

    def _client(self, token: str | None) -> AsyncWebClient:
        base = self._settings.slack_api_url or AsyncWebClient.BASE_URL
        client = AsyncWebClient(token=token, session=self._session, base_url=base)
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        return client
