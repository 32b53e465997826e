"""What administrators change while the app runs: people, user groups, channels shared with other teams."""

from typing import TYPE_CHECKING, Any

from .showing import shown_group, shown_user

if TYPE_CHECKING:
    from .workspace import Workspace


class Administration:
    """Each change is told to the app, if it is subscribed and has the scope."""

    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack

    def change(self, user: str, **changes: Any) -> None:
        """`changes` as in records.User: guest, deactivated ..."""

        def act() -> None:
            found = self._slack.state.users[user]
            for name, value in changes.items():
                setattr(found, name, value)
            self._slack.events.send(found.team, {"type": "user_change", "user": shown_user(found)})

        self._slack.on_loop(act)

    def regroup(self, group: str, members: list[str]) -> None:
        """Others are in a user group."""

        def act() -> None:
            found = self._slack.state.groups[group]
            before, found.members = set(found.members), list(members)
            moved = {"added_users": sorted(set(members) - before), "removed_users": sorted(before - set(members))}
            event = {"type": "subteam_members_changed", "subteam_id": group, "team_id": found.team, **moved}
            self._slack.events.send(found.team, event)

        self._slack.on_loop(act)

    def disable(self, group: str, disabled: bool = True) -> None:
        """A user group goes out of use, or comes back."""

        def act() -> None:
            found = self._slack.state.groups[group]
            found.disabled = disabled
            self._slack.events.send(found.team, {"type": "subteam_updated", "subteam": shown_group(found)})

        self._slack.on_loop(act)

    def share(self, channel: str, team: str) -> None:
        """A channel is shared with another team (Slack Connect)."""

        def act() -> None:
            found = self._slack.state.channels[channel]
            found.shared_with.add(team)
            self._slack.events.in_channel(found, {"type": "channel_shared", "connected_team_id": team})

        self._slack.on_loop(act)

    def unshare(self, channel: str, team: str) -> None:
        """A channel is shared no longer: the other team's people are out of it."""

        def act() -> None:
            found = self._slack.state.channels[channel]
            found.shared_with.discard(team)
            found.members = {each for each in found.members if self._slack.state.users[each].team != team}
            self._slack.events.in_channel(found, {"type": "channel_unshared", "previously_connected_team_id": team})

        self._slack.on_loop(act)
