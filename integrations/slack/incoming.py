"""What Slack sends, as one kind of thing: somebody asks, somewhere, in some thread."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from integrations.answer_store import Place

Surface = Literal["thread", "direct", "private"]

_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:https?|mailto):[^|>]+\|([^>]+)>|<((?:https?|mailto):[^>]+)>|<#[A-Z0-9]+\|([^>]+)>")
_OURS = frozenset({"bot_message", "message_changed", "message_deleted", "channel_join", "channel_leave"})
_ASKS = re.compile(
    r"""[?？]|[吗嗎呢么麼]\s*[。!！]?$|什么|什麼|怎么|怎麼|怎样|怎樣|如何|为什么|為什麼|为何|為何|哪|谁|誰|多少|几[个個年]|幾[个個年]
      |是否|能不能|可不可以|有没有|有沒有|要不要|应不应该|請問|请问|介绍一下|介紹一下|说说|說說
      |^(?:what|how|why|who|whom|whose|when|where|which|can|could|should|shall|may|might|do|does|did|is|are|was|were|will
         |would|has|have|any|tell\ me|explain|show|list|compare|and\ (?:what|how|why|who|if|for)|what\ about)\b""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A question as it arrived.

    `event` is unique to the delivery's cause and the same in every retry; `message` is the ts of the
    message that asks, empty for commands. The answer comes into a `thread` that others read, into a
    `direct` message, or is `private`: shown where it was asked, to its asker alone.
    """

    event: str
    team: str
    channel: str
    person: str
    text: str
    surface: Surface
    message: str = ""
    thread: str = ""
    response_url: str = ""

    @property
    def conversation(self) -> str:
        """What a follow-up follows: the thread, or what this person asked in private there."""
        return f"{self.thread} {self.person}" if self.surface == "private" else self.thread

    @property
    def conversations(self) -> tuple[str, ...]:
        """All that a follow-up may lean on: in private also the thread that others read."""
        return (self.conversation, *([self.thread] if self.surface == "private" and self.thread else []))

    @property
    def place(self) -> Place:
        """Where the answer is to be found again."""
        return Place(self.person, self.surface, self.team, self.channel, self.conversation)

    def as_dict(self) -> dict[str, str]:
        """For the journal."""
        return asdict(self)


def of_mention(event_id: str, team: str, event: Mapping[str, Any]) -> Incoming:
    """A message that names the bot."""
    ts = str(event["ts"])
    surface: Surface = "direct" if event.get("channel_type") == "im" else "thread"
    return Incoming(
        event_id, team, event["channel"], event["user"], bare(event.get("text", "")), surface, ts,
        str(event.get("thread_ts") or ts),
    )  # fmt: skip


def of_message(event_id: str, team: str, event: Mapping[str, Any], bot: str = "") -> Incoming | None:
    """A message in a conversation; None for what no person wrote, or what is said to nobody in particular."""
    if event.get("subtype") in _OURS or event.get("bot_id") or not event.get("user") or not event.get("text"):
        return None
    if event.get("channel_type") != "im" and not event.get("thread_ts") and not names(event, bot):
        return None
    return of_mention(event_id, team, event)


def names(event: Mapping[str, Any], bot: str) -> bool:
    """Whether a message in a group's direct messages names the bot: there, no mention is told of as such."""
    return event.get("channel_type") == "mpim" and bool(bot) and f"<@{bot}" in str(event.get("text", ""))


def of_command(command: Mapping[str, Any]) -> Incoming:
    """`/coach ...`: answered to the asker alone."""
    return Incoming(
        f"command:{command['trigger_id']}", command["team_id"], command["channel_id"], command["user_id"],
        bare(command.get("text", "")), "private", response_url=command.get("response_url", ""),
    )  # fmt: skip


def of_shortcut(shortcut: Mapping[str, Any]) -> Incoming:
    """A message somebody wants the coach to look at: answered to them alone."""
    message = shortcut["message"]
    return Incoming(
        f"shortcut:{shortcut['trigger_id']}", shortcut["team"]["id"], shortcut["channel"]["id"],
        shortcut["user"]["id"], bare(message.get("text", "")), "private", "",
        str(message.get("thread_ts") or ""), shortcut.get("response_url", ""),
    )  # fmt: skip


def bare(text: str) -> str:
    """Text as its writer sees it: without mentions, links by their names, Slack's escapes undone."""
    named = _LINK.sub(lambda link: next(filter(None, link.groups()), ""), _MENTION.sub(" ", text))
    plain = named.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(plain.split())


def asks(text: str) -> bool:
    """Whether a message in a thread is a question, with or without a question mark."""
    return _ASKS.search(bare(text)) is not None and not _MENTION.match(text.strip())
