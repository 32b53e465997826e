"""Whether the statistics keep their word: how often intervals hold the truth, and what the gate makes of noise."""

import time
from collections.abc import Callable
from typing import Any

import numpy

from evals.agreement import kappa
from evals.compare import compare
from evals.gate import judge_release
from evals.metrics import METRICS
from evals.statistics import Interval, mean_interval, one_sided, paired
from tests.benchmarks.shared import Number, Place, percent
from tests.evals.noisy import run, world

_SAMPLES = 700
_COMPARISONS = 200
_LOSSES = 100
_NOISE = (0.02, 0.05)
_LOSS = 0.08

Draw = Callable[[Any], tuple[Interval | None, float]]


def measure(place: Place) -> list[Number]:
    """Simulated data whose truth is known: nothing is asked, and `place` is not needed."""
    return [*_coverage(), _null(), *_gate(), _comparison()]


def _coverage() -> list[Number]:
    """The share of 95 % intervals that hold the truth: 93 to 97, and half a point for what the samples cannot tell.

    Those of very few changes are meant to be wider.
    """
    designs: dict[str, tuple[Draw, float]] = {
        "a share of 0.8, 200 questions": (lambda rng: _shares(rng, 200, 1, 0.8), 97.5),
        "a share of 0.95, 200 questions": (lambda rng: _shares(rng, 200, 1, 0.95), 97.5),
        "a share of 0.8, 30 conversations of 1 to 5": (lambda rng: _shares(rng, 30, 5, 0.8), 97.5),
        "difference, 200 conversations, a tenth changed": (lambda rng: _changes(rng, 200, 0.1), 97.5),
        "difference, 60 conversations, a twentieth changed": (lambda rng: _changes(rng, 60, 0.05), 100),
        "kappa of 0.6, 100 claims": (_rated, 97.5),
    }
    found = []
    for seed, (name, (draw, most)) in enumerate(designs.items()):
        rng = numpy.random.default_rng(seed)
        held = sum(_holds(*draw(rng)) for _ in range(_SAMPLES))
        found.append(Number(f"{name}: intervals that hold", percent(held, _SAMPLES), "%", at_least=92.5, at_most=most))
    return found


def _holds(interval: Interval | None, truth: float) -> bool:
    return interval is not None and interval.low - 1e-9 <= truth <= interval.high + 1e-9


def _shares(rng: Any, clusters: int, largest: int, share: float) -> tuple[Interval | None, float]:
    """Right or wrong, with an intraclass correlation of 0.3 inside conversations of 1 to `largest` questions."""
    sizes = rng.integers(1, largest + 1, clusters)
    chances = numpy.repeat(rng.beta(share * 7 / 3, (1 - share) * 7 / 3, clusters), sizes)
    values = (rng.random(sizes.sum()) < chances).astype(float)
    return mean_interval(values.tolist(), numpy.repeat(numpy.arange(clusters), sizes).tolist()), share


def _changes(rng: Any, clusters: int, changed: float) -> tuple[Interval | None, float]:
    """Graded changes, twice as often for the worse, in half of the conversations alike for all their questions."""
    sizes = rng.integers(1, 4, clusters)
    steps, odds = [0.0, -1.0, -0.5, 0.5, 1.0], [1 - changed, *(changed * part / 6 for part in (2, 2, 1, 1))]
    before, after, of = [], [], []
    for cluster, size in enumerate(sizes):
        drawn = rng.choice(steps, size, p=odds)
        for step in [drawn[0]] * size if cluster % 2 else drawn:
            old = 1.0 if step < 0 else 0.0
            before.append(old)
            after.append(old + float(step))
            of.append(cluster)
    truth = sum(step * odd for step, odd in zip(steps, odds, strict=True))
    return paired(before, after, of).interval, truth


def _rated(rng: Any) -> tuple[Interval | None, float]:
    """Two who know in 60 % of cases, and else toss the same uneven coin: their kappa is 0.6."""
    truth, known = rng.random(100) < 0.7, rng.random(100) < 0.6
    first, second = truth, numpy.where(known, truth, rng.random(100) < 0.7)
    return kappa(first.tolist(), second.tolist()), 0.6


def _null() -> Number:
    """How often a permutation test of nothing says 5 % or less, with conversations."""
    rng = numpy.random.default_rng(3)
    low = 0
    for _ in range(_SAMPLES):
        sizes = rng.integers(1, 4, 80)
        shared = numpy.repeat(rng.normal(0, 0.3, 80), sizes)
        changes = shared + rng.normal(0, 0.3, sizes.sum())
        p, _ = one_sided(changes.tolist(), numpy.repeat(numpy.arange(80), sizes).tolist(), "two-sided")
        low += p <= 0.05
    return Number("nothing changed, 80 conversations: p of 0.05 or less", percent(low, _SAMPLES), "%", at_most=7)


def _gate() -> list[Number]:
    """Both runs flip outcomes at random; in half of the comparisons the second has also lost 8 points."""
    questions, found = world(), []
    for noise in _NOISE:
        for worse, times in (({}, _COMPARISONS), ({"facts_lenient": _LOSS}, _LOSSES)):
            stopped = sum(
                not judge_release(
                    run(questions, seed, noise), run(questions, _COMPARISONS + seed, noise, worse), METRICS
                ).passed
                for seed in range(times)
            )
            what = f"gate, {noise:.0%} of outcomes flipped: {'8 points lost, caught' if worse else 'false alarms'}"
            bounds = {"at_least": 95.0 if noise == _NOISE[0] else None} if worse else {"at_most": 5.0}
            found.append(Number(what, percent(stopped, times), "%", **bounds))
    return found


def _comparison() -> Number:
    """Two noisy runs with all the scores the simulation has, overall and by language."""
    before, after = run(world(), 1), run(world(), 2, worse={"facts_lenient": _LOSS})
    started = time.perf_counter()
    compare(before.values, after.values, clusters=before.clusters, slices=before.slices, metrics=METRICS)
    return Number("comparing 240 questions, 11 scores, 3 languages", time.perf_counter() - started, "s", at_most=5)
