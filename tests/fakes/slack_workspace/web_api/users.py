"""People and the groups they are in."""

from ..errors import SlackError
from ..records import Payload
from ..showing import shown_group, shown_user
from .registry import Context, method


@method("users.info", "users:read")
def info(context: Context, user: str, include_locale: bool | None = None) -> Payload:
    found = context.user(user)
    foreign = found.team != context.team
    stranger = foreign and not context.state.shares_a_channel(context.team, user)
    return {"user": shown_user(found, bool(include_locale), stranger)}


@method("users.list", "users:read")
def list_users(
    context: Context,
    cursor: str | None = None,
    limit: int | None = None,
    include_locale: bool | None = None,
    team_id: str | None = None,
) -> Payload:
    people = [user for user in context.state.users.values() if user.team == context.team]
    shown = [shown_user(user, bool(include_locale)) for user in people]
    return {"members": shown, "response_metadata": {"next_cursor": ""}}


@method("usergroups.list", "usergroups:read")
def groups(
    context: Context,
    include_count: bool | None = None,
    include_disabled: bool | None = None,
    include_users: bool | None = None,
    team_id: str | None = None,
) -> Payload:
    found = [each for each in context.state.groups_of(context.team) if include_disabled or not each.disabled]
    shown = [shown_group(each) for each in found]
    if include_users:
        shown = [one | {"users": list(group.members)} for one, group in zip(shown, found, strict=True)]
    return {"usergroups": shown}


@method("usergroups.users.list", "usergroups:read")
def group_members(
    context: Context,
    usergroup: str,
    include_disabled: bool | None = None,
    team_id: str | None = None,
) -> Payload:
    found = context.state.groups.get(usergroup)
    if found is None or found.team != context.team:
        raise SlackError("no_such_subteam")
    return {"users": list(found.members)}
