"""Readers by Slack id, as people.yaml and the user groups of one workspace have them at one moment."""

from collections.abc import Mapping

from knowledge.access import ANYONE, Reader
from knowledge.people import Directory

_MOST = 1000


class Company:
    """Works out each reader once: neither the directory nor the groups (members by id) ever change in here."""

    def __init__(self, directory: Directory, groups: Mapping[str, frozenset[str]]) -> None:
        self.directory = directory
        self.groups = groups
        self._alone: dict[str, Reader] = {}
        self._among: dict[tuple[str, frozenset[str]], Reader] = {}

    def knows(self, user: str) -> bool:
        """Whether the directory names a person by this Slack id."""
        return user in self.directory.slack

    def alone(self, user: str) -> Reader:
        """The person of a Slack id."""
        if not self.knows(user):
            return ANYONE
        if user not in self._alone:
            groups = [name for name, members in self.groups.items() if user in members]
            self._alone[user] = self.directory.reader(self.directory.slack[user], groups)
        return self._alone[user]

    def among(self, user: str, members: frozenset[str]) -> Reader:
        """A person with the members of a channel, all of whom are known."""
        place = (user, members)
        if place not in self._among:
            if len(self._among) == _MOST:
                self._among.clear()
            self._among[place] = self.alone(user).among(map(self.alone, members - {user}))
        return self._among[place]
