"""What the server received, and what it was told to say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, Any]
Vector = list[float]
Writes = Callable[[Iterable[bytes]], Iterable[bytes]]
"""Cuts what is sent into single writes to the socket; see `cutting`."""

CHAT, EMBEDDINGS, MODELS = "chat/completions", "embeddings", "models"


@dataclass
class Request:
    """One request, as it came."""

    number: int
    at: float
    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    raw: bytes
    endpoint: str = ""
    """chat/completions, embeddings or models; empty for an unknown address."""
    body: Any = None
    """Parsed JSON; None if there was none, or if it could not be parsed."""
    status: int | None = None
    """What was answered; None if the client never got a status line."""
    fault: str = ""
    finished: float | None = None
    """When the last byte went out."""
    disconnected: float | None = None
    """When the client hung up before it had everything."""

    @property
    def model(self) -> str:
        return str(self.field("model", ""))

    @property
    def streamed(self) -> bool:
        return bool(self.field("stream", False))

    @property
    def messages(self) -> list[Payload]:
        return list(self.field("messages", []))

    @property
    def system(self) -> str:
        """The text of every system or developer message."""
        return "\n".join(text_of(each) for each in self.messages if each["role"] in ("system", "developer"))

    @property
    def user(self) -> str:
        """The text of the last user message."""
        return next((text_of(each) for each in reversed(self.messages) if each["role"] == "user"), "")

    @property
    def prompt(self) -> str:
        """The text of all messages."""
        return "\n".join(text_of(each) for each in self.messages)

    @property
    def inputs(self) -> list[Any]:
        """What is to be embedded: texts, or lists of token ids."""
        given = self.field("input", [])
        single = isinstance(given, str) or (bool(given) and isinstance(given[0], int))
        return [given] if single else list(given)

    def field(self, name: str, otherwise: Any) -> Any:
        value = self.body.get(name) if isinstance(self.body, dict) else None
        return otherwise if value is None else value


@dataclass(frozen=True)
class ToolCall:
    name: str
    arguments: str = "{}"


@dataclass(frozen=True)
class Pace:
    """Seconds before the first write of a body, and before each one after it."""

    first: float = 0.0
    each: float = 0.0


def by_event(frames: Iterable[bytes]) -> Iterable[bytes]:
    """A write for each event of a stream; a body goes out whole."""
    return frames


@dataclass(frozen=True)
class Reply:
    """What the model says to one request, how that is cut, and what goes wrong on the way."""

    text: str = ""
    fault: str = ""
    """A name in FAULTS."""
    chunks: int | Sequence[str] = 6
    """Characters in each delta, or the very deltas, whose sum is then the text."""
    writes: Writes = by_event
    pace: Pace = Pace()
    reasoning: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    finish: str = ""
    """The finish_reason, if not stop, length or tool_calls as follows from the rest."""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> str:
        return self.text if isinstance(self.chunks, int) else "".join(self.chunks)


Model = Callable[[Request], Reply | str]
Says = Reply | str | Model


def text_of(message: Payload) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content or ""
