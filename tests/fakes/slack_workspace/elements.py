"""The elements of Block Kit that sit inside blocks: buttons, menus, inputs, pictures, and where each may stand."""

from typing import Any

from .rules import (
    Report,
    Rule,
    anything,
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

URL = string(3000, 1)
ACTION = string(255)
STYLE = choice("primary", "danger")

CONFIRM = record(
    {"title": text(100), "text": either(300), "confirm": text(30), "deny": text(30)},
    {"style": STYLE},
)


def interactive(required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    return record({"type": anything, **required}, {"action_id": ACTION, "confirm": CONFIRM, **(optional or {})})


def entry(required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    common = {"placeholder": text(150), "focus_on_load": boolean}
    return interactive(required, {**common, **(optional or {})})


OPTION = record({"text": either(75), "value": string(150)}, {"description": either(75), "url": URL})
OPTIONS = listing(OPTION, 100)
GROUP = record({"label": text(75), "options": OPTIONS})
SOURCE = {"options": OPTIONS, "option_groups": listing(GROUP, 100)}
SEVERAL: dict[str, Rule] = {"max_selected_items": number}
IDS = listing(string(255), 1000, 0)
FILTER: dict[str, Rule] = {
    "default_to_current_conversation": boolean,
    "filter": anything,
    "response_url_enabled": boolean,
}

FEEDBACK = record({"text": text(75), "value": string(2000)}, {"accessibility_label": string(75)})
PICTURE = both(
    record(
        {"type": anything, "alt_text": string(2000)},
        {"image_url": URL, "slack_file": anything},
    ),
    exactly_one("image_url", "slack_file"),
)

HEARD = record({"trigger_actions_on": listing(choice("on_enter_pressed", "on_character_entered"), 2)})

TYPED: dict[str, Rule] = {
    "initial_value": string(3000),
    "min_length": number,
    "max_length": number,
    "multiline": boolean,
    "dispatch_action_config": HEARD,
}


def _bounded(value: Any, at: str, report: Report) -> None:
    least, most = value.get("min_length") or 0, value.get("max_length", 3000)
    if isinstance(least, int) and isinstance(most, int) and not 0 <= least <= most <= 3000:
        report("min_length and max_length must be in order and at most 3000", at)


CHOICES = listing(OPTION, 10)


def _among_options(value: Any, at: str, report: Report) -> None:
    """What is chosen at first is one of the options, to the letter; values are each given once."""
    groups = value.get("option_groups") or []
    options = [*(value.get("options") or []), *(each for group in groups for each in group.get("options", []))]
    values = [each.get("value") for each in options if isinstance(each, dict)]
    if len(set(values)) < len(values):
        report("options must have values of their own", f"{at}/options")
    first = [value["initial_option"]] if value.get("initial_option") else value.get("initial_options") or []
    if any(each not in options for each in first):
        report("initial option must be one of the options", at)


ELEMENTS: dict[str, Rule] = {
    "button": interactive(
        {"text": text(75)},
        {
            "value": string(2000),
            "url": URL,
            "style": STYLE,
            "accessibility_label": string(75),
            "agent_prompt": string(4000),
        },
    ),
    "checkboxes": both(entry({"options": CHOICES}, {"initial_options": CHOICES}), _among_options),
    "radio_buttons": both(entry({"options": CHOICES}, {"initial_option": OPTION}), _among_options),
    "overflow": interactive({"options": listing(OPTION, 5)}),
    "datepicker": entry({}, {"initial_date": string(10)}),
    "timepicker": entry({}, {"initial_time": string(5), "timezone": string(100)}),
    "datetimepicker": entry({}, {"initial_date_time": number}),
    "static_select": both(
        both(entry({}, {**SOURCE, "initial_option": OPTION}), _among_options),
        exactly_one("options", "option_groups"),
    ),
    "multi_static_select": both(
        entry({}, {**SOURCE, **SEVERAL, "initial_options": OPTIONS}),
        exactly_one("options", "option_groups"),
    ),
    "external_select": entry({}, {"min_query_length": number, "initial_option": OPTION}),
    "multi_external_select": entry({}, {**SEVERAL, "min_query_length": number, "initial_options": OPTIONS}),
    "users_select": entry({}, {"initial_user": string(255)}),
    "multi_users_select": entry({}, {**SEVERAL, "initial_users": IDS}),
    "channels_select": entry({}, {"initial_channel": string(255), "response_url_enabled": boolean}),
    "multi_channels_select": entry({}, {**SEVERAL, "initial_channels": IDS}),
    "conversations_select": entry({}, {**FILTER, "initial_conversation": string(255)}),
    "multi_conversations_select": entry({}, {**FILTER, **SEVERAL, "initial_conversations": IDS}),
    "plain_text_input": both(entry({}, TYPED), _bounded),
    "rich_text_input": entry({}, {"initial_value": anything, "dispatch_action_config": anything}),
    "email_text_input": entry({}, {"initial_value": string(3000), "dispatch_action_config": anything}),
    "url_text_input": entry({}, {"initial_value": string(3000), "dispatch_action_config": anything}),
    "number_input": entry(
        {"is_decimal_allowed": boolean},
        {"initial_value": string(100), "min_value": string(100), "max_value": string(100)},
    ),
    "file_input": interactive({}, {"filetypes": IDS, "max_files": number}),
    "workflow_button": interactive({"text": text(75), "workflow": anything}, {"style": STYLE}),
    "feedback_buttons": record(
        {"type": anything, "positive_button": FEEDBACK, "negative_button": FEEDBACK},
        {"action_id": ACTION},
    ),
    "icon_button": interactive(
        {"icon": choice("trash"), "text": text(75)},
        {"value": string(2000), "accessibility_label": string(75), "visible_to_user_ids": IDS},
    ),
    "image": PICTURE,
    "plain_text": text(3000),
    "mrkdwn": text(3000, "mrkdwn"),
    "url": record({"type": anything, "url": URL, "text": string(3000, 1)}),
}

MENUS = {name for name in ELEMENTS if name.endswith("_select")}
PICKERS = {"datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"}
ACCESSORY = typed(ELEMENTS, MENUS | PICKERS | {"button", "workflow_button", "overflow", "image"})
ACTIONS = typed(
    ELEMENTS,
    {each for each in MENUS if not each.startswith("multi_")}
    | PICKERS
    | {"button", "workflow_button", "overflow", "rich_text_input"},
)
CONTEXT = typed(ELEMENTS, {"image", "plain_text", "mrkdwn"})
CONTEXT_ACTIONS = typed(ELEMENTS, {"feedback_buttons", "icon_button"})
INPUTS = typed(ELEMENTS, MENUS | PICKERS | {each for each in ELEMENTS if each.endswith("_input")})
SOURCES = listing(typed(ELEMENTS, {"url"}), 100, 0)
