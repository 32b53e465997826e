"""Simulated people: what they can do, as far as Slack lets them. None of it waits for the app."""

import uuid
from typing import TYPE_CHECKING, Any

from .elements_state import acted, answer, filled, find, inputs, standing
from .markup import typed
from .records import Channel, Delivery, Kind, Message, Payload, User, View

if TYPE_CHECKING:
    from .workspace import Workspace


class Impossible(Exception):
    """Slack would not let a person do this: no such button, no such channel, not a member."""


class Person:
    def __init__(self, slack: "Workspace", user: User) -> None:
        self._slack, self.user = slack, user

    @property
    def id(self) -> str:
        return self.user.id

    # Talking

    def say(self, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Type into a conversation one is in; the app gets it escaped, with URLs in brackets, as from Slack."""
        return self._slack.on_loop(lambda: self._say(self._inside(channel), text, thread_ts))

    def mention(self, channel: str, text: str, thread_ts: str | None = None) -> Message:
        return self.say(channel, f"<@{self._bot()}> {text}", thread_ts)

    def dm(self, text: str, thread_ts: str | None = None) -> Message:
        return self.say(self._dm().id, text, thread_ts)

    def edit(self, message: Message, text: str) -> None:
        def change() -> None:
            before = message.payload()
            self._slack.state.rewrite(message, typed(text))
            self._slack.events.changed(message, before)

        self._slack.on_loop(change)

    def delete(self, message: Message) -> None:
        """One's own message, or anybody's: somebody with the right to is taken to do it."""
        self._slack.on_loop(lambda: self._slack.remove(message))

    def _say(self, channel: Channel, text: str, thread_ts: str | None) -> Message:
        if channel.archived or self.user.deactivated:
            raise Impossible(f"{self.id} cannot post in {channel.id}")
        message = Message(channel.id, self._slack.state.ts(), self.id, typed(text), thread_ts)
        self._slack.state.post(message)
        self._slack.events.message(message)
        return message

    # Channels

    def join(self, channel: str) -> None:
        self._slack.on_loop(lambda: self._moved(channel, "member_joined_channel"))

    def leave(self, channel: str) -> None:
        self._slack.on_loop(lambda: self._moved(channel, "member_left_channel"))

    def _moved(self, name: str, type: str) -> None:
        channel = self._slack.state.channels[name]
        change = channel.members.add if type == "member_joined_channel" else channel.members.discard
        change(self.id)
        self._slack.events.in_channel(channel, {"type": type, "user": self.id, "team": self.user.team})

    # Commands, shortcuts, clicks

    def slash(self, command: str, text: str, channel: str) -> Delivery:
        """The app's answers are in `ephemerals` (or `messages`, if it answers in the channel)."""
        if command not in self._slack.app.commands:
            raise Impossible(f"{command} is not a command of this app")
        return self._slack.on_loop(lambda: self._slash(command, text, self._inside(channel)))

    def _slash(self, command: str, text: str, channel: Channel) -> Delivery:
        url = self._slack.grants.response_url(self._slack.base, self.id, channel.id, self.user.team, None)
        payload = {
            "token": "fake",
            "team_id": self.user.team,
            "team_domain": self._slack.state.teams[self.user.team].domain,
            "channel_id": channel.id,
            "channel_name": channel.name or "directmessage",
            "user_id": self.id,
            "user_name": self.user.name,
            "command": command,
            "text": typed(text) if command in self._slack.app.escaping else text,
            "api_app_id": self._slack.app.id,
            "is_enterprise_install": "false",
            "response_url": url.url,
            "trigger_id": self._slack.grants.trigger(self.id, self.user.team),
        }
        delivery = self._send("slash_commands", command, payload)
        self._slack.interactions.expect(delivery, lambda done: self._slack.interactions.command_answered(done, url))
        return delivery

    def shortcut(self, callback_id: str, message: Message | None = None) -> Delivery:
        """A message shortcut, or a global one without a message."""
        if callback_id not in self._slack.app.shortcuts:
            raise Impossible(f"{callback_id} is not a shortcut of this app")
        return self._slack.on_loop(lambda: self._shortcut(callback_id, message))

    def _shortcut(self, callback_id: str, message: Message | None) -> Delivery:
        trigger = self._slack.grants.trigger(self.id, self.user.team)
        payload = self._common("message_action" if message else "shortcut", trigger)
        payload |= {"callback_id": callback_id, "action_ts": self._slack.state.ts()}
        if message:
            payload |= {"message": message.payload(), "message_ts": message.ts, **self._place(message)}
        delivery = self._send("interactive", payload["type"], payload)
        self._slack.interactions.expect(delivery, lambda it: self._slack.interactions.click_answered(it, self.id))
        return delivery

    def click(self, on: Message | View, action_id: str, value: str | None = None, index: int = 0) -> Delivery:
        """Press a button, or choose `value` (or the one at `index`) of a menu or of feedback buttons."""
        return self._slack.on_loop(lambda: self._click(on, action_id, value, index))

    def _click(self, on: Message | View, action_id: str, value: str | None, index: int) -> Delivery:
        found = find(on.blocks, action_id, value, index)
        if found is None or (isinstance(on, Message) and not self._sees(on)):
            raise Impossible(f"{self.id} sees no {action_id} there")
        block, element = found
        return self._acted(on, acted(block, element, value, index))

    def _acted(self, on: Message | View, action: Payload) -> Delivery:
        action |= {"action_ts": self._slack.state.ts()}
        view = on.id if isinstance(on, View) and on.content["type"] == "modal" else None
        payload = self._common("block_actions", self._slack.grants.trigger(self.id, self.user.team, view))
        payload |= {"actions": [action], "state": {"values": {}}, **self._where(on)}
        delivery = self._send("interactive", "block_actions", payload)
        self._slack.interactions.expect(delivery, lambda it: self._slack.interactions.click_answered(it, self.id))
        return delivery

    def _where(self, on: Message | View) -> Payload:
        if isinstance(on, View):
            on.state = standing(on.blocks, on.typed)
            return {"container": {"type": "view", "view_id": on.id}, "view": on.payload(self._slack.app.id)}
        ephemeral = {"is_ephemeral": bool(on.ephemeral_to)}
        container = {"type": "message", "message_ts": on.ts, "channel_id": on.channel, **ephemeral}
        shown = {} if on.ephemeral_to else {"message": on.payload()}
        return {"container": container, **shown, **self._place(on, original=on)}

    # Modals and the agent's surfaces

    def fill(self, view: View, values: dict[str, Any]) -> None:
        """Type and choose in a modal without sending it; `values` by block_id."""

        def put() -> None:
            unknown = values.keys() - inputs(view.blocks).keys()
            if unknown or view is not self._on_top():
                raise Impossible(f"no such input: {sorted(unknown)}" if unknown else "this modal is not on top")
            view.typed |= values

        self._slack.on_loop(put)

    def enter(self, view: View, block: str, text: str) -> Delivery:
        """Type into an input that asks to hear of it, and press Enter."""
        return self._slack.on_loop(lambda: self._enter(view, block, text))

    def _enter(self, view: View, name: str, text: str) -> Delivery:
        block = next((each for each in view.blocks if each.get("block_id") == name), {"type": "none"})
        element = block.get("element", {})
        heard = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
        if not block.get("dispatch_action") or "on_enter_pressed" not in heard or element.get("multiline"):
            raise Impossible(f"nobody hears of Enter in {name}")
        view.typed[name] = text
        action = {"action_id": element["action_id"], "block_id": name, **answer(element, text)}
        return self._acted(view, action)

    def _on_top(self) -> View | None:
        return next(reversed(self._slack.views(self.id)), None)

    def submit(self, view: View, values: dict[str, Any] | None = None) -> Delivery:
        """Send a modal. `values` by block_id; Slack itself refuses what is required and empty, or too long."""
        return self._slack.on_loop(lambda: self._submit(view, values or {}))

    def _submit(self, view: View, values: dict[str, Any]) -> Delivery:
        if view is not self._on_top():
            raise Impossible("this modal is not open, or another lies on it")
        if not view.content.get("submit"):
            raise Impossible("this modal has nothing to send")
        view.typed |= values
        problem, view.state = filled(view.blocks, view.typed)
        if problem:
            raise Impossible(problem)
        payload = self._common("view_submission", self._slack.grants.trigger(self.id, self.user.team, view.id))
        payload |= {"view": view.payload(self._slack.app.id), "response_urls": []}
        delivery = self._send("interactive", "view_submission", payload)
        self._slack.interactions.expect(delivery, lambda it: self._slack.interactions.submitted(it, view))
        return delivery

    def close(self, view: View) -> Delivery | None:
        """Dismiss a modal; the app hears of it if it asked to."""

        def dismiss() -> Delivery | None:
            self._slack.state.close_view(view)
            if not view.content.get("notify_on_close"):
                return None
            payload = self._common("view_closed", None) | {"view": view.payload(self._slack.app.id)}
            return self._send("interactive", "view_closed", payload | {"is_cleared": False})

        return self._slack.on_loop(dismiss)

    def open_home(self) -> Delivery | None:
        return self._slack.on_loop(lambda: self._opened("home"))

    def open_agent_view(self, looking_at: str | None = None) -> Delivery | None:
        """Open the conversation with the agent beside a channel."""
        return self._slack.on_loop(lambda: self._opened("messages", looking_at))

    def look_at(self, channel: str) -> Delivery | None:
        """Go to another channel while the agent's pane is open."""
        return self._slack.on_loop(lambda: self._event("app_context_changed", {"context": self._context(channel)}))

    def _opened(self, tab: str, looking_at: str | None = None) -> Delivery | None:
        home = self._slack.home(self.id)
        more: Payload = {"tab": tab}
        if tab == "home" and home:
            more["view"] = home.payload(self._slack.app.id)
        if self._slack.app.agent_view:
            more["context"] = self._context(looking_at)
        return self._event("app_home_opened", more)

    def _context(self, channel: str | None) -> Payload:
        entity = {"type": "slack#/types/channel_id", "value": channel, "team_id": self.user.team}
        return {"entities": [entity]} if channel else {}

    def press_stop(self, message: Message) -> Delivery | None:
        """The native Stop button of the thread this message is in."""
        return self._slack.on_loop(lambda: self._stop(message))

    def _stop(self, message: Message) -> Delivery | None:
        session = self._slack.session(message.channel, message.root)
        thread = self._slack.messages(message.channel, message.root)
        streams = [each for each in thread if each.stream and each.stream.state == "in_progress"]
        if "agent_session_stopped" not in self._slack.app.events:
            raise Impossible("without agent_session_stopped there is no Stop button")
        if not streams and (session is None or session.status != "processing"):
            raise Impossible("nothing is being worked on in this thread")
        for each in streams:
            assert each.stream is not None
            each.stream.ended = "stopped_by_user"
        stopped = {"thread_ts": message.root, "streaming_message_ts": [each.ts for each in streams]}
        return self._event("agent_session_stopped", {**stopped, "channel": message.channel})

    # Payloads

    def _event(self, type: str, more: Payload) -> Delivery | None:
        event = {"type": type, "user": self.id, "channel": self._dm().id, **more}
        return self._slack.events.send(self.user.team, event)

    def _send(self, kind: Kind, type: str, payload: Payload) -> Delivery:
        return self._slack.deliveries.send(kind, type, str(uuid.uuid4()), payload)

    def _common(self, type: str, trigger: str | None) -> Payload:
        team = self._slack.state.teams[self.user.team]
        user = {"id": self.id, "username": self.user.name, "name": self.user.name, "team_id": team.id}
        payload: Payload = {"type": type, "token": "fake", "user": user, "api_app_id": self._slack.app.id}
        payload |= {"team": {"id": team.id, "domain": team.domain}, "enterprise": None}
        payload |= {"is_enterprise_install": False}
        return payload | ({"trigger_id": trigger} if trigger else {})

    def _place(self, message: Message, original: Message | None = None) -> Payload:
        url = self._slack.grants.response_url(self._slack.base, self.id, message.channel, self.user.team, original)
        name = self._slack.state.channels[message.channel].name or "directmessage"
        return {"channel": {"id": message.channel, "name": name}, "response_url": url.url}

    # Where one may be

    def _inside(self, name: str) -> Channel:
        channel = self._slack.state.channels.get(name)
        if channel is None or self.id not in channel.members:
            raise Impossible(f"{self.id} is not in {name}")
        return channel

    def _sees(self, message: Message) -> bool:
        channel = self._slack.state.channels[message.channel]
        mine = message.ephemeral_to in (None, self.id)
        return mine and not message.deleted and (channel.kind == "public" or self.id in channel.members)

    def _bot(self) -> str:
        installed = self._slack.installation(self.user.team)
        if installed is None:
            raise Impossible("the app is not installed in this team")
        return installed.bot_user

    def _dm(self) -> Channel:
        return self._slack.state.direct_channel(self.user.team, self.id, self._bot())
