"""Whether a run may be released: no significant loss against the baseline, and no broken promise whatever the baseline.

At most one in twenty releases that are as good as the baseline is stopped for a loss. That twentieth is
spent where it matters: half on the key facts, three tenths on all other gated scores together, a fifth on
the languages, each family by Holm and one-sided, as only losses count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.baseline import Baseline
from evals.compare import Pairs, pairs_of, within
from evals.errors import WrongRun
from evals.resampling import share_bounds
from evals.scores import Metric
from evals.statistics import SIGNIFICANT, differences, familywise, one_sided, paired, smallest_difference

KEY = "facts_lenient"
OTHERS = (
    "gold_recall@5",
    "document_recall@5",
    "citation_recall",
    "citation_precision",
    "uncited",
    "number_contradicted",
    "in_language",
    "declined_rightly",
    "declined_wrongly",
    "held",
)
SLICED = (KEY, "gold_recall@5", "document_recall@5", "declined_wrongly")
_CUT = "language="
_KEY_SPENDS, _OTHERS_SPEND, _SLICES_SPEND = 0.5 * SIGNIFICANT, 0.3 * SIGNIFICANT, 0.2 * SIGNIFICANT
_FAILURES = 0.01
_SLOWER = 2.0
_NOTICED = 0.5
"""Seconds that a person notices; by less, a busy machine looks like a slow coach."""
_NAMED = 5
_WORTH_NAMING = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a run may not be released, a line each, and what else should be known; without reasons it passed."""

    reasons: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it may be released."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Gated:
    """A gated score over all questions, or those of a language, that both runs have it for."""

    metric: Metric
    slice: str
    pairs: Pairs

    @property
    def test(self) -> tuple[float, float]:
        """The p of a loss, and the least p that so many changes could have had."""
        changes = differences(self.pairs.before, self.pairs.after)
        return one_sided(changes, self.pairs.clusters, "less" if self.metric.higher else "greater")

    @property
    def loss(self) -> float:
        """How much worse the mean is."""
        changes = differences(self.pairs.before, self.pairs.after)
        change = sum(changes) / len(changes)
        return -change if self.metric.higher else change


def judge_release(baseline: Baseline, candidate: Baseline, metrics: Sequence[Metric]) -> Verdict:
    """The candidate's run against the baseline's. Raises WrongRun unless it asked every question of the baseline.

    Besides significant losses it fails on any critical score that is not perfect, on more than 1 % of failed
    questions (or more than the upper bound of the baseline's), on a gated score that was not measured any
    more, and on a median time of more than twice the baseline's that is half a second longer.
    """
    added = _added(baseline, candidate)
    gated = [
        Gated(metric, "", pairs)
        for metric in metrics
        if metric.name in (KEY, *OTHERS)
        and (pairs := pairs_of(metric.name, baseline.values, candidate.values, candidate.clusters)).items
    ]
    reasons = (
        *_broken_promises(candidate, metrics),
        *_failures(baseline, candidate),
        *_unmeasured(baseline, candidate, metrics),
        *_losses(gated, candidate.slices),
        *_slowness(baseline, candidate),
    )
    return Verdict(
        reasons, (*added, *_power(gated), *_partly(baseline, candidate, gated), *_times(baseline, candidate))
    )


def _added(baseline: Baseline, candidate: Baseline) -> Iterator[str]:
    """A note on questions that the baseline has not."""
    asked = candidate.questions
    gone = [each for each in baseline.questions if each not in asked]
    changed = [each for each, digest in baseline.questions.items() if asked.get(each, digest) != digest]
    if gone or changed:
        told = [
            f"{len(each)} {what} ({_some(each)})"
            for each, what in ((gone, "were not asked"), (changed, "were changed"))
            if each
        ]
        raise WrongRun(f"of the baseline's questions {' and '.join(told)}: run all of them, or make the baseline anew")
    new = [each for each in asked if each not in baseline.questions]
    return iter([f"{len(new)} questions are new since the baseline and not compared: {_some(new)}"] if new else [])


def _broken_promises(candidate: Baseline, metrics: Sequence[Metric]) -> Iterator[str]:
    """A failed question has the worst value in most scores; that is a failure, not a broken promise."""
    for metric in (each for each in metrics if each.critical):
        judged = {
            item: values[metric.name]
            for item, values in candidate.values.items()
            if metric.name in values and not (metric.fails and values.get("error"))
        }
        broken = [item for item, value in judged.items() if value != 1 - metric.worst]
        if broken:
            yield (
                f"{metric.name} must be perfect and is not in {len(broken)} of {len(judged)} questions"
                f" ({_some(broken)}): {metric.what}"
            )


def _failures(baseline: Baseline, candidate: Baseline) -> Iterator[str]:
    before, after = (
        [item for item, values in run.values.items() if values.get("error")] for run in (baseline, candidate)
    )
    upper = share_bounds(len(before), len(baseline.values))[1]
    share, allowed = len(after) / max(len(candidate.values), 1), min(_FAILURES, upper)
    if share > allowed:
        whose = "" if allowed == _FAILURES else f", the upper bound of the baseline's {len(before)}"
        yield (
            f"{len(after)} of {len(candidate.values)} questions failed, {_percent(share)}, and at most"
            f" {_percent(allowed)} may{whose}: {_some(after)}"
        )


