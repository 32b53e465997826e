"""A reply made into what travels: the finished message, then a body, or the events of a stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import tokens
from .profiles import Profile
from .records import Payload, Reply, Request, ToolCall

Event = Payload | str
"""A chunk, or lines that go out as they are."""

DONE = "data: [DONE]"
SAFE = {"hate": {"filtered": False, "severity": "safe"}, "violence": {"filtered": False, "severity": "safe"}}


@dataclass(frozen=True)
class Message:
    content: str | None
    cut: tuple[str, ...] = ()
    """The deltas, while their sum is still the content; otherwise `size` characters each."""
    size: int = 6
    reasoning: str = ""
    refusal: str | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    finish: str | None = "stop"

    @property
    def deltas(self) -> list[str]:
        content = self.content or ""
        return list(self.cut) if "".join(self.cut) == content else pieces(content, self.size)


def pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), max(1, size))]


def message_of(reply: Reply, request: Request, profile: Profile) -> Message:
    """What the model says, cut at the limit if this server honours the one that was asked for."""
    content, finish = reply.content, reply.finish
    for option in ("max_tokens", "max_completion_tokens"):
        limit = request.field(option, 0) if getattr(profile, option) == "honour" else 0
        if limit and tokens.count(content) > limit:
            content, finish = tokens.cut(content, limit), finish or "length"
    cut, size = ((), reply.chunks) if isinstance(reply.chunks, int) else (tuple(reply.chunks), 6)
    ended = finish or ("tool_calls" if reply.tool_calls else "stop")
    said = None if reply.tool_calls and not content else content
    return Message(said, cut, size, reply.reasoning, None, reply.tool_calls, ended)


def usage_of(message: Message, request: Request, profile: Profile) -> Payload:
    asked, thought = min(tokens.count_messages(request.messages), profile.context), tokens.count(message.reasoning)
    said = tokens.count((message.content or "") + "".join(call.arguments for call in message.tool_calls)) + thought
    usage = {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}
    return usage | {"completion_tokens_details": {"reasoning_tokens": thought}}


def head(request: Request, kind: str) -> Payload:
    created = int(request.at)
    return {"id": f"chatcmpl-{request.number}", "object": kind, "created": created, "model": request.model}


def tool_call(place: int, call: ToolCall, request: Request) -> Payload:
    function = {"name": call.name, "arguments": call.arguments}
    return {"id": f"call_{request.number}_{place}", "type": "function", "function": function}


def body_of(message: Message, request: Request, profile: Profile) -> Payload:
    said: Payload = {"role": "assistant", "content": message.content, "refusal": message.refusal}
    if profile.reasoning and message.reasoning:
        said[profile.reasoning] = message.reasoning
    if message.tool_calls:
        said["tool_calls"] = [tool_call(place, call, request) for place, call in enumerate(message.tool_calls)]
    choice = {"index": 0, "message": said, "logprobs": None, "finish_reason": message.finish}
    usage = usage_of(message, request, profile)
    return head(request, "chat.completion") | {"choices": [choice], "usage": usage}


def events_of(message: Message, request: Request, profile: Profile) -> Iterator[Event]:
    if profile.keep_alive_comments:
        yield ": keep-alive"
    if profile.filter_results_first:
        filtered = [{"prompt_index": 0, "content_filter_results": SAFE}]
        unnamed = {"id": "", "object": "", "created": 0, "model": ""}
        yield unnamed | {"choices": [], "prompt_filter_results": filtered}
    role = {"role": "assistant"} if profile.role_in_every_chunk else {}
    yield _chunk(request, {"role": "assistant", "content": "", "refusal": None})
    for delta in _deltas(message, request, profile):
        yield _chunk(request, role | delta)
    usage = usage_of(message, request, profile)
    inside = {"usage": usage} if profile.stream_usage == "choice" else {}
    yield _chunk(request, role, message.finish, inside)
    if wants_usage(request) and profile.stream_usage == "chunk":
        yield head(request, "chat.completion.chunk") | {"choices": [], "usage": usage}
    yield DONE


def wants_usage(request: Request) -> bool:
    return bool(request.field("stream_options", {}).get("include_usage"))


def _chunk(request: Request, delta: Payload, finish: str | None = None, inside: Payload | None = None) -> Payload:
    choice: Payload = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish} | (inside or {})
    chunk = head(request, "chat.completion.chunk") | {"choices": [choice]}
    return chunk | ({"usage": None} if wants_usage(request) else {})


def _deltas(message: Message, request: Request, profile: Profile) -> Iterator[Payload]:
    if profile.reasoning:
        named: str = profile.reasoning
        yield from ({named: piece} for piece in pieces(message.reasoning, message.size))
    yield from ({"content": piece} for piece in message.deltas)
    yield from ({"refusal": piece} for piece in pieces(message.refusal or "", message.size))
    for place, call in enumerate(message.tool_calls):
        yield from _call_deltas(place, tool_call(place, call, request), profile)


def _call_deltas(place: int, call: dict[str, Any], profile: Profile) -> Iterator[Payload]:
    if profile.whole_tool_arguments:
        yield {"tool_calls": [{"index": place, **call}]}
        return
    arguments = call["function"]["arguments"]
    opened = {**call, "function": {**call["function"], "arguments": ""}}
    yield {"tool_calls": [{"index": place, **opened}]}
    for piece in pieces(arguments, 6):
        yield {"tool_calls": [{"index": place, "function": {"arguments": piece}}]}
