"""People and user groups as the Web API and events show them."""

from .records import Group, Payload, User


def shown_user(user: User, locale: bool = False, stranger: bool = False) -> Payload:
    """The locale only comes when asked for. Of deactivated people Slack does not say what they were."""
    shown: Payload = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "deleted": user.deactivated,
        "is_bot": user.bot,
        "profile": {"real_name": user.real_name or user.name, "display_name": user.name},
    }
    if user.deactivated:
        return shown
    shown |= {
        "real_name": user.real_name or user.name,
        "is_restricted": user.guest or user.single_channel_guest,
        "is_ultra_restricted": user.single_channel_guest,
        "tz": user.tz,
    }
    return shown | ({"locale": user.locale} if locale else {}) | ({"is_stranger": True} if stranger else {})


def shown_group(group: Group) -> Payload:
    """Without its members, which only come when asked for."""
    return {"id": group.id, "handle": group.handle, "name": group.handle, "date_delete": int(group.disabled)}
