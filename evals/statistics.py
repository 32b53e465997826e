"""How sure a figure is, whether two runs differ, and what a run could not have shown.

Questions of one conversation or one source are not independent: such a cluster is always resampled, or
has its sign flipped, as a whole. Everything is deterministic.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from math import isclose, sqrt
from statistics import NormalDist, stdev
from typing import TypeVar

from evals.resampling import Alternative, Method, binomial, bootstrap, flip_signs, share_bounds

SIGNIFICANT = 0.05
POWER = 0.8
_ROUNDING = 1e-3
_FEWEST = 6
"""With fewer changes than this no two-sided p is below 0.05, all of them one way."""

Numbers = Sequence[float]
Clusters = Sequence[Hashable]
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between the bounds of its 95 % interval, of `n` observations in so many independent clusters."""

    low: float
    value: float
    high: float
    n: int
    clusters: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean change of the same questions; `p` is two-sided, `changed` the clusters that came out otherwise."""

    value: float
    interval: Interval | None
    p: float
    changed: int

    @property
    def least_p(self) -> float:
        """The smallest p that so many changes could have had, all of them one way."""
        return min(2.0 ** (1 - self.changed), 1.0)


@dataclass(frozen=True, slots=True)
class Discordant:
    """Of values 0 and 1: how many fell, how many rose, and McNemar's exact p, for which clusters do not count."""

    fell: int
    rose: int
    p: float


def mean_interval(values: Numbers, clusters: Clusters, seed: int = 0) -> Interval | None:
    """The mean with its interval by the clustered BCa bootstrap; None with fewer than two clusters.

    Where all clusters have the same mean a bootstrap sees no spread. Then at most a share u of clusters is
    otherwise, with u the exact bound (Clopper and Pearson) for 0 found among so many, and the mean cannot
    be further off than u times the way to 0 or 1: a share of 40 in 40 has the interval 0.912 to 1. Equal
    values beyond 0 to 1 (seconds) have no such bound, and an interval without width.
    """
    sums, counts = _by_cluster(values, clusters)
    if len(sums) < 2:
        return None
    mean = sum(values) / len(values)
    if all(isclose(total, mean * n, rel_tol=1e-9, abs_tol=1e-12) for total, n in zip(sums, counts, strict=True)):
        unseen = share_bounds(0, len(sums))[1] if 0 <= mean <= 1 else 0.0
        low, high = mean - unseen * mean, mean + unseen * (1 - mean)
    else:
        low, high = _ratio_bounds(sums, counts, "BCa", seed)
    return Interval(min(low, mean), mean, max(high, mean), len(values), len(sums))


def paired(before: Numbers, after: Numbers, clusters: Clusters, seed: int = 0, span: float = 1.0) -> Difference:
    """After less before, with interval and p; at least one pair. Values that differ by rounding alone are equal.

    p is of the permutation test that exchanges before and after, cluster by cluster (`flip_signs`). The
    interval is the clustered percentile bootstrap after adding one observation that is better and one
    that is worse by `span`, the largest change there can be (Bonett and Price 2012): with few changes a
    plain bootstrap is far too sure, and without any it would be certain.
    """
    changes = differences(before, after)
    sums, counts = _by_cluster(changes, clusters)
    value = sum(changes) / len(changes)
    interval = None
    if len(sums) > 1:
        low, high = _ratio_bounds((*sums, span, -span), (*counts, 1, 1), "percentile", seed)
        if not any(sums):
            low, high = -max(-low, high), max(-low, high)
        interval = Interval(min(low, value), value, max(high, value), len(changes), len(sums))
    return Difference(value, interval, flip_signs(sums, seed=seed), sum(map(bool, sums)))


def one_sided(changes: Numbers, clusters: Clusters, alternative: Alternative, seed: int = 0) -> tuple[float, float]:
    """The p of the permutation test for a change one way, and the least p that so many changes could have had."""
    sums, _ = _by_cluster(changes, clusters)
    return flip_signs(sums, alternative, seed), 2.0 ** -sum(map(bool, sums))


def differences(before: Numbers, after: Numbers) -> list[float]:
    """After less before; 0 where the two differ by no more than rounding to four digits."""
    return [0.0 if isclose(old, new, rel_tol=_ROUNDING) else new - old for old, new in zip(before, after, strict=True)]


def mcnemar(before: Numbers, after: Numbers) -> Discordant:
    """McNemar's exact test of values that are 0 or 1."""
    fell = sum(old > new for old, new in zip(before, after, strict=True))
    rose = sum(old < new for old, new in zip(before, after, strict=True))
    return Discordant(fell, rose, binomial(min(fell, rose), fell + rose))


def holm(ps: Mapping[_Key, float]) -> Mapping[_Key, float]:
    """Adjusted p (Holm 1979): all that are 0.05 or less are false together in at most 5 % of families."""
    adjusted: dict[_Key, float] = {}
    least = 0.0
    for rank, key in enumerate(sorted(ps, key=lambda each: ps[each])):
        least = max(least, min(1.0, (len(ps) - rank) * ps[key]))
        adjusted[key] = least
    return adjusted


