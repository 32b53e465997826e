"""Two runs over the same questions: what changed, how sure that is, and what could not have been seen."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from evals.scores import Metric, Value
from evals.statistics import (
    SIGNIFICANT,
    Difference,
    Discordant,
    Interval,
    familywise,
    mcnemar,
    paired,
    smallest_difference,
)

Table = Mapping[str, Mapping[str, float | None]]
"""By the id of a question, its values by score; one that is absent is None or not there."""

_OVERALL_SPENDS, _SLICES_SPEND = 0.8 * SIGNIFICANT, 0.2 * SIGNIFICANT


class Finding(StrEnum):
    """What a row of a comparison says."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "no difference shown"
    UNTESTED = "not tested"


@dataclass(frozen=True, slots=True)
class Row:
    """One score in both runs, over all questions that have it in both, or over those of a slice.

    `before` and `after` are means, `difference` after less before with its 95 % interval (None with fewer
    than two clusters). `p` is of the permutation test, `adjusted` is p after all that was tested. `discordant`
    counts the questions of an exact score that changed, `changed` the clusters of any. `detectable` is the
    smallest difference that would have been seen in 8 of 10 such comparisons, not adjusted. Times are not
    tested: they differ between machines, and on one machine between hours, whatever the coach does.
    """

    metric: str
    slice: str
    unit: str
    n: int
    before: float
    after: float
    difference: float
    interval: Interval | None
    changed: int
    p: float | None
    adjusted: float | None
    discordant: Discordant | None
    detectable: float | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Flips:
    """The questions for which an exact score changed, for the worse and for the better."""

    metric: str
    worse: tuple[str, ...]
    better: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unpaired:
    """The questions, of those in both runs, that have a score in one run only; no row counts them."""

    metric: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows overall (`slice` empty) and by slice, and all that is in no row, by name."""

    rows: tuple[Row, ...]
    flips: tuple[Flips, ...]
    unpaired: tuple[Unpaired, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    def row(self, metric: str, slice: str = "") -> Row | None:
        """The row of a score, if both runs have it."""
        return next((each for each in self.rows if (each.metric, each.slice) == (metric, slice)), None)

    def as_json(self) -> dict[str, Any]:
        """All of it, for --json and for other programs."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Pairs:
    """One score of the questions that have it in both runs."""

    items: tuple[str, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    clusters: tuple[Hashable, ...]


def compare(
    before: Table,
    after: Table,
    *,
    clusters: Mapping[str, Hashable],
    slices: Mapping[str, Sequence[str]],
    metrics: Sequence[Metric],
) -> Comparison:
    """The second run against the first. A question without cluster is its own; slices are like language=en.

    At most one in twenty comparisons of two runs of the same thing says better or worse anywhere: Holm over
    all scores overall, which may spend four fifths of that, and over all slices, which may spend the rest.
    A slice that holds every question of a score is left out.
    """
    drafts = [
        (metric, name, pairs, _difference(metric, pairs))
        for metric in metrics
        for name, pairs in _parts(pairs_of(metric.name, before, after, clusters), slices)
    ]
    adjusted = _adjusted(drafts)
    return Comparison(
        rows=tuple(_row(*draft, adjusted.get((draft[0].name, draft[1]))) for draft in drafts),
        flips=tuple(_flips(metric, pairs) for metric, name, pairs, _ in drafts if metric.exact and not name),
        unpaired=tuple(_unpaired(metrics, before, after)),
        only_before=tuple(each for each in before if each not in after),
        only_after=tuple(each for each in after if each not in before),
    )


def numbers(scored: Mapping[str, Mapping[str, Value]]) -> dict[str, dict[str, float | None]]:
    """Scores without their reasons."""
    return {item: {name: each.value for name, each in values.items()} for item, values in scored.items()}


def pairs_of(metric: str, before: Table, after: Table, clusters: Mapping[str, Hashable]) -> Pairs:
    """The questions that have a score in both runs, in the order of the first."""
    found = [
        (item, old, new)
        for item, values in before.items()
        if (old := values.get(metric)) is not None and (new := after.get(item, {}).get(metric)) is not None
    ]
    items = tuple(item for item, _, _ in found)
    return Pairs(
        items,
        tuple(old for _, old, _ in found),
        tuple(new for _, _, new in found),
        tuple(clusters.get(each, each) for each in items),
    )


def within(pairs: Pairs, slice: str, slices: Mapping[str, Sequence[str]]) -> Pairs:
    """The pairs of a slice."""
    places = [place for place, item in enumerate(pairs.items) if slice in slices.get(item, ())]
    return Pairs(
        tuple(pairs.items[place] for place in places),
        tuple(pairs.before[place] for place in places),
        tuple(pairs.after[place] for place in places),
        tuple(pairs.clusters[place] for place in places),
    )


def _parts(pairs: Pairs, slices: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Pairs]]:
    if pairs.items:
        yield "", pairs
    for name in sorted({name for item in pairs.items for name in slices.get(item, ())}):
        part = within(pairs, name, slices)
        if len(part.items) < len(pairs.items):
            yield name, part


