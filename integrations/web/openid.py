"""Sign in with Slack (OpenID Connect): the browser goes to Slack and comes back with a code; Slack says whose it is."""

import base64
import hmac
import json
import logging
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from integrations.settings import WrongSettings
from integrations.web.safety import own_path

log = logging.getLogger(__name__)

ISSUER = "https://slack.com"
# Seconds that our clock and Slack's may differ.
_SKEW = 60.0
_SECONDS = 10


class Refused(Exception):
    """A sign-in that does not hold; the message says why, for the log, and names nobody."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in on its way, kept in a cookie of the browser that began it."""

    state: str
    nonce: str
    to: str

    @classmethod
    def new(cls, to: str) -> "Begun":
        """A sign-in that leads to a page of ours."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), own_path(to))

    def packed(self) -> str:
        """For a cookie."""
        return base64.urlsafe_b64encode(json.dumps([self.state, self.nonce, self.to]).encode()).decode()

    @classmethod
    def unpacked(cls, raw: str) -> "Begun":
        """From a cookie. Raises Refused."""
        try:
            state, nonce, to = json.loads(base64.urlsafe_b64decode(raw.encode()))
        except ValueError:
            raise Refused("no sign-in was begun in this browser") from None
        return cls(str(state), str(nonce), own_path(str(to)))


@dataclass(frozen=True, slots=True)
class SlackDoor:
    """Slack as the one who knows people. `teams` gives the workspaces that are ours; `api` is the Web API's URL."""

    client_id: str
    client_secret: str
    back: str
    teams: Callable[[], Collection[str]]
    api: str = ""
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        """Raises WrongSettings where what Slack says could be forged on its way."""
        url = urlsplit(self.api)
        if self.api and url.scheme != "https" and url.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise WrongSettings("COACH_SLACK_API_URL must begin with https:// for people to sign in by it")

    def authorize(self, begun: Begun) -> str:
        """Where a browser goes to have Slack say who it is."""
        teams = list(self.teams())
        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.client_id,
            "state": begun.state,
            "nonce": begun.nonce,
            "redirect_uri": self.back,
            **({"team": teams[0]} if len(teams) == 1 else {}),
        }
        origin = self.api.partition("/api")[0] if self.api else ISSUER
        return f"{origin}/openid/connect/authorize?{urlencode(asked)}"

    def user(self, begun: Begun, state: str, code: str) -> str:
        """The Slack id of whoever comes back. Raises Refused."""
        if not hmac.compare_digest(begun.state.encode(), state.encode(errors="ignore")):
            raise Refused("the state is not the one that was sent")
        if not code:
            raise Refused("Slack sent no code")
        claims = _claims(self._token(code))
        self._check(claims, begun)
        return str(claims["https://slack.com/user_id"])

    def _token(self, code: str) -> str:
        client = WebClient(base_url=self.api or WebClient.BASE_URL, timeout=_SECONDS)
        try:
            said = client.openid_connect_token(
                client_id=self.client_id,
                client_secret=self.client_secret,
                code=code,
                redirect_uri=self.back,
                grant_type="authorization_code",
            )
        except SlackApiError as error:
            raise Refused(f"Slack says {error.response['error']}") from None
        except OSError as error:
            raise Refused(f"Slack cannot be reached ({type(error).__name__})") from None
        return str(said.get("id_token", ""))

    def _check(self, claims: Mapping[str, Any], begun: Begun) -> None:
        """Every claim that OpenID Connect Core 3.1.3.7 wants looked at, and that the workspace is ours."""
        audience = claims.get("aud")
        wrong = {
            "iss": claims.get("iss") != ISSUER,
            "aud": audience not in (self.client_id, [self.client_id]),
            "nonce": not hmac.compare_digest(begun.nonce.encode(), str(claims.get("nonce", "")).encode()),
            "exp": not _number(claims.get("exp")) > self.now() - _SKEW,
            "iat": not _number(claims.get("iat")) < self.now() + _SKEW,
            "sub": claims.get("sub") != claims.get("https://slack.com/user_id") or not claims.get("sub"),
            "team": claims.get("https://slack.com/team_id") not in self.teams(),
        }
        if failed := [name for name, is_wrong in wrong.items() if is_wrong]:
            raise Refused(f"the id_token is not for us ({', '.join(failed)})")


def _number(raw: object) -> float:
    return float(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else float("nan")


def _claims(token: str) -> Mapping[str, Any]:
    """The claims of an id_token. Raises Refused.

    Its signature is not looked at: the token came from Slack's token endpoint over TLS, in answer to our own call,
    which says who made it as well as a signature would (OpenID Connect Core 3.1.3.7, point 6).
    """
    try:
        _, payload, _ = token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except ValueError:
        raise Refused("Slack sent no id_token that can be read") from None
    if not isinstance(claims, dict):
        raise Refused("Slack sent no id_token that can be read")
    return claims
