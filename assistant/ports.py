"""The seams of the assistant: the model that drafts, and the account of what it used."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a model read and wrote."""

    read: int = 0
    written: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.read + other.read, self.written + other.written)

    @property
    def total(self) -> int:
        """All of them."""
        return self.read + self.written


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a reply. `finish` is how the server says the reply ended: `stop` is the only whole one."""

    text: str = ""
    finish: str | None = None
    usage: Usage | None = None


class ChatModel(Protocol):
    """Any model that writes text, as a stream."""

    @property
    def name(self) -> str:
        """What the server calls it."""

    def stream(self, messages: Sequence[Message], seconds: float, most: int) -> Generator[Piece, None, None]:
        """The reply as it arrives, within `seconds` in all and `most` tokens. Raises ModelFailed.

        Closing the iterator ends the request.
        """


class Ledger(Protocol):
    """What models have used, over all processes."""

    def left(self) -> int | None:
        """Tokens that may still be used today; None when there is no limit."""

    def add(self, usage: Usage) -> None:
        """Note what was used now."""