def _difference(metric: Metric, pairs: Pairs) -> Difference:
    changes = (abs(new - old) for old, new in zip(pairs.before, pairs.after, strict=True))
    span = 1.0 if metric.unit == "share" else max(changes)
    return paired(pairs.before, pairs.after, pairs.clusters, span=span)


Draft = tuple[Metric, str, Pairs, Difference]


def _adjusted(drafts: Sequence[Draft]) -> Mapping[tuple[str, str], float]:
    tests = {
        (metric.name, name): (found.p, found.least_p) for metric, name, _, found in drafts if metric.unit != "seconds"
    }
    overall = {key: test for key, test in tests.items() if not key[1]}
    sliced = {key: test for key, test in tests.items() if key[1]}
    return {**familywise(overall, _OVERALL_SPENDS), **familywise(sliced, _SLICES_SPEND)}


def _row(metric: Metric, slice: str, pairs: Pairs, found: Difference, adjusted: float | None) -> Row:
    n = len(pairs.items)
    return Row(
        metric=metric.name,
        slice=slice,
        unit=metric.unit,
        n=n,
        before=sum(pairs.before) / n,
        after=sum(pairs.after) / n,
        difference=found.value,
        interval=found.interval,
        changed=found.changed,
        p=None if adjusted is None else found.p,
        adjusted=adjusted,
        discordant=mcnemar(pairs.before, pairs.after) if metric.exact else None,
        detectable=smallest_difference(pairs.before, pairs.after, pairs.clusters),
        finding=_finding(metric, found.value, adjusted),
    )


def _finding(metric: Metric, change: float, adjusted: float | None) -> Finding:
    if adjusted is None:
        return Finding.UNTESTED
    if adjusted > SIGNIFICANT:
        return Finding.NEITHER
    return Finding.BETTER if (change > 0) == metric.higher else Finding.WORSE


def _flips(metric: Metric, pairs: Pairs) -> Flips:
    changes = [(item, new - old) for item, old, new in zip(pairs.items, pairs.before, pairs.after, strict=True)]
    risen = tuple(item for item, change in changes if change > 0)
    fallen = tuple(item for item, change in changes if change < 0)
    return Flips(metric.name, fallen, risen) if metric.higher else Flips(metric.name, risen, fallen)


def _unpaired(metrics: Sequence[Metric], before: Table, after: Table) -> Iterator[Unpaired]:
    common = [each for each in before if each in after]
    for metric in metrics:
        found = {each: (before[each].get(metric.name), after[each].get(metric.name)) for each in common}
        lost = tuple(each for each, (old, new) in found.items() if old is not None and new is None)
        gained = tuple(each for each, (old, new) in found.items() if old is None and new is not None)
        if lost or gained:
            yield Unpaired(metric.name, lost, gained)
