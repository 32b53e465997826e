"""Whom a posted text would notify, and what it would link to.

mrkdwn is read as Slack does: <@U1>, <!subteam^S1>, <!here>, <url|label>, bare URLs. Markdown (markdown_text, markdown
blocks) adds [label](url) and ![alt](url). Escaped brackets (&lt;) are text. A bare @here counts only where the call
asked for it (link_names, parse=full). Code spans are not exempt: better to report one ping too many than one too few.
"""

import html
import itertools
import re
from collections.abc import Iterator
from typing import Any

from .records import Link, Payload, Ping

ANGLE = re.compile(r"<([^<>\n]+)>")
BARE_URL = re.compile(r"(?<![<|(\w])https?://[^\s<>|)\]]+")
MARKDOWN_LINK = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)")
NAMED = re.compile(r"(?<![\w@])@(here|channel|everyone)\b")
TOKEN = re.compile(r"(<[@#!][^<>\n]+>|<https?://[^<>\n]+>|https?://[^\s<>]+)")
BROADCASTS = {"here", "channel", "everyone"}


def typed(text: str) -> str:
    """What a person typed, as Slack hands it on: &, < and > escaped, URLs in brackets, mentions left as they are."""
    parts = TOKEN.split(text)
    escaped = (html.escape(part, quote=False) for part in parts[::2])
    tokens = (token if token.startswith("<") else f"<{token}>" for token in parts[1::2])
    return "".join(each for pair in itertools.zip_longest(escaped, tokens, fillvalue="") for each in pair)


def in_text(text: str, channel: str, markdown: bool = False, names: bool = False) -> Iterator[Ping | Link]:
    for match in ANGLE.finditer(text):
        yield from _angle(match[1], channel, text)
    if markdown:
        for match in MARKDOWN_LINK.finditer(text):
            yield Link(match[3], match[2], channel, image=bool(match[1]))
        text = MARKDOWN_LINK.sub(" ", text)
    for match in BARE_URL.finditer(ANGLE.sub(" ", text)):
        yield Link(match[0], match[0], channel)
    for match in NAMED.finditer(text) if names else ():
        yield _broadcast(match[1], channel, text)


def in_blocks(value: Any, channel: str) -> Iterator[Ping | Link]:
    """Everything below blocks that notifies or links, whatever it is nested in."""
    if isinstance(value, list):
        for each in value:
            yield from in_blocks(each, channel)
    elif isinstance(value, dict):
        yield from _in_object(value, channel)
        for each in value.values():
            yield from in_blocks(each, channel)


def _in_object(value: Payload, channel: str) -> Iterator[Ping | Link]:
    kind, text = value.get("type"), value.get("text")
    if kind in ("mrkdwn", "markdown") and isinstance(text, str):
        yield from in_text(text, channel, markdown=kind == "markdown")
    elif kind == "user" and "user_id" in value:
        yield Ping("user", value["user_id"], channel, "")
    elif kind == "usergroup" and "usergroup_id" in value:
        yield Ping("group", value["usergroup_id"], channel, "")
    elif kind == "broadcast" and value.get("range") in BROADCASTS:
        yield _broadcast(value["range"], channel, "")
    elif kind in ("link", "url") or (kind == "button" and value.get("url")):
        yield Link(value["url"], _label(text), channel)
    elif kind == "image" and value.get("image_url"):
        yield Link(value["image_url"], value.get("alt_text", ""), channel, image=True)


def _label(text: Any) -> str:
    return str(text.get("text", "")) if isinstance(text, dict) else str(text or "")


def _angle(inside: str, channel: str, text: str) -> Iterator[Ping | Link]:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        yield Ping("user", target[1:], channel, text)
    elif target.startswith("!subteam^"):
        yield Ping("group", target.removeprefix("!subteam^"), channel, text)
    elif target.startswith("!") and target[1:] in BROADCASTS:
        yield _broadcast(target[1:], channel, text)
    elif re.match(r"(https?|mailto|tel|slack):", target):
        yield Link(target, label or target, channel)


def _broadcast(name: str, channel: str, text: str) -> Ping:
    match name:
        case "here":
            return Ping("here", name, channel, text)
        case "channel":
            return Ping("channel", name, channel, text)
        case _:
            return Ping("everyone", name, channel, text)
