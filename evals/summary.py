"""A run in figures: each score overall and by slice, with its interval, and the questions that came out worst.

The same summary stands behind the terminal's table, --json, the Markdown and the page, so no two of them differ.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.benchmark import Category
from evals.runs import Header
from evals.scores import Metric, Tried, Value
from evals.statistics import mean_interval, smallest_detectable
from evals.totals import Point, risk_coverage
from evals.totals import totals as totals_of

Values = Mapping[str, Mapping[str, Value]]
"""By the id of a question, its scores by name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of a score over the questions of a slice; `slice` is empty for all of them.

    `low` and `high` are the 95 % interval. `n` questions have a value; `absent` could have one and have
    none, mostly because of `why`. `detectable` is the smallest change that this many questions can show.
    None: it cannot be told.
    """

    metric: str
    slice: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    absent: int
    detectable: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Faulty:
    """A question that went wrong: which scores say so (name and why), and how much in all."""

    item: str
    faults: tuple[tuple[str, str], ...]
    loss: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A run's figures: overall, by slice, for the run as a whole, and the questions with faults, worst first.

    `curve` is risk against coverage, empty where no answer says how sure it is.
    """

    header: Header
    questions: int
    metrics: tuple[Metric, ...]
    overall: tuple[Figure, ...]
    slices: tuple[Figure, ...]
    totals: Mapping[str, Value]
    curve: tuple[Point, ...]
    faulty: tuple[Faulty, ...]

    def figure(self, metric: str, slice: str = "") -> Figure | None:
        """A figure by its score and slice."""
        among = self.slices if slice else self.overall
        return next((each for each in among if (each.metric, each.slice) == (metric, slice)), None)

    def as_json(self) -> dict[str, Any]:
        """All of it, for --json and for other programs."""
        described = [
            {"name": each.name, "area": each.area, "higher": each.higher, "unit": each.unit, "what": each.what}
            for each in self.metrics
        ]
        return {
            "run": asdict(self.header),
            "questions": self.questions,
            "metrics": described,
            "overall": [asdict(each) for each in self.overall],
            "slices": [asdict(each) for each in self.slices],
            "totals": {name: asdict(each) for name, each in self.totals.items()},
            "curve": [asdict(each) for each in self.curve],
            "faulty": [asdict(each) for each in self.faulty],
        }


def summarize(header: Header, tried: Sequence[Tried], values: Values, metrics: Sequence[Metric]) -> Summary:
    """The figures of a run, from the scores of its questions by their ids."""
    used = tuple(each for each in metrics if any(each.name in scored for scored in values.values()))
    sliced = [
        figure
        for name, members in slices(tried).items()
        for metric in used
        if (figure := _figure(metric, name, members, values))
    ]
    overall = [figure for metric in used if (figure := _figure(metric, "", tried, values))]
    rows, attempts = [values.get(each.item.id, {}) for each in tried], [each.attempt for each in tried]
    return Summary(
        header=header,
        questions=len(tried),
        metrics=used,
        overall=tuple(overall),
        slices=tuple(each for each in sliced if _comparable(each, sliced)),
        totals=totals_of(rows, attempts),
        curve=risk_coverage(rows, attempts),
        faulty=tuple(faulty(tried, values, used)),
    )


def _comparable(figure: Figure, among: Sequence[Figure]) -> bool:
    """Whether a score that is cut by what can be answered has a value on both sides of the cut."""
    if not figure.slice.startswith("answerable"):
        return True
    return (
        sum(each.n > 0 for each in among if each.metric == figure.metric and each.slice.startswith("answerable")) == 2
    )


def slices(tried: Sequence[Tried]) -> dict[str, list[Tried]]:
    """The questions by category, by language and by whether they can be answered; a cut of one piece is none."""
    cuts: dict[str, dict[str, list[Tried]]] = {"category": {}, "language": {}, "answerable": {}}
    for each in tried:
        item = each.item
        named = (item.category.value, item.language, "yes" if item.answerable else "no")
        for cut, name in zip(cuts, named, strict=True):
            if name:
                cuts[cut].setdefault(name, []).append(each)
    return {
        f"{cut}={name}": members
        for cut, found in cuts.items()
        if len(found) > 1
        for name, members in sorted(found.items(), key=_order)
    }


def _order(named: tuple[str, list[Tried]]) -> tuple[int, str]:
    """Categories as the benchmark lists them, all else by name."""
    known = [each.value for each in Category]
    return (known.index(named[0]) if named[0] in known else 0), named[0]


def _figure(metric: Metric, slice: str, tried: Sequence[Tried], values: Values) -> Figure | None:
    scored = [(each, values.get(each.item.id, {}).get(metric.name)) for each in tried]
    meant = [(each.item.cluster, score.value) for each, score in scored if score]
    kept = [(cluster, value) for cluster, value in meant if value is not None]
    if not meant:
        return None
    absent = Counter(score.why for _, score in scored if score and score.value is None)
    numbers, clusters = [value for _, value in kept], [cluster for cluster, _ in kept]
    interval = mean_interval(numbers, clusters, seed=0)
    return Figure(
        metric=metric.name,
        slice=slice,
        value=sum(numbers) / len(numbers) if numbers else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=len(kept),
        absent=len(meant) - len(kept),
        detectable=smallest_detectable(numbers, clusters),
        why=next((why for why, _ in absent.most_common(1)), ""),
    )


def faulty(tried: Sequence[Tried], values: Values, metrics: Sequence[Metric]) -> list[Faulty]:
    """Questions with faults, worst first: broken promises before failures, failures before wrong answers."""
    ranked = [
        Faulty(each.item.id, faults, _loss(each, values.get(each.item.id, {}), metrics))
        for each in tried
        if (faults := tuple(faults_of(each, values.get(each.item.id, {}), metrics)))
    ]
    return sorted(ranked, key=lambda each: -each.loss)


def faults_of(tried: Tried, scored: Mapping[str, Value], metrics: Sequence[Metric]) -> Iterator[tuple[str, str]]:
    """The scores that a question failed, each with why, the critical ones first.

    Failed is a critical score that is not perfect, or any that is 0 or 1 by nature and is at its worst.
    An attempt that failed has that one fault: all its scores are at their worst for the same reason.
    `correct` says nothing that key facts and declines do not.
    """
    if tried.attempt.failed:
        yield "error", tried.attempt.error or "nothing came back"
        return
    for metric in sorted(metrics, key=lambda each: not each.critical):
        loss = lost(metric, scored.get(metric.name))
        if loss and metric.name != "correct" and (metric.critical or (metric.exact and loss == 1)):
            yield metric.name, scored[metric.name].why


def lost(metric: Metric, score: Value | None) -> float | None:
    """How much of a share is lost, 0 to 1; None for what is absent, and for seconds and money."""
    if score is None or score.value is None or metric.unit != "share":
        return None
    return 1 - score.value if metric.higher else score.value


def _loss(tried: Tried, scored: Mapping[str, Value], metrics: Sequence[Metric]) -> float:
    """Shares lost in all; what is critical weighs more than everything else together, failures apart."""
    heavy = 1 if tried.attempt.failed else 100
    return sum((lost(each, scored.get(each.name)) or 0) * (heavy if each.critical else 1) for each in metrics)
