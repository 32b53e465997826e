"""People and the groups they are in."""

from ..errors import SlackError
from ..records import Payload, User
from .registry import Context, method


@method("users.info", "users:read")
def info(context: Context, user: str, include_locale: bool | None = None) -> Payload:
    return {"user": _shown(context.user(user), bool(include_locale))}


@method("users.list", "users:read")
def list_users(
    context: Context,
    cursor: str | None = None,
    limit: int | None = None,
    include_locale: bool | None = None,
    team_id: str | None = None,
) -> Payload:
    people = [user for user in context.state.users.values() if user.team == context.team]
    shown = [_shown(user, bool(include_locale)) for user in people]
    return {"members": shown, "response_metadata": {"next_cursor": ""}}


@method("usergroups.list", "usergroups:read")
def groups(
    context: Context,
    include_count: bool | None = None,
    include_disabled: bool | None = None,
    include_users: bool | None = None,
    team_id: str | None = None,
) -> Payload:
    found = context.state.groups_of(context.team)
    shown: list[Payload] = [{"id": each.id, "handle": each.handle, "name": each.handle} for each in found]
    if include_users:
        shown = [one | {"users": group.members} for one, group in zip(shown, found, strict=True)]
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


def _shown(user: User, locale: bool) -> Payload:
    """The locale only comes when asked for, as in Slack."""
    shown: Payload = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.real_name or user.name,
        "deleted": user.deactivated,
        "is_bot": user.bot,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "tz": user.tz,
        "profile": {"real_name": user.real_name or user.name, "display_name": user.name},
    }
    return shown | ({"locale": user.locale} if locale else {})
