"""Messages that are written while people watch. They live five minutes, appended to or not."""

from typing import Any

from ..blocks import checked_blocks
from ..errors import SlackError, invalid_arguments
from ..records import Message, Payload, Stream
from .assistant import note_session
from .chat import MARKDOWN_LIMIT
from .registry import Context, method

TASK_TEXT_LIMIT = 256
TASK_STATES = {"pending", "in_progress", "complete", "error"}
FIELDS = {
    "markdown_text": ({"text"}, set[str]()),
    "task_update": ({"id", "title", "status"}, {"details", "output", "sources"}),
    "plan_update": ({"title"}, set[str]()),
    "blocks": ({"blocks"}, set[str]()),
}


@method("chat.startStream", "chat:write", face=True)
def start_stream(
    context: Context,
    channel: str,
    thread_ts: str,
    markdown_text: str | None = None,
    chunks: Any = None,
    recipient_team_id: str | None = None,
    recipient_user_id: str | None = None,
    task_display_mode: str | None = None,
) -> Payload:
    where = context.writable(channel)
    root = context.state.thread_root(where.id, thread_ts)
    if where.kind not in ("im", "mpim"):
        _check_recipient(context, recipient_team_id, recipient_user_id)
    if task_display_mode not in (None, "timeline", "plan"):
        raise invalid_arguments("task_display_mode must be one of: timeline, plan")
    parts = _checked_chunks(chunks, markdown_text)
    stream = Stream(context.slack.timing.stream_life)
    message = context.slack.post_as_bot(context.team, where.id, thread_ts=root, stream=stream)
    _write(context, message, parts)
    return {"channel": where.id, "ts": message.ts}


@method("chat.appendStream", "chat:write")
def append_stream(
    context: Context,
    channel: str,
    ts: str,
    markdown_text: str | None = None,
    chunks: Any = None,
) -> Payload:
    message, stream = _open(context, channel, ts)
    parts = _checked_chunks(chunks, markdown_text)
    if not parts:
        raise invalid_arguments("missing required field: markdown_text or chunks")
    _write(context, message, parts)
    stream.appends += 1
    return {"channel": channel, "ts": ts}


@method("chat.stopStream", "chat:write")
def stop_stream(
    context: Context,
    channel: str,
    ts: str,
    markdown_text: str | None = None,
    chunks: Any = None,
    blocks: Any = None,
    metadata: Any = None,
    session_status: str | None = None,
) -> Payload:
    message, stream = _open(context, channel, ts)
    parts = _checked_chunks(chunks, markdown_text)
    ending = checked_blocks(blocks) if blocks else []
    _write(context, message, parts)
    message.blocks += ending
    message.metadata = metadata or message.metadata
    stream.ended = "completed"
    context.slack.note_markup(message, markdown=True)
    if session_status:
        note_session(context, channel, message.thread_ts, session_status)
    return {"channel": channel, "ts": ts, "message": message.payload()}


def _check_recipient(context: Context, team: str | None, user: str | None) -> None:
    if not team:
        raise SlackError("missing_recipient_team_id")
    if not user:
        raise SlackError("missing_recipient_user_id")
    context.user(user)


def _open(context: Context, channel: str, ts: str) -> tuple[Message, Stream]:
    """A stream that can still be written to, or Slack's word for why not."""
    message = context.state.message(context.channel(channel).id, ts)
    if message.stream is None or message.user != context.installed.bot_user:
        raise SlackError("message_not_owned_by_app" if message.stream else "message_not_in_streaming_state")
    match message.stream.state:
        case "in_progress":
            return message, message.stream
        case "stopped_by_user":
            raise SlackError("stopped_by_user")
    raise SlackError("message_not_in_streaming_state")


def _checked_chunks(chunks: Any, markdown: str | None) -> list[Payload]:
    if chunks and markdown is not None:
        raise invalid_arguments("provide markdown_text or chunks, not both")
    parts = [{"type": "markdown_text", "text": markdown}] if markdown is not None else chunks or []
    if not isinstance(parts, list):
        raise SlackError("invalid_chunks")
    for part in parts:
        _check_chunk(part)
    return parts


def _check_chunk(part: Payload) -> None:
    required, optional = FIELDS.get(part.get("type", ""), (None, None))
    given = {name for name, value in part.items() if value is not None} - {"type"}
    if required is None or optional is None or not required <= given <= required | optional:
        raise SlackError("invalid_chunks", errors=[f"{part.get('type')}: {sorted(given)}"])
    if part["type"] == "markdown_text" and len(part["text"]) > MARKDOWN_LIMIT:
        raise SlackError("msg_too_long")
    if part["type"] == "blocks":
        checked_blocks(part["blocks"])
    if part["type"] == "task_update":
        _check_task(part)


def _check_task(part: Payload) -> None:
    texts = [part.get(name) or "" for name in ("title", "details", "output")]
    if part["status"] not in TASK_STATES or any(len(text) > TASK_TEXT_LIMIT for text in texts):
        raise SlackError("invalid_chunks", errors=[f"task {part['id']}: unknown status or a text over 256"])


def _write(context: Context, message: Message, parts: list[Payload]) -> None:
    assert message.stream is not None
    for part in parts:
        match part["type"]:
            case "markdown_text":
                message.text += part["text"]
            case "blocks":
                message.blocks += part["blocks"]
            case "plan_update":
                message.stream.plan = part["title"]
            case "task_update":
                _update_task(message.stream, part)
    if parts:
        message.versions.append(message.text)
        context.slack.note_markup(message, markdown=True)


def _update_task(stream: Stream, part: Payload) -> None:
    """Title and status replace; details are added to, as developers found."""
    before = stream.tasks.get(part["id"], {})
    details = "".join(each.get("details") or "" for each in (before, part))
    stream.tasks[part["id"]] = {**before, **part, **({"details": details} if details else {})}
