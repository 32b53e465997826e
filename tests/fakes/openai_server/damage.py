"""What can be done to a reply on its way: to the message, to the events of its stream, to its body, to the bytes."""

import dataclasses
import itertools
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .messages import DONE, Event, Message
from .records import Payload, ToolCall, Vector

Events = Iterable[Event]
Rows = list[tuple[int, Vector]]
"""Vectors with their `index`."""

# Messages


def text(change: Callable[[str], str | None], **others: Any) -> Callable[[Message], Message]:
    """Another text, cut anew, and other fields."""

    def edit(message: Message) -> Message:
        return dataclasses.replace(message, content=change(message.content or ""), **others)

    return edit


def half(content: str) -> str:
    return content[: len(content) // 2]


def instead(**fields: Any) -> Callable[[Message], Message]:
    return lambda message: dataclasses.replace(message, **fields)


def thought(content: str) -> str:
    return f"<think>\nFirst I read the passages.\n</think>\n\n{content}"


def never_done_thinking(content: str) -> str:
    return f"<think>\n{content}"


def with_separators(content: str) -> str:
    """Characters that are line ends to `str.splitlines`, and to no server."""
    return f"{half(content)}\u2028\u2029\x85\x0b{content[len(content) // 2 :]}"


def fenced(content: str) -> str:
    return f"```\n{content}\n```"


def huge(message: Message) -> Message:
    content = message.content or "·"
    return dataclasses.replace(message, content=content * (2_000_000 // len(content) + 1), size=20_000)


TOOL_CALLS = instead(content=None, tool_calls=(ToolCall("search", '{"query": "churn"}'),), finish="tool_calls")

# Events


def choice_of(event: Event) -> Payload:
    choices = event.get("choices") if isinstance(event, dict) else None
    return dict(choices[0]) if choices else {}


def has_text(event: Event) -> bool:
    return bool(choice_of(event).get("delta", {}).get("content"))


def has_finish(event: Event) -> bool:
    return choice_of(event).get("finish_reason") is not None


def is_done(event: Event) -> bool:
    return event == DONE


def after_half(*added: Event) -> Callable[[Events], list[Event]]:
    """Put something into the middle of the text; the rest follows."""

    def edit(events: Events) -> list[Event]:
        known = list(events)
        texts = [place for place, event in enumerate(known) if has_text(event)]
        middle = texts[len(texts) // 2] if texts else len(known)
        return [*known[:middle], *added, *known[middle:]]

    return edit


def stop_after_half(*added: Event) -> Callable[[Events], list[Event]]:
    """Put something after the first half of the text; nothing follows."""

    def edit(events: Events) -> list[Event]:
        known = after_half("")(events)
        return [*known[: known.index("")], *added]

    return edit


def without(*unwanted: Callable[[Event], bool]) -> Callable[[Events], list[Event]]:
    return lambda events: [event for event in events if not any(test(event) for test in unwanted)]


def each_choice(change: Callable[[Payload], Payload]) -> Callable[[Events], list[Event]]:
    """Change the choice of every chunk that has one."""

    def edit(events: Events) -> list[Event]:
        return [
            {**event, "choices": [change(choice) for choice in event["choices"]]} if isinstance(event, dict) else event
            for event in events
        ]

    return edit


def finished_as(reason: str | None) -> Callable[[Events], list[Event]]:
    return each_choice(lambda choice: {**choice, "finish_reason": reason if choice["finish_reason"] else None})


def no_choices(payload: Any) -> Any:
    return {**payload, "choices": []} if isinstance(payload, dict) else payload


def null_choices(payload: Any) -> Any:
    return {**payload, "choices": None} if isinstance(payload, dict) else payload


def unfinished(body: Payload) -> Payload:
    return {**body, "choices": [{**choice, "finish_reason": None} for choice in body["choices"]]}


def is_usage(event: Event) -> bool:
    return isinstance(event, dict) and bool(event.get("usage"))


def no_usage(body: Payload) -> Payload:
    return {name: value for name, value in body.items() if name != "usage"}


def with_role(choice: Payload) -> Payload:
    return {**choice, "delta": {"role": "assistant", **choice["delta"]}}


def two_choices(payload: Any) -> Any:
    if not isinstance(payload, dict):
        return payload
    return {**payload, "choices": [{**each, "index": index} for each in payload["choices"] for index in (0, 1)]}


def every(change: Callable[[Event], Event]) -> Callable[[Events], list[Event]]:
    return lambda events: [change(event) for event in events]


def text_after_finish(events: Events) -> Iterator[Event]:
    for event in events:
        yield event
        if has_finish(event) and isinstance(event, dict):
            yield {**event, "choices": [{"index": 0, "delta": {"content": "late"}, "finish_reason": None}]}


def endless(events: Events) -> Iterator[Event]:
    texts = [event for event in events if has_text(event)]
    yield from itertools.cycle(texts or [{"choices": []}])


def usage_everywhere(events: Events) -> Iterator[Event]:
    for event in events:
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        yield {**event, "usage": event.get("usage") or usage} if isinstance(event, dict) else event


# Lines of a stream


def dumped(payload: Any, **options: Any) -> str:
    return json.dumps(payload, ensure_ascii=False, **options)


def encoded(payload: Any) -> bytes:
    """JSON in UTF-8, or in ASCII if it holds what UTF-8 cannot."""
    try:
        return dumped(payload).encode()
    except UnicodeEncodeError:
        return json.dumps(payload).encode()


def line(event: Event) -> bytes:
    """As servers do: a data line, and an empty line."""
    return (event.encode() if isinstance(event, str) else b"data: " + encoded(event)) + b"\n\n"


def ended_by(mark: bytes) -> Callable[[Event], bytes]:
    return lambda event: line(event).replace(b"\n", mark)


def without_space(event: Event) -> bytes:
    return line(event).replace(b"data: ", b"data:", 1)


def many_lines(event: Event) -> bytes:
    written = event.removeprefix("data: ") if isinstance(event, str) else dumped(event, indent=1)
    return "".join(f"data: {each}\n" for each in written.split("\n")).encode() + b"\n"


def with_other_fields(event: Event) -> bytes:
    return b"event: completion\nid: 7\nretry: 1000\n" + line(event)


def escaped(event: Event) -> bytes:
    return line(event if isinstance(event, str) else f"data: {json.dumps(event)}")


def with_comment(event: Event) -> bytes:
    return b": keep-alive\n\n" + line(event)


# Bytes


def marked(frames: Iterable[bytes]) -> Iterator[bytes]:
    """A byte order mark first."""
    yield b"\xef\xbb\xbf"
    yield from frames


def zipped(frames: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=31)
    for frame in frames:
        yield packer.compress(frame) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def garbled(frames: Iterable[bytes]) -> Iterator[bytes]:
    """The last byte of every character of three bytes is lost to something that is not UTF-8."""
    for frame in frames:
        yield re.sub(rb"([\xe0-\xef][\x80-\xbf])[\x80-\xbf]", lambda found: found[1] + b"\xff", frame)


def cut_inside(frames: Iterable[bytes]) -> Iterator[bytes]:
    """The first half, to the byte."""
    whole = b"".join(frames)
    yield whole[: len(whole) // 2]


def unterminated(frames: Iterable[bytes]) -> Iterator[bytes]:
    """The last line ends with the body."""
    yield b"".join(frames).rstrip(b"\n")


def after_blank_lines(frames: Iterable[bytes]) -> Iterator[bytes]:
    yield from itertools.repeat(b"\n", 20)
    yield from frames


# Vectors


def every_vector(change: Callable[[Vector], Vector]) -> Callable[[Rows], Rows]:
    return lambda rows: [(index, change(vector)) for index, vector in rows]
