"""The lines of a text: where they are, how wide, and which line breaks stand inside sentences.

Widths count a Chinese character as two columns.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from knowledge.language import HAN
from knowledge.mapping import Edit
from knowledge.read.reading import Heading

Span = tuple[int, int]
_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef]")
ENDS_SENTENCE = re.compile(r"[。!?！？;；.…:：]['\"”’」』)）】]*$")
CHINESE_STOPS = re.compile(r"[。!！;；,，、]")


@dataclass(frozen=True, slots=True)
class Layout:
    """What was guessed of a plain text; everything not named is content."""

    title: str
    headings: tuple[Heading, ...] = ()
    skipped: tuple[Span, ...] = ()
    contents: tuple[Span, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its span without outer white space, and its text."""

    start: int
    end: int
    text: str

    @property
    def width(self) -> int:
        """Columns taken on a terminal."""
        return len(self.text) + len(_WIDE.findall(self.text))

    @property
    def prose(self) -> bool:
        """Whether it reads like a sentence of running text."""
        size = self.width if _WIDE.search(self.text) else self.width // 2
        ended = bool(ENDS_SENTENCE.search(self.text)) and not self.text.endswith((":", "："))
        return size >= 24 and ended or size >= 56 and bool(CHINESE_STOPS.search(self.text))


def split_lines(text: str) -> list[Line]:
    """Every line that is not blank."""
    found = []
    for each in re.finditer(r"[^\r\n\u2028]+", text):
        bare = each.group().strip()
        if bare:
            start = each.start() + len(each.group()) - len(each.group().lstrip())
            found.append(Line(start, start + len(bare), bare))
    return found


NUMBERED = re.compile(
    r"""(?:第\s*[一二三四五六七八九十百\d]+\s*[章节節部篇回]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]
        |\d{1,2}(?:\.\d{1,2})*[、.．](?!\d)|[①-⑳]|(?:Chapter|Part|Section)\s+\d+|\d{1,2}\s+(?=[A-Z]))\s*""",
    re.VERBOSE,
)


def unwrapped(text: str) -> Iterator[Edit]:
    """Line breaks inside sentences, in texts whose lines were broken at one width."""
    lines = split_lines(text) if text.count("\n") >= 3 else []
    widths = sorted(line.width for line in lines)
    if len(widths) < 4 or not 24 <= (column := widths[int(len(widths) * 0.9)]) <= 130:
        return
    for line, following in pairwise(lines):
        between = text[line.end : following.start]
        adjacent = between.count("\n") == 1 and not between.strip(" \t\r\n")
        if adjacent and line.width >= column * 0.7 and not _stops(line) and not _starts_anew(following):
            both_han = _WIDE.match(line.text[-1]) and _WIDE.match(following.text[0])
            yield Edit(line.end, following.start, "" if both_han else " ")


def _stops(line: Line) -> bool:
    return bool(ENDS_SENTENCE.search(line.text)) or line.text.startswith(("#", "|", "```"))


def _starts_anew(line: Line) -> bool:
    return bool(re.match(r"[-*+•·#>|【]|```|~~~", line.text) or NUMBERED.match(line.text))


_LEADER = re.compile(r"(?:(?<!\.)\.{4,}+|(?<!…)…{2,}+|(?<!·)·{4,}+|(?<!\. )(?:\. ){4,}+)\s*+\d{1,4}\s*$", re.MULTILINE)


def leader_lines(text: str) -> Iterator[Span]:
    """Lines of a table of contents with dotted leaders, three or more together."""
    run: list[Line] = []
    lines = split_lines(text) if _LEADER.search(text) else []
    for line in (*lines, Line(0, 0, "")):
        if _LEADER.search(line.text):
            run.append(line)
            continue
        if len(run) >= 3:
            yield run[0].start, run[-1].end
        run = []
