"""What an agent shows around its answers: status, title, suggested prompts, the session and its Stop button."""

import time
from typing import Any

from ..errors import SlackError, invalid_arguments
from ..records import Payload, Session, StatusChange
from .registry import Context, method

STATES = ("active", "processing", "suspended", "closed")
UNSTOPPABLE = "missing_agent_session_stopped_event_subscription"


@method("assistant.threads.setStatus", "chat:write", "assistant:write", face=True)
def set_status(
    context: Context,
    channel_id: str,
    thread_ts: str,
    status: str | None = None,
    loading_messages: Any = None,
) -> None:
    where = context.channel(channel_id)
    root = context.state.thread_root(where.id, thread_ts)
    messages = loading_messages or []
    if not isinstance(messages, list) or len(messages) > 10:
        raise invalid_arguments("no more than 10 items allowed [json-pointer:/loading_messages]")
    if status is None:
        raise invalid_arguments("missing required field: status")
    context.state.set_status((where.id, root), StatusChange(time.monotonic(), status, tuple(messages)))


@method("assistant.threads.setTitle", "assistant:write")
def set_title(context: Context, channel_id: str, thread_ts: str, title: str) -> None:
    where = context.channel(channel_id)
    place = (where.id, context.state.thread_root(where.id, thread_ts))
    context.state.sessions.setdefault(place, Session(*place, history=["active"])).title = title


@method("assistant.threads.setSuggestedPrompts", "assistant:write")
def set_suggested_prompts(
    context: Context,
    channel_id: str,
    prompts: Any,
    thread_ts: str | None = None,
    title: str | None = None,
) -> None:
    where = context.channel(channel_id)
    shapes = [isinstance(each, dict) and set(each) == {"title", "message"} for each in prompts]
    if not prompts or len(prompts) > 4 or not all(shapes):
        raise invalid_arguments("prompts must be 1 to 4 objects of a title and a message")
    if thread_ts and context.slack.app.agent_view:
        context.slack.complain("setSuggestedPrompts with thread_ts: under agent_view Slack silently does nothing")
        return
    context.state.prompts[where.id] = {"title": title, "prompts": prompts}


@method("agents.sessions.setStatus", "chat:write", face=True)
def session_status(
    context: Context,
    status: str,
    channel_id: str,
    thread_ts: str | None = None,
    title: str | None = None,
    initiator_user_id: str | None = None,
) -> Payload:
    if len(title or "") > 200:
        raise invalid_arguments("must be less than 201 characters [json-pointer:/title]")
    if initiator_user_id and initiator_user_id not in context.channel(channel_id).members:
        raise SlackError("user_not_in_channel")
    session = note_session(context, channel_id, thread_ts, status)
    session.title = session.title or title or ""
    unsubscribed = status == "processing" and "agent_session_stopped" not in context.slack.app.events
    return {"status": status, "title": session.title} | ({"warning": UNSTOPPABLE} if unsubscribed else {})


@method("agents.sessions.rename", "chat:write")
def session_rename(context: Context, channel_id: str, title: str, thread_ts: str | None = None) -> Payload:
    where = context.channel(channel_id)
    session = context.state.sessions.get((where.id, thread_ts))
    if session is None:
        raise SlackError("session_not_found")
    if not 1 <= len(title) <= 200:
        raise invalid_arguments("must be less than 201 characters [json-pointer:/title]")
    session.title = title
    return {"title": title}


def note_session(context: Context, channel: str, thread: str | None, status: str) -> Session:
    where = context.channel(channel)
    if not context.slack.app.agent_view:
        context.slack.complain("agents.sessions.setStatus: only an app declared as an agent has sessions")
    if status not in STATES:
        raise SlackError("invalid_status")
    if thread is None:
        raise SlackError("invalid_thread_ts")
    place = (where.id, context.state.thread_root(where.id, thread))
    session = context.state.sessions.setdefault(place, Session(*place))
    session.history.append(status)
    return session
