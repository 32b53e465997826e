"""A coach's correction: what was typed, what it rests on, who may read it, how long it holds."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from assistant.answers import Citation
from assistant.questions import Language
from assistant.reasons import Reason
from assistant.verify import Sources
from knowledge.access import EVERYONE, PUBLIC, Audience
from knowledge.documents import Hit
from knowledge.glossary import Glossary
from knowledge.people import Directory

DAYS = 90
_MARKS = re.compile(
    r"(?:\s*[\[\u3010\uff3b]\s*\d{1,3}(?:\s*[,\uff0c\u3001]\s*\d{1,3})*\s*[\]\u3011\uff3d])+[.\u3002]?\s*$"
)
_BULLET = re.compile(r"^(?:[-*+\u2022#>\u00b7]+|\d{1,2}[.)\u3001](?!\d))\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a coach typed: its number from 1, its text, and the passages it cites."""

    number: int
    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A line that stood up: with citations it was checked; without it is the experience of `coach`."""

    text: str
    citations: tuple[Citation, ...] = ()
    coach: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that did not stand up, and what to mend, in the coach's language."""

    line: Line
    reason: Reason
    mend: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The lines of a correction: all of them statements, or the faults of those that are none."""

    statements: tuple[Statement, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Cite:
    """What a statement rests on: a document as it was then, and its own words."""

    document: str
    version: str
    quote: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a correction is about; empty is all accounts, all topics."""

    accounts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction that stood up; `answer` is the id of the answer it corrects, `account` whose record it rests on."""

    id: str
    answer: str
    question: str
    coach: str
    language: Language
    statements: tuple[Statement, ...]
    cites: tuple[Cite, ...]
    audience: Audience
    effective: date
    expires: date
    scope: Scope = field(default_factory=Scope)
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What a correction is checked against.

    `offered` are the passages by the number the coach saw, `sources` what the coach may read right now; `accounts`
    are those the question names, `known_accounts` all that the coach may know of.
    """

    question: str
    coach: str
    language: Language
    offered: Mapping[int, Hit]
    sources: Sources
    accounts: tuple[str, ...]
    known_accounts: Collection[str]
    glossary: Glossary


def typed(text: str) -> tuple[Line, ...]:
    """The lines of a correction that say anything; list marks before them do not count."""
    lines = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        marks = _MARKS.search(line)
        body = _BULLET.sub("", line[: marks.start()] if marks else line).strip()
        cited = tuple(dict.fromkeys(map(int, re.findall(r"\d+", marks[0])))) if marks else ()
        if body:
            lines.append(Line(number, body, cited))
    return tuple(lines)


def cites_of(statements: Sequence[Statement], sources: Sources) -> tuple[Cite, ...]:
    """The documents that statements rest on, with the version they have right now."""
    found = []
    for each in chain.from_iterable(statement.citations for statement in statements):
        entry = sources[each.passage_id][1]
        found.append(Cite(entry.id, entry.version, each.quote))
    return tuple(dict.fromkeys(found))


def narrowest(audiences: Collection[Audience], directory: Directory | None = None) -> Audience:
    """An audience that lets nobody in whom not all of these admit.

    Where one of them lies within all others it is that one. Else it is the names that all share, and where they share
    none the known people whom all admit; an audience without names is for nobody.
    """
    closed = {each.names for each in audiences if PUBLIC not in each.names}
    if not closed:
        return EVERYONE
    inside = next((each for each in closed if all(each <= other for other in closed)), None)
    if inside is not None:
        return Audience(inside)
    shared = frozenset.intersection(*closed)
    if shared or directory is None:
        return Audience(shared)
    people = map(directory.reader, directory.people)
    return Audience(frozenset(each.person for each in people if all(each.names & names for names in closed)))


def until(begun: date, days: int = DAYS) -> date:
    """The last day on which a correction of this day holds."""
    return begun + timedelta(days=days)
