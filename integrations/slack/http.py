"""HTTP mode: Slack calls the bot, in one workspace or in many."""

import time

import sqlalchemy as sa
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from integrations.settings import Settings, WrongSettings
from integrations.slack.health import Routes, serve
from integrations.slack.installs import ManyTeams
from integrations.slack.teams import OneTeam, Teams

# bolt refuses signatures five minutes older or newer than its clock, so none need be remembered for longer than both.
_FRESH = 600.0
_MOST = 100_000


class HttpMode:
    """A web server: what Slack sends, the installation of further workspaces, and health."""

    def __init__(self, settings: Settings, engine: sa.Engine, port: int | None = None) -> None:
        """Raises WrongSettings when a secret or token is missing."""
        if not settings.slack_signing_secret.get_secret_value():
            raise WrongSettings("set COACH_SLACK_SIGNING_SECRET to the app's signing secret (docs/slack.md)")
        self.teams: Teams = ManyTeams(settings, engine) if settings.slack_client_id else OneTeam(settings)
        self._port = settings.slack_port if port is None else port
        self._pages: web.AppRunner | None = None

    async def open(self, app: AsyncApp, health: Routes) -> str:
        """Listen; where."""
        routes = [web.post("/slack/events", _Door(app).knock), *health]
        if app.oauth_flow:
            routes += _installation(app.oauth_flow)
        self._pages = await serve(routes, "0.0.0.0", self._port)
        return f"on port {self._port}"

    async def connected(self) -> int:
        """Whether the port is open."""
        return int(self._pages is not None)

    async def hush(self) -> None:
        """Close the port; requests that are being answered are."""
        if self._pages:
            await self._pages.cleanup()
        self._pages = None

    async def close(self) -> None:
        """Nothing is left."""


class _Door:
    """Lets in what Slack signed, each signature once; bolt checks signatures and their time."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app
        self._seen: dict[str, float] = {}

    async def knock(self, request: web.Request) -> web.Response:
        """A signature that was served is refused when it comes again; Slack signs each retry anew."""
        signature = request.headers.get("X-Slack-Signature", "")
        if signature in self._seen:
            return web.Response(status=401)
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        if answer.status == 200 and signature:
            self._remember(signature)
        return await to_aiohttp_response(answer)

    def _remember(self, signature: str) -> None:
        now = time.monotonic()
        self._seen[signature] = now
        while len(self._seen) > _MOST or next(iter(self._seen.values())) < now - _FRESH:
            del self._seen[next(iter(self._seen))]


def _installation(flow: AsyncOAuthFlow) -> Routes:
    """The pages of the installation: to Slack, and back from it."""

    async def install(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_installation(await to_bolt_request(request)))

    async def back(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await flow.handle_callback(await to_bolt_request(request)))

    return [web.get(flow.install_path, install), web.get(flow.redirect_uri_path, back)]
