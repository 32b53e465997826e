"""Tables as text: every row a line that can be quoted by itself."""

from collections.abc import Iterable, Sequence

from knowledge.errors import Unreadable
from knowledge.read.draft import Draft

_MOST_COLUMNS = 20_000


def write_rows(draft: Draft, rows: Iterable[Sequence[str]]) -> None:
    """Write each row below the header row as `Header: value; Header: value`.

    The header is the first row with two filled cells, or the first row where no row has more than
    one cell; rows above it (a title, a date) stay as they are. Empty cells are left out. A table
    of nothing but a header is written as that one line.
    """
    header: list[str] | None = None
    below = 0
    for row in rows:
        cells = _cells(row)
        filled = [cell for cell in cells if cell]
        if header is not None:
            draft.line(_labelled(header, cells))
            below += bool(filled)
        elif len(filled) > 1 or (filled and len(row) == 1):
            header = cells
        else:
            draft.line("".join(filled))
    if header is not None and not below:
        draft.line(" | ".join(cell for cell in header if cell))


def _cells(row: Sequence[str]) -> list[str]:
    if len(row) > _MOST_COLUMNS:
        raise Unreadable(f"more than {_MOST_COLUMNS:,} columns")
    return [" ".join(cell.split()) for cell in row]


def _labelled(header: Sequence[str], cells: Sequence[str]) -> str:
    labels = (header[i] if i < len(header) else "" for i in range(len(cells)))
    pairs = ((label, cell) for label, cell in zip(labels, cells, strict=True) if cell)
    return "; ".join(f"{label}: {cell}" if label else cell for label, cell in pairs)
