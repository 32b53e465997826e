"""Does what reviews have the bot say: beside the desk, one errand after the other, each until it is done."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

from slack_sdk.errors import SlackApiError

from integrations.review.errands import Errand, What
from integrations.review.reviewing import Reviewing
from integrations.slack.replies import code_of
from integrations.slack.teams import NotInstalled
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)

Do = Callable[[Errand], Awaitable[None]]

_PAUSE = 2.0
# Few at once: what is taken must be said within a minute, and Slack takes one message a second.
_AT_ONCE = 4
_PATIENCE = 5.0
_AN_HOUR = 3600.0


class Runner:
    """One process's share of the errands."""

    def __init__(self, review: Reviewing, doing: Mapping[What, Do], looking: Sequence[Callable[[], object]]) -> None:
        """`doing` says how each sort of errand is done; others are nobody's here.

        `looking` finds new ones: whenever documents changed, and once an hour, as some expire by themselves.
        """
        self._review = review
        self._doing = doing
        self._looking = looking
        self._library = ""
        self._woken = asyncio.Event()
        self._stopping = False
        self._keeper: asyncio.Task[None] | None = None
        self._looked = float("-inf")

    async def start(self) -> None:
        """Begin."""
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Finish the errand that is begun; another process takes what is left."""
        self._stopping = True
        self.wake()
        if self._keeper:
            await asyncio.wait({self._keeper}, timeout=_PATIENCE)
            self._keeper.cancel()

    def wake(self) -> None:
        """There is something to say now."""
        self._woken.set()

    async def _keep(self) -> None:
        while not self._stopping:
            self._woken.clear()
            if not await self._round():
                await self._rest()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), _PAUSE)
        except TimeoutError:
            return

    async def _round(self) -> bool:
        """What is due; whether there was anything."""
        try:
            await self._look()
            taken = await asyncio.to_thread(self._review.errands.take, _AT_ONCE)
            for each in taken:
                if not self._stopping:
                    await self._do(each)
        except KnowledgeError as error:
            log.warning("%s", error)
            return False
        except Exception as error:
            log.error("errands cannot be done now: %s", type(error).__name__)
            return False
        return bool(taken)

    async def _look(self) -> None:
        library = await asyncio.to_thread(self._review.coaching.library.version)
        if library != self._library or time.monotonic() - self._looked > _AN_HOUR:
            self._library, self._looked = library, time.monotonic()
            for each in self._looking:
                await asyncio.to_thread(each)

    async def _do(self, errand: Errand) -> None:
        try:
            if errand.what in self._doing:
                await self._doing[errand.what](errand)
            await asyncio.to_thread(self._review.errands.done, errand)
        except NotInstalled:
            await asyncio.to_thread(self._review.errands.done, errand)
        except Exception as error:
            cause = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            again = await asyncio.to_thread(self._review.errands.failed, errand)
            log.warning("an errand (%s) %s: %s", errand.what, "will be tried again" if again else "is given up", cause)
