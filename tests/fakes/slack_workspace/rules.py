"""A small language for shapes of JSON: each rule reports what is wrong, and where, as Slack's validator does."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Report = Callable[[str, str], None]
"""Takes what is wrong and a JSON pointer to the place."""
Rule = Callable[[Any, str, Report], None]


def string(limit: int, minimum: int = 0) -> Rule:
    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report("must provide a string", at)
        elif len(value) > limit:
            report(f"must be less than {limit + 1} characters", at)
        elif len(value) < minimum:
            report(f"must be more than {minimum - 1} characters", at)

    return check


def kind(wanted: type, name: str) -> Rule:
    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, wanted):
            report(f"must provide a {name}", at)

    return check


boolean = kind(bool, "boolean")
number = kind(int, "number")
anything: Rule = kind(object, "value")


def choice(*values: str) -> Rule:
    def check(value: Any, at: str, report: Report) -> None:
        if value not in values:
            report(f"must be one of: {', '.join(values)}", at)

    return check


def listing(rule: Rule, maximum: int, minimum: int = 1) -> Rule:
    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report("must provide an array", at)
            return
        if len(value) > maximum:
            report(f"no more than {maximum} items allowed", at)
        if len(value) < minimum:
            report(f"no fewer than {minimum} items allowed", at)
        for index, each in enumerate(value):
            rule(each, f"{at}/{index}", report)

    return check


def record(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    fields = {**required, **(optional or {})}

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report("must provide an object", at)
            return
        for name in required:
            if value.get(name) is None:
                report(f"missing required field: {name}", at)
        for name, each in value.items():
            if name not in fields:
                report(f"invalid additional property: {name}", at)
            elif each is not None:
                fields[name](each, f"{at}/{name}", report)

    return check


def typed(rules: Mapping[str, Rule], allowed: Iterable[str] | None = None) -> Rule:
    """The rule for an object's `type`, among those allowed here."""
    here = frozenset(rules if allowed is None else allowed)

    def check(value: Any, at: str, report: Report) -> None:
        name = value.get("type") if isinstance(value, dict) else None
        if name is None:
            report("must provide an object with a type", at)
        elif name not in here or name not in rules:
            report(f"unsupported type: {name}", f"{at}/type")
        else:
            rules[name](value, at, report)

    return check


def text(limit: int, *kinds: str) -> Rule:
    """A text object; plain_text only unless told otherwise."""
    plain = record({"type": anything, "text": string(limit, 1)}, {"emoji": boolean})
    mrkdwn = record({"type": anything, "text": string(limit, 1)}, {"verbatim": boolean})
    return typed({"plain_text": plain, "mrkdwn": mrkdwn}, kinds or ("plain_text",))


def either(limit: int) -> Rule:
    return text(limit, "plain_text", "mrkdwn")


def both(rule: Rule, extra: Rule) -> Rule:
    """A record's rule, then one about its fields together."""

    def check(value: Any, at: str, report: Report) -> None:
        rule(value, at, report)
        if isinstance(value, dict):
            extra(value, at, report)

    return check


def exactly_one(*names: str) -> Rule:
    """One of these fields, and not two: to be joined to a record."""

    def check(value: Any, at: str, report: Report) -> None:
        given = [name for name in names if value.get(name) is not None]
        if len(given) != 1:
            report(f"must provide exactly one of: {', '.join(names)}", at)

    return check


def at_least_one(*names: str) -> Rule:
    def check(value: Any, at: str, report: Report) -> None:
        if not any(value.get(name) for name in names):
            report(f"must provide one of: {', '.join(names)}", at)

    return check
