"""What Slack said, kept for a while, and dropped the moment Slack says that it changed."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Said = TypeVar("Said")


class Fresh(Generic[Key, Said]):
    """Answers no older than `seconds`, counted from when they were asked for; each asked for once at a time.

    For one event loop. What is dropped while it is being asked for is asked for again.
    """

    def __init__(
        self, seconds: float, ask: Callable[[Key], Awaitable[Said]], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._ask = ask
        self._now = now
        self._kept: dict[Key, tuple[float, asyncio.Future[Said]]] = {}

    async def get(self, key: Key) -> Said:
        """What is true of `key`. Raises whatever asking raises; that is not kept."""
        while True:
            kept = self._kept.get(key)
            if kept is None or self._now() - kept[0] > self._seconds:
                kept = self._kept[key] = (self._now(), self._asked(key))
            said = await asyncio.shield(kept[1])
            if self._kept.get(key) is kept:
                return said

    def peek(self, key: Key) -> Said | None:
        """What is known of `key` without asking, or None."""
        kept = self._kept.get(key)
        if kept is None or self._now() - kept[0] > self._seconds or not kept[1].done():
            return None
        return kept[1].result()

    def drop(self, changed: Callable[[Key], bool]) -> None:
        """Forget what is known of these keys."""
        for key in [each for each in self._kept if changed(each)]:
            del self._kept[key]

    def _asked(self, key: Key) -> "asyncio.Future[Said]":
        asked = asyncio.ensure_future(self._ask(key))
        asked.add_done_callback(lambda done: self._settled(key, done))
        return asked

    def _settled(self, key: Key, asked: "asyncio.Future[Said]") -> None:
        """A failure is not kept, even if nobody waits for it any more."""
        failed = asked.cancelled() or asked.exception() is not None
        if failed and key in self._kept and self._kept[key][1] is asked:
            del self._kept[key]
