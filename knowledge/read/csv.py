"""Comma, semicolon, tab and bar separated tables."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from knowledge.errors import Unreadable
from knowledge.read.draft import Draft
from knowledge.read.limits import Limits
from knowledge.read.reading import Reading
from knowledge.read.rows import write_rows
from knowledge.read.text import whole_text

_DELIMITERS = ",;\t|"
_LOOK_AT = 30
_MOST_DELIMITERS = 100_000


def read_csv(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading. Its text is the rendered rows (see `write_rows`), not the file itself."""
    text = whole_text(data, limits)
    # The limit is the whole process's; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    draft = Draft(limits)
    delimiter = _delimiter(text)
    try:
        write_rows(draft, csv.reader(_lines(text, delimiter), delimiter=delimiter))
    except csv.Error:
        raise Unreadable("a table that cannot be taken apart: check its quotes") from None
    yield draft.reading(title)


def _lines(text: str, delimiter: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if line.count(delimiter) > _MOST_DELIMITERS:
            raise Unreadable(f"more than {_MOST_DELIMITERS:,} columns")
        yield line


def _delimiter(text: str) -> str:
    """The candidate that cuts the first rows into equally many columns; a comma when none does."""
    start = text[:20_000]
    return max(_DELIMITERS, key=lambda candidate: _regularity(start, candidate))


def _regularity(start: str, delimiter: str) -> tuple[float, int]:
    rows = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(row) for _, row in zip(range(_LOOK_AT), rows, strict=False) if row)
    except csv.Error:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
    return (count / widths.total(), width) if width > 1 else (0.0, 0)
