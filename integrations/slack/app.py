"""The bot's process: a way in from Slack, the desk, health; a start and an orderly stop."""

import asyncio
import logging
import signal
from typing import Protocol

import aiohttp
from slack_bolt.async_app import AsyncApp

from assistant.ask import Assistant
from integrations.people import People
from integrations.review.reviewing import Reviewing
from integrations.settings import Settings
from integrations.slack.answering import OnAnswered, unheard
from integrations.slack.desk import Desk
from integrations.slack.health import Routes, health_routes
from integrations.slack.home import HomeTab, Languages
from integrations.slack.journal import Journal
from integrations.slack.listeners import Listeners
from integrations.slack.passages import Passages
from integrations.slack.review.errands import Runner
from integrations.slack.review.weekly import Week
from integrations.slack.review.wiring import listening, runner
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
    """One process of the bot. `on_answered` is told of every answer that was shown, and to whom.

    `week` gives the numbers of a week for the coaches' channel.
    """

    def __init__(
        self,
        settings: Settings,
        assistant: Assistant,
        review: Reviewing,
        journal: Journal,
        way: Way,
        on_answered: OnAnswered = unheard,
        week: Week | None = None,
    ) -> None:
        self._settings = settings
        self._assistant = assistant
        self._review = review
        self._journal = journal
        self._way = way
        self._on_answered = on_answered
        self._week = week

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then finish or hand back, then close."""
        stopping = asyncio.Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(each, stopping.set)
        async with aiohttp.ClientSession() as session:
            access = Access(self._settings, session, self._way.teams)
            await access.check()
            rights = Rights(People(self._settings.people), access.client_of)
            review = self._review
            passages = Passages(self._assistant.library, review.answers, review.recheck, review.corrections)
            desk = Desk(self._assistant, self._journal, passages, access.client_of, rights, self._on_answered)
            runs = runner(self._settings, review, rights, access.client_of, self._week)
            health = health_routes(desk, self._journal, self._way.connected)
            where = await self._way.open(self._app(access, desk, passages, rights, runs), health)
            await desk.start()
            await runs.start()
            log.info("the coach is listening %s", where)
            await stopping.wait()
            await self._way.hush()
            await runs.stop()
            await desk.stop()
            await self._way.close()

    def _app(self, access: Access, desk: Desk, passages: Passages, rights: Rights, runs: Runner) -> AsyncApp:
        app, languages = access.app(), Languages()
        tab = HomeTab(self._review, passages, rights, languages)
        Listeners(desk, self._journal, passages, self._review, languages, rights, tab).register(app)
        for each in listening(self._review, rights, languages, tab, desk, self._journal, runs):
            each.register(app)
        return app
