"""Text that was changed for searching and still knows where each character came from."""

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
    """A changed copy; character `i` of `text` stands for `original[origin[i]:ends[i]]`."""

    text: str
    origin: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original (start, end) that `text[start:end]` stands for; empty in, empty out."""
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.origin[start], max(self.ends[start:end])


def without_overlaps(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits in order, the earlier and longer one kept where two overlap."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def apply(text: str, edits: Iterable[Edit]) -> Mapped:
    """The copy of `text` with disjoint, ordered `edits` made."""
    pieces: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    at = 0
    for edit in (*edits, Edit(len(text), len(text))):
        pieces += text[at : edit.start], edit.replacement
        origin += range(at, edit.start)
        ends += range(at + 1, edit.start + 1)
        origin += [edit.start] * len(edit.replacement)
        ends += [edit.end] * len(edit.replacement)
        at = edit.end
    return Mapped("".join(pieces), tuple(origin), tuple(ends))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Only the characters of `apply`, for when nobody asks where they came from."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += text[at : edit.start], edit.replacement
        at = edit.end
    return "".join((*pieces, text[at:]))
