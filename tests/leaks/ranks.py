"""Whether two samples come from one distribution: Mann and Whitney's test by ranks, ties and all."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ranked:
    """`p` is two-sided, by the normal approximation; `effect` is the chance that one of the first is the larger one.

    An effect of 0.5 is none.
    """

    p: float
    effect: float
    n: int


def mann_whitney(first: Sequence[float], second: Sequence[float]) -> Ranked:
    """Compare two samples of twenty or more each."""
    n, m = len(first), len(second)
    counts = Counter((*first, *second))
    ranks, before = {}, 0
    for value in sorted(counts):
        ranks[value] = before + (counts[value] + 1) / 2
        before += counts[value]
    u = sum(ranks[each] for each in first) - n * (n + 1) / 2
    ties = sum(count**3 - count for count in counts.values()) / ((n + m) * (n + m - 1))
    deviation = math.sqrt(n * m / 12 * (n + m + 1 - ties))
    z = max(abs(u - n * m / 2) - 0.5, 0.0) / deviation if deviation else 0.0
    return Ranked(math.erfc(z / math.sqrt(2)), u / (n * m), n + m)
