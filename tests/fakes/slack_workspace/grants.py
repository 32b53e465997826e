"""What Slack hands out for a short while: triggers, response URLs, sign-in codes."""

import time
import uuid
from dataclasses import dataclass, field

from .app import Timing
from .errors import SlackError
from .records import Message, Payload


@dataclass
class Trigger:
    user: str
    team: str
    made: float = field(default_factory=time.monotonic)
    used: bool = False
    view: str | None = None
    """The modal it came from, if any: views.push needs one."""


@dataclass
class ResponseUrl:
    """Where the answer to an interaction may be sent, and what was sent."""

    url: str
    user: str
    channel: str
    team: str
    original: Message | None = None
    made: float = field(default_factory=time.monotonic)
    posts: list[Payload] = field(default_factory=list)
    uses: int = 0


@dataclass
class Code:
    """What oauth.v2.access exchanges for a token."""

    team: str
    user: str
    scopes: frozenset[str]
    redirect_uri: str
    used: bool = False


class Grants:
    def __init__(self, timing: Timing) -> None:
        self.timing = timing
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.codes: dict[str, Code] = {}

    def trigger(self, user: str, team: str, view: str | None = None) -> str:
        name = f"{len(self.triggers) + 1000}.{team}.{uuid.uuid4().hex}"
        self.triggers[name] = Trigger(user, team, view=view)
        return name

    def exchange(self, name: str) -> Trigger:
        trigger = self.triggers.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.made > self.timing.trigger_life:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(self, base: str, user: str, channel: str, team: str, original: Message | None) -> ResponseUrl:
        name = uuid.uuid4().hex
        made = ResponseUrl(f"{base}/hook/{name}", user, channel, team, original)
        self.response_urls[name] = made
        return made

    def use_response_url(self, name: str) -> ResponseUrl:
        """Spend one use, or SlackError with what Slack answers (as HTTP 404)."""
        found = self.response_urls.get(name)
        if found is None or time.monotonic() - found.made > self.timing.response_url_life:
            raise SlackError("expired_url")
        if found.uses >= self.timing.response_url_uses:
            raise SlackError("used_url")
        found.uses += 1
        return found

    def code(self, code: Code) -> str:
        name = uuid.uuid4().hex
        self.codes[name] = code
        return name
