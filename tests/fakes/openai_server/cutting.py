"""How what is sent is cut into single writes to the socket, whatever it is made of."""

from collections.abc import Iterable, Iterator

from .records import Writes, by_event

__all__ = ["at_once", "by_bytes", "by_event", "every_byte", "split_at"]


def every_byte(frames: Iterable[bytes]) -> Iterator[bytes]:
    """Each byte alone: every character of more than one byte is torn."""
    for frame in frames:
        yield from (frame[place : place + 1] for place in range(len(frame)))


def at_once(frames: Iterable[bytes]) -> Iterator[bytes]:
    """Everything in one write, as behind a buffering proxy."""
    yield b"".join(frames)


def by_bytes(size: int) -> Writes:
    """So many bytes in each write, across the borders of events."""

    def writes(frames: Iterable[bytes]) -> Iterator[bytes]:
        whole = b"".join(frames)
        yield from (whole[start : start + size] for start in range(0, len(whole), size))

    return writes


def split_at(byte: int) -> Writes:
    """Two writes, the first of so many bytes."""

    def writes(frames: Iterable[bytes]) -> Iterator[bytes]:
        whole = b"".join(frames)
        yield from filter(None, (whole[:byte], whole[byte:]))

    return writes
