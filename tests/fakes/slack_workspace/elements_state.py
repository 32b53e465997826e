"""What a person's hand does to Block Kit: finding the element, the action it sends, the state of a filled form."""

from collections.abc import Iterator
from typing import Any

from .records import Payload

TEXTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
DATES = {"datepicker": "selected_date", "timepicker": "selected_time", "datetimepicker": "selected_date_time"}
NAMES = {
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}
ONE = {"static_select", "radio_buttons", "overflow", "external_select"}
MANY = {"checkboxes", "multi_static_select", "multi_external_select"}


def elements(blocks: list[Payload]) -> Iterator[tuple[Payload, Payload]]:
    """Each block's elements, accessories and cards included."""
    for block in blocks:
        inner = [*block.get("elements", []), *block.get("actions", [])]
        inner += [block[name] for name in ("accessory", "element") if name in block]
        for each in inner:
            if each.get("type") == "card":
                yield from elements([each])
            else:
                yield block, each
        yield from elements(block.get("child_blocks", []))


def find(blocks: list[Payload], action_id: str, value: str | None, index: int) -> tuple[Payload, Payload] | None:
    """The element of this action_id; of several, the one with the value, else the one at the index."""
    found = [pair for pair in elements(blocks) if pair[1].get("action_id") == action_id]
    if len(found) > 1:
        with_value = [pair for pair in found if value is not None and pair[1].get("value") == value]
        found = with_value or found[index : index + 1]
    return found[0] if found else None


def acted(block: Payload, element: Payload, value: str | None, index: int) -> Payload:
    """The action a click on an element sends."""
    kind = element["type"]
    common = {"type": kind, "action_id": element["action_id"], "block_id": block.get("block_id", "auto")}
    if kind == "feedback_buttons":
        buttons = (element["positive_button"], element["negative_button"])
        chosen = [each for each in buttons if value in (each["value"], each["text"]["text"])] or [buttons[index]]
        return common | {"value": chosen[0]["value"], "text": chosen[0]["text"]}
    if kind in ("button", "icon_button"):
        return common | {"text": element["text"], "value": element.get("value", "")}
    if value is None and element.get("options"):
        value = element["options"][index]["value"]
    return common | answer(element, value)


def answer(element: Payload, value: Any) -> Payload:
    """The state of an input that was given a value."""
    kind = element["type"]
    if kind in TEXTS:
        return {"type": kind, "value": value}
    if kind in DATES or kind in NAMES:
        return {"type": kind, DATES.get(kind) or NAMES[kind]: value}
    if kind in ONE:
        return {"type": kind, "selected_option": _option(element, value) if value is not None else None}
    if kind in MANY:
        return {"type": kind, "selected_options": [_option(element, each) for each in value or []]}
    return {"type": kind, "value": value}


def inputs(blocks: list[Payload]) -> dict[str, str]:
    """The inputs of a view: the action of each block."""
    found = (block for block in blocks if block["type"] == "input" and block.get("block_id"))
    return {block["block_id"]: block["element"].get("action_id", "auto") for block in found}


def standing(blocks: list[Payload], values: dict[str, Any]) -> Payload:
    """The state of a form that is not sent yet, as an interaction in it carries it."""
    state: Payload = {}
    for block in (each for each in blocks if each["type"] == "input"):
        name, element = block.get("block_id", "auto"), block["element"]
        value = values.get(name, _initial(element))
        state[name] = {element.get("action_id", "auto"): answer(element, value)}
    return state


def filled(blocks: list[Payload], values: dict[str, Any]) -> tuple[str, Payload]:
    """The state of a form, and what Slack would not let be sent (nothing, if all is well)."""
    state: Payload = {}
    inputs = [block for block in blocks if block["type"] == "input"]
    unknown = set(values) - {block.get("block_id") for block in inputs}
    if unknown:
        return f"no such input: {sorted(map(str, unknown))}", state
    for number, block in enumerate(inputs):
        name, element = block.get("block_id", f"auto{number}"), block["element"]
        value = values.get(name, _initial(element))
        problem = _problem(block, value)
        if problem:
            return f"{name}: {problem}", state
        state[name] = {element.get("action_id", "auto"): answer(element, value)}
    return "", state


def _problem(block: Payload, value: Any) -> str:
    element = block["element"]
    if value in (None, "", []):
        return "" if block.get("optional") else "this field is required"
    if isinstance(value, str) and element["type"] in TEXTS:
        if len(value) < (element.get("min_length") or 0):
            return "too short"
        if len(value) > element.get("max_length", 3000):
            return "too long"
    return ""


def _initial(element: Payload) -> Any:
    option = element.get("initial_option")
    if option:
        return option["value"]
    if element.get("initial_options"):
        return [each["value"] for each in element["initial_options"]]
    given = [value for name, value in element.items() if name.startswith("initial_")]
    return given[0] if given else None


def _option(element: Payload, value: Any) -> Payload:
    groups: list[Payload] = element.get("option_groups", [])
    options = [*element.get("options", []), *(option for group in groups for option in group["options"])]
    for option in options:
        if option["value"] == value:
            return dict(option)
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": value}, "value": value}
    raise LookupError(f"no option {value!r}")
