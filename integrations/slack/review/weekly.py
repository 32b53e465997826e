"""The week in numbers, posted once in the coaches' channel."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from assistant.questions import Language
from integrations.review.errands import Errand, Errands, What
from integrations.slack import blocks
from integrations.slack.kit import line, rich
from integrations.slack.review.posting import Spot, post_once
from integrations.slack.rights import ClientOf, Rights
from knowledge.access import Reader

Week = Callable[[Reader, Language], Sequence[str]]
"""The lines of the week that ended, as a reader, with all beside them, may read them."""

_MORNING = 8
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Weekly:
    """Has the numbers posted on one day of the week."""

    def __init__(self, rights: Rights, client_of: ClientOf, channel: str, language: Language, week: Week) -> None:
        self._rights = rights
        self._client_of = client_of
        self._channel = channel
        self._language = language
        self._week = week

    async def post(self, errand: Errand) -> None:
        """What all who read the channel may read of the week."""
        reader = await self._rights.everyone("", self._channel)
        lines = await asyncio.to_thread(self._week, reader, self._language)
        first, *others = lines
        message = [rich(line(first, bold=True)), *(rich(line(each)) for each in others)]
        client = await self._client_of("")
        await post_once(client, Spot(self._channel), errand, [message], blocks.escaped(first))


def ask_for_week(errands: Errands, day: str, now: Callable[[], float] = time.time) -> bool:
    """Ask for the numbers of the week once it is the day and morning (UTC); False when that was done, or it is not."""
    today = datetime.fromtimestamp(now(), UTC)
    if day != _DAYS[today.weekday()] or today.hour < _MORNING:
        return False
    year, week, _ = today.isocalendar()
    return errands.add(f"digest {year}-{week:02}", What.DIGEST, week=f"{year}-{week:02}")
