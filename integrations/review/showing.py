"""Lists of coach review: tables in a terminal, tabs in a pipe."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from integrations.review.stats import Row


def show_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under their columns; in a pipe a line each, with tabs."""
    lines = [[plain(each) for each in row] for row in rows]
    if sys.stdout.isatty():
        _show_table(columns, lines)
    else:
        sys.stdout.writelines("\t".join(line) + "\n" for line in (list(columns), *lines))


def _show_table(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for line in lines:
        table.add_row(*map(Text, line))
    Console(highlight=False).print(table)


def shortened(rows: Sequence[Row], most: int = 10) -> list[Row]:
    """Rows for people to read: of a long section the first ones, and how many more there are."""
    counted = Counter(row.section for row in rows)
    shown: Counter[str] = Counter()
    kept: list[Row] = []
    for row in rows:
        shown[row.section] += 1
        if shown[row.section] <= most:
            kept.append(row)
        elif shown[row.section] == counted[row.section]:
            kept.append(Row(row.section, f"and {counted[row.section] - most} more: --csv or --json has them", None))
    return kept


def show_lines(lines: Iterable[str]) -> None:
    """Plain lines."""
    for each in lines:
        print(plain(each))


def plain(value: object) -> str:
    """A value in one line, without what moves the cursor, turns writing round or hides."""
    if value is None:
        return ""
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
