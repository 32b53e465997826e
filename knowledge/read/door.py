"""The one way in: a path becomes bytes, the bytes a format, the format a reader's pieces."""

import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePosixPath

from knowledge.errors import Unreadable
from knowledge.read.attachment import Attachment
from knowledge.read.draft import too_long
from knowledge.read.formats import BY_SUFFIX, format_of
from knowledge.read.isolate import Isolated
from knowledge.read.limits import Limits
from knowledge.read.readers import TEXT
from knowledge.read.reading import Failure, Reading

_isolated = Isolated()


def supported(path: Path) -> bool:
    """Whether `read` wants a file of this name; others in a folder are none of its business."""
    return path.suffix.lower() in BY_SUFFIX


def read(path: Path, limits: Limits | None = None) -> Iterator[Reading | Failure]:
    """Every document in one file, in order; a part that cannot be read is a Failure.

    Raises Unreadable at once, before anything is iterated over, when nothing of the file can be
    read: the reason is one line for people and does not name the file.
    """
    limits = limits or Limits()
    data = _bytes(path, limits)
    pieces = _bounded(_File(limits).pieces(data, path.name), limits)
    first = next(pieces, None)
    if first is None:
        raise Unreadable("no text in it")
    return chain((first,), pieces)


def _bytes(path: Path, limits: Limits) -> bytes:
    # Should the path become a pipe after the first look, opening it must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        _refuse_unusual(os.stat(path), limits)
        with open(os.open(path, flags), "rb") as stream:
            _refuse_unusual(os.fstat(stream.fileno()), limits)
            return stream.read(limits.max_bytes)
    except FileNotFoundError:
        raise Unreadable("no such file") from None
    except PermissionError:
        raise Unreadable("no permission to read it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable path"
        raise Unreadable(f"cannot be opened: {reason.lower()}") from None


def _refuse_unusual(status: os.stat_result, limits: Limits) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("not a regular file")
    if status.st_size > limits.max_bytes:
        raise Unreadable(f"larger than {limits.max_bytes / 2**20:.4g} MB")


def _bounded(pieces: Iterable[Reading | Failure], limits: Limits) -> Iterator[Reading | Failure]:
    """The pieces until there are too many, or too much text in them; then one Failure more."""
    text_left = max(limits.max_text, limits.max_bytes)
    for number, piece in enumerate(pieces):
        text_left -= len(piece.text) if isinstance(piece, Reading) else 0
        if number == limits.max_parts:
            yield Failure("", f"more than {number:,} documents: the rest is left out")
            return
        if text_left < 0:
            yield Failure(piece.part, f"{too_long(limits.max_text)}: the rest is left out")
            return
        yield piece


class _File:
    """One file being read, everything attached to it included, within one time limit."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._seconds = limits, limits.seconds

    def pieces(self, data: bytes, name: str, depth: int = 0) -> Iterator[Reading | Failure]:
        names: dict[str, int] = {}
        for piece in self._own(data, PurePosixPath(name)):
            if isinstance(piece, Attachment):
                part = _distinct(piece.name, names)
                yield from self._attached(piece, part, depth + 1)
            else:
                yield piece

    def _own(self, data: bytes, name: PurePosixPath) -> Iterable[Reading | Failure | Attachment]:
        reader = format_of(data, name.suffix)
        if reader in TEXT:
            return TEXT[reader](data, name.stem, self._limits)
        started = time.monotonic()
        try:
            return _isolated.run(reader, data, name.stem, self._limits, self._seconds)
        finally:
            self._seconds -= time.monotonic() - started

    def _attached(self, attachment: Attachment, part: str, depth: int) -> Iterator[Reading | Failure]:
        if depth > self._limits.max_depth:
            yield Failure(part, f"nested more than {self._limits.max_depth} messages deep")
            return
        try:
            for piece in self.pieces(attachment.data, attachment.name, depth):
                yield replace(piece, part=f"{part}/{piece.part}" if piece.part else part)
        except Unreadable as error:
            yield Failure(part, str(error))


def _distinct(name: str, names: dict[str, int]) -> str:
    """`name`, or "name (2)" when the message has had one of that name before."""
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name} ({names[name]})"
