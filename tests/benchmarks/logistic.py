"""A logistic model of a few features, fitted by gradient descent in plain Python."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_STEPS = 4000
_RATE = 0.5
_DECAY = 1e-4


@dataclass(frozen=True, slots=True)
class Example:
    """Features of one case, whether it is positive, and how much it counts."""

    features: tuple[float, ...]
    positive: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """A weight a feature, and a bias."""

    weights: tuple[float, ...]
    bias: float

    def score(self, features: Iterable[float]) -> float:
        """Log odds: above 0 is positive."""
        return self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))


def fit(examples: Sequence[Example]) -> Model:
    """The weights after a fixed number of steps from nothing, lightly held back."""
    weights = [0.0] * (len(examples[0].features) + 1)
    rows = [((*each.features, 1.0), float(each.positive), each.weight) for each in examples]
    total = sum(each.weight for each in examples)
    for _ in range(_STEPS):
        slope = _slope(rows, weights)
        weights = [w + _RATE * (s / total - _DECAY * w) for w, s in zip(weights, slope, strict=True)]
    return Model(tuple(weights[:-1]), weights[-1])


def _slope(rows: Iterable[tuple[tuple[float, ...], float, float]], weights: Sequence[float]) -> list[float]:
    """The gradient of the weighted log likelihood."""
    slope = [0.0] * len(weights)
    for features, positive, counts in rows:
        odds = sum(map(float.__mul__, weights, features))
        error = counts * (positive - 1 / (1 + math.exp(-odds)))
        for at, feature in enumerate(features):
            slope[at] += error * feature
    return slope


def area(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often a positive case scores above a negative one (area under the curve)."""
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return wins / (len(positive) * len(negative)) if positive and negative else float("nan")
