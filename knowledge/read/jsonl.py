"""Bulk files: every line a JSON object, every object a document."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from types import MappingProxyType

from knowledge.errors import Unreadable
from knowledge.read.encoding import decode
from knowledge.read.limits import Limits
from knowledge.read.reading import Failure, Reading

_OWN = frozenset({"id", "title", "text"})
_NOT_TEXT = re.compile(r"[\x00\ud800-\udfff]")
_PATIENCE = 100


def read_jsonl(data: bytes, title: str, limits: Limits) -> Iterator[Reading | Failure]:
    """A Reading for each line `{id, text, title?, ...}`; `part` is the id, other keys are fields.

    A line that is none is a Failure named after its id or its number, as is an id seen before.
    Raises Unreadable when none of the first hundred lines is a document.
    """
    pieces = _documents(_lines(data), limits)
    first: list[Reading | Failure] = []
    for piece in pieces:
        first.append(piece)
        if isinstance(piece, Reading):
            return chain(first, pieces)
        if len(first) == _PATIENCE:
            break
    if not first:
        raise Unreadable("empty")
    worst = first[0]
    assert isinstance(worst, Failure)
    raise Unreadable(f"no document in it; {worst.part}: {worst.reason}")


def _lines(data: bytes) -> Iterator[str | None]:
    """The lines; None for one whose characters are broken."""
    try:
        yield from decode(data).text.split("\n")
    except Unreadable:
        if b"\0" in data:
            raise
        yield from map(_utf8, data.split(b"\n"))


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _documents(lines: Iterator[str | None], limits: Limits) -> Iterator[Reading | Failure]:
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if line is not None and not line.strip("\ufeff \t\r"):
            continue
        piece = _document(line, f"line {number}", limits)
        if piece.part in seen and isinstance(piece, Reading):
            piece = Failure(piece.part, f"line {number} uses an id that an earlier line has")
        seen.add(piece.part)
        yield piece


def _document(line: str | None, place: str, limits: Limits) -> Reading | Failure:
    if line is None:
        return Failure(place, "damaged text: broken characters in it")
    record = _parsed(line)
    if isinstance(record, str):
        return Failure(place, record)
    name, text = _plain(record.get("id")), record.get("text")
    if not name:
        return Failure(place, "no id")
    if not isinstance(text, str) or not text.strip():
        return Failure(name, "no text")
    if len(text) > limits.max_text:
        return Failure(name, f"more than {limits.max_text:,} characters of text")
    return Reading(
        title=_plain(record.get("title")) or name,
        text=_NOT_TEXT.sub("\ufffd", text),
        part=name,
        structured=True,
        fields=MappingProxyType({k: v for k, v in record.items() if k not in _OWN}),
    )


def _parsed(line: str) -> dict[str, object] | str:
    """The object on a line, or why there is none."""
    try:
        record = json.loads(line)
    except RecursionError:
        return "nested too deep"
    except ValueError as error:
        return f"not JSON: {getattr(error, 'msg', 'a number too long')}"
    return record if isinstance(record, dict) else "not a JSON object"


def _plain(value: object) -> str:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return " ".join(_NOT_TEXT.sub("\ufffd", text).split())
