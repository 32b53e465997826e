"""The policy in words: who is admitted to a document, and why a reader may use it or not.

For admins and the audit trail. A reader is never told any of it: that a rule applied says that there is something.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.access import PUBLIC, Audience, Reader
from knowledge.documents import Entry
from knowledge.people import Directory

TEAM_OF = "team of "
_BESIDE = "someone beside"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a reader may use a document, with every rule that forbids it, else those that admit."""

    allowed: bool
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A document that a reader was not to know of, and the rules that withheld it."""

    entry: Entry
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Admitted:
    """A name in an audience, what it is, and who goes by it: people, and Slack user groups as `slack:s0123`."""

    name: str
    what: Literal["everyone", "person", "group", "team", "nobody known"]
    people: tuple[str, ...] = ()


def explain(entry: Entry, reader: Reader, today: date, newer: Iterable[Entry] = ()) -> Decision:
    """Decide on one document; `newer` are those that replace it and that this reader may use."""
    against = tuple(_against(entry, reader, today, newer))
    return Decision(not against, against or tuple(_admitting(entry.audience, reader)))


def _against(entry: Entry, reader: Reader, today: date, newer: Iterable[Entry]) -> Iterator[str]:
    asker, *beside = reader.everyone()
    audience = ", ".join(sorted(entry.audience.names)) or "of nobody"
    if not asker.may_read(entry.audience):
        yield f"audience {audience} does not admit {_called(asker)}"
    shut_out = sorted({_called(each) for each in beside if not each.may_read(entry.audience)})
    if shut_out:
        yield f"audience {audience} does not admit {_BESIDE}: {', '.join(shut_out)}"
    if entry.effective and today < entry.effective:
        yield f"not in force before {entry.effective}"
    if entry.expires and entry.expires < today:
        yield f"not in force since {entry.expires + timedelta(days=1)}"
    for each in newer:
        yield f"superseded by {each.title} ({each.source})"


def _admitting(audience: Audience, reader: Reader) -> Iterator[str]:
    if PUBLIC in audience.names:
        yield f"audience {PUBLIC} admits everyone"
        return
    for number, each in enumerate(reader.everyone()):
        whom = f"{_BESIDE}: {_called(each)}" if number else _called(each)
        yield f"audience {', '.join(sorted(audience.names & each.names))} admits {whom}"


def _called(reader: Reader) -> str:
    return reader.person or "whoever is not known"


def admitted(audience: Audience, directory: Directory) -> tuple[Admitted, ...]:
    """Each name of an audience with those in the directory who go by it."""
    return tuple(_admitted(name, directory) for name in sorted(audience.names))


def _admitted(name: str, directory: Directory) -> Admitted:
    if name == PUBLIC:
        return Admitted(name, "everyone")
    if name in directory.people:
        return Admitted(name, "person", (name,))
    members = tuple(sorted(directory.groups.get(name, ())))
    if not members:
        return Admitted(name, "nobody known")
    return Admitted(name, "team" if name.startswith(TEAM_OF) else "group", members)


def without_person(rule: str, person: str) -> str:
    """A rule that `explain` gave, without the name of a person whom it shut out beside the asker."""
    said, mark, names = rule.partition(f" {_BESIDE}: ")
    return said + mark + re.sub(rf"(?<![^ ]){re.escape(person)}(?=, |$)", "someone erased", names)
