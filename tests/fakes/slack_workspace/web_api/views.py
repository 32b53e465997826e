"""Modals and the App Home."""

from typing import Any

from ..blocks import checked_view
from ..errors import SlackError, invalid_arguments
from ..records import Payload, View
from .registry import Context, method

DEEPEST = 3


@method("views.open")
def open(context: Context, view: Any, trigger_id: str) -> Payload:
    trigger = context.slack.grants.exchange(trigger_id)
    content = checked_view(view, "modal")
    _check_external_id(context, content)
    made = context.state.add_view(context.team, trigger.user, content)
    context.state.stacks[trigger.user] = [made.id]
    return _reply(context, made)


@method("views.push")
def push(context: Context, view: Any, trigger_id: str) -> Payload:
    trigger = context.slack.grants.exchange(trigger_id)
    parent = context.state.views.get(trigger.view or "")
    if parent is None or parent.id not in context.state.stacks[trigger.user]:
        raise SlackError("not_found")
    if len(context.state.stacks[trigger.user]) >= DEEPEST:
        raise SlackError("push_limit_reached")
    content = checked_view(view, "modal")
    return _reply(context, context.slack.push_view(parent, content))


@method("views.update")
def update(
    context: Context,
    view: Any,
    view_id: str | None = None,
    external_id: str | None = None,
    hash: str | None = None,
) -> Payload:
    found = _found(context, view_id, external_id)
    if hash and hash != found.hash:
        raise SlackError("hash_conflict")
    content = checked_view(view, "modal" if found.content["type"] == "modal" else "home")
    context.slack.replace_view(found, content)
    return _reply(context, found)


@method("views.publish")
def publish(context: Context, user_id: str, view: Any, hash: str | None = None) -> Payload:
    if not context.slack.app.home_tab:
        raise SlackError("not_enabled")
    person = context.user(user_id)
    content = checked_view(view, "home")
    home = context.state.homes.get(person.id)
    if home and hash and hash != home.hash:
        raise SlackError("hash_conflict")
    if home is None:
        home = context.state.homes[person.id] = context.state.add_view(context.team, person.id, content)
    context.slack.replace_view(home, content)
    return _reply(context, home)


def _found(context: Context, view_id: str | None, external_id: str | None) -> View:
    if not view_id and not external_id:
        raise invalid_arguments("missing required field: view_id or external_id")
    for view in context.state.views.values():
        if view.id == view_id or (external_id and view.content.get("external_id") == external_id):
            return view
    raise SlackError("not_found")


def _check_external_id(context: Context, content: Payload) -> None:
    name = content.get("external_id")
    if name and any(view.content.get("external_id") == name for view in context.state.views.values()):
        raise SlackError("duplicate_external_id")


def _reply(context: Context, view: View) -> Payload:
    return {"view": view.payload(context.slack.app.id)}
