"""Rights by what Slack says of people as well: who left or is a guest, and who is in which user group."""

import asyncio
import threading
from collections.abc import Iterable

from slack_sdk.web.async_client import AsyncWebClient

from integrations.people import People
from integrations.slack.rights import Rights
from knowledge.access import ANYONE, Reader

_PATIENCE = 20.0


class SlackReaders:
    """The bot's own rules for people who look at pages; Slack is asked in a loop and thread of their own."""

    def __init__(self, people: People, token: str, api: str = "") -> None:
        client = AsyncWebClient(token=token, base_url=api or AsyncWebClient.BASE_URL)

        async def client_of(_team: str) -> AsyncWebClient:
            return client

        self._rights = Rights(people, client_of)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="slack-rights", daemon=True).start()

    def __call__(self, users: Iterable[str]) -> Reader:
        """The rights of somebody with these Slack ids; those of anyone where Slack does not vouch for them."""
        readers = (self._ask(each) for each in users)
        return next((each for each in readers if each != ANYONE), ANYONE)

    def _ask(self, user: str) -> Reader:
        # There is one workspace, so it needs no name.
        asked = asyncio.run_coroutine_threadsafe(self._rights.alone("", user), self._loop)
        try:
            return asked.result(_PATIENCE)
        except Exception:
            return ANYONE

    def close(self) -> None:
        """Let go of the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
