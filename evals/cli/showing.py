"""Figures and comparisons as tables in a terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence

from evals.coaches import Pair
from evals.compare import Comparison, Finding, Row
from evals.gate import Verdict
from evals.judge import Preference
from evals.scores import Metric
from evals.summary import Figure, Summary
from integrations.commands import terminal

_PLAIN = {"share": (100, " %"), "seconds": (1, " s"), "money": (1, "")}


def show(summary: Summary) -> None:
    """Every score of a run with its interval, then what holds for the run as a whole."""
    metrics = {each.name: each for each in summary.metrics}
    rows = [_row(metrics[each.metric], each) for each in summary.overall if each.n]
    title = f"{summary.questions} questions"
    terminal().show_table((title, "value", "95 % interval", "n", "absent", "can tell"), rows)
    for each in summary.overall:
        if not each.n:
            print(f"not measured: {each.metric}: {each.why}")
    print()
    terminal().show_table(
        ("the run as a whole", "value", ""),
        [(name, _number(each.value), each.why) for name, each in summary.totals.items()],
    )


def show_comparison(found: Comparison, metrics: Sequence[Metric], everything: bool) -> None:
    """Every score overall; of slices what was shown to differ, or all; the questions that flipped."""
    by_name = {each.name: each for each in metrics}
    shown = [row for row in found.rows if everything or not row.slice or row.finding in (Finding.BETTER, Finding.WORSE)]
    rows = [_compared(by_name[row.metric], row) for row in shown]
    columns = ("score", "before", "after", "difference", "95 % interval", "p", "n", "can tell", "finding")
    terminal().show_table(columns, rows)
    for flips in found.flips:
        for what, items in (("worse", flips.worse), ("better", flips.better)):
            if items:
                print(f"{flips.metric}: {len(items)} {what}: {', '.join(items)}")
    for what, items in (("before", found.only_before), ("after", found.only_after)):
        if items:
            print(f"only in the run {what}: {', '.join(items)}")
    for each in found.unpaired:
        gone = f"{len(each.before)} questions have it only before, {len(each.after)} only after"
        print(f"{each.metric}: {gone}; they are in no row")


def _compared(metric: Metric, row: Row) -> tuple[str, ...]:
    name = f"  {row.slice}: {row.metric}" if row.slice else row.metric
    between = f"{told(metric, row.interval.low)} to {told(metric, row.interval.high)}" if row.interval else "\u2013"
    p = "\u2013" if row.adjusted is None else f"{row.adjusted:.4f}"
    values = (told(metric, each) for each in (row.before, row.after, row.difference))
    return (name, *values, between, p, str(row.n), told(metric, row.detectable), row.finding.value)


def show_verdict(verdict: Verdict) -> None:
    """Whether the gate is open, and why not."""
    print("The gate is open." if verdict.passed else "The gate is shut:")
    for each in verdict.reasons:
        print(f"- {each}")
    for each in verdict.notes:
        print(f"  {each}")


def show_preferences(preferences: Mapping[str, Preference]) -> None:
    """How often a judge preferred which answer; advice, in both orders."""
    counts = Counter(each.better for each in preferences.values())
    told = ((-1, "the answer before"), (1, "the answer after"), (0, "neither"), (None, "no usable verdict"))
    print("The judge prefers " + ", ".join(f"{what} {counts[which]} times" for which, what in told))


def show_agreement(pairs: Sequence[Pair]) -> None:
    """Who agrees with whom, beyond chance."""
    rows = [(f"{each.one} and {each.other}", str(each.claims), _kappa(each)) for each in pairs]
    terminal().show_table(("who", "claims both judged", "Cohen's kappa (95 % interval)"), rows)


def _kappa(pair: Pair) -> str:
    found = pair.kappa
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})" if found else "\u2013"


def _row(metric: Metric, figure: Figure) -> tuple[str, ...]:
    interval = f"{told(metric, figure.low)} to {told(metric, figure.high)}" if figure.low is not None else "\u2013"
    arrow = "" if metric.higher else " (less is better)"
    value, detectable = (told(metric, each) for each in (figure.value, figure.detectable))
    return metric.name + arrow, value, interval, str(figure.n), str(figure.absent), detectable


def told(metric: Metric, value: float | None) -> str:
    """A value of a score as people read it; a dash when there is none."""
    if value is None:
        return "\u2013"
    times, unit = _PLAIN[metric.unit]
    return f"{value * times:.{1 if metric.unit == 'share' else 3}f}{unit}"


def _number(value: float | None) -> str:
    return "\u2013" if value is None else f"{value:.4g}"
