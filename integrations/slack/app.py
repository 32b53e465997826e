"""The bot's process: a way in from Slack, the desk, health; a start and an orderly stop."""

import asyncio
import logging
import signal
from typing import Protocol

import aiohttp
from slack_bolt.async_app import AsyncApp

from assistant.ask import Assistant
from integrations.people import People
from integrations.reviewing import Reviewing
from integrations.settings import Settings
from integrations.slack.answering import OnAnswered, unheard
from integrations.slack.desk import Desk
from integrations.slack.health import Routes, health_routes
from integrations.slack.home import Languages
from integrations.slack.journal import Journal
from integrations.slack.listeners import Listeners
from integrations.slack.passages import Passages
from integrations.slack.rights import Rights
from integrations.slack.teams import Access, Teams

log = logging.getLogger(__name__)


class Way(Protocol):
    """How what people do in Slack reaches the bot."""

    teams: Teams

    async def open(self, app: AsyncApp, health: Routes) -> str:
        """Begin to take in; where, for the log."""
        ...

    async def connected(self) -> int:
        """How many ways in are open."""
        ...

    async def hush(self) -> None:
        """Take nothing in any more."""
        ...

    async def close(self) -> None:
        """Close what is left."""
        ...


class Bot:
    """One process of the bot. `on_answered` is told of every answer that was shown, and to whom."""

    def __init__(
        self,
        settings: Settings,
        assistant: Assistant,
        review: Reviewing,
        journal: Journal,
        way: Way,
        on_answered: OnAnswered = unheard,
    ) -> None:
        self._settings = settings
        self._assistant = assistant
        self._review = review
        self._journal = journal
        self._way = way
        self._on_answered = on_answered

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then finish or hand back, then close."""
        stopping = asyncio.Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(each, stopping.set)
        async with aiohttp.ClientSession() as session:
            access = Access(self._settings, session, self._way.teams)
            await access.check()
            rights = Rights(People(self._settings.people), access.client_of)
            passages = Passages(self._assistant.library, self._review.answers, self._review.recheck)
            desk = Desk(self._assistant, self._journal, passages, access.client_of, rights, self._on_answered)
            health = health_routes(desk, self._journal, self._way.connected)
            where = await self._way.open(self._app(access, desk, passages, rights), health)
            await desk.start()
            log.info("the coach is listening %s", where)
            await stopping.wait()
            await self._way.hush()
            await desk.stop()
            await self._way.close()

    def _app(self, access: Access, desk: Desk, passages: Passages, rights: Rights) -> AsyncApp:
        app = access.app()
        Listeners(desk, self._journal, passages, self._review, Languages(), rights).register(app)
        return app
