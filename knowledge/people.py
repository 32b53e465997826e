"""Who belongs to what: people, groups, the teams of accounts, coaches and admins, as an admin wrote it down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from knowledge.access import ANYONE, PUBLIC, TEAM, Reader, plain_name, team_of
from knowledge.errors import WrongMetadata

_KEYS = ("people", "groups", "accounts", "coaches", "admins")
_SLACK_GROUP = "slack:"


@dataclass(frozen=True, slots=True)
class Directory:
    """Everyone who is known. `groups` has the groups and the teams of accounts by the name they go by.

    Members are people, or Slack user groups as `slack:S0123`. `slack` gives the person of a Slack id.
    """

    people: frozenset[str] = frozenset()
    groups: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    slack: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    coaches: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()

    def reader(self, person: str, slack_groups: Iterable[str] = ()) -> Reader:
        """A person with all groups they are in, also by the Slack user groups they belong to.

        Whoever is not known reads as anyone does.
        """
        name = plain_name(person)
        if name not in self.people:
            return ANYONE
        known_by = {name, *(plain_name(_SLACK_GROUP + each) for each in slack_groups)}
        return Reader(name, frozenset(group for group, members in self.groups.items() if members & known_by))

    def slack_groups(self) -> frozenset[str]:
        """The ids of the Slack user groups that count for anything, in lower case."""
        members = frozenset().union(*self.groups.values())
        return frozenset(each.removeprefix(_SLACK_GROUP) for each in members if each.startswith(_SLACK_GROUP))

    @classmethod
    def of(cls, said: object) -> "Directory":
        """Read what a people.yaml holds. Raises WrongMetadata, naming the entry: a slip never adds a right."""
        if not isinstance(said, dict):
            raise WrongMetadata(f"it must say {', '.join(_KEYS)}")
        if unknown := sorted(set(map(str, said)) - set(_KEYS)):
            raise WrongMetadata(f"it says {', '.join(unknown)}, which is not known: use {', '.join(_KEYS)}")
        people, slack = _people(said.get("people") or {})
        groups = _groups(said.get("groups") or {}, people, "group")
        teams = _groups(said.get("accounts") or {}, people, "account")
        if both := sorted(people & groups.keys()):
            raise WrongMetadata(f"{both[0]} is a person and a group: rename one, a document could mean either")
        named = {team_of(account): members for account, members in teams.items()}
        return cls(
            people,
            MappingProxyType({**groups, **named}),
            MappingProxyType(slack),
            _members(said.get("coaches") or [], people, "coaches"),
            _members(said.get("admins") or [], people, "admins"),
        )


def _people(said: object) -> tuple[frozenset[str], dict[str, str]]:
    if not isinstance(said, dict):
        raise WrongMetadata("people must be a list of `name: {slack: U0123}`")
    slack: dict[str, str] = {}
    for raw, about in said.items():
        name = _name(raw, "person")
        ids = (about or {}).get("slack") or [] if isinstance(about, dict | None) else None
        listed = [ids] if isinstance(ids, str) else ids
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise WrongMetadata(f"{name} must be followed by {{slack: U0123}} or nothing")
        for each in listed:
            if slack.setdefault(each, name) != name:
                raise WrongMetadata(f"{each} is the Slack id of both {slack[each]} and {name}")
    return frozenset(_name(each, "person") for each in said), slack


def _groups(said: object, people: frozenset[str], what: str) -> dict[str, frozenset[str]]:
    if not isinstance(said, dict):
        raise WrongMetadata(f"{what}s must be a list of `name: [member, ...]`")
    return {_name(raw, what): _members(members, people, f"{what} {raw}") for raw, members in said.items()}


def _members(said: object, people: frozenset[str], where: str) -> frozenset[str]:
    listed = [said] if isinstance(said, str) else said
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise WrongMetadata(f"{where} must be a list of people")
    named = frozenset(map(plain_name, listed))
    if strangers := sorted(each for each in named - people if not each.startswith(_SLACK_GROUP)):
        raise WrongMetadata(f"{where} names {strangers[0]}, who is not among people")
    return named


def _name(raw: object, what: str) -> str:
    name = plain_name(str(raw))
    if not name or name in (PUBLIC, TEAM) or name.startswith(("team of ", _SLACK_GROUP)):
        raise WrongMetadata(f"{raw!r} cannot be the name of a {what}")
    return name
