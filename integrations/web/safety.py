"""What keeps other pages out: hosts, origins, tokens in forms, and headers that tell the browser what is allowed."""

import hmac
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.web.console import Address

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'; connect-src 'self'"
)
# A report has a script and a style of its own in it. Without "allow-same-origin" they run as a page of nowhere:
# they can neither read nor send anything as whoever looks at it.
REPORT_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
    " form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SAFE = ("GET", "HEAD")
_BIGGEST = 64 * 1024
_FIELDS = 200


class TooLarge(Exception):
    """A form that is larger than any of ours."""


class Guard:
    """Refuses what calls us by a name that is not ours, and forms that were not sent from our own pages.

    The first keeps pages away that had their own name point at us (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with_headers = self._adding(send)
        if refused := self._refused(scope):
            await PlainTextResponse(refused, status_code=403)(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)

    def _refused(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._address.hosts:
            return "This is not an address of the console.\n"
        if scope["method"] not in _SAFE and not self._from_us(headers):
            return "This was not sent from a page of the console.\n"
        return ""

    def _from_us(self, headers: Headers) -> bool:
        """Our pages send no referrer, so that some browsers call the origin of their forms "null"; then only what
        the browser itself says of where the form stands counts."""
        origin, site = headers.get("origin", ""), headers.get("sec-fetch-site", "")
        if origin in ("", "null"):
            return site == "same-origin"
        return origin in self._address.origins and site in ("", "same-origin")

    def _adding(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._address.secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        return sent


async def form_of(request: Request) -> Mapping[str, tuple[str, ...]]:
    """The fields of a form that was sent. Raises TooLarge."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _BIGGEST:
            raise TooLarge
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        raise TooLarge from None
    return {name: tuple(values) for name, values in fields.items()}


def same_token(ours: str, theirs: str) -> bool:
    """Whether a form carries our token; how long it takes says nothing."""
    return hmac.compare_digest(ours.encode(), theirs.encode(errors="ignore"))


def own_path(raw: str) -> str:
    """A path of ours to go on to; anything else is the front page."""
    inside = raw.startswith("/") and not raw.startswith(("//", "/\\")) and raw.isprintable() and "\\" not in raw
    return raw if inside else "/"
