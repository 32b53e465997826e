"""Text that was changed for searching and still knows where each character came from."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `text[start:end]` by `replacement` in the search copy; the original stays."""

    start: int
    end: int
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A changed copy. Its pieces begin at `starts`; each is kept from `origins` on, or replaces one whole."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    replaced: tuple[int | None, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original (start, end) that `text[start:end]` stands for; empty in, empty out."""
        if start >= end:
            at = self._original(start)[0] if start < len(self.text) else self._original(len(self.text) - 1)[1]
            return at, at
        return self._original(start)[0], self._original(end - 1)[1]

    def _original(self, at: int) -> tuple[int, int]:
        """The original span of the character at `at` of the copy."""
        piece = bisect_right(self.starts, at) - 1
        if piece < 0:
            return 0, 0
        origin, replaced = self.origins[piece], self.replaced[piece]
        if replaced is not None:
            return origin, replaced
        origin += at - self.starts[piece]
        return origin, origin + 1


def without_overlaps(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits in order, the earlier and longer one kept where two overlap."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def apply(text: str, edits: Iterable[Edit]) -> Mapped:
    """The copy of `text` with disjoint, ordered `edits` made."""
    pieces: list[tuple[str, int, int | None]] = []
    at = 0
    for edit in (*edits, Edit(len(text), len(text))):
        pieces += (text[at : edit.start], at, None), (edit.replacement, edit.start, edit.end)
        at = edit.end
    pieces = [each for each in pieces if each[0]]
    starts, length = [], 0
    for piece, _, _ in pieces:
        starts.append(length)
        length += len(piece)
    return Mapped(
        "".join(piece for piece, _, _ in pieces),
        tuple(starts),
        tuple(origin for _, origin, _ in pieces),
        tuple(replaced for _, _, replaced in pieces),
    )


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Only the characters of `apply`, for when nobody asks where they came from."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += text[at : edit.start], edit.replacement
        at = edit.end
    return "".join((*pieces, text[at:]))
