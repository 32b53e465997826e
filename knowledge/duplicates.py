"""Passages that say nearly the same, told by the shingles of their bags (Broder 1997)."""

from functools import lru_cache

_SAME, _SAMPLES = 0.9, 8


def nearly_same(first: str, second: str) -> bool:
    """Whether two bags share nine in ten of their runs of four characters (Broder's resemblance of shingles)."""
    if min(len(first), len(second)) < 0.85 * max(len(first), len(second)) or not _may_be_same(first, second):
        return False
    mine, other = _shingles(first), _shingles(second)
    shared = len(mine & other)
    return shared >= _SAME * (len(mine) + len(other) - shared)


def _may_be_same(first: str, second: str) -> bool:
    """Whether half of a few samples of one text stand in the other, which is quick to see."""
    places = range(0, max(len(first) - 3, 1), max(len(first) // _SAMPLES, 1))
    return 2 * sum(first[at : at + 4] in second for at in places) >= len(places)


@lru_cache(maxsize=256)
def _shingles(bag: str) -> frozenset[str]:
    return frozenset(bag[at : at + 4] for at in range(max(len(bag) - 3, 1)))
