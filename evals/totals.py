"""Figures of a whole run that are no means of its questions' scores: ratios, quantiles, and the cost of being sure.

All take the scores of the run's questions, one mapping of names to values a question, and say in their
reason what was counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, inf

from evals.attempts import Attempt
from evals.scores import Value, share

Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Point:
    """Answering only where the coach is at least this sure: the share of questions answered, and of those wrong."""

    confidence: float
    coverage: float
    risk: float


def totals(rows: Sequence[Row], attempts: Sequence[Attempt]) -> dict[str, Value]:
    """Every figure of a run, by name; `attempts` are those that the rows were scored from, in the same order."""
    return {
        "precision": precision(rows),
        "true_declines": true_declines(rows),
        "false_declines": false_declines(rows),
        "aurc": area(risk_coverage(rows, attempts)),
        "seconds_p50": quantile(rows, "seconds", 0.5),
        "seconds_p95": quantile(rows, "seconds", 0.95),
        "first_claim_p50": quantile(rows, "first_claim", 0.5),
        "first_claim_p95": quantile(rows, "first_claim", 0.95),
        "cost_per_correct": cost_per_correct(rows),
        "error_rate": error_rate(rows),
    }


def precision(rows: Sequence[Row]) -> Value:
    """Correct ÷ answered (LitQA2): of the answers that were given, and can be judged, those that are right.

    Declined and failed questions are left out on both sides; answers to what cannot be answered are wrong.
    """
    return _mean(rows, "correct", "answers given are right", "nothing was answered that can be judged")


def true_declines(rows: Sequence[Row]) -> Value:
    """Declined ÷ unanswerable (GaRAGe: true positive rate of deflection). A failure is no decline."""
    return _mean(rows, "declined_rightly", "unanswerable questions were declined", "there are no such questions")


def false_declines(rows: Sequence[Row]) -> Value:
    """Declined ÷ answerable (false positive rate). A failure counts as one."""
    return _mean(rows, "declined_wrongly", "answerable questions were declined", "there are no such questions")


def error_rate(rows: Sequence[Row]) -> Value:
    """Failed ÷ all."""
    return _mean(rows, "error", "questions failed", "nothing was asked")


def quantile(rows: Sequence[Row], name: str, part: float) -> Value:
    """The smallest time that at least `part` (0.95: p95) of the questions do not exceed: nearest rank.

    A failed question counts as slower than any other, so that time-outs cannot look quick: absent where
    the rank falls on one. Questions without this time (declined ones have no first claim) are left out.
    """
    times = sorted(_times(rows, name))
    if not times:
        return Value(None, "nothing was timed")
    found = times[max(ceil(part * len(times)) - 1, 0)]
    failed = times.count(inf)
    if found == inf:
        return Value(None, f"{failed} of {len(times)} questions failed, which is more than p{part * 100:g} can show")
    return Value(found, f"of {len(times)} questions" + (f", {failed} of which failed" if failed else ""))


def _times(rows: Iterable[Row], name: str) -> Iterator[float]:
    for row in rows:
        taken = _of(row, name)
        if taken is not None or _of(row, "error"):
            yield inf if taken is None else taken


def cost_per_correct(rows: Sequence[Row]) -> Value:
    """All that was spent, on wrong, declined and failed questions too ÷ the number of correct answers."""
    spent = _present(rows, "cost")
    right = sum(_present(rows, "correct"))
    if not spent:
        return Value(None, "no prices are configured")
    if not right:
        return Value(None, f"no answer was correct, for {sum(spent):.6g}")
    return Value(sum(spent) / right, f"{sum(spent):.6g} for {right:.0f} correct answers")


def risk_coverage(rows: Sequence[Row], attempts: Sequence[Attempt]) -> tuple[Point, ...]:
    """Risk at each coverage (El-Yaniv and Wiener 2010), the most confident answers first.

    An answer's risk is being wrong; coverage is of all questions but those answered that cannot be judged.
    Equal confidences make one point; an answer without confidence counts as the least sure. None where
    no answer has a confidence.
    """
    pairs = [(attempt.confidence, _of(row, "correct")) for row, attempt in zip(rows, attempts, strict=True)]
    answered = [(sure, right) for sure, right in pairs if right is not None]
    if all(sure is None for sure, _ in answered):
        return ()
    unjudged = sum(attempt.answered for attempt in attempts) - len(answered)
    ranked = sorted(((0.0 if sure is None else sure, right) for sure, right in answered), reverse=True)
    points: list[Point] = []
    taken = wrong = 0.0
    for sure, group in groupby(ranked, key=lambda each: each[0]):
        outcomes = [right for _, right in group]
        taken, wrong = taken + len(outcomes), wrong + len(outcomes) - sum(outcomes)
        points.append(Point(sure, taken / (len(rows) - unjudged), wrong / taken))
    return tuple(points)


def area(points: Sequence[Point]) -> Value:
    """AURC, the mean risk over all coverages up to the one reached (Geifman and El-Yaniv 2017); less is better."""
    if not points:
        return Value(None, "no answer says how sure it is")
    starts = (0.0, *(point.coverage for point in points))
    reached = points[-1].coverage
    risk = sum(point.risk * (point.coverage - start) for point, start in zip(points, starts, strict=False))
    return Value(risk / reached, f"mean risk up to a coverage of {reached:.0%}, where it is {points[-1].risk:.1%}")


def _mean(rows: Sequence[Row], name: str, what: str, nothing: str) -> Value:
    values = _present(rows, name)
    return share(round(sum(values)), len(values), what, nothing)


def _present(rows: Iterable[Row], name: str) -> list[float]:
    return [value for row in rows if (value := _of(row, name)) is not None]


def _of(row: Row, name: str) -> float | None:
    return row[name].value if name in row else None
