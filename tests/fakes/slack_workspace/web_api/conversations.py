"""Reading channels and threads, opening direct conversations."""

from typing import Any

from ..errors import SlackError, invalid_arguments
from ..records import Channel, Message, Payload
from .registry import HISTORY_SCOPES, READ_SCOPES, Context, method


@method("conversations.info")
def info(
    context: Context,
    channel: str,
    include_locale: bool | None = None,
    include_num_members: bool | None = None,
) -> Payload:
    found = context.channel(channel, READ_SCOPES, member=False)
    shown = _shown(context, found)
    if include_locale:
        shown["locale"] = "en-US"
    if include_num_members:
        shown["num_members"] = len(found.members)
    return {"channel": shown}


@method("conversations.members")
def members(context: Context, channel: str, cursor: str | None = None, limit: int | None = None) -> Payload:
    found = context.channel(channel, READ_SCOPES, member=False)
    page, following = _page(sorted(found.members), cursor, limit or 100)
    return {"members": page, "response_metadata": {"next_cursor": following}}


@method("conversations.open", "im:write", "mpim:write", "channels:manage", "groups:write")
def open(
    context: Context,
    users: str | None = None,
    channel: str | None = None,
    return_im: bool | None = None,
    prevent_creation: bool | None = None,
) -> Payload:
    if not users:
        found = context.channel(channel or "")
    else:
        people = [context.user(name.strip()) for name in users.split(",")]
        if any(person.deactivated for person in people):
            raise SlackError("user_disabled")
        names = (person.id for person in people)
        found = context.state.direct_channel(context.team, context.installed.bot_user, *names)
    return {"channel": _shown(context, found) if return_im else {"id": found.id}}


@method("conversations.replies")
def replies(
    context: Context,
    channel: str,
    ts: str,
    cursor: str | None = None,
    limit: int | None = None,
    latest: str | None = None,
    oldest: str | None = None,
    inclusive: bool | None = None,
    include_all_metadata: bool | None = None,
) -> Payload:
    found = context.channel(channel, HISTORY_SCOPES)
    thread = context.state.thread(found.id, ts)
    if not thread:
        raise SlackError("thread_not_found")
    inside = _between(thread, oldest, latest, bool(inclusive))
    return _messages(inside, cursor, limit, bool(include_all_metadata))


@method("conversations.history")
def history(
    context: Context,
    channel: str,
    cursor: str | None = None,
    limit: int | None = None,
    latest: str | None = None,
    oldest: str | None = None,
    inclusive: bool | None = None,
    include_all_metadata: bool | None = None,
) -> Payload:
    found = context.channel(channel, HISTORY_SCOPES)
    inside = _between(context.state.timeline(found.id), oldest, latest, bool(inclusive))
    return _messages(inside[::-1], cursor, limit, bool(include_all_metadata))


def _shown(context: Context, channel: Channel) -> Payload:
    kind = channel.kind
    shared = bool(channel.shared_with)
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": kind == "public",
        "is_group": kind == "private",
        "is_im": kind == "im",
        "is_mpim": kind == "mpim",
        "is_private": kind != "public",
        "is_archived": channel.archived,
        "is_member": context.installed.bot_user in channel.members,
        "is_shared": shared,
        "is_ext_shared": shared,
        "context_team_id": channel.team,
        "shared_team_ids": sorted({channel.team, *channel.shared_with}),
        **({"user": next(iter(channel.members - {context.installed.bot_user}))} if kind == "im" else {}),
    }


def _between(messages: list[Message], oldest: str | None, latest: str | None, inclusive: bool) -> list[Message]:
    low, high = oldest or "0", latest or "9999999999.999999"
    if inclusive:
        return [each for each in messages if low <= each.ts <= high]
    return [each for each in messages if low < each.ts < high]


def _messages(messages: list[Message], cursor: str | None, limit: int | None, metadata: bool) -> Payload:
    page, following = _page(messages, cursor, limit or 100)
    shown = [each.payload() for each in page]
    if not metadata:
        shown = [{name: value for name, value in each.items() if name != "metadata"} for each in shown]
    more = {"has_more": bool(following)}
    return {"messages": shown, **more, "response_metadata": {"next_cursor": following}}


def _page(items: list[Any], cursor: str | None, limit: int) -> tuple[list[Any], str]:
    if not 1 <= limit <= 1000:
        raise invalid_arguments("limit must be 1 to 1000")
    if cursor and not cursor.isdigit():
        raise SlackError("invalid_cursor")
    start = int(cursor or 0)
    end = start + limit
    return items[start:end], str(end) if end < len(items) else ""
