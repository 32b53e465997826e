"""Resampling whole clusters: the only module of evals that knows scipy and numpy, which it loads when first used."""

from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Any, Literal

_BOOTSTRAPS = 1999
_FLIPS = ((999, 0.1), (9_999, 0.002), (99_999, 0.0))
"""How many random sign flips to try, and the p above which more would change no verdict."""
_ALL_FLIPS = 13
_BATCH = 2000
_NORMAL = NormalDist()

Alternative = Literal["two-sided", "less", "greater"]
Method = Literal["BCa", "percentile"]
OfSums = Callable[..., Any]


def bootstrap(columns: Sequence[Sequence[float]], of_sums: OfSums, method: Method, seed: int) -> tuple[float, float]:
    """The 95 % bootstrap interval of what `of_sums` makes of the columns' sums; each row is a cluster.

    `of_sums` is given an array of sums for each column and returns an array of that shape. BCa is Efron
    1987; level and seed make the same interval of the same data. At least two rows that differ.
    """
    import numpy
    from scipy import stats

    def of_rows(*rows: Any, axis: int = -1) -> Any:
        return of_sums(*(each.sum(axis=axis) for each in rows))

    found = stats.bootstrap(
        tuple(numpy.asarray(each, dtype=float) for each in columns),
        of_rows,
        paired=True,
        vectorized=True,
        n_resamples=_BOOTSTRAPS,
        batch=_BATCH,
        confidence_level=_level(len(columns[0])),
        method=method,
        rng=numpy.random.default_rng(seed),
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def _level(clusters: int) -> float:
    """The nominal level that covers 95 % with so few clusters: the expanded percentile of Hesterberg 2015."""
    from scipy import stats

    reach = float(stats.t.ppf(0.975, clusters - 1)) * (clusters / (clusters - 1)) ** 0.5
    return min(2 * _NORMAL.cdf(reach) - 1, 0.9999)


def flip_signs(sums: Sequence[float], alternative: Alternative = "two-sided", seed: int = 0) -> float:
    """The p of a sum as great as this if each term were as likely to be its negative: the paired permutation test.

    Terms are sums over clusters. All flips are tried when 13 or fewer terms are not 0, or when all are of
    one size (McNemar's exact test); otherwise at random, more of them the smaller p is, down to 0.00001.
    """
    changed = [each for each in sums if each]
    if not changed:
        return 1.0
    if len({round(abs(each), 9) for each in changed}) == 1:
        return binomial(sum(each > 0 for each in changed), len(changed), alternative)
    if len(changed) <= _ALL_FLIPS:
        return _all_flips(changed, alternative)
    p = 1.0
    for times, enough in _FLIPS:
        p = _random_flips(changed, times, alternative, seed)
        if p > enough:
            break
    return p


def _all_flips(terms: Sequence[float], alternative: Alternative) -> float:
    import numpy
    from scipy import stats

    def total(rows: Any, axis: int = -1) -> Any:
        return rows.sum(axis=axis)

    data = (numpy.asarray(terms, dtype=float),)
    tested = stats.permutation_test(
        data, total, permutation_type="samples", vectorized=True, n_resamples=2 ** len(terms), alternative=alternative
    )
    return float(tested.pvalue)


def _random_flips(terms: Sequence[float], times: int, alternative: Alternative, seed: int) -> float:
    """As scipy's permutation_test of samples does it, which permutes indices instead and takes ten times as long."""
    import numpy

    rng = numpy.random.default_rng(seed)
    flipped = numpy.asarray(terms, dtype=float)
    observed, rounding = flipped.sum(), 1e-9 * numpy.abs(flipped).sum()
    less = greater = 1
    for at in range(0, times, _BATCH):
        heads = rng.integers(0, 2, (min(_BATCH, times - at), len(terms)), dtype=numpy.int8)
        totals = (2 * heads - 1) @ flipped
        less += int((totals <= observed + rounding).sum())
        greater += int((totals >= observed - rounding).sum())
    found = {"less": less, "greater": greater, "two-sided": 2 * min(less, greater)}[alternative]
    return float(min(1.0, found / (times + 1)))


def binomial(count: int, trials: int, alternative: Alternative = "two-sided") -> float:
    """The exact p of so many heads of a fair coin; 1 for no throw."""
    from scipy import stats

    return float(stats.binomtest(count, trials, 0.5, alternative).pvalue) if trials else 1.0


def share_bounds(count: int, trials: int) -> tuple[float, float]:
    """The exact 95 % interval of a share (Clopper and Pearson 1934); 0 to 1 for no trial."""
    from scipy import stats

    if not trials:
        return 0.0, 1.0
    found = stats.binomtest(count, trials).proportion_ci(0.95, method="exact")
    return float(found.low), float(found.high)
