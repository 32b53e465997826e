"""Resampling whole clusters: the only module of evals that knows scipy and numpy, which it loads when first used."""

from collections.abc import Callable, Iterator, Sequence
from statistics import NormalDist
from typing import Any, Literal

_BOOTSTRAPS = 1999
_FLIPS = ((999, 0.1), (9_999, 0.002), (99_999, 0.0))
"""How many random sign flips to try, and the p above which more would change no verdict."""
_ALL_FLIPS = 16
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

    As scipy's permutation_test of "samples", many times faster. Terms are sums over clusters. All flips are
    tried when 16 or fewer terms are not 0, or when all are of one size (McNemar's exact test); otherwise at
    random, more of them the smaller p is, down to 0.00001.
    """
    changed = [each for each in sums if each]
    if len({round(abs(each), 9) for each in changed}) < 2:
        return binomial(sum(each > 0 for each in changed), len(changed), alternative)
    if len(changed) <= _ALL_FLIPS:
        return _tail(changed, _all_flips(len(changed)), 0, alternative)
    p = 1.0
    for times, enough in _FLIPS:
        p = _tail(changed, _random_flips(len(changed), times, seed), 1, alternative)
        if p > enough:
            break
    return p


def _tail(terms: Sequence[float], flips: Iterator[Any], observed: int, alternative: Alternative) -> float:
    """The share of flips, and of the `observed` sum where it is not among them, that are as far out as that sum."""
    import numpy

    data = numpy.asarray(terms, dtype=float)
    total, rounding = data.sum(), 1e-9 * numpy.abs(data).sum()
    less = greater = tried = observed
    for kept in flips:
        sums = 2 * (kept @ data) - total
        less += int((sums <= total + rounding).sum())
        greater += int((sums >= total - rounding).sum())
        tried += len(kept)
    found = {"less": less, "greater": greater, "two-sided": 2 * min(less, greater)}[alternative]
    return min(1.0, found / tried)


def _all_flips(terms: int) -> Iterator[Any]:
    """A row for each flip, with 1 for terms that keep their sign."""
    import numpy

    yield numpy.arange(2**terms)[:, None] >> numpy.arange(terms) & 1


def _random_flips(terms: int, times: int, seed: int) -> Iterator[Any]:
    import numpy

    rng = numpy.random.default_rng(seed)
    for at in range(0, times, _BATCH):
        rows = min(_BATCH, times - at)
        bits = numpy.frombuffer(rng.bytes(rows * terms // 8 + 1), numpy.uint8)
        yield numpy.unpackbits(bits, count=rows * terms).reshape(rows, terms)


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
