"""What people may do at this moment: looked up at every request, kept nowhere."""

import logging
from collections.abc import Callable, Iterable

from integrations.people import People, WrongPeople
from integrations.web.console import Visitor
from knowledge.access import ANYONE, Reader, plain_name
from knowledge.people import Directory

log = logging.getLogger(__name__)

BySlack = Callable[[Iterable[str]], Reader]
"""The rights of somebody with these Slack ids."""


class Visitors:
    """Visitors by their names in people.yaml; with `by_slack` Slack has to vouch for them by one of their ids, too.

    On one's own machine (`local`) everyone is who they say they are and a coach, for as long as there is no
    people.yaml. Where it cannot be understood everyone reads public documents only.
    """

    def __init__(self, people: People, local: bool, by_slack: BySlack | None = None) -> None:
        self._people = people
        self._local = local
        self._by_slack = by_slack

    def __call__(self, person: str) -> Visitor | None:
        """A person with the rights of this moment; None for whoever is not known."""
        if self._local and not self._people.kept:
            return Visitor(plain_name(person), Reader(plain_name(person)), coach=True, admin=True)
        if self._local and not person:
            return Visitor("", ANYONE)
        try:
            directory = self._people.directory()
        except WrongPeople:
            log.warning("COACH_PEOPLE cannot be used: everyone reads public documents only (coach doctor says why)")
            return Visitor(person, ANYONE)
        if person not in directory.people:
            return None
        reader = self._reader(person, directory)
        if reader == ANYONE:
            return Visitor(person, ANYONE)
        return Visitor(person, reader, person in directory.coaches, person in directory.admins)

    def _reader(self, person: str, directory: Directory) -> Reader:
        if self._by_slack is None:
            return directory.reader(person)
        return self._by_slack(each for each, whose in directory.slack.items() if whose == person)
