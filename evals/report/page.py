"""A run as one HTML page that needs nothing else: no script is fetched, no font, no picture."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evals.report import charts, figures, questions, wording
from evals.scores import Metric, Tried
from evals.summary import Figure, Summary, Values

_HERE = Path(__file__).parent
_CHARTED = {
    "facts_lenient": "Key facts told",
    "gold_recall@5": "Evidence found",
    "document_recall@5": "Documents found",
    "declined_wrongly": "Declined though it could be answered",
    "held": "No worse when put otherwise",
    "citation_f1": "Citations on the evidence",
}
_MOST_CHARTS = 4
_READ_FIRST = 8
_ENOUGH = 0.05


def page(summary: Summary, tried: Sequence[Tried], values: Values) -> str:
    """The whole page. Everything from the run is escaped."""
    script = (_HERE / "script.html").read_text("utf-8")
    shown = [questions.show(each, values.get(each.item.id, {}), summary.metrics) for each in tried]
    return (
        _environment()
        .get_template("page.html")
        .render(
            summary=summary,
            verdict=wording.verdict(summary, tried),
            headlines=wording.headlines(summary),
            spots=wording.weak_spots(summary),
            first=_first(summary, shown),
            charts=_charts(summary, tried),
            areas=_areas(summary),
            cuts=_cuts(summary),
            questions=shown,
            categories=sorted({each.item.category.value for each in shown}),
            languages=sorted({each.item.language for each in shown} - {""}),
            script=script,
            digest=b64encode(sha256(script.encode()).digest()).decode(),
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    made.globals |= {
        "shown": figures.shown,
        "interval": figures.interval,
        "detectable": figures.detectable,
        "readable": figures.readable,
        "total_unit": figures.total_unit,
        "fault": wording.fault,
        "worse": wording.worse,
    }
    return made


def _first(summary: Summary, shown: Sequence[questions.Shown]) -> list[tuple[questions.Shown, str]]:
    """The worst questions, each with the first reason."""
    by_id = {each.item.id: each for each in shown}
    return [(by_id[each.item], each.faults[0][1]) for each in summary.faulty[:_READ_FIRST] if each.item in by_id]


def _areas(summary: Summary) -> dict[str, list[tuple[Metric, Figure]]]:
    """All figures by the area of their score."""
    found: dict[str, list[tuple[Metric, Figure]]] = {}
    for metric in summary.metrics:
        if figure := summary.figure(metric.name):
            found.setdefault(metric.area, []).append((metric, figure))
    return found


def _cuts(summary: Summary) -> dict[str, tuple[list[str], list[tuple[Metric, list[Figure | None]]]]]:
    """For each way to cut the run: its slices, and a row of figures for each score that any of them has."""
    names = list(dict.fromkeys(each.slice for each in summary.slices))
    by_place = {(each.metric, each.slice): each for each in summary.slices}
    found = {}
    for cut in dict.fromkeys(name.partition("=")[0] for name in names):
        columns = [name for name in names if name.startswith(f"{cut}=")]
        rows = [(metric, [by_place.get((metric.name, name)) for name in columns]) for metric in summary.metrics]
        found[cut] = (columns, [row for row in rows if any(each and each.n for each in row[1])])
    return found


def _charts(summary: Summary, tried: Sequence[Tried]) -> list[Mapping[str, Any]]:
    """Each with a title, a line on how to read it, and the drawing."""
    drawn = [_bars(summary, name) for name in _CHARTED if (each := summary.figure(name)) and each.n][:_MOST_CHARTS]
    points = [(each.coverage, each.risk) for each in summary.curve if each.coverage >= _ENOUGH]
    if len(points) > 1:
        said = "How often it is wrong when it answers only what it is surest of; lower is better."
        drawn.append(
            {"title": "Risk and coverage", "note": said, "drawing": charts.curve(f"{said} {_ends(points)}", points)}
        )
    if seconds := [each.attempt.seconds for each in tried if not each.attempt.failed]:
        drawn.append(_latency(summary, seconds))
    return drawn


def _bars(summary: Summary, name: str) -> Mapping[str, Any]:
    metric = next(each for each in summary.metrics if each.name == name)
    wanted = [each for each in summary.slices if each.metric == name and not each.slice.startswith("answerable")]
    overall = [each for each in summary.overall if each.metric == name]
    rows = list(_rows([*overall, *wanted]))
    note = f"{name}; {'higher' if metric.higher else 'lower'} is better. The thin line is the 95\u00a0% interval."
    return {"title": _CHARTED[name], "note": note, "drawing": charts.bars(name, rows)}


def _rows(drawn: Sequence[Figure]) -> Iterator[charts.Bar]:
    """A bar for each figure that has a value, the slices of each cut together."""
    before = ""
    for each in drawn:
        cut, _, name = each.slice.partition("=")
        if each.value is not None:
            shown = figures.shown(each.value)
            yield charts.Bar(
                figures.readable(name) or "all",
                each.value,
                each.low,
                each.high,
                shown,
                whole=not cut,
                first=cut != before,
            )
            before = cut


def _ends(points: Sequence[tuple[float, float]]) -> str:
    (first, low), (last, high) = points[0], points[-1]
    return f"From {low:.0%} wrong at a coverage of {first:.0%} to {high:.0%} at {last:.0%}."


def _latency(summary: Summary, seconds: Sequence[float]) -> Mapping[str, Any]:
    found = ((name, summary.totals.get(f"seconds_{name}")) for name in ("p50", "p95"))
    marks = [
        (f"{name} {figures.shown(each.value, 'seconds')}", each.value) for name, each in found if each and each.value
    ]
    said = "; ".join(label for label, _ in marks)
    drawing = charts.distribution(f"Seconds from question to whole answer: {said}", seconds, marks)
    return {
        "title": "Time from question to whole answer",
        "note": f"{len(seconds)} questions; {said}.",
        "drawing": drawing,
    }
