"""Hits that stand next to each other in a document, joined into one stretch, and small ones grown by what is beside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.chunk import LARGEST
from knowledge.documents import Hit, Passage
from knowledge.language import han_count

# Characters: what may stand between two neighbours (a heading), and how long a stretch may become.
_BETWEEN = 60
_LONGEST = 1600


@dataclass(slots=True)
class Stretch:
    """A hit with the offsets (into its document) of itself and the neighbours that joined it."""

    hit: Hit
    start: int
    end: int

    @property
    def grown(self) -> bool:
        """Whether a neighbour joined."""
        return (self.start, self.end) != (self.hit.passage.start, self.hit.passage.end)

    def takes(self, hit: Hit) -> bool:
        """Whether a hit of the same document stands just before or after, and there is room."""
        passage = hit.passage
        length = max(self.end, passage.end) - min(self.start, passage.start)
        return hit.entry.id == self.hit.entry.id and self.touches(passage) and length <= _LONGEST

    def touches(self, passage: Passage) -> bool:
        """Whether a passage of the same document stands just before or after."""
        after, before = passage.start - self.end, self.start - passage.end
        return 0 <= after <= _BETWEEN or 0 <= before <= _BETWEEN

    def add(self, passage: Passage) -> None:
        """Take a passage in."""
        self.start, self.end = min(self.start, passage.start), max(self.end, passage.end)


def join(hits: Iterable[Hit]) -> list[Stretch]:
    """Stretches in the order of their best hit; tables of contents stay alone."""
    stretches: list[Stretch] = []
    for hit in hits:
        passage = hit.passage
        mine = (each for each in stretches if each.takes(hit) and not each.hit.passage.contents)
        home = None if passage.contents else next(mine, None)
        if home is None:
            stretches.append(Stretch(hit, passage.start, passage.end))
        else:
            home.add(passage)
    return stretches


def grow(stretch: Stretch, passages: Sequence[Passage], others: Iterable[Stretch]) -> None:
    """Take in neighbours, those after and before in turn, until a stretch is as large as a large passage.

    `passages` are those of its document in order. Sections are often small, and what answers stands beside
    what was found. What belongs to one of the `others`, and tables of contents, are left alone.
    """
    taken = [(each.start, each.end) for each in others if each is not stretch and each.hit.entry == stretch.hit.entry]
    inside = [at for at, each in enumerate(passages) if stretch.start <= each.start and each.end <= stretch.end]
    if stretch.hit.passage.contents or not inside:
        return
    ahead, behind = list(passages[inside[-1] + 1 :]), list(reversed(passages[: inside[0]]))
    size = sum(map(_columns, passages[inside[0] : inside[-1] + 1]))
    while ahead or behind:
        for side in (ahead, behind):
            beside = side.pop(0) if side else None
            if beside is None:
                continue
            free = not beside.contents and not any(a < beside.end and beside.start < b for a, b in taken)
            if free and stretch.touches(beside) and size + _columns(beside) <= LARGEST:
                stretch.add(beside)
                size += _columns(beside)
            else:
                side.clear()


def _columns(passage: Passage) -> int:
    return len(passage.text) + han_count(passage.text)
