"""Workspaces that install the bot by themselves (OAuth), kept in the catalogue database."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy.exc import DatabaseError

from integrations.settings import Settings, WrongSettings
from integrations.slack.manifest import BOT_SCOPES
from integrations.tables import slack_states, slack_teams
from knowledge.errors import StoreError

_STATE_SECONDS = 600


# slack-sdk brings SQLAlchemy stores of its own, but they cannot be imported without greenlet, and add
# a row with every installation. A bot needs one row a workspace.
class _Rows:
    def __init__(self, engine: sa.Engine, now: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._now = now

    @contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise StoreError(f"the installations cannot be used: {error.orig}") from error


class Installations(_Rows, AsyncInstallationStore):
    """One bot token a workspace; the manifest allows no installation in a whole organisation (`enterprise_id`)."""

    async def token(self, team: str) -> str | None:
        """The bot's token in a workspace, or None."""
        return await asyncio.to_thread(self._token, team)

    def _token(self, team: str) -> str | None:
        with self._begin() as connection:
            return connection.scalar(sa.select(slack_teams.c.token).where(slack_teams.c.team == team))

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation; a workspace's later one replaces the earlier."""
        await asyncio.to_thread(self._save, installation)

    def _save(self, installation: Installation) -> None:
        row = {
            "team": installation.team_id,
            "name": installation.team_name or "",
            "token": installation.bot_token,
            "installer": installation.user_id or "",
            "installed": self._now(),
        }
        with self._begin() as connection:
            connection.execute(sa.delete(slack_teams).where(slack_teams.c.team == installation.team_id))
            connection.execute(sa.insert(slack_teams).values(row))

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace whose bot token was revoked."""
        await asyncio.to_thread(self._delete, team_id)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget a workspace; of single people (`user_id`) no token is kept."""
        if user_id is None:
            await asyncio.to_thread(self._delete, team_id)

    def _delete(self, team: str | None) -> None:
        with self._begin() as connection:
            connection.execute(sa.delete(slack_teams).where(slack_teams.c.team == team))


class States(_Rows, AsyncOAuthStateStore):
    """What proves that an installation comes back from where it was begun: good once, for ten minutes."""

    async def async_issue(self, *_: Any, **__: Any) -> str:
        """A new state."""
        return await asyncio.to_thread(self._issue)

    def _issue(self) -> str:
        state, now = uuid4().hex, self._now()
        with self._begin() as connection:
            connection.execute(sa.delete(slack_states).where(slack_states.c.expires < now))
            connection.execute(sa.insert(slack_states).values(state=state, expires=now + _STATE_SECONDS))
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the state is good; it is not from now on."""
        return await asyncio.to_thread(self._consume, state)

    def _consume(self, state: str) -> bool:
        good = sa.and_(slack_states.c.state == state, slack_states.c.expires > self._now())
        with self._begin() as connection:
            return connection.execute(sa.delete(slack_states).where(good)).rowcount == 1


class ManyTeams:
    """The workspaces in the store of installations."""

    only = ""

    def __init__(self, settings: Settings, engine: sa.Engine) -> None:
        """Raises WrongSettings when the client's secret is missing."""
        secret = settings.slack_client_secret.get_secret_value()
        if not secret:
            raise WrongSettings("set COACH_SLACK_CLIENT_SECRET: COACH_SLACK_CLIENT_ID is set (docs/slack.md)")
        self._store = Installations(engine)
        self.oauth: AsyncOAuthSettings | None = AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=secret,
            scopes=list(BOT_SCOPES),
            user_scopes=[],
            install_page_rendering_enabled=False,
            installation_store=self._store,
            state_store=States(engine),
            state_expiration_seconds=_STATE_SECONDS,
        )

    async def token(self, team: str) -> str | None:
        """The token of the installation, looked up each time: another process may have taken it in or deleted it."""
        return await self._store.token(team)

    def register(self, app: AsyncApp) -> None:
        """A workspace that removes the bot, or revokes its token, is forgotten."""
        app.enable_token_revocation_listeners()
