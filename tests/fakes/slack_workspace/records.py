"""What a workspace is made of: people, channels, messages, views, and what was recorded about them."""

import time
from dataclasses import dataclass, field
from typing import Any, Literal

Payload = dict[str, Any]
Kind = Literal["events_api", "slash_commands", "interactive"]
Conversation = Literal["public", "private", "im", "mpim"]


@dataclass
class Team:
    id: str
    name: str
    domain: str


@dataclass
class User:
    id: str
    name: str
    team: str
    real_name: str = ""
    locale: str = "en-US"
    tz: str = "America/Los_Angeles"
    guest: bool = False
    """May be in several channels (is_restricted)."""
    single_channel_guest: bool = False
    """May be in one channel: is_restricted and is_ultra_restricted."""
    bot: bool = False
    deactivated: bool = False


@dataclass
class Group:
    """A user group, such as @coaches."""

    id: str
    handle: str
    team: str
    members: list[str] = field(default_factory=list)
    disabled: bool = False


@dataclass
class Channel:
    id: str
    name: str
    team: str
    kind: Conversation = "public"
    members: set[str] = field(default_factory=set)
    shared_with: set[str] = field(default_factory=set)
    """Other teams this channel is shared with (Slack Connect)."""
    archived: bool = False


@dataclass
class Installation:
    """The app in one team: its token, its bot, what it may do."""

    team: str
    token: str
    bot_user: str
    bot: str
    scopes: frozenset[str]
    installer: str = ""
    gone: str = ""
    """Why the token no longer works: token_revoked or account_inactive."""


@dataclass
class Stream:
    life: float
    started: float = field(default_factory=time.monotonic)
    ended: str = ""
    appends: int = 0
    tasks: dict[str, Payload] = field(default_factory=dict)
    plan: str = ""

    @property
    def state(self) -> str:
        """in_progress, completed, stopped_by_user or expired."""
        if not self.ended and time.monotonic() - self.started > self.life:
            self.ended = "expired"
        return self.ended or "in_progress"


@dataclass(frozen=True)
class Ping:
    """Somebody a posted text would have notified."""

    kind: Literal["user", "group", "here", "channel", "everyone"]
    target: str
    channel: str
    text: str = field(compare=False)


@dataclass(frozen=True)
class Link:
    """A link or an image a posted text would have shown."""

    url: str
    label: str
    channel: str
    image: bool = False


@dataclass
class Message:
    channel: str
    ts: str
    user: str
    text: str = ""
    thread_ts: str | None = None
    blocks: list[Payload] = field(default_factory=list)
    bot: str | None = None
    metadata: Payload | None = None
    stream: Stream | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    ephemeral_to: str | None = None
    """Who alone sees it; None for everyone in the channel."""
    edited: str | None = None
    deleted: bool = False
    versions: list[str] = field(default_factory=list)
    """Every text it had, oldest first."""
    marks: list[Ping | Link] = field(default_factory=list)
    """What it ever notified or linked to, each once."""

    @property
    def root(self) -> str:
        return self.thread_ts or self.ts

    def payload(self) -> Payload:
        """The message as the Web API and events show it."""
        shown: Payload = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        given = {"thread_ts": self.thread_ts, "bot_id": self.bot, "metadata": self.metadata, "blocks": self.blocks}
        shown |= {key: value for key, value in given.items() if value}
        if self.edited:
            shown["edited"] = {"user": self.user, "ts": self.edited}
        if self.reactions:
            shown["reactions"] = [{"name": n, "users": u, "count": len(u)} for n, u in self.reactions.items()]
        return shown | ({"subtype": "tombstone"} if self.deleted else {})


@dataclass
class View:
    id: str
    team: str
    user: str
    content: Payload
    hash: str
    root: str
    previous: str | None = None
    state: Payload = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    """What a person put into its inputs and did not send yet, by block; what was replaced is forgotten."""
    errors: dict[str, str] = field(default_factory=dict)
    """What the last submission was refused for, by block."""
    response_url: str = ""

    @property
    def blocks(self) -> list[Payload]:
        return list(self.content.get("blocks", []))

    def payload(self, app: str) -> Payload:
        defaults = {"private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": False}
        links = {"root_view_id": self.root, "previous_view_id": self.previous, "state": {"values": self.state}}
        own = {"id": self.id, "team_id": self.team, "app_id": app, "hash": self.hash, "notify_on_close": False}
        return own | defaults | links | self.content


@dataclass
class StatusChange:
    at: float
    status: str
    loading_messages: tuple[str, ...] = ()
    automatic: bool = False
    """Cleared by Slack, because a message came."""


@dataclass
class Session:
    channel: str
    thread_ts: str | None
    title: str = ""
    history: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.history[-1]


@dataclass
class Call:
    """One call of the Web API."""

    at: float
    method: str
    arguments: Payload
    team: str | None = None
    status: int = 200
    reply: Payload = field(default_factory=dict)
    took: float = 0.0

    @property
    def ok(self) -> bool:
        return self.status == 200 and bool(self.reply.get("ok"))

    @property
    def error(self) -> str | None:
        return None if self.ok else str(self.reply.get("error", self.status))


@dataclass
class Attempt:
    """One try at handing a payload to the app."""

    number: int
    sent: float
    reason: str = ""
    acked: float | None = None
    late: bool = False
    """The ack came after Slack had stopped waiting."""
    failure: str = ""
    status: int | None = None
    final: bool = False
    """The app asked for no retry (X-Slack-No-Retry)."""
    envelope: str = ""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Delivery:
    """One event, command or interaction, and every attempt at delivering it."""

    kind: Kind
    type: str
    id: str
    payload: Payload
    attempts: list[Attempt] = field(default_factory=list)
    response: Payload | None = None
    done: bool = False

    @property
    def acked(self) -> bool:
        return any(attempt.acked is not None and not attempt.late for attempt in self.attempts)

    @property
    def retries(self) -> int:
        return max(0, len(self.attempts) - 1)

    @property
    def latency(self) -> float | None:
        """Seconds from sending to the ack, of the attempt that was acked in time."""
        times = [a.acked - a.sent for a in self.attempts if a.acked is not None and not a.late]
        return times[0] if times else None


@dataclass(frozen=True)
class Refusal:
    """What Slack itself told a person: a command that timed out, a modal that could not be sent."""

    user: str
    text: str
