"""Askers by the names that people.yaml has for them."""

from integrations.askers import identity
from integrations.people import WrongPeople
from integrations.web.console import YOU
from integrations.web.visit import Visit


def asker_of(visit: Visit, person: str) -> str:
    """Who asked, by name; an id that people.yaml does not know is nobody's name. Empty for nobody."""
    if not person:
        return ""
    if not visit.console.people.kept:
        return visit.say("you") if person == YOU else person
    try:
        directory = visit.console.people.directory()
    except WrongPeople:
        return visit.say("review_somebody")
    name = identity(person, directory).name
    return name if name in directory.people else visit.say("review_somebody")
