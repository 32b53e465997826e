"""Hits that stand next to each other in a document, joined into one stretch."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.documents import Hit, Passage

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
        after, before = passage.start - self.end, self.start - passage.end
        near = 0 <= after <= _BETWEEN or 0 <= before <= _BETWEEN
        return hit.entry.id == self.hit.entry.id and near and self._with(passage) <= _LONGEST

    def _with(self, passage: Passage) -> int:
        return max(self.end, passage.end) - min(self.start, passage.start)


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
            home.start, home.end = min(home.start, passage.start), max(home.end, passage.end)
    return stretches
