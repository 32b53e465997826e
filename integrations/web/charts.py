"""Charts as inline SVG, drawn for the width of a phone, where letters keep their size; styled by the style sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

_WIDTH = 360
_PLOT = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>')
_ROW, _BAR = 38, 12
_TOP, _BOTTOM, _LEFT = 10, 150, 34


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart; `low` and `high` bound its interval, None where it has none."""

    label: str
    value: float
    shown: str
    low: float | None = None
    high: float | None = None


def bars(title: str, rows: Sequence[Bar], top: float | None = None) -> Markup:
    """Horizontal bars from 0 to `top` (by default the largest), whiskers for the intervals."""
    top = top or max((row.value for row in rows), default=1.0) or 1.0
    drawn = Markup("").join(_bar(row, at * _ROW, top) for at, row in enumerate(rows))
    said = f"{title}: " + "; ".join(f"{row.label} {row.shown}" for row in rows)
    return _PLOT.format(_WIDTH, len(rows) * _ROW + 4, said, drawn)


def _bar(row: Bar, y: int, top: float) -> Markup:
    def x(value: float) -> float:
        return round(min(value / top, 1.0) * (_WIDTH - 4), 1)

    drawn = Markup(
        '<text x="0" y="{0}">{1}</text><text class="figure" x="{2}" y="{0}">{3}</text>'
        '<rect class="rod" x="0" y="{4}" width="{5}" height="{6}" rx="2"/>'
    ).format(y + 13, row.label, _WIDTH - 2, row.shown, y + 19, max(1.0, x(row.value)), _BAR)
    if row.low is None or row.high is None:
        return drawn
    low, high, middle = x(row.low), x(row.high), y + 19 + _BAR / 2
    path = f"M{low} {middle - 4}v8M{low} {middle}H{high}M{high} {middle - 4}v8"
    return drawn + Markup('<path class="whisker" d="{}"/>').format(path)


def stacked(title: str, columns: Mapping[str, Sequence[int]], parts: Sequence[str]) -> Markup:
    """A column for each label, in parts from the bottom up; `parts` name the classes that colour them."""
    tallest = _round(max((sum(each) for each in columns.values()), default=0))
    wide = (_WIDTH - _LEFT) / max(len(columns), 1)
    drawn = [_level(tallest, 1.0), _level(tallest, 0.5)]
    for at, counts in enumerate(columns.values()):
        bottom = float(_BOTTOM)
        for part, count in zip(parts, counts, strict=True):
            height = round(count / tallest * (_BOTTOM - _TOP), 2)
            bottom -= height
            if count:
                x, width = round(_LEFT + at * wide, 2), round(max(wide - (1 if wide > 3 else 0), 1), 2)
                drawn.append(
                    Markup('<rect class="part-{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                        part, x, round(bottom, 2), width, height
                    )
                )
    drawn += _labels(list(columns), wide)
    return _PLOT.format(_WIDTH, _BOTTOM + 22, title, Markup("").join(drawn))


def _level(tallest: int, share: float) -> Markup:
    y = round(_BOTTOM - share * (_BOTTOM - _TOP), 1)
    return Markup(
        '<line class="grid" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/><text class="level" x="{3}" y="{4}">{5}</text>'
    ).format(_LEFT, _WIDTH, y, _LEFT - 6, y + 4, f"{share * tallest:g}")


def _labels(labels: Sequence[str], wide: float) -> list[Markup]:
    """The first label, the last, and one between them where there is room."""
    chosen = sorted({0, len(labels) // 2, len(labels) - 1}) if len(labels) > 2 else range(len(labels))
    sides = {0: ("start", 0.0), len(labels) - 1: ("end", wide)}
    return [
        Markup('<text text-anchor="{}" x="{}" y="{}">{}</text>').format(
            sides.get(at, ("middle", wide / 2))[0],
            round(_LEFT + at * wide + sides.get(at, ("middle", wide / 2))[1], 1),
            _BOTTOM + 16,
            labels[at],
        )
        for at in chosen
    ]


def _round(value: int) -> int:
    """The next even round number above."""
    power = 1
    while True:
        for each in (2, 4, 6, 10):
            if each * power >= value:
                return each * power
        power *= 10
