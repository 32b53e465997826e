"""What a test can see: messages, homes, modals, calls, deliveries; and how it waits for them."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from .app import Timing
from .blocks import texts_in
from .deliveries import Deliveries
from .records import Call, Delivery, Message, Payload, Session, StatusChange, View
from .state import State

Seen = TypeVar("Seen")
PATIENCE = 5.0
STEP = 0.005


class Reading:
    state: State
    deliveries: Deliveries
    timing: Timing
    complaints: list[str]
    recorded: list[Call]

    def on_loop(self, work: Callable[[], Seen]) -> Seen:
        raise NotImplementedError

    # Conversations

    def messages(self, channel: str, thread: str | None = None) -> list[Message]:
        """What stands in a channel, replies included, oldest first; or in one of its threads, root included."""
        every = sorted(list(self.state.messages[channel].values()), key=lambda each: each.ts)
        return [each for each in every if not each.deleted and thread in (None, each.root)]

    def replies(self, message: Message) -> list[Message]:
        """What the app's bots said in a message's thread."""
        thread = self.messages(message.channel, message.root)
        return [each for each in thread if each.bot and each.ts != message.root]

    def dm(self, user: str, team: str | None = None) -> str:
        """The direct conversation of a person with the bot."""
        where = team or self.state.users[user].team
        bots = [each.bot_user for each in self.state.installations.values() if each.team == where]
        return self.on_loop(lambda: self.state.direct_channel(where, user, bots[-1]).id)

    def ephemerals(self, user: str, channel: str | None = None) -> list[Message]:
        """What only this person saw, where (everywhere, if not told)."""
        mine = [each for each in list(self.state.ephemerals) if each.ephemeral_to == user and not each.deleted]
        return [each for each in mine if channel in (None, each.channel)]

    # Surfaces

    def home(self, user: str) -> View | None:
        return self.state.homes.get(user)

    def views(self, user: str) -> list[View]:
        """The modals a person has open, the one on top last."""
        return self.state.modals(user)

    def prompts(self, user: str) -> Payload | None:
        """The suggested prompts in a person's conversation with the bot: title and prompts."""
        return self.state.prompts.get(self.dm(user))

    def status_history(self, channel: str, thread: str) -> list[StatusChange]:
        return list(self.state.statuses.get((channel, thread), ()))

    def status(self, channel: str, thread: str) -> str:
        """What people see now: nothing after two minutes, or once a message came."""
        changes = self.status_history(channel, thread)
        if not changes or time.monotonic() - changes[-1].at > self.timing.status_life:
            return ""
        return changes[-1].status

    def session(self, channel: str, thread: str) -> Session | None:
        return self.state.sessions.get((channel, thread))

    # Recordings

    def calls(self, method: str | None = None) -> list[Call]:
        """Calls of the Web API by method; what was sent to a response URL is under "response_url"."""
        return [call for call in list(self.recorded) if method in (None, call.method)]

    def delivered(self, type: str | None = None) -> list[Delivery]:
        """Events by type (the bot's own messages are told too), commands by name, interactions by type."""
        return [each for each in list(self.deliveries.records) if type in (None, each.type)]

    def deliveries_of(self, message: Message) -> list[Delivery]:
        """The events a message was told by: message and, for a mention, app_mention."""
        place = (message.channel, message.ts)
        events = [(each, each.payload.get("event", {})) for each in self.delivered()]
        return [each for each, event in events if (event.get("channel"), event.get("ts")) == place]

    def ack_latencies(self, type: str | None = None) -> list[float]:
        """Seconds from the sending to the ack, of each delivery acked in time."""
        return [each.latency for each in self.delivered(type) if each.latency is not None]

    # Waiting

    def wait(self, seen: Callable[[], Seen], timeout: float = PATIENCE) -> Seen:
        """Block this thread until something true is seen, and return it."""
        end = time.monotonic() + timeout
        while not (found := seen()):
            if time.monotonic() > end:
                raise AssertionError(self._never(timeout))
            time.sleep(STEP)
        return found

    async def eventually(self, seen: Callable[[], Seen], timeout: float = PATIENCE) -> Seen:
        """The same, in any event loop."""
        end = time.monotonic() + timeout
        while not (found := seen()):
            if time.monotonic() > end:
                raise AssertionError(self._never(timeout))
            await asyncio.sleep(STEP)
        return found

    def _never(self, timeout: float) -> str:
        last = [f"{call.method} -> {call.error or 'ok'}" for call in self.recorded[-8:]]
        return f"not seen in {timeout} s. Last calls: {last}. Complaints: {self.complaints[-5:]}"


def shown(message: Message | View) -> str:
    """All the text a person would read in a message, a modal or a home."""
    if isinstance(message, View):
        return "\n".join(texts_in(message.content))
    text = message.text if not message.blocks or message.stream else ""
    return "\n".join(each for each in (text, *texts_in(message.blocks)) if each)
