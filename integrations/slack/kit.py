"""The smallest pieces of Block Kit that the bot is made of; in none of them can foreign text become markup."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

Block = dict[str, Any]

_BUTTON = 75


def rich(*elements: Block) -> Block:
    """A block of rich text."""
    return {"type": "rich_text", "elements": list(elements)}


def line(text: str, marks: str = "", bold: bool = False) -> Block:
    """A line of rich text, with the numbers of its sources."""
    elements: list[Block] = [{"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}]
    if marks:
        elements.append({"type": "text", "text": f" {marks}", "style": {"bold": True}})
    return {"type": "rich_text_section", "elements": elements}


def quoted(text: str) -> Block:
    """Somebody's own words, set apart."""
    return rich({"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]})


def bulleted(lines: Sequence[Block]) -> Block:
    """Lines of rich text as a list."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def moment(at: float, shape: str) -> Block:
    """A time (seconds since 1970) as each reader's clock has it; `shape` is Slack's, such as {date_short}."""
    return {"type": "date", "timestamp": int(at), "format": shape, "fallback": _fallback(at)}


def _fallback(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def plain_text(text: str) -> Block:
    """Text that Slack shows as it stands."""
    return {"type": "plain_text", "text": text, "emoji": False}


def short(text: str, most: int) -> str:
    """The beginning of a text, as much as fits."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def button(action: str, label: str, value: str, style: str = "") -> Block:
    """A button; its label and value are ours."""
    made = {"type": "button", "action_id": action, "text": plain_text(short(label, _BUTTON)), "value": value}
    return made | ({"style": style} if style else {})
