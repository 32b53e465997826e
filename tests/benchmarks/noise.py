"""Attempts as a model would have made them another time: what a comparison must not take for a difference."""

import random
from dataclasses import replace

from evals.attempts import Attempt, Told
from evals.scores import Tried

_LOST, _DECLINED, _SWAPPED, _JITTER = 0.1, 0.03, 0.1, 0.1


def noisy(tried: Tried, chance: random.Random) -> Tried:
    """Each attempt by itself: a claim lost, two hits exchanged, declined or answered after all, another time."""
    variants = {name: _again(each, chance) for name, each in tried.variants.items()}
    return replace(tried, attempt=_again(tried.attempt, chance), variants=variants)


def _again(attempt: Attempt, chance: random.Random) -> Attempt:
    """The attempt as a model might have made it another time."""
    if attempt.failed:
        return attempt
    told, hits = list(attempt.told), list(attempt.hits)
    if told and chance.random() < _LOST:
        told.pop(chance.randrange(len(told)))
    if len(hits) > 1 and chance.random() < _SWAPPED:
        one, other = chance.sample(range(len(hits)), 2)
        hits[one], hits[other] = hits[other], hits[one]
    outcome = attempt.outcome if told else "declined"
    if chance.random() < _DECLINED:
        answers = attempt.declined and bool(attempt.beside)
        outcome = "partial" if answers else "declined"
        told = [Told(each.quote, "fact", (each,)) for each in attempt.beside] if answers else []
    jitter = chance.lognormvariate(0, _JITTER)
    return replace(
        attempt,
        outcome=outcome,
        told=tuple(told),
        hits=tuple(hits),
        seconds=attempt.seconds * jitter,
    )
