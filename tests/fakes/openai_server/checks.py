"""Small checks of JSON values, put together into the tables of `fields`.

A check takes a value's name and the value, and yields what is wrong with it: OpenAI's message, naming the field.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .errors import Problem

Problems = Iterator[Problem]
Check = Callable[[str, Any], Problems]
Fields = Mapping[str, Check]

NAMES = {
    bool: "a boolean",
    int: "an integer",
    float: "a decimal",
    str: "a string",
    list: "an array",
    dict: "an object",
    type(None): "null",
}


def bad(message: str, name: str, code: str | None) -> Problem:
    return Problem(400, message, param=name, code=code)


def wrong_type(name: str, expected: str, value: Any) -> Problem:
    return bad(
        f"Invalid type for '{name}': expected {expected}, but got {NAMES[type(value)]} instead.", name, "invalid_type"
    )


def boolean(name: str, value: Any) -> Problems:
    if not isinstance(value, bool):
        yield wrong_type(name, "a boolean", value)


def text(name: str, value: Any) -> Problems:
    if not isinstance(value, str):
        yield wrong_type(name, "a string", value)


def anything(name: str, value: Any) -> Problems:
    yield from ()


def integer(least: int | None = None, most: int | None = None) -> Check:
    def check(name: str, value: Any) -> Problems:
        if isinstance(value, bool) or not isinstance(value, int):
            yield wrong_type(name, "an integer", value)
        else:
            yield from _within(name, value, least, most)

    return check


def decimal(least: float | None = None, most: float | None = None) -> Check:
    def check(name: str, value: Any) -> Problems:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield wrong_type(name, "a decimal", value)
        else:
            yield from _within(name, value, least, most)

    return check


def _within(name: str, value: float, least: float | None, most: float | None) -> Problems:
    if least is not None and value < least:
        message = f"Invalid '{name}': value below minimum. Expected a value >= {least}, but got {value} instead."
        yield bad(message, name, "integer_below_min_value")
    if most is not None and value > most:
        message = f"Invalid '{name}': value above maximum. Expected a value <= {most}, but got {value} instead."
        yield bad(message, name, "integer_above_max_value")


def one_of(*allowed: str) -> Check:
    def check(name: str, value: Any) -> Problems:
        if value not in allowed:
            listed = ", ".join(f"'{each}'" for each in allowed)
            yield bad(f"Invalid value: '{value}'. Supported values are: {listed}.", name, "invalid_value")

    return check


def matching(pattern: str) -> Check:
    def check(name: str, value: Any) -> Problems:
        yield from text(name, value)
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            message = f"Invalid '{name}': string does not match pattern. Expected '{pattern}'."
            yield bad(message, name, "invalid_value")

    return check


def array_of(item: Check, least: int = 0, most: int | None = None) -> Check:
    def check(name: str, value: Any) -> Problems:
        if not isinstance(value, list):
            yield wrong_type(name, "an array", value)
            return
        if len(value) < least:
            message = f"Invalid '{name}': empty array. Expected an array with minimum length {least}."
            yield bad(message, name, "empty_array")
        if most is not None and len(value) > most:
            message = f"Invalid '{name}': array too long. Expected at most {most}, but got {len(value)} instead."
            yield bad(message, name, "array_above_max_length")
        for place, each in enumerate(value):
            yield from item(f"{name}[{place}]", each)

    return check


def object_of(required: Fields, optional: Fields | None = None) -> Check:
    """Unknown fields are yielded as `unknown_parameter`, so that tolerant servers can overlook them."""
    fields = {**required, **(optional or {})}

    def check(name: str, value: Any) -> Problems:
        if not isinstance(value, dict):
            yield wrong_type(name, "an object", value)
            return
        inside = f"{name}." if name else ""
        for each in [name for name in required if name not in value]:
            message = f"Missing required parameter: '{inside}{each}'."
            yield bad(message, f"{inside}{each}", "missing_required_parameter")
        for each, given in value.items():
            if each in fields:
                yield from fields[each](f"{inside}{each}", given)
            else:
                yield bad(f"Unknown parameter: '{inside}{each}'.", f"{inside}{each}", "unknown_parameter")

    return check


def mapping(name: str, value: Any) -> Problems:
    """An object whose fields are not ours to judge."""
    if not isinstance(value, dict):
        yield wrong_type(name, "an object", value)


def tagged(tag: str, kinds: Mapping[str, tuple[Fields, Fields]]) -> Check:
    """An object whose fields, required and optional, follow from the value of one of them."""
    checks = {kind: object_of({tag: anything, **needed}, optional) for kind, (needed, optional) in kinds.items()}

    def check(name: str, value: Any) -> Problems:
        if not isinstance(value, dict):
            yield wrong_type(name, "an object", value)
        elif tag not in value:
            message = f"Missing required parameter: '{name}.{tag}'."
            yield bad(message, f"{name}.{tag}", "missing_required_parameter")
        elif value[tag] not in checks:
            yield from one_of(*checks)(f"{name}.{tag}", value[tag])
        else:
            yield from checks[value[tag]](name, value)

    return check


def by_type(expected: str, checks: Mapping[type, Check]) -> Check:
    """One check for each JSON type the value may have."""

    def check(name: str, value: Any) -> Problems:
        if type(value) in checks:
            yield from checks[type(value)](name, value)
        else:
            yield wrong_type(name, expected, value)

    return check


def nullable(check: Check) -> Check:
    def checked(name: str, value: Any) -> Problems:
        if value is not None:
            yield from check(name, value)

    return checked
