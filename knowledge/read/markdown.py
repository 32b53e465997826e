"""Markdown: front matter, headings and comments, found without changing a character."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from knowledge.errors import Unreadable
from knowledge.read.frontmatter import front_matter
from knowledge.read.limits import Limits
from knowledge.read.reading import Heading, Reading
from knowledge.read.text import whole_text

_ATX = re.compile(r" {0,3}(#{1,6})[ \t\u3000]")
_UNDERLINE = re.compile(r" {0,3}(=+|--+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
_NO_PROSE = re.compile(r" {0,3}(?:[-+*>|]|\d{1,9}[.)] )| {4}|\t|[^|]*\|")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*|__|`|~~)(.+?)\1")
_LONGEST_UNDERLINED = 120
_LONGEST_MARKED_UP = 1_000


def read_markdown(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading: the decoded file, front matter and comments among its `skipped` spans.

    A line is underlined to a heading only where it is a paragraph by itself. Raises Unreadable
    when the front matter is not YAML, or nothing follows it.
    """
    text = whole_text(data, limits)
    fields, body = front_matter(text)
    if not text[body:].strip():
        raise Unreadable("empty: nothing after the front matter")
    scan = _scanned(text, body)
    yield Reading(
        title=_title(fields, scan.headings) or title,
        text=text,
        headings=tuple(scan.headings),
        skipped=(((0, body),) if body else ()) + tuple(scan.comments),
        structured=bool(scan.headings),
        fields=MappingProxyType(dict(fields)),
    )


def _title(fields: Mapping[str, object], headings: list[Heading]) -> str:
    stated = str(fields.get("title") or "").strip()
    return stated or next((h.title for h in headings if h.level == 1), "")


@dataclass
class _Scan:
    """What has been found so far; `paragraph` holds the first two lines of the open paragraph."""

    headings: list[Heading] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    fence: str = ""
    paragraph: list[tuple[int, str]] = field(default_factory=list)


def _scanned(text: str, position: int) -> _Scan:
    scan, comments = _Scan(), _Comments(text)
    while position < len(text):
        end = text.find("\n", position) + 1 or len(text)
        line = text[position:end].rstrip("\r\n")
        if not _in_code(scan, line):
            comment = comments.first(position, position + len(line))
            if comment:
                scan.comments.append(comment)
                line, end = text[position : comment[0]].rstrip(), comment[1]
            if position == 0 or text[position - 1] == "\n":
                _line(scan, position, line)
        position = end
    return scan


class _Comments:
    """Finds `<!-- ... -->` that begins in a line; gives up once nothing closes any more."""

    def __init__(self, text: str) -> None:
        self._text, self._hopeless = text, False

    def first(self, start: int, end: int) -> tuple[int, int] | None:
        opened = -1 if self._hopeless else self._text.find("<!--", start, end)
        if opened < 0 or self._text.count("`", start, opened) % 2:
            return None
        closed = self._text.find("-->", opened + 4)
        self._hopeless = closed < 0
        return None if closed < 0 else (opened, closed + 3)


def _in_code(scan: _Scan, line: str) -> bool:
    """Whether the line belongs to a fenced code block, its fences included."""
    found = _FENCE.match(line)
    if scan.fence:
        if found and found[1].startswith(scan.fence) and not found[2].strip():
            scan.fence = ""
        return True
    if found and not (found[1][0] == "`" and "`" in found[2]):
        scan.fence = found[1]
        scan.paragraph.clear()
    return bool(scan.fence)


def _line(scan: _Scan, start: int, line: str) -> None:
    atx, under = _ATX.match(line), _UNDERLINE.match(line)
    title = _unclosed(line[atx.end() :].strip()) if atx else ""
    if atx and title:
        _add(scan, Heading(start, start + len(line), len(atx[1]), title))
    elif under and len(scan.paragraph) == 1:
        begin, title = scan.paragraph[0]
        level = 1 if under[1][0] == "=" else 2
        _add(scan, Heading(begin, start + len(line), level, title.strip()))
    elif under or not line.strip():
        scan.paragraph.clear()
    elif len(scan.paragraph) < 2:
        alone = len(line) <= _LONGEST_UNDERLINED and not _NO_PROSE.match(line)
        scan.paragraph += [(start, line)] * (1 if alone else 2)


def _unclosed(title: str) -> str:
    """Without the closing marks of `## heading ##`; C# keeps its own."""
    rest = title.rstrip("#")
    return rest.rstrip() if rest[-1:] in ("", " ", "\t") else title


def _add(scan: _Scan, heading: Heading) -> None:
    title = heading.title
    if len(title) <= _LONGEST_MARKED_UP:
        title = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", title)).strip()
    scan.headings.append(Heading(heading.start, heading.end, heading.level, title))
    scan.paragraph.clear()
