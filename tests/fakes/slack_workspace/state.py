"""The workspace's memory, and the few operations that keep it whole. Nothing here knows HTTP or sockets."""

import itertools
import time
import uuid
from collections import defaultdict

from .errors import SlackError
from .records import (
    Channel,
    Group,
    Installation,
    Message,
    Payload,
    Session,
    StatusChange,
    Team,
    User,
    View,
)

Place = tuple[str, str | None]
"""A channel and a thread in it."""


class State:
    def __init__(self) -> None:
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, Group] = {}
        self.installations: dict[str, Installation] = {}
        self.messages: dict[str, dict[str, Message]] = defaultdict(dict)
        self.ephemerals: list[Message] = []
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = defaultdict(list)
        self.homes: dict[str, View] = {}
        self.statuses: dict[Place, list[StatusChange]] = defaultdict(list)
        self.sessions: dict[Place, Session] = {}
        self.prompts: dict[str, Payload] = {}
        self._numbers = itertools.count(1)

    def ts(self) -> str:
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):08d}"

    # Conversations

    def direct_channel(self, team: str, *people: str) -> Channel:
        """The direct conversation of these people, made when it is first wanted."""
        members = set(people)
        kinds = ("im", "mpim")
        for channel in self.channels.values():
            if channel.kind in kinds and channel.team == team and channel.members == members:
                return channel
        one = len(members) == 2
        made = Channel(self.new_id("D" if one else "G"), "", team, "im" if one else "mpim", members)
        self.channels[made.id] = made
        return made

    def shares_a_channel(self, team: str, user: str) -> bool:
        """Whether somebody is in a channel that this team has, or that is shared with it."""
        ours = (each for each in self.channels.values() if each.team == team or team in each.shared_with)
        return any(user in each.members for each in ours)

    def groups_of(self, team: str) -> list[Group]:
        return [group for group in self.groups.values() if group.team == team]

    # Messages

    def post(self, message: Message) -> Message:
        message.versions.append(message.text)
        if message.ephemeral_to:
            self.ephemerals.append(message)
            return message
        self.messages[message.channel][message.ts] = message
        if message.bot:
            self.clear_status(message.channel, message.root)
        return message

    def message(self, channel: str, ts: str) -> Message:
        found = self.messages[channel].get(ts)
        if found is None or found.deleted:
            raise SlackError("message_not_found")
        return found

    def thread(self, channel: str, ts: str) -> list[Message]:
        """A message and its replies; the place of a deleted root stays while it has replies."""
        found = [each for each in self.messages[channel].values() if each.root == ts]
        return sorted((each for each in found if not each.deleted or each.ts == ts), key=lambda each: each.ts)

    def timeline(self, channel: str) -> list[Message]:
        roots = (m for m in self.messages[channel].values() if not m.deleted and m.root == m.ts)
        return sorted(roots, key=lambda message: message.ts)

    def thread_root(self, channel: str, ts: str) -> str:
        """Where a reply belongs. A thread whose root was deleted lives on as long as it has replies."""
        found = self.messages[channel].get(ts)
        if found is None or (found.deleted and len(self.thread(channel, ts)) < 2):
            raise SlackError("thread_not_found")
        return found.root

    def rewrite(self, message: Message, text: str | None = None) -> None:
        if text is not None:
            message.text = text
            message.versions.append(text)
        message.edited = self.ts()

    # Status and sessions

    def set_status(self, place: Place, change: StatusChange) -> None:
        self.statuses[place].append(change)

    def clear_status(self, channel: str, thread: str) -> None:
        changes = self.statuses.get((channel, thread))
        if changes and changes[-1].status:
            changes.append(StatusChange(time.monotonic(), "", automatic=True))

    # Views

    def add_view(self, team: str, user: str, content: Payload) -> View:
        name = self.new_id("V")
        view = View(name, team, user, content, hash=uuid.uuid4().hex[:12], root=name)
        self.views[name] = view
        return view

    def close_view(self, view: View) -> None:
        stack = self.stacks[view.user]
        if view.id in stack:
            stack.remove(view.id)

    def modals(self, user: str) -> list[View]:
        """The modals a person has open, the one on top last."""
        return [self.views[name] for name in self.stacks[user]]
