"""Who asks at the command line, by the people.yaml that an admin keeps."""

import sys
from dataclasses import dataclass

from integrations.people import People
from knowledge.access import ANYONE, Reader, plain_name
from knowledge.people import Directory


class Askers:
    """Readers by the names that were typed; without a people.yaml everyone is who they say they are."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._told: set[str] = set()

    def reader(self, person: str) -> Reader:
        """The rights of a person; whoever is not known reads as anyone, and stderr says so once. Raises WrongPeople."""
        name = plain_name(person)
        if not name or not self._people.kept:
            return Reader(person)
        found = self._people.directory().reader(person)
        if found == ANYONE and name not in self._told:
            self._told.add(name)
            print(f"coach: {name} is not among the people in COACH_PEOPLE: public documents only", file=sys.stderr)
        return found


@dataclass(frozen=True, slots=True)
class Identity:
    """All that one person goes by: the name, and ids of Slack. Either may be all there is."""

    name: str
    slack: tuple[str, ...]

    @property
    def audited_as(self) -> frozenset[str]:
        """What audit rows call this person."""
        return frozenset(map(plain_name, (self.name, *self.slack)))


def identity(person: str, directory: Directory) -> Identity:
    """Who is meant by a name or by a Slack id, known or not."""
    by_id = {plain_name(each): name for each, name in directory.slack.items()}
    name = by_id.get(plain_name(person), plain_name(person))
    known = {each for each, whose in directory.slack.items() if whose == name}
    raw = set() if name in directory.people else {name.upper()}
    return Identity(name, tuple(sorted(known | raw)))
