"""Runs of a coach that says something else each time: for what a comparison makes of noise, and of real losses.

A world has 240 questions as a benchmark would: half Chinese, a quarter of those traditional, 40 that cannot
be answered, follow-ups in conversations of three. Each run of it flips a share of all outcomes at random,
those of a conversation partly together. Scores of a question hang together, as real ones do.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from evals.baseline import Baseline
from evals.metrics import METRICS

BY_NAME = {each.name: each for each in METRICS}
QUESTIONS = 240


@dataclass(frozen=True)
class Asked:
    """A question, and how its coach does: the chance of each key fact to be said, and of its evidence to be found."""

    id: str
    cluster: str
    language: str
    answerable: bool
    facts: tuple[bool, ...]
    found: bool


def world(seed: int = 0) -> list[Asked]:
    """The questions of a benchmark, with what the coach would do of each if nothing were left to chance."""
    chance = random.Random(seed)
    languages = ("en", "en", "en", "en", "zh-Hans", "zh-Hans", "zh-Hans", "zh-Hant")
    return [
        Asked(
            id=f"q{place:03d}",
            cluster=f"c{place // 3}" if place < 60 else f"q{place:03d}",
            language=languages[place % 8],
            answerable=place % 6 > 0,
            facts=tuple(chance.random() < 0.84 for _ in range(chance.randint(1, 3))),
            found=chance.random() < 0.95,
        )
        for place in range(QUESTIONS)
    ]


def run(questions: list[Asked], seed: int, noise: float = 0.02, worse: Mapping[str, float] | None = None) -> Baseline:
    """One run. `worse` has, by score, what its mean loses besides the noise: key facts one by one, others wholly."""
    chance = random.Random(f"{seed} {noise}")
    swayed = {each.cluster: chance.random() < noise / 2 for each in questions}
    values = {each.id: _values(each, chance, noise, swayed[each.cluster]) for each in questions}
    for name, share in (worse or {}).items():
        if name == "facts_lenient":
            _forget(questions, values, share, chance)
        else:
            _spoil(values, name, share, chance)
    return Baseline(
        digest="0123456789ab",
        recipe={"composer": "draft"},
        made="2026-07-01",
        questions={each.id: "01234567" for each in questions},
        values=values,
        clusters={each.id: each.cluster for each in questions},
        slices={each.id: (f"language={each.language}",) for each in questions},
        medians={"seconds": 0.2 + chance.random() / 20},
    )


def without(baseline: Baseline, *items: str) -> Baseline:
    """The run as if these questions had not been in the benchmark."""
    return replace(
        baseline,
        digest="ba9876543210",
        questions={item: each for item, each in baseline.questions.items() if item not in items},
        values={item: each for item, each in baseline.values.items() if item not in items},
    )


def _values(each: Asked, chance: random.Random, noise: float, swayed: bool) -> dict[str, float]:
    declined = (not each.answerable and chance.random() < 0.9) != (chance.random() < noise / 2)
    safe = {"error": 0.0, "validity": 1.0, "quote_fidelity": 1.0, "number_contradicted": float(chance.random() < noise)}
    if not each.answerable:
        return {**safe, "declined_rightly": float(declined)}
    said = [fact != (swayed or chance.random() < noise) and not declined for fact in each.facts]
    lenient = sum(said) / len(said)
    cited = lenient if chance.random() < 0.8 else float(chance.random() < 0.8)
    cites = {} if declined else {"citation_recall": cited, "citation_precision": 1.0 if cited else 0.5, "uncited": 0.0}
    return {
        **safe,
        **cites,
        "facts_lenient": lenient,
        "gold_recall@5": float(each.found != (chance.random() < noise)),
        "declined_wrongly": float(declined),
        "held": float(chance.random() < 0.9),
    }


def _forget(
    questions: list[Asked], values: Mapping[str, dict[str, float]], share: float, chance: random.Random
) -> None:
    """Each fact that is said is as likely to be lost, so that the mean falls by the share."""
    said = [each[name] for each in values.values() if (name := "facts_lenient") in each]
    lost = share * len(said) / sum(said)
    for each in (each for each in questions if each.answerable):
        row, n = values[each.id], len(each.facts)
        row["facts_lenient"] = sum(chance.random() > lost for _ in range(round(row["facts_lenient"] * n))) / n


def _spoil(values: Mapping[str, dict[str, float]], name: str, share: float, chance: random.Random) -> None:
    """Whole questions fail, so that the mean is worse by the share."""
    metric = BY_NAME[name]
    having = [each for each in values.values() if name in each]
    worst = metric.worst
    left = share * len(having)
    for each in chance.sample(having, len(having)):
        step = min(abs(each[name] - worst), left)
        each[name] += step if worst else -step
        left -= step
