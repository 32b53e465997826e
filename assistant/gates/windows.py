"""The stretch of a passage that a quote most resembles, and where the two differ."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.gates.folding import Folded
from knowledge.language import HAN

_TOKEN = re.compile(rf"[{HAN}]|\d+(?:[.:/\-]\d+)*|[^\W\d_{HAN}]+(?:'[a-z]+)?|\S")
_COMMON = 12
_LONE = 3
_SPELT_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Token:
    """A Chinese character, word, number or sign of a folded text, and where it begins there."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the folded text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands in the quote where something else, or nothing, stands in the passage."""

    quote: tuple[str, ...]
    passage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the folded passage; `similarity` is 2 * same / (both lengths), in characters."""

    start: int
    end: int
    similarity: float
    differences: tuple[Difference, ...]


def tokens(folded: Folded) -> tuple[Token, ...]:
    """The tokens of a folded text, spaces left out."""
    return tuple(Token(each[0], each.start()) for each in _TOKEN.finditer(folded.text))


def closest(quote: Sequence[Token], passage: Sequence[Token]) -> Window | None:
    """The best window, looked for around the diagonal on which most of the quote's rarer tokens stand."""
    wanted = [each.text for each in quote]
    there = [each.text for each in passage]
    offset = _diagonal(wanted, there)
    if offset is None:
        return None
    slack = max(3, len(wanted) // 4)
    low, high = max(0, offset - slack), min(len(there), offset + len(wanted) + slack)
    first, last = _edges(wanted, there[low:high])
    if first >= last:
        return None
    return _window(wanted, passage[low + first : low + last])


def _diagonal(wanted: Sequence[str], there: Sequence[str]) -> int | None:
    """How far right of its own place most of the quote stands in the passage."""
    places: dict[str, list[int]] = {}
    for at, token in enumerate(there):
        places.setdefault(token, []).append(at)
    votes: Counter[int] = Counter()
    for at, token in enumerate(wanted):
        found = places.get(token, ())
        if len(found) <= _COMMON:
            votes.update(place - at for place in found)
    reach = max(2, len(wanted) // 8)
    return max(votes, key=lambda at: sum(votes[at + by] for by in range(-reach, reach + 1)), default=None)


def _edges(wanted: Sequence[str], there: Sequence[str]) -> tuple[int, int]:
    """Where in `there` the quote begins and ends, lone tokens matched far away left out."""
    blocks = [each for each in SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks() if each.size]
    while len(blocks) > 1 and blocks[0].size == 1 and blocks[1].b - blocks[0].b > blocks[1].a - blocks[0].a + _LONE:
        blocks = blocks[1:]
    while (
        len(blocks) > 1 and blocks[-1].size == 1 and blocks[-1].b - blocks[-2].b > (blocks[-1].a - blocks[-2].a + _LONE)
    ):
        blocks = blocks[:-1]
    if not blocks:
        return 0, 0
    after = len(wanted) - blocks[-1].a - blocks[-1].size
    first = max(0, blocks[0].b - blocks[0].a)
    return first, min(len(there), blocks[-1].b + blocks[-1].size + after)


def _window(wanted: Sequence[str], passage: Sequence[Token]) -> Window:
    there = [each.text for each in passage]
    same = 0.0
    differences: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, wanted, there, autojunk=False).get_opcodes():
        if tag == "equal":
            same += sum(map(len, wanted[a:b]))
        else:
            differences.append(Difference(tuple(wanted[a:b]), tuple(there[c:d])))
            same += _alike("".join(wanted[a:b]), "".join(there[c:d]))
    size = sum(map(len, wanted)) + sum(map(len, there))
    return Window(passage[0].start, passage[-1].end, 2 * same / size, tuple(differences))


def _alike(one: str, other: str) -> float:
    """How many characters two stretches share, in order, when they are two spellings of one thing."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) if matcher.ratio() >= _SPELT_ALIKE else 0.0


def glued(quote: Sequence[Token], passage: Sequence[Token], least: int) -> bool:
    """Whether a quote is a stretch of the passage followed by another one from elsewhere in it."""
    wanted = [each.text for each in quote]
    line = _line(each.text for each in passage)
    head = _longest(line, [wanted[:at] for at in range(len(wanted), least - 1, -1)])
    tail = _longest(line, [wanted[at:] for at in range(len(wanted) - least + 1)])
    return min(head, tail) >= least and head + tail >= 0.9 * len(wanted)


def _longest(line: str, parts: Sequence[Sequence[str]]) -> int:
    return next((len(part) for part in parts if _line(part) in line), 0)


def _line(parts: Iterable[str]) -> str:
    return "\0" + "\0".join(parts) + "\0"