def familywise(tests: Mapping[_Key, tuple[float, float]], alpha: float = SIGNIFICANT) -> Mapping[_Key, float]:
    """Holm's adjusted p of a family that may spend `alpha`, scaled so that 0.05 is the line for every family.

    Tests are p and least p. Those whose least p cannot pass are left out of the count, and are 1 (Tarone
    1990): how much changed says nothing about which way, so leaving them out costs nothing.
    """
    size = next(k for k in count(1) if sum(least <= alpha / k for _, least in tests.values()) <= k)
    counted = holm({key: p for key, (p, least) in tests.items() if least <= alpha / size})
    scale = SIGNIFICANT / alpha
    return {key: min(1.0, counted.get(key, 1.0) * scale) for key in tests}


def smallest_detectable(
    values: Numbers, clusters: Clusters, *, power: float = POWER, alpha: float = SIGNIFICANT
) -> float | None:
    """The smallest change of this mean, against a fixed figure, that as many questions would show with this power.

    None where nothing could be shown. Never less than what few but large changes take (`_one_way`).
    """
    n = _independent(values, clusters)
    if n < _FEWEST:
        return None
    largest = (max(values) - min(values)) or 1.0
    return max(detectable_by_spread(stdev(values), n, power, alpha), largest * _one_way(n, power, alpha))


def smallest_difference(
    before: Numbers, after: Numbers, clusters: Clusters, *, power: float = POWER, alpha: float = SIGNIFICANT
) -> float | None:
    """The smallest difference of two runs that a comparison as noisy as this one would show with this power.

    By the share of questions that changed where all values are 0 or 1, by the spread of the changes
    otherwise. None where nothing could be shown.
    """
    changes = differences(before, after)
    n = _independent(changes, clusters)
    if n < _FEWEST:
        return None
    if {*before, *after} <= {0.0, 1.0}:
        return detectable_by_discordance(sum(map(bool, changes)) / len(changes), n, power, alpha)
    largest = max(map(abs, changes)) or 1.0
    return max(detectable_by_spread(stdev(changes), n, power, alpha), largest * _one_way(n, power, alpha))


def detectable_by_spread(spread: float, n: float, power: float = POWER, alpha: float = SIGNIFICANT) -> float:
    """The smallest mean change of `n` questions whose changes have this standard deviation: (z + z') SD / sqrt(n)."""
    return sum(_z(power, alpha)) * spread / sqrt(n)


def detectable_by_discordance(share: float, n: float, power: float = POWER, alpha: float = SIGNIFICANT) -> float:
    """The smallest change of a share of which so many questions change, one way or the other (Connor 1987).

    Solves sqrt(n) d = z sqrt(share) + z' sqrt(share - d^2) for d. Where d would be more than all that
    change, all of them change one way.
    """
    z, zz = _z(power, alpha)
    root = zz * sqrt(max(share * (n + zz * zz - z * z), 0.0))
    found = (z * sqrt(share * n) + root) / (n + zz * zz)
    return found if found < share else _one_way(n, power, alpha)


def _one_way(n: float, power: float, alpha: float) -> float:
    """The share that must change, all of it one way: the same equation with d in place of the share."""
    z, zz = _z(power, alpha)
    kept = (sqrt(max((z * zz) ** 2 - (n + zz * zz) * (z * z - n), 0.0)) - z * zz) / (n + zz * zz)
    return 1 - kept * kept


def _z(power: float, alpha: float) -> tuple[float, float]:
    return NormalDist().inv_cdf(1 - alpha / 2), NormalDist().inv_cdf(power)


def _independent(values: Numbers, clusters: Clusters) -> float:
    """As many independent questions as these are worth; no more than clusters where those are too few to tell."""
    many = len(set(clusters)) >= _FEWEST
    return len(values) / design_effect(values, clusters) if many else len(set(clusters))


def design_effect(values: Numbers, clusters: Clusters) -> float:
    """How many times more questions are needed because those of a cluster are alike: Kish's, at least 1.

    1 + (m - 1) ICC, with m the size of the cluster that a question is in, on average, and the intraclass
    correlation by analysis of variance.
    """
    sums, counts = _by_cluster(values, clusters)
    n, k = len(values), len(sums)
    if k in (0, 1, n):
        return 1.0
    mean = sum(values) / n
    between = sum(m * (total / m - mean) ** 2 for total, m in zip(sums, counts, strict=True)) / (k - 1)
    means = {cluster: total / m for cluster, total, m in zip(dict.fromkeys(clusters), sums, counts, strict=True)}
    within = sum((value - means[cluster]) ** 2 for value, cluster in zip(values, clusters, strict=True)) / (n - k)
    squares = sum(m * m for m in counts)
    usual = (n - squares / n) / (k - 1)
    spread = between + (usual - 1) * within
    icc = (between - within) / spread if spread else 0.0
    return max(1.0, 1 + (squares / n - 1) * icc)


def _by_cluster(values: Numbers, clusters: Clusters) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """The sum and the size of each cluster, in the order of their first values."""
    sums: dict[Hashable, float] = {}
    sizes: dict[Hashable, int] = {}
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + value
        sizes[cluster] = sizes.get(cluster, 0) + 1
    return tuple(sums.values()), tuple(sizes.values())


# Most scores of two runs of one coach do not change at all: their intervals are computed once.
@lru_cache(maxsize=1024)
def _ratio_bounds(sums: tuple[float, ...], counts: tuple[int, ...], method: Method, seed: int) -> tuple[float, float]:
    return bootstrap((sums, counts), lambda total, n: total / n, method, seed)
