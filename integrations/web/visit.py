"""One request as a page sees it: who looks, with which rights, in which language, and how to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from assistant.questions import Language
from integrations.web.console import Console, Menu, Visitor, Words
from integrations.web.sessions import Session
from integrations.web.texts import LANGUAGES, phrase
from knowledge.access import ANYONE

NOBODY = Visitor("", ANYONE)


@dataclass(frozen=True, slots=True)
class Rendering:
    """What all pages are made with."""

    templates: Environment
    words: Words
    menu: tuple[Menu, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """A request. `who` are the rights of this moment; without a `session` nobody is signed in."""

    console: Console
    rendering: Rendering
    request: Request
    session: Session | None
    who: Visitor
    language: Language
    form: Mapping[str, tuple[str, ...]]

    def say(self, what: str, **values: object) -> str:
        """A phrase in the reader's language."""
        return phrase(self.rendering.words, what, self.language, **values)

    def field(self, name: str, longest: int = 4000) -> str:
        """What a form says in a field, without space around it; empty when it says nothing."""
        return next(iter(self.form.get(name, ())), "").replace("\r\n", "\n").strip()[:longest]

    def asked(self, name: str, longest: int = 400) -> str:
        """What the address says behind the question mark."""
        return self.request.query_params.get(name, "").strip()[:longest]

    def part(self, name: str) -> str:
        """A part of the path, as {name} in a page's path."""
        return str(self.request.path_params[name])

    @property
    def here(self) -> str:
        """The path of this request with what is asked, to come back to."""
        query = self.request.url.query
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A template, filled in."""
        html = self.rendering.templates.get_template(template).render(
            {
                "visit": self,
                "say": self.say,
                "who": self.who,
                "csrf": self.session.csrf if self.session else "",
                "languages": LANGUAGES,
                "menu": [each for each in self.rendering.menu if self.who.coach or not each.for_coaches],
                "here": self.here,
                **values,
            }
        )
        return HTMLResponse(html, status)

    def to(self, path: str, after: BackgroundTask | None = None) -> RedirectResponse:
        """Go on to a page of ours, as the answer to a form; `after` runs once that was sent."""
        return RedirectResponse(path, 303, background=after)

    def error(self, what: str, status: int) -> HTMLResponse:
        """A page that says in one line what is wrong; nothing on it depends on what was asked for."""
        said = {"heading": self.say(what), "why": self.say(f"{what}_why")}
        return self.page("error.html", status, here="/", **said)

    def not_found(self) -> HTMLResponse:
        """What does not exist, or is not for this reader: one page, byte for byte."""
        return self.error("not_found", 404)

    def without_session(self) -> "Visit":
        """The same request of whoever is not signed in."""
        return replace(self, session=None, who=NOBODY)