def _unmeasured(baseline: Baseline, candidate: Baseline, metrics: Sequence[Metric]) -> Iterator[str]:
    for name in (each.name for each in metrics if each.critical or each.name in (KEY, *OTHERS)):
        had = sum(name in values for values in baseline.values.values())
        if had and not any(name in values for values in candidate.values.values()):
            yield f"{name} was not measured: the baseline has it for {had} questions, this run for none"


def _losses(gated: Sequence[Gated], slices: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is worse, overall and then in languages; a score that is down overall names its worst slice there."""
    key = _significant([each for each in gated if each.metric.name == KEY], _KEY_SPENDS)
    others = _significant([each for each in gated if each.metric.name != KEY], _OTHERS_SPEND)
    sliced = _significant([part for each in gated for part in _languages(each, slices)], _SLICES_SPEND)
    overall = {found.metric.name for found, _ in (*key, *others)}
    for found, p in (*key, *others, *(each for each in sliced if each[0].metric.name not in overall)):
        yield _loss(found, p, slices)


def _significant(family: Sequence[Gated], alpha: float) -> list[tuple[Gated, float]]:
    adjusted = familywise({place: each.test for place, each in enumerate(family)}, alpha)
    ranked = sorted(adjusted, key=lambda place: adjusted[place])
    return [(family[place], adjusted[place]) for place in ranked if adjusted[place] <= SIGNIFICANT]


def _languages(whole: Gated, slices: Mapping[str, Sequence[str]]) -> Iterator[Gated]:
    if whole.metric.name in SLICED:
        yield from (part for part in _parts(whole, slices) if part.slice.startswith(_CUT))


def _parts(whole: Gated, slices: Mapping[str, Sequence[str]]) -> Iterator[Gated]:
    for name in sorted({name for item in whole.pairs.items for name in slices.get(item, ())}):
        pairs = within(whole.pairs, name, slices)
        if len(pairs.items) < len(whole.pairs.items):
            yield Gated(whole.metric, name, pairs)


def _loss(found: Gated, p: float, slices: Mapping[str, Sequence[str]]) -> str:
    pairs, n = found.pairs, len(found.pairs.items)
    change = paired(pairs.before, pairs.after, pairs.clusters)
    interval = change.interval
    sure = f", 95 % {_signed(interval.low)} to {_signed(interval.high)}" if interval else ""
    where = f" in {found.slice}" if found.slice else ""
    return (
        f"{found.metric.name}{where} {'fell' if found.metric.higher else 'rose'}"
        f" from {_percent(sum(pairs.before) / n)} to {_percent(sum(pairs.after) / n)}"
        f" ({_signed(change.value)} points{sure}, {_p(p)}) on {n} questions{_worst(found, slices)}"
    )


def _worst(found: Gated, slices: Mapping[str, Sequence[str]]) -> str:
    parts = () if found.slice else _parts(found, slices)
    worse = [each for each in parts if len(each.pairs.items) >= _WORTH_NAMING and each.loss > found.loss]
    if not worse:
        return ""
    worst = max(worse, key=lambda each: each.loss)
    change = -worst.loss if worst.metric.higher else worst.loss
    return f"; worst in {worst.slice} ({_signed(change)} on {len(worst.pairs.items)})"


def _slowness(baseline: Baseline, candidate: Baseline) -> Iterator[str]:
    before, after = (run.medians.get("seconds") for run in (baseline, candidate))
    if before is not None and after is not None and after > max(_SLOWER * before, before + _NOTICED):
        yield f"half of the answers take more than {after:.3g} s, more than twice the baseline's {before:.3g} s"


def _times(baseline: Baseline, candidate: Baseline) -> Iterator[str]:
    for name, before in baseline.medians.items():
        if (after := candidate.medians.get(name)) is not None:
            yield f"median of {name}: {after:.3g} s, of the baseline {before:.3g} s"


def _power(gated: Sequence[Gated]) -> Iterator[str]:
    for pairs in (each.pairs for each in gated if each.metric.name == KEY):
        seen = smallest_difference(pairs.before, pairs.after, pairs.clusters, alpha=2 * _KEY_SPENDS)
        if seen is not None:
            n = len(pairs.items)
            yield f"with {n} questions, a loss of {100 * seen:.1f} points in {KEY} is seen 8 times in 10"


def _partly(baseline: Baseline, candidate: Baseline, gated: Sequence[Gated]) -> Iterator[str]:
    for each in gated:
        name, n = each.metric.name, len(each.pairs.items)
        before, after = (sum(name in values for values in run.values.values()) for run in (baseline, candidate))
        if 2 * n < before:
            yield f"{name} is compared on {n} questions only: {before} had it before, {after} have it now"


def _some(items: Sequence[str]) -> str:
    return ", ".join(items[:_NAMED]) + (" and others" if len(items) > _NAMED else "")


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _signed(change: float) -> str:
    return f"{100 * change:+.1f}".replace("-", "\N{MINUS SIGN}")


def _p(p: float) -> str:
    return f"p = {p:.4f}" if p >= 0.0001 else "p < 0.0001"
