"""How figures are written: shares in per cent, seconds and money to what matters of them, \u2013 for what is absent."""

from evals.summary import Figure, Summary

ABSENT = "\u2013"
COLUMNS = ("Score", "Value", "95\u00a0% interval", "Questions", "Absent", "Smallest change it can show")


def shown(value: float | None, unit: str = "share") -> str:
    """A value with its unit."""
    if value is None:
        return ABSENT
    if unit == "share":
        return _percent(value)
    if unit == "seconds":
        return f"{value:.2g}\u00a0s" if value < 10 else f"{value:.0f}\u00a0s"
    return f"{value:.3g}"


def _percent(value: float) -> str:
    """With a digit behind the point where there is one; never 100 % for what is less, or 0 % for what is more."""
    rounded = round(value * 100, 1)
    if rounded in (0, 100) and value not in (0, 1):
        return "<\u00a00.1\u00a0%" if rounded == 0 else ">\u00a099.9\u00a0%"
    return f"{rounded:g}\u00a0%"


def interval(low: float | None, high: float | None, unit: str = "share") -> str:
    """Two bounds, or that there are none."""
    if low is None or high is None:
        return ABSENT
    if unit == "share":
        return f"{round(low * 100, 1):g} to {shown(high)}"
    return f"{shown(low, unit)} to {shown(high, unit)}"


def detectable(figure: Figure, unit: str = "share") -> str:
    """The smallest change that can be shown, shares in percentage points."""
    if figure.detectable is None or unit != "share":
        return shown(figure.detectable, unit)
    return f"{figure.detectable * 100:.1f} points"


def readable(name: str) -> str:
    """A name from data as words: single_fact as single fact."""
    return name.replace("_", " ")


def rows(summary: Summary) -> list[tuple[str, ...]]:
    """The overall figures as a table below `COLUMNS`, for a terminal or for Markdown."""
    found = ((metric, summary.figure(metric.name)) for metric in summary.metrics)
    return [
        (
            metric.name,
            shown(figure.value, metric.unit),
            interval(figure.low, figure.high, metric.unit),
            str(figure.n),
            f"{figure.absent}: {figure.why}" if figure.absent and not figure.n else str(figure.absent),
            detectable(figure, metric.unit),
        )
        for metric, figure in found
        if figure
    ]


def total_unit(name: str) -> str:
    """The unit of a figure of the whole run, by its name."""
    return "seconds" if name.startswith(("seconds", "first_claim")) else "money" if name.startswith("cost") else "share"
