"""How far those who judge agree beyond chance: Cohen's kappa for two, Krippendorff's alpha for any number."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from evals.resampling import bootstrap, share_bounds
from evals.statistics import Interval

Labels = Sequence[Hashable]
Disagreement = Callable[..., tuple[Any, Any]]
"""What was observed and what chance would give, from the sums of columns; numbers or arrays."""


def kappa(a: Labels, b: Labels, clusters: Labels | None = None, seed: int = 0) -> Interval | None:
    """Cohen's kappa (1960) of two who labelled the same things, with its 95 % interval.

    Each thing is its own cluster unless told. None where kappa means nothing: fewer than two clusters,
    or one label that both gave to everything.
    """
    labels = list(dict.fromkeys((*a, *b)))
    rows = [
        (float(one != other), *(float(one == each) for each in labels), *(float(other == each) for each in labels))
        for one, other in zip(a, b, strict=True)
    ]

    def disagreement(observed: Any, *counts: Any) -> tuple[Any, Any]:
        ones, others = counts[: len(labels)], counts[len(labels) :]
        n = sum(ones)
        return observed / n, 1 - sum(x * y for x, y in zip(ones, others, strict=True)) / (n * n)

    return _beyond_chance(rows, range(len(rows)) if clusters is None else clusters, disagreement, seed)


def alpha(
    ratings: Sequence[Sequence[Hashable | None]], clusters: Labels | None = None, seed: int = 0
) -> Interval | None:
    """Krippendorff's alpha for nominal labels, with its 95 % interval: a row for each thing, None where a rating lacks.

    Things with fewer than two ratings say nothing and are left out. None where alpha means nothing: fewer
    than two clusters, or one label for everything (Krippendorff 2011).
    """
    counted = [Counter(each for each in row if each is not None) for row in ratings]
    kept = [place for place, counts in enumerate(counted) if counts.total() > 1]
    labels = list(dict.fromkeys(label for place in kept for label in counted[place]))
    rows = [(_discord(counted[place]), *(float(counted[place][label]) for label in labels)) for place in kept]

    def disagreement(observed: Any, *counts: Any) -> tuple[Any, Any]:
        n = sum(counts)
        return observed / n, sum(each * (n - each) for each in counts) / (n * (n - 1))

    return _beyond_chance(rows, [place if clusters is None else clusters[place] for place in kept], disagreement, seed)


def _discord(counts: Counter[Hashable]) -> float:
    """Pairs of ratings that differ, for each rating that could have."""
    total = counts.total()
    return sum(each * (total - each) for each in counts.values()) / (total - 1)


def _beyond_chance(
    rows: Sequence[tuple[float, ...]], clusters: Labels, disagreement: Disagreement, seed: int
) -> Interval | None:
    """1 - observed / expected, by the percentile bootstrap over clusters; resamples without a second label are neutral.

    When all agree a bootstrap sees no spread; then the lower bound is that of the exact one for
    disagreements, none among so many clusters.
    """
    sums: dict[Hashable, tuple[float, ...]] = {}
    for row, cluster in zip(rows, clusters, strict=True):
        sums[cluster] = tuple(map(sum, zip(sums[cluster], row, strict=True))) if cluster in sums else row
    columns = list(zip(*sums.values(), strict=True))
    observed, expected = disagreement(*map(sum, columns)) if len(sums) > 1 else (0.0, 0.0)
    if not expected:
        return None
    value = 1 - observed / expected
    if not observed:
        return Interval(max(-1.0, 1 - share_bounds(0, len(sums))[1] / expected), 1.0, 1.0, len(rows), len(sums))

    def resampled(*totals: Any) -> Any:
        found, chance = disagreement(*totals)
        without = chance == 0
        return (1 - found / (chance + without)) * (1 - without) + value * without

    low, high = bootstrap(columns, resampled, "percentile", seed)
    return Interval(min(low, value), value, max(high, value), len(rows), len(sums))
