"""Posting, changing and deleting messages."""

from typing import Any

from ..blocks import checked_blocks
from ..errors import SlackError, invalid_arguments
from ..records import Channel, Message, Payload
from .registry import Context, method

TEXT_LIMIT = 40_000
UPDATE_LIMIT = 4_000
MARKDOWN_LIMIT = 12_000


@method("chat.postMessage", "chat:write", face=True)
def post_message(
    context: Context,
    channel: str,
    text: str | None = None,
    blocks: Any = None,
    attachments: Any = None,
    markdown_text: str | None = None,
    thread_ts: str | None = None,
    reply_broadcast: bool | None = None,
    metadata: Any = None,
    mrkdwn: bool | None = None,
    link_names: bool | None = None,
    parse: str | None = None,
    unfurl_links: bool | None = None,
    unfurl_media: bool | None = None,
    as_user: bool | None = None,
    container_id: str | None = None,
    client_msg_id: str | None = None,
) -> Payload:
    where = context.writable(channel)
    content = _content(context, text, blocks, markdown_text, attachments)
    posted = context.slack.post_as_bot(
        context.team,
        where.id,
        thread_ts=_thread(context, where, thread_ts),
        metadata=metadata,
        names=bool(link_names) or parse == "full",
        **content,
    )
    return {"channel": where.id, "ts": posted.ts, "message": posted.payload()}


@method("chat.postEphemeral", "chat:write", face=True)
def post_ephemeral(
    context: Context,
    channel: str,
    user: str,
    text: str | None = None,
    blocks: Any = None,
    attachments: Any = None,
    markdown_text: str | None = None,
    thread_ts: str | None = None,
    link_names: bool | None = None,
    parse: str | None = None,
    as_user: bool | None = None,
) -> Payload:
    where = context.writable(channel)
    if user not in where.members:
        raise SlackError("user_not_in_channel")
    content = _content(context, text, blocks, markdown_text, attachments)
    root = _thread(context, where, thread_ts)
    posted = context.slack.post_as_bot(context.team, where.id, thread_ts=root, ephemeral_to=user, **content)
    return {"message_ts": posted.ts}


@method("chat.update", "chat:write")
def update(
    context: Context,
    channel: str,
    ts: str,
    text: str | None = None,
    blocks: Any = None,
    attachments: Any = None,
    markdown_text: str | None = None,
    metadata: Any = None,
    link_names: bool | None = None,
    parse: str | None = None,
    reply_broadcast: bool | None = None,
    as_user: bool | None = None,
    file_ids: Any = None,
) -> Payload:
    message = _own(context, channel, ts, "cant_update_message")
    if message.stream and message.stream.state == "in_progress":
        raise SlackError("streaming_state_conflict")
    if len(text or "") > UPDATE_LIMIT:
        raise SlackError("msg_too_long")
    content = _content(context, text, blocks, markdown_text, attachments)
    before = message.payload()
    message.blocks = content["blocks"] if blocks is not None or markdown_text is not None else message.blocks
    message.metadata = metadata or message.metadata
    context.state.rewrite(message, content["text"] if text is not None or markdown_text else None)
    context.slack.note_markup(message, markdown=markdown_text is not None, names=bool(link_names))
    context.slack.events.changed(message, before)
    return {"channel": channel, "ts": ts, "text": message.text, "message": message.payload()}


@method("chat.delete", "chat:write")
def delete(context: Context, channel: str, ts: str, as_user: bool | None = None) -> Payload:
    message = _own(context, channel, ts, "cant_delete_message")
    context.slack.remove(message)
    return {"channel": channel, "ts": ts}


@method("chat.getPermalink")
def get_permalink(context: Context, channel: str, message_ts: str) -> Payload:
    where = context.channel(channel, member=False)
    message = context.state.message(where.id, message_ts)
    domain = context.state.teams[context.team].domain
    link = f"https://{domain}.slack.com/archives/{where.id}/p{message.ts.replace('.', '')}"
    thread = f"?thread_ts={message.thread_ts}&cid={where.id}" if message.thread_ts else ""
    return {"channel": where.id, "permalink": link + thread}


def _own(context: Context, channel: str, ts: str, otherwise: str) -> Message:
    """One of the bot's messages. Ephemeral ones cannot be found again, as in Slack."""
    message = context.state.message(context.channel(channel).id, ts)
    if message.user != context.installed.bot_user:
        raise SlackError(otherwise)
    return message


def _thread(context: Context, where: Channel, thread_ts: str | None) -> str | None:
    if thread_ts is None:
        return None
    root = context.state.thread_root(where.id, thread_ts)
    if root != thread_ts:
        context.slack.complain(f"thread_ts {thread_ts} is a reply's; use its parent's")
    return root


def _content(context: Context, text: str | None, blocks: Any, markdown: str | None, attachments: Any) -> Payload:
    checked = checked_blocks(blocks) if blocks else []
    if markdown is not None and (text or checked):
        raise SlackError("markdown_text_conflict")
    if len(markdown or "") > MARKDOWN_LIMIT:
        raise SlackError("msg_too_long")
    if attachments is not None and not isinstance(attachments, list):
        raise invalid_arguments("must provide an array [json-pointer:/attachments]")
    if not (text or checked or markdown or attachments):
        raise SlackError("no_text")
    if checked and not text:
        context.slack.complain("blocks without text: a notification would have nothing to say")
    if len(text or "") > TEXT_LIMIT:
        context.slack.complain(f"text was cut at {TEXT_LIMIT} characters")
    shown = markdown if markdown is not None else text
    return {"text": (shown or "")[:TEXT_LIMIT], "blocks": checked, "markdown": markdown is not None}
