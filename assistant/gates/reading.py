"""The form in which numbers and dates are read, and the way back to what was written."""

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.language import fold

GONE = "\0"
"""Stands for a character that another reader has taken."""

_COMMA = re.compile("(?<![\uff10-\uff19])\uff0c|\uff0c(?![\uff10-\uff19])")


@lru_cache(maxsize=1024)
def readable(text: str) -> str:
    """A text folded for reading: full-width commas never join two numbers into one."""
    return fold(_COMMA.sub(";", text))


def written(text: str, folded: str, start: int, end: int) -> str:
    """The characters of `text` at a place of its readable form; the readable ones when lengths differ."""
    return (text if len(text) == len(folded) else folded)[start:end].strip()


def without(folded: str, spans: Iterable[tuple[int, int]]) -> str:
    """The same text, as long, with some stretches blanked."""
    for start, end in spans:
        folded = folded[:start] + GONE * (end - start) + folded[end:]
    return folded
