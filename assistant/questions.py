"""A question: what is asked, by whom, after what, and for whose eyes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from knowledge.access import ANYONE, Reader

Language = Literal["zh-Hans", "zh-Hant", "en"]


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said before: by the `user`, or by the `assistant`."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks; `language` is what they read, None when only their question tells."""

    person: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question in a conversation. `reader` decides which documents the answer may rest on.

    `rights` says who the reader is at a later moment: what was revoked meanwhile is not shown. `hidden` are
    ids of corrections, or of answers they correct, that this question must not be answered with.
    """

    text: str
    asker: Asker = field(default_factory=Asker)
    history: tuple[Turn, ...] = ()
    reader: Reader = ANYONE
    conversation: str = ""
    rights: Callable[[], Reader] | None = None
    hidden: frozenset[str] = frozenset()

    def reader_now(self) -> Reader:
        """The reader by the rights of this moment."""
        return self.rights() if self.rights else self.reader
