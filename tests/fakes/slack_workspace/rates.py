"""Rate limits: sliding windows per method and workspace, some of them narrower (a channel, a message).

Tiers are Slack's documented floors, taken at their word. Assumptions: what Slack calls a short burst is five messages
a channel; apps.connections.open (tier 1) bears ten a minute, since Slack allows ten connections; the special limit of
assistant.threads.setStatus is 600 a minute; one message may be updated twice in six seconds.
"""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from .errors import RateLimited
from .records import Payload

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}

METHODS = {
    2: "chat.startStream chat.stopStream reactions.remove usergroups.list usergroups.users.list users.list",
    3: "chat.update chat.delete conversations.info conversations.replies conversations.history conversations.open "
    "reactions.add bots.info agents.sessions.setStatus agents.sessions.rename",
    4: "chat.appendStream chat.postEphemeral conversations.members users.info views.open views.update views.push "
    "views.publish oauth.v2.access assistant.threads.setTitle assistant.threads.setSuggestedPrompts",
}

PER_MINUTE = {
    **{name: TIERS[tier] for tier, names in METHODS.items() for name in names.split()},
    "apps.connections.open": 10,
    "assistant.threads.setStatus": 600,
}


@dataclass(frozen=True)
class Window:
    """So many calls in so many seconds, for those calls that share these arguments."""

    limit: int
    seconds: float
    arguments: tuple[str, ...] = ()


NARROW = {
    "chat.postMessage": Window(5, 5.0, ("channel",)),
    "chat.update": Window(2, 6.0, ("channel", "ts")),
}


@dataclass
class Rates:
    """`Rates(on=False)` for none; `limits` per minute by method; `minute` shortens every window in proportion."""

    on: bool = True
    minute: float = 60.0
    limits: dict[str, int] = field(default_factory=lambda: dict(PER_MINUTE))
    narrow: dict[str, Window] = field(default_factory=lambda: dict(NARROW))
    refused: int = 0

    def __post_init__(self) -> None:
        self._calls: dict[tuple[object, ...], deque[float]] = defaultdict(deque)

    def check(self, method: str, team: str, arguments: Payload) -> None:
        """Count a call, or RateLimited."""
        if not self.on:
            return
        windows = [Window(self.limits[method], 60.0)] if method in self.limits else []
        windows += [self.narrow[method]] if method in self.narrow else []
        now = time.monotonic()
        queues = [self._queue(window, method, team, arguments, now) for window in windows]
        for queue in queues:
            queue.append(now)

    def _queue(self, window: Window, method: str, team: str, arguments: Payload, now: float) -> deque[float]:
        seconds = window.seconds * self.minute / 60.0
        queue = self._calls[method, team, window, *(str(arguments.get(name)) for name in window.arguments)]
        while queue and now - queue[0] >= seconds:
            queue.popleft()
        if len(queue) >= window.limit:
            self.refused += 1
            raise RateLimited(max(1, math.ceil(seconds - (now - queue[0]))))
        return queue
