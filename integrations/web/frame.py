"""What happens around every page: who it is, whether they may, and what is said when something fails."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import Response

from assistant.errors import AssistantError
from integrations.web.console import Console, Page, Visitor
from integrations.web.safety import TooLarge, form_of, same_token
from integrations.web.sessions import Session
from integrations.web.texts import chosen, spoken
from integrations.web.visit import NOBODY, Rendering, Visit
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]

# Each thread takes a connection to the database: a pool has fifteen. What waits for a model leaves room for the rest.
_SLOW, _QUICK = 6, 6


class Frame:
    """Serves pages."""

    def __init__(self, console: Console, rendering: Rendering) -> None:
        self._console = console
        self._rendering = rendering
        self._limits = {True: anyio.CapacityLimiter(_SLOW), False: anyio.CapacityLimiter(_QUICK)}

    def endpoint(self, page: Page) -> Endpoint:
        """A page as Starlette calls it."""

        async def answered(request: Request) -> Response:
            try:
                form = await form_of(request) if page.method == "POST" else {}
            except TooLarge:
                visit = self._visit(request, {}, None, NOBODY)
                return visit.error("too_large", 413)
            served = lambda: self._served(page, request, form)  # noqa: E731
            return await anyio.to_thread.run_sync(served, limiter=self._limits[page.slow])

        return answered

    def _served(self, page: Page, request: Request, form: Mapping[str, tuple[str, ...]]) -> Response:
        visit = self._visit(request, form, None, NOBODY)
        try:
            session, who = self._signed_in(request)
            visit = self._visit(request, form, session, who)
            return _refusal(page, visit) or page.show(visit)
        except (KnowledgeError, AssistantError) as error:
            log.warning("%s: %s", page.path, type(error).__name__)
            return visit.error("busy", 503)
        except Exception as error:
            # What an error says may be what was asked; where it happened may be told.
            log.error("%s: %s at %s", page.path, type(error).__name__, _where(error))
            return visit.error("failed", 500)

    def _signed_in(self, request: Request) -> tuple[Session | None, Visitor]:
        """The session with the rights of its person at this moment; it ends with a person who is known no more."""
        session = self._console.sessions.find(request.cookies.get(cookie_name(self._console), ""))
        if session is None:
            return None, NOBODY
        who = self._console.visitor(session.person)
        if who is None:
            self._console.sessions.end(session)
            return None, NOBODY
        return session, who

    def _visit(
        self, request: Request, form: Mapping[str, tuple[str, ...]], session: Session | None, who: Visitor
    ) -> Visit:
        wanted = session.language if session else spoken(request.query_params.get("lang", ""))
        language = wanted or self._console.language or chosen(request.headers.get("accept-language", ""))
        return Visit(self._console, self._rendering, request, session, who, language, form)


def _refusal(page: Page, visit: Visit) -> Response | None:
    """Why a page is not shown, as a page; None when it is."""
    if page.open:
        return None
    if visit.session is None:
        return _to_signin(page, visit)
    if page.method == "POST" and not same_token(visit.session.csrf, visit.field("csrf")):
        return visit.error("stale_form", 403)
    if page.for_coaches and not visit.who.coach:
        return visit.not_found()
    return None


def _to_signin(page: Page, visit: Visit) -> Response:
    """To the sign-in, and back to where they wanted to be; a part of a page has the whole page go there."""
    to = visit.here if page.method == "GET" else "/"
    path = f"/signin?to={quote(to, safe='/')}" if to != "/" else "/signin"
    if "HX-Request" in visit.request.headers:
        return Response(status_code=401, headers={"HX-Redirect": path})
    return visit.to(path)


def cookie_name(console: Console) -> str:
    """Cookies know no ports: consoles on one machine are told apart by the name. `__Host-` keeps other hosts out."""
    if console.address.secure:
        return "__Host-coach"
    return f"coach_{console.address.origin.rpartition(':')[2]}"


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno}"
