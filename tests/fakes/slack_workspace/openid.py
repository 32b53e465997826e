"""Sign in with Slack: the page that asks a person whether they are themselves, and the tokens that say who they are."""

import base64
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web

from .errors import SlackError
from .records import Payload, User

if TYPE_CHECKING:
    from .workspace import Workspace

ISSUER = "https://slack.com"
LIFE = 300


@dataclass
class Verifier:
    """What openid.connect.token exchanges for an id_token."""

    user: str
    nonce: str
    redirect_uri: str
    made: float = field(default_factory=time.monotonic)
    used: bool = False


class OpenId:
    """`person` is who sits at the browser; `claims` are put over those of the next id_tokens, None takes one out."""

    def __init__(self, slack: "Workspace") -> None:
        self._slack = slack
        self._verifiers: dict[str, Verifier] = {}
        self.person = ""
        self.denies = False
        self.claims: dict[str, Any] = {}

    async def authorize(self, request: web.Request) -> web.Response:
        """Slack's page; here the person says yes at once, unless `denies`."""
        asked, back = request.query, request.query.get("redirect_uri", "")
        wrong = self._wrong(request)
        if wrong:
            return web.Response(status=400, text=wrong)
        answer = {"error": "access_denied"} if self.denies else {"code": self._code(asked.get("nonce", ""), back)}
        answer["state"] = asked.get("state", "")
        raise web.HTTPFound(f"{back}?{urlencode(answer)}")

    def _wrong(self, request: web.Request) -> str:
        asked, app = request.query, self._slack.app
        if asked.get("client_id") != app.client_id:
            return "invalid client_id"
        if asked.get("redirect_uri") not in app.redirect_urls:
            return "redirect_uri did not match any configured URIs"
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            return "invalid_scope, or response_type is not code"
        if not asked.get("state") or not asked.get("nonce"):
            self._slack.complain("a sign-in without state or nonce can be forged")
        return ""

    def _code(self, nonce: str, back: str) -> str:
        name = uuid.uuid4().hex
        self._verifiers[name] = Verifier(self.person or next(iter(self._slack.state.users)), nonce, back)
        return name

    def redeem(self, code: str, redirect_uri: str | None) -> str:
        """The id_token for a code, once."""
        found = self._verifiers.get(code)
        if found is None or time.monotonic() - found.made > LIFE:
            raise SlackError("invalid_code")
        if found.used:
            raise SlackError("code_already_used")
        if found.redirect_uri != redirect_uri:
            raise SlackError("bad_redirect_uri")
        found.used = True
        return self._signed(self._claims(self._slack.state.users[found.user], found.nonce))

    def _claims(self, user: User, nonce: str) -> Payload:
        if user.deactivated:
            raise SlackError("invalid_code")
        now = int(time.time())
        said = {
            "iss": ISSUER,
            "sub": user.id,
            "aud": self._slack.app.client_id,
            "exp": now + LIFE,
            "iat": now,
            "auth_time": now,
            "nonce": nonce,
            "at_hash": uuid.uuid4().hex[:22],
            "https://slack.com/user_id": user.id,
            "https://slack.com/team_id": user.team,
        }
        return {name: value for name, value in (said | self.claims).items() if value is not None}

    def _signed(self, claims: Payload) -> str:
        """A token in the form of a signed one; nobody holds Slack's key, so the signature is none."""
        return ".".join(
            map(_part, (json.dumps({"typ": "JWT", "alg": "RS256", "kid": "fake"}), json.dumps(claims), "-"))
        )


def _part(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
