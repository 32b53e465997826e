"""The payloads of events, and which of them the app gets: subscribed, scoped, and where its bot is."""

import time
from typing import TYPE_CHECKING

from .app import CHANNEL_SCOPES, EVENT_SCOPES
from .records import Channel, Delivery, Installation, Message, Payload

if TYPE_CHECKING:
    from .workspace import Workspace

CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
MESSAGE_EVENTS = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


class Events:
    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack

    def send(self, team: str, event: Payload, name: str | None = None) -> Delivery | None:
        """Deliver an event; None if the app is not there, not subscribed, or lacks the scope."""
        installed = self._slack.installation(team)
        name = name or str(event["type"])
        if installed is None or not self._wanted(installed, name):
            return None
        id = self._slack.state.new_id("Ev")
        return self._slack.deliveries.send("events_api", event["type"], id, self._callback(installed, event, id))

    def _wanted(self, installed: Installation, name: str) -> bool:
        scope = EVENT_SCOPES.get(name)
        return name in self._slack.app.events and (scope is None or scope in installed.scopes)

    # Channels, people, groups

    def in_channel(self, channel: Channel, event: Payload) -> None:
        """What happens to a channel: told to bots that are in it and may read channels of its kind."""
        for team in (channel.team, *sorted(channel.shared_with)):
            installed = self._slack.installation(team)
            if installed and installed.bot_user in channel.members and CHANNEL_SCOPES[channel.kind] in installed.scopes:
                self.send(team, {"channel": channel.id, **event})

    def _callback(self, installed: Installation, event: Payload, id: str) -> Payload:
        authorization = {
            "enterprise_id": None,
            "team_id": installed.team,
            "user_id": installed.bot_user,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "type": "event_callback",
            "token": "fake",
            "team_id": installed.team,
            "api_app_id": self._slack.app.id,
            "event": {"event_ts": self._slack.state.ts(), **event},
            "event_id": id,
            "event_time": int(time.time()),
            "authorizations": [authorization],
            "is_ext_shared_channel": self._is_shared(event),
        }

    def _is_shared(self, event: Payload) -> bool:
        channel = self._slack.state.channels.get(str(event.get("channel")))
        return bool(channel and channel.shared_with)

    # Messages

    def message(self, message: Message) -> list[Delivery]:
        """A message was posted: the message event, and app_mention if it names the bot in a channel."""
        channel = self._slack.state.channels[message.channel]
        installed = self._slack.installation(channel.team)
        if installed is None or installed.bot_user not in channel.members:
            return []
        event = self._shown(message, channel)
        sent = [self.send(channel.team, event | {"channel_type": CHANNEL_TYPES[channel.kind]}, self._name(channel))]
        if f"<@{installed.bot_user}" in message.text and channel.kind in ("public", "private") and not message.bot:
            sent.append(self.send(channel.team, event | {"type": "app_mention"}))
        return [delivery for delivery in sent if delivery is not None]

    def changed(self, message: Message, before: Payload) -> None:
        body = {"subtype": "message_changed", "message": message.payload(), "previous_message": before}
        self._about(message, {**body, "hidden": True, "ts": message.edited})

    def deleted(self, message: Message, before: Payload) -> None:
        body = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
        self._about(message, {**body, "hidden": True, "ts": self._slack.state.ts()})

    def _about(self, message: Message, body: Payload) -> None:
        channel = self._slack.state.channels[message.channel]
        installed = self._slack.installation(channel.team)
        if installed and installed.bot_user in channel.members:
            where = {"type": "message", "channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
            self.send(channel.team, where | body, self._name(channel))

    def _shown(self, message: Message, channel: Channel) -> Payload:
        team = self._slack.state.users[message.user].team
        return {**message.payload(), "channel": channel.id, "team": team, "event_ts": message.ts}

    def _name(self, channel: Channel) -> str:
        return MESSAGE_EVENTS[channel.kind]
