"""Plain text: the decoded file, nothing guessed."""

from collections.abc import Iterator

from knowledge.errors import Unreadable
from knowledge.read.draft import too_long
from knowledge.read.encoding import decode
from knowledge.read.limits import Limits
from knowledge.read.reading import Reading


def read_text(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading whose text is the decoded file."""
    yield Reading(title=title, text=whole_text(data, limits))


def whole_text(data: bytes, limits: Limits) -> str:
    """The decoded file. Raises Unreadable when it is binary, empty or longer than allowed."""
    text = decode(data).text
    if not text.replace("\ufeff", "").strip():
        raise Unreadable("empty")
    if len(text) > limits.max_text:
        raise Unreadable(too_long(limits.max_text))
    return text
