"""How a method is declared, and what it is given: who calls, with which scopes, in which team."""

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from ..errors import MissingScope, SlackError, invalid_arguments
from ..records import Call, Channel, Installation, Payload, User
from ..state import State

if TYPE_CHECKING:
    from ..workspace import Workspace

Token = Literal["bot", "app", "none"]
Handler = Callable[..., Payload | None]

FACE = {"username", "icon_emoji", "icon_url"}
"""Arguments that change how the bot looks; they need a scope of their own."""

EVERYWHERE = {"team_id"}
"""Arguments any method bears: bolt sends the team with every call."""

READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY_SCOPES = {
    "public": "channels:history",
    "private": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}


@dataclass
class Context:
    """One call, and the workspace it is made in."""

    slack: "Workspace"
    call: Call
    installed: Installation

    @property
    def state(self) -> State:
        return self.slack.state

    @property
    def team(self) -> str:
        return self.installed.team

    def need(self, *any_of: str) -> None:
        if any_of and not self.installed.scopes.intersection(any_of):
            raise MissingScope(any_of[0], self.installed.scopes)

    def channel(self, name: str, scopes: dict[str, str] | None = None, member: bool = True) -> Channel:
        """A channel this team's bot can see and, unless told otherwise, is in."""
        found = self.state.channels.get(name)
        inside = found is not None and self.installed.bot_user in found.members
        if found is None or not self._in_team(found) or (found.kind != "public" and not inside):
            raise SlackError("channel_not_found")
        if scopes is not None:
            self.need(scopes[found.kind])
        if member and not inside:
            raise SlackError("not_in_channel")
        return found

    def _in_team(self, channel: Channel) -> bool:
        return channel.team == self.team or self.team in channel.shared_with

    def writable(self, name: str) -> Channel:
        """A channel to write to; a person's id means the direct conversation with them."""
        if name in self.state.users:
            return self.state.direct_channel(self.team, self.installed.bot_user, self.user(name).id)
        public = "chat:write.public" in self.installed.scopes
        found = self.channel(name, member=not public)
        if found.archived:
            raise SlackError("is_archived")
        return found

    def user(self, name: str) -> User:
        found = self.state.users.get(name)
        if found is None:
            raise SlackError("user_not_found")
        return found


@dataclass(frozen=True)
class Method:
    name: str
    handler: Handler
    scopes: tuple[str, ...]
    """Any one of them is enough."""
    token: Token
    face: bool

    def run(self, context: Context, arguments: Payload) -> Payload:
        context.need(*self.scopes)
        if self.face and FACE.intersection(arguments):
            context.need("chat:write.customize")
            arguments = {name: value for name, value in arguments.items() if name not in FACE}
        return self.handler(context, **self._bound(context, arguments)) or {}

    def _bound(self, context: Context, arguments: Payload) -> Payload:
        parameters = dict(list(inspect.signature(self.handler).parameters.items())[1:])
        arguments = {name: value for name, value in arguments.items() if name in parameters or name not in EVERYWHERE}
        for name in set(arguments) - set(parameters):
            context.slack.complain(f"{self.name} does not take {name!r}")
            raise invalid_arguments(f"invalid argument: {name}")
        missing = [n for n, p in parameters.items() if p.default is p.empty and arguments.get(n) in (None, "")]
        if missing:
            raise invalid_arguments(*(f"missing required field: {name}" for name in missing))
        return {name: _value(name, value, parameters[name].annotation) for name, value in arguments.items()}


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, token: Token = "bot", face: bool = False) -> Callable[[Handler], Handler]:
    def declare(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, scopes, token, face)
        return handler

    return declare


def _value(name: str, value: Any, annotation: Any) -> Any:
    """An argument as its type: forms carry everything as text, JSON in it included."""
    wanted = (get_args(annotation) or (annotation,))[0].__name__
    match wanted, value:
        case "str", str() | None:
            return value
        case "bool", bool() | None:
            return value
        case "bool", "true" | "1" | "false" | "0":
            return value in ("true", "1")
        case "int", int() | None:
            return value
        case "int", str() if value.isdigit():
            return int(value)
        case "Any", str() if value[:1] in ("[", "{"):
            return json.loads(value)
        case "Any", _:
            return value
    raise invalid_arguments(f"must provide a {wanted} [json-pointer:/{name}]")
