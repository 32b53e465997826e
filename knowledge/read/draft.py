"""Extracted text as it grows line by line, with the headings and pages found on the way."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from knowledge.errors import Unreadable
from knowledge.read.limits import Limits
from knowledge.read.reading import Heading, Page, Reading

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """Without control and half characters, every kind of line break a newline."""
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """All white space of `text`, line breaks included, as single spaces."""
    return " ".join(tidy(text).split())


class Draft:
    """Collects lines; raises Unreadable as soon as there is more text than `limits` allow."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.max_text
        self._lines: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._pages: list[Page] = []

    def line(self, text: str) -> None:
        """Append `text` and a newline; nothing when there is nothing but white space in it."""
        text = tidy(text).rstrip()
        if not text.strip():
            return
        self._lines.append(text)
        self._length += len(text) + 1
        if self._length > self._limit:
            raise Unreadable(too_long(self._limit))

    def heading(self, text: str, level: int) -> None:
        """Append a heading, always one line."""
        start, title = self._length, one_line(text)
        self.line(title)
        if title:
            self._headings.append(Heading(start, start + len(title), level, title))

    def page(self, label: str) -> None:
        """A page begins at the next line."""
        self._pages.append(Page(self._length, label))

    def first_heading(self) -> str:
        """The first of the outermost headings, or "" when there is none."""
        return min(self._headings, key=lambda h: (h.level, h.start)).title if self._headings else ""

    def reading(
        self,
        title: str,
        *,
        fields: Mapping[str, object] | None = None,
        empty: str = "no text in it",
    ) -> Reading:
        """The finished document. Raises Unreadable(`empty`) when no line was written."""
        if not self._lines:
            raise Unreadable(empty)
        return Reading(
            title=one_line(title),
            text="\n".join(self._lines) + "\n",
            headings=tuple(self._headings),
            pages=tuple(self._pages),
            structured=bool(self._headings),
            fields=MappingProxyType(dict(fields or {})),
        )


def too_long(limit: int) -> str:
    """The reason for refusing more than `limit` characters."""
    return f"more than {limit:,} characters of text"
