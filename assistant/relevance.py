"""Does the library answer this at all? A judgement from what was found, before anything is said.

Four shares of what was asked, each by rarity (0 to 1), are weighed by a logistic model fitted on
questions with and without an answer in the library (tests/benchmarks/declining.py fits it anew).
No lexical score can tell a missing fact on a topic the library covers; those answers say what it does have.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from assistant.extract import Pick
from knowledge.language import is_han
from knowledge.library import Found


class Fit(IntEnum):
    """How much of what was asked the library seems to hold."""

    NONE = 0
    PART = 1
    WHOLE = 2


# Of a short question, the one word that the library has never seen is what it is about.
_SHORT = 4
_STRANGE = 0.4


@dataclass(frozen=True, slots=True)
class _Model:
    together: float
    passage: float
    sentence: float
    unknown: float
    bias: float
    part: float


_CHINESE = _Model(together=3.7, passage=6.4, sentence=3.8, unknown=-9.3, bias=0.0, part=-1.5)
_ENGLISH = _Model(together=-1.8, passage=6.3, sentence=7.2, unknown=-3.5, bias=-2.8, part=-0.7)


@dataclass(frozen=True, slots=True)
class Judged:
    """How well what was found fits, and how sure that is that it answers at all, 0 to 1; from 0.5 something is said."""

    fit: Fit
    confidence: float


def judge(found: Found, picks: Sequence[Pick]) -> Judged:
    """How well what was found fits the question."""
    asked = [group.terms[0] for group in found.query.own]
    if not asked or not picks:
        return Judged(Fit.NONE, 0.0)
    if len(asked) <= _SHORT and found.query.unknown() >= _STRANGE:
        return Judged(Fit.NONE, 0.0)
    model = _CHINESE if sum(map(is_han, asked)) * 2 > len(asked) else _ENGLISH
    score = _score(model, *shares(found, picks))
    fit = Fit.WHOLE if score > 0 else Fit.PART if score > model.part else Fit.NONE
    return Judged(fit, 1 / (1 + math.exp(model.part - score)))


def shares(found: Found, picks: Sequence[Pick]) -> tuple[float, float, float, float]:
    """What all of the best passages hold together, the best passage, the best sentence; what nothing holds."""
    coverage = found.query.coverage
    sentences = [pick.sentence.bag for pick in picks]
    together = coverage("".join((*sentences, *found.bags[:3])))
    passage = max(map(coverage, found.bags[:3]), default=0.0)
    return together, passage, max(map(coverage, sentences), default=0.0), found.query.unknown()


def _score(model: _Model, together: float, passage: float, sentence: float, unknown: float) -> float:
    gains = model.together * together + model.passage * passage + model.sentence * sentence
    return gains + model.unknown * unknown + model.bias
