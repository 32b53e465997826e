"""Block Kit as Slack's validator sees it: known blocks, required fields, limits, unique ids.

The limits are those of the documentation; where a message is refused for its whole size the numbers are what
developers measured (markdown: 12,000 characters in all; any blocks beside markdown: about 13,200).
"""

import json
from collections.abc import Iterator
from typing import Any

from .elements import ACCESSORY, ACTIONS, CONTEXT, CONTEXT_ACTIONS, INPUTS, SOURCES, URL
from .errors import SlackError, invalid_blocks
from .records import Payload
from .rules import (
    Report,
    Rule,
    anything,
    at_least_one,
    boolean,
    both,
    choice,
    either,
    exactly_one,
    listing,
    number,
    record,
    string,
    text,
    typed,
)

MARKDOWN_LIMIT = 12_000
MIXED_LIMIT = 13_200
TABLE_LIMIT = 10_000
TASK_STATES = choice("pending", "in_progress", "complete", "error")


def block(required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    return record({"type": anything, **required}, {"block_id": string(255), **(optional or {})})


DATE = record(
    {"type": anything, "timestamp": number, "format": string(300, 1)},
    {"url": URL, "fallback": string(3000), "style": anything},
)


def _inner(value: Any, at: str, report: Report) -> None:
    """What stands in rich text: a text is never empty, a date has a format."""
    if isinstance(value, dict) and isinstance(value.get("elements"), list):
        for index, each in enumerate(value["elements"]):
            _inner(each, f"{at}/elements/{index}", report)
    elif isinstance(value, dict) and value.get("type") == "text":
        string(40_000, 1)(value.get("text"), f"{at}/text", report)
    elif isinstance(value, dict) and value.get("type") == "date":
        DATE(value, at, report)


RICH_TEXT = block({"elements": listing(both(record({"type": anything, "elements": anything}, {
    "style": anything, "indent": number, "offset": number, "border": number, "language": string(50),
}), _inner), 1000, 0)})  # fmt: skip
CELL = typed({
    "raw_text": record({"type": anything, "text": string(3000)}),
    "raw_number": record({"type": anything, "value": anything}, {"text": string(3000)}),
    "rich_text": RICH_TEXT,
})  # fmt: skip
TASK = block(
    {"task_id": string(255), "title": string(256, 1)},
    {"status": TASK_STATES, "details": RICH_TEXT, "output": RICH_TEXT, "sources": SOURCES},
)
CARD = both(
    block({}, {
        "hero_image": anything, "icon": anything, "title": either(150), "subtitle": either(150),
        "body": either(200), "actions": listing(ACTIONS, 25),
    }),
    at_least_one("hero_image", "title", "actions", "body"),
)  # fmt: skip

PLAIN: dict[str, Rule] = {
    "section": both(
        block({}, {
            "text": either(3000), "fields": listing(either(2000), 10), "accessory": ACCESSORY, "expand": boolean,
        }),
        at_least_one("text", "fields"),
    ),
    "header": block({"text": text(150)}),
    "divider": block({}),
    "image": both(
        block({"alt_text": string(2000)}, {"image_url": URL, "slack_file": anything, "title": text(2000)}),
        exactly_one("image_url", "slack_file"),
    ),
    "actions": block({"elements": listing(ACTIONS, 25)}),
    "context": block({"elements": listing(CONTEXT, 10)}),
    "context_actions": block({"elements": listing(CONTEXT_ACTIONS, 5)}),
    "input": block(
        {"label": text(2000), "element": INPUTS},
        {"hint": text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "markdown": block({"text": string(MARKDOWN_LIMIT, 1)}),
    "rich_text": RICH_TEXT,
    "table": block(
        {"rows": listing(listing(CELL, 20), 100)},
        {"column_settings": listing(anything, 20, 0)},
    ),
    "task_card": TASK,
    "plan": block({"title": string(256, 1)}, {"tasks": listing(TASK, 50, 0)}),
    "alert": block(
        {"text": either(3000)},
        {"level": choice("default", "info", "warning", "error", "success")},
    ),
    "card": CARD,
    "carousel": block({"elements": listing(CARD, 10)}),
    "file": block({"external_id": string(255), "source": choice("remote")}),
    "video": block(
        {"alt_text": string(2000), "title": text(199), "thumbnail_url": URL, "video_url": URL},
        {
            "author_name": string(49), "description": text(200), "provider_icon_url": URL,
            "provider_name": string(200), "title_url": URL,
        },
    ),
}  # fmt: skip
NESTED = typed(PLAIN, set(PLAIN) - {"input", "table", "carousel", "plan"})
BLOCKS: dict[str, Rule] = {
    **PLAIN,
    "container": block({"child_blocks": listing(NESTED, 10)}, {
        "title": text(150), "subtitle": text(150), "rich_text_title": anything, "icon": anything,
        "width": choice("narrow", "standard", "wide", "full"), "is_collapsible": boolean,
        "default_collapsed": boolean, "has_header_divider": boolean,
    }),
}  # fmt: skip

VIEW_BLOCKS = set(PLAIN) - {"markdown", "table", "context_actions", "task_card", "plan", "file", "carousel", "card"}
MESSAGE_RULE = listing(typed(BLOCKS), 50, 0)
VIEW_RULE = listing(typed(BLOCKS, VIEW_BLOCKS), 100, 0)

VIEW_COMMON: dict[str, Rule] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
VIEWS = typed({
    "modal": record({"type": anything, "title": text(24), "blocks": VIEW_RULE}, {
        **VIEW_COMMON, "submit": text(24), "close": text(24), "clear_on_close": boolean,
        "notify_on_close": boolean, "submit_disabled": boolean,
    }),
    "home": record({"type": anything, "blocks": VIEW_RULE}, VIEW_COMMON),
})  # fmt: skip


def checked_blocks(given: Any) -> list[Payload]:
    """The blocks of a message, or SlackError as Slack would put it."""
    blocks = _parsed(given)
    problems = _problems(MESSAGE_RULE, blocks, "/blocks")
    problems += list(_repeated_ids(blocks, "/blocks")) if not problems else []
    if problems:
        raise invalid_blocks(problems)
    _check_size(blocks)
    return blocks


def checked_view(given: Any, wanted: str) -> Payload:
    """A view of the wanted type (modal or home); what is wrong with it is an argument's fault, as in Slack."""
    view = json.loads(given) if isinstance(given, str) else given
    problems = _problems(VIEWS, view, "/view")
    if not problems:
        problems = list(_repeated_ids(view["blocks"], "/view/blocks")) + _unfit(view, wanted)
    if problems:
        messages = {"messages": [f"[ERROR] {each}" for each in problems]}
        raise SlackError("invalid_arguments", errors=problems, response_metadata=messages)
    if len(json.dumps(view)) > 250_000:
        raise SlackError("view_too_large")
    return dict(view)


def _parsed(given: Any) -> list[Payload]:
    try:
        blocks = json.loads(given) if isinstance(given, str) else given
    except ValueError as error:
        raise SlackError("invalid_blocks_format") from error
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    return blocks


def _problems(rule: Rule, value: Any, at: str) -> list[str]:
    found: list[str] = []
    report: Report = lambda what, where: found.append(f"{what} [json-pointer:{where}]")  # noqa: E731
    rule(value, at, report)
    return found


def _repeated_ids(blocks: list[Payload], at: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, each in enumerate(blocks):
        name = each.get("block_id")
        if name and name in seen:
            yield f"`block_id` {name!r} already exists [json-pointer:{at}/{index}/block_id]"
        seen.add(name or "")
        yield from _repeated_actions(each, f"{at}/{index}")


def _repeated_actions(one: Payload, at: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, each in enumerate(one.get("elements", [])):
        name = each.get("action_id") if isinstance(each, dict) else None
        if name and name in seen:
            yield f"`action_id` {name!r} already exists [json-pointer:{at}/elements/{index}/action_id]"
        seen.add(name or "")


def _unfit(view: Payload, wanted: str) -> list[str]:
    if view["type"] != wanted:
        return [f"must be a {wanted} view [json-pointer:/view/type]"]
    has_input = any(each["type"] == "input" for each in view["blocks"])
    if wanted == "modal" and has_input and not view.get("submit"):
        return ["missing required field: submit [json-pointer:/view]"]
    return []


def _check_size(blocks: list[Payload]) -> None:
    markdown = sum(len(each["text"]) for each in blocks if each["type"] == "markdown")
    tables = [each for each in blocks if each["type"] == "table"]
    if len(tables) > 1:
        raise SlackError("invalid_attachments", errors=["only_one_table_allowed"])
    if any(sum(map(len, texts_in(each))) > TABLE_LIMIT for each in tables):
        raise invalid_blocks(["table is too large [json-pointer:/blocks]"])
    everything = sum(sum(map(len, texts_in(each))) for each in blocks)
    if markdown > MARKDOWN_LIMIT or (markdown and everything > MIXED_LIMIT):
        raise SlackError("msg_blocks_too_long")


def texts_in(value: Any) -> Iterator[str]:
    """Every text shown by a block, in order."""
    if isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in ("text", "title", "alt_text", "fallback") and isinstance(each, str):
                yield each
            elif name not in ("value", "private_metadata"):
                yield from texts_in(each)
