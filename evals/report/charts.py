"""Charts as inline SVG, drawn for the width of a phone, where letters keep their size; elsewhere they stand abreast."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup

_WIDTH = 360
_ROW = 26
_GAP = 8
_LEFT, _RIGHT = 118, 52
_PLOT = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>')


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart; shares from 0 to 1, the interval None where there is none.

    `whole` is the bar of all questions, `first` the first of a group.
    """

    label: str
    value: float
    low: float | None
    high: float | None
    shown: str
    whole: bool = False
    first: bool = False


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """Horizontal bars from 0 to the next round share, whiskers for the intervals."""
    top = _ceiling(max((row.value if row.high is None else row.high for row in rows), default=1.0))
    tops = [6 + at * _ROW + _GAP * sum(each.first for each in rows[: at + 1]) for at in range(len(rows))]
    height = len(rows) * _ROW + 22 + _GAP * sum(each.first for each in rows)
    scale = Markup("").join(_grid(_x(part), 4, height - 18, f"{part * top * 100:g}\u00a0%") for part in (0, 0.5, 1))
    drawn = Markup("").join(_bar(row, at, top) for row, at in zip(rows, tops, strict=True))
    said = f"{title}: " + "; ".join(f"{row.label} {row.shown}" for row in rows)
    return _PLOT.format(_WIDTH, height, said, scale + drawn)


def _x(share: float) -> float:
    return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _grid(x: float, top: float, bottom: float, label: str) -> Markup:
    return Markup(
        '<line class="grid" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/><text class="tick" x="{0}" y="{3}">{4}</text>'
    ).format(x, top, bottom, bottom + 13, label)


def _bar(row: Bar, y: int, top: float) -> Markup:
    middle = y + _ROW / 2 - 3
    drawn = Markup(
        '<text class="name" x="{}" y="{}">{}</text><rect class="{}" x="{}" y="{}" width="{}" height="14" rx="2"/>'
    ).format(
        _LEFT - 8, middle + 4, _short(row.label), "bar whole" if row.whole else "bar", _LEFT, middle - 7,
        max(1.0, round(_x(row.value / top) - _LEFT, 1)),
    )  # fmt: skip
    if row.low is not None and row.high is not None:
        drawn += _whisker(_x(row.low / top), _x(row.high / top), middle)
    return drawn + Markup('<text class="figure" x="{}" y="{}">{}</text>').format(_WIDTH - 2, middle + 4, row.shown)


def _whisker(low: float, high: float, y: float) -> Markup:
    path = f"M{low} {y - 4}v8M{low} {y}H{high}M{high} {y - 4}v8"
    return Markup('<path class="whisker" d="{}"/>').format(path)


def _short(label: str) -> str:
    return label if len(label) <= 17 else f"{label[:16]}\u2026"


def curve(title: str, points: Sequence[tuple[float, float]]) -> Markup:
    """Risk against coverage, both from 0 to 1: how wrong it is when it answers only what it is surest of."""
    top = _ceiling(max((risk for _, risk in points), default=0.0))
    left, right, bottom = 44, _WIDTH - 20, 190

    def at(coverage: float, risk: float) -> tuple[float, float]:
        return round(left + coverage * (right - left), 1), round(bottom - risk / top * (bottom - 12), 1)

    frame = Markup("").join(
        _grid(at(share, 0)[0], 12, bottom, f"{share * 100:.0f}\u00a0%") for share in (0, 0.25, 0.5, 0.75, 1)
    )
    frame += Markup("").join(
        _level(left, right, at(0, top * part)[1], f"{top * part * 100:g}\u00a0%") for part in (0.5, 1)
    )
    line = "M" + "L".join("{} {}".format(*at(*point)) for point in points)
    frame += Markup('<text class="axis" x="{}" y="{}">share of questions answered</text>').format(right, bottom + 30)
    return _PLOT.format(_WIDTH, 226, title, frame + Markup('<path class="curve" d="{}"/>').format(line))


def _level(left: float, right: float, y: float, label: str) -> Markup:
    return Markup(
        '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="level" x="{}" y="{}">{}</text>'
    ).format(left, right, y, y, left - 6, y + 4, label)


def _ceiling(value: float) -> float:
    """The next round share above: 0.1, 0.2, 0.25, 0.5 or 1."""
    return next((each for each in (0.1, 0.2, 0.25, 0.5) if value <= each), 1.0)


def distribution(title: str, seconds: Sequence[float], marks: Iterable[tuple[str, float]]) -> Markup:
    """How often an answer took how long; what is beyond the scale stands in the last column."""
    step = _step(seconds)
    columns = _counts(seconds, step)
    left, right, bottom = 14, _WIDTH - 20, 176
    wide = (right - left) / len(columns)
    tallest = max(columns)
    drawn = Markup("").join(
        Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>').format(
            round(left + at * wide + 0.5, 1), round(bottom - count / tallest * 130, 1), round(wide - 1, 1),
            round(count / tallest * 130, 1),
        )
        for at, count in enumerate(columns)
        if count
    )  # fmt: skip
    ticks = range(0, len(columns) + 1, max(1, len(columns) // 5))
    drawn += Markup("").join(_tick(left + at * wide, bottom, f"{at * step:g} s") for at in ticks)
    end = step * len(columns)
    lines = ((name, value, left + min(value / end, 1.0) * (right - left)) for name, value in marks)
    drawn += Markup("").join(_mark(round(x, 1), 18 + 14 * at, bottom, name) for at, (name, _, x) in enumerate(lines))
    return _PLOT.format(_WIDTH, 200, title, drawn)


def _step(seconds: Sequence[float]) -> float:
    """The width of a column, round, so that about twenty hold all but the slowest fiftieth."""
    ordered = sorted(seconds)
    rough = max(ordered[floor(0.98 * (len(ordered) - 1))] / 20, 1e-4)
    power = 10 ** floor(log10(rough))
    return float(f"{next(each for each in (1, 2, 5, 10) if each * power >= rough * 0.999) * power:.4g}")


def _counts(seconds: Sequence[float], step: float) -> list[int]:
    ordered = sorted(seconds)
    many = max(5, min(20, ceil(ordered[floor(0.98 * (len(ordered) - 1))] / step) + 1))
    columns = [0] * many
    for each in ordered:
        columns[min(int(each / step), many - 1)] += 1
    return columns


def _tick(x: float, bottom: float, label: str) -> Markup:
    return Markup('<text class="tick" x="{}" y="{}">{}</text>').format(round(x, 1), bottom + 15, label)


def _mark(x: float, top: float, bottom: float, label: str) -> Markup:
    side = "end" if x > _WIDTH * 0.62 else "start"
    return Markup(
        '<line class="mark" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/><text class="note {3}" x="{4}" y="{5}">{6}</text>'
    ).format(x, top - 8, bottom, side, x + (-5 if side == "end" else 5), top + 2, label)
