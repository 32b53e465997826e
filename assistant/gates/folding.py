"""Folding for comparison, where every folded character knows where it came from."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language import fold

_CLUSTER = re.compile(r"(\s+)|.[\u0300-\u036f\ufe00-\ufe0f]*", re.DOTALL)
# Between digits these belong to the number, before digits these say what it is.
_KEPT = re.compile(r"(?<=\d)[.:/\-](?=\d)|[%‰$¥€£<>=≤≥]|[+\-](?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_APOSTROPHE = re.compile(r"(?<=[a-z])'(?=[a-z])")
_HAN_FROM = "\u2e80"
_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u2032`", "'"),
        "\u2044": "/",
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff5e~\u301c", "-"),
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts` and `ends` give for each of its characters the original stretch."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original (start, end) of a stretch that is not empty."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=1024)
def folded(text: str) -> Folded:
    """Width, case, script, spaces and punctuation folded away, but for what belongs to a number.

    One space stands between words that need one, none beside Chinese. Every original stretch is in
    range and none begins before the one to its left.
    """
    characters, places = _characters(text)
    line = "".join(characters)
    pieces: list[tuple[str, int, int]] = []
    gap = False
    for at, character in enumerate(characters):
        if _THOUSANDS.match(line, at):
            continue
        if not _counts(line, at):
            gap = True
            continue
        if gap and pieces and character < _HAN_FROM and pieces[-1][0] < _HAN_FROM:
            between = sorted((pieces[-1][2], places[at][0]))
            pieces.append((" ", between[0], between[1]))
        pieces.append((character, *places[at]))
        gap = False
    return Folded("".join(each[0] for each in pieces), tuple(p[1] for p in pieces), tuple(p[2] for p in pieces))


def _counts(line: str, at: int) -> bool:
    """Whether a character is part of a word or a number, not mere punctuation."""
    return line[at].isalnum() or _KEPT.match(line, at) is not None or _APOSTROPHE.match(line, at) is not None


def _characters(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The folded characters one by one, and the original stretch of each; invisible ones are gone."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(text):
        for character in " " if cluster[1] else _folded_cluster(cluster[0]):
            characters.append(character)
            places.append(cluster.span())
    return characters, places


@lru_cache(maxsize=50_000)
def _folded_cluster(cluster: str) -> str:
    visible = "".join(each for each in cluster if unicodedata.category(each) not in ("Cf", "Cc", "Cs"))
    return fold(visible).translate(_MARKS) if visible else ""
