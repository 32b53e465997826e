"""What one server will not have though the protocol knows it: a rule for each of a profile's `reject`s."""

from collections.abc import Callable, Iterator

from .errors import Problem
from .profiles import Profile
from .records import Request

Rule = Callable[[Request, Profile], Iterator[Problem]]


def beyond(request: Request, profile: Profile) -> Iterator[Problem]:
    for rule in (_token_limits, _response_formats, _tools, _developers, _temperatures, _stream_options):
        yield from rule(request, profile)


def forced_tool(request: Request) -> str:
    """The name of the tool the request insists on; empty if it insists on none."""
    choice, tools = request.field("tool_choice", "auto"), request.field("tools", [])
    if isinstance(choice, dict):
        return str(choice.get("function", {}).get("name", ""))
    return str(tools[0].get("function", {}).get("name", "")) if choice == "required" and tools else ""


def _token_limits(request: Request, profile: Profile) -> Iterator[Problem]:
    for option, other in (("max_tokens", "max_completion_tokens"), ("max_completion_tokens", "max_tokens")):
        if request.field(option, None) is not None and getattr(profile, option) == "reject":
            message = f"Unsupported parameter: '{option}' is not supported with this model. Use '{other}' instead."
            yield Problem(400, message, param=option, code="unsupported_parameter")


def _response_formats(request: Request, profile: Profile) -> Iterator[Problem]:
    kind = request.field("response_format", {}).get("type", "text")
    if kind != "text" and getattr(profile, kind) == "reject":
        yield Problem(400, "This response_format type is unavailable now", param="response_format")
    if kind == "json_object" and "json" not in request.prompt.lower():
        message = "'messages' must contain the word 'json' to use 'response_format' of type 'json_object'."
        yield Problem(400, message, param="messages")


def _tools(request: Request, profile: Profile) -> Iterator[Problem]:
    if forced_tool(request) and profile.forced_tool == "reject":
        message = "tool_choice 'specified' is incompatible with thinking enabled"
        yield Problem(400, message, param="tool_choice")


def _developers(request: Request, profile: Profile) -> Iterator[Problem]:
    if profile.developer_role == "reject" and any(each["role"] == "developer" for each in request.messages):
        message = "messages: unknown variant `developer`, expected one of `system`, `user`, `assistant`, `tool`"
        yield Problem(400, message, param="messages")


def _temperatures(request: Request, profile: Profile) -> Iterator[Problem]:
    if profile.temperature is not None and request.field("temperature", profile.temperature) != profile.temperature:
        message = f"invalid temperature: only {profile.temperature:g} is allowed for this model"
        yield Problem(400, message, param="temperature")


def _stream_options(request: Request, profile: Profile) -> Iterator[Problem]:
    lone = request.field("stream_options", {}) and not request.streamed
    if lone and profile.lone_stream_options == "reject":
        message = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        yield Problem(400, message, param="stream_options")
