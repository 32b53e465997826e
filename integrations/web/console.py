"""What pages need, and what a page is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.answers import Answer
from assistant.ask import Assistant
from assistant.questions import Language, Question
from integrations.answer_store import Place
from integrations.catalogue import SqlCatalogue
from integrations.people import People
from integrations.review.agreement import Measures
from integrations.review.reviewing import Reviewing
from knowledge.access import Reader
from knowledge.library import Library

if TYPE_CHECKING:
    from starlette.responses import Response

    from integrations.web.openid import SlackDoor
    from integrations.web.sessions import LocalDoor, Sessions
    from integrations.web.visit import Visit

Words = Mapping[str, tuple[str, str, str]]
"""Phrases by a key: English, simplified and traditional Chinese."""

Answered = Callable[[Question, Answer, Place], None]
"""Told of every answer once it was shown."""


YOU = "you"
"""The name of whoever uses a console on their own machine, where no people.yaml has names."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page, with the rights of this moment; without a name, those of anyone."""

    person: str
    reader: Reader
    coach: bool = False
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """Where browsers reach the console: its origin, and the origins that count as the same."""

    origin: str
    also: tuple[str, ...] = ()

    @property
    def origins(self) -> frozenset[str]:
        """Where a form may come from."""
        return frozenset((self.origin, *self.also))

    @property
    def hosts(self) -> frozenset[str]:
        """What a request may call us."""
        return frozenset(each.partition("://")[2] for each in self.origins)

    @property
    def secure(self) -> bool:
        """Whether cookies are for HTTPS only."""
        return self.origin.startswith("https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """All that pages work with. `visitor` gives the rights of a person at this moment, None where there are none."""

    address: Address
    door: "LocalDoor | SlackDoor"
    sessions: "Sessions"
    visitor: Callable[[str], Visitor | None]
    people: People
    library: Library
    assistant: Assistant
    catalogue: SqlCatalogue
    review: Reviewing
    runs: Path
    on_answered: Answered
    language: Language | None = None
    measures: Measures | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A route: what is shown there, and to whom.

    `show` runs in a thread and may take its time. Unless a page is `open`, it is for people who are signed in; one
    `for_coaches` does not exist for others. Every POST is checked for its origin and CSRF token before `show`.
    """

    path: str
    show: Callable[["Visit"], "Response"]
    method: Literal["GET", "POST"] = "GET"
    open: bool = False
    for_coaches: bool = False
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A section's place in the menu; `label` is the key of its words."""

    path: str
    label: str
    for_coaches: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A module of pages: its routes, the words they use, and its place in the menu if it has one."""

    pages: tuple[Page, ...]
    words: Words
    menu: Menu | None = None
