"""A draft, read as it streams: text in, whole blocks out.

The format is that of the prompt (prompts/draft.md). What models do to it is forgiven where the meaning is
certain: brackets and quotation marks of either script, Markdown around labels, fences, list marks, a
reasoning part before the draft. Anything else is left out, never guessed at.
"""

import re
from dataclasses import dataclass, field

from assistant.drafted import Block, Quoted

_LABELS = {
    "RULE": "RULE", "FACT": "FACT", "PRECEDENT": "PRECEDENT", "ADVICE": "ADVICE",
    "\u89c4\u5219": "RULE", "\u898f\u5247": "RULE", "\u4e8b\u5b9e": "FACT", "\u4e8b\u5be6": "FACT",
    "\u5148\u4f8b": "PRECEDENT", "\u6848\u4f8b": "PRECEDENT", "\u5efa\u8bae": "ADVICE", "\u5efa\u8b70": "ADVICE",
}  # fmt: skip
_MARKS = r"[\s>*_#`\-\u2022]*"
_LABEL = re.compile(
    rf"{_MARKS}(?:\d+[.)]\s*)?({'|'.join(_LABELS)}){_MARKS}[:\uff1a]{_MARKS}(.*)", re.IGNORECASE | re.DOTALL
)
_STATUS = re.compile(rf"{_MARKS}STATUS{_MARKS}[:\uff1a]{_MARKS}([a-z]+)", re.IGNORECASE)
_OPEN, _CLOSE = "\"'\u201c\u2018\u300c\u300e\u00ab\u201e\uff02", "\"'\u201d\u2019\u300d\u300f\u00bb\u201c\uff02"
_QUOTE = re.compile(
    rf"{_MARKS}[\[\u3010\uff3b(\uff08]+\s*(?:\^|\u6765\u6e90|\u4f86\u6e90|source|passage)?\s*"
    rf"(-?[\d.]+(?:\s*[,\uff0c\u3001]\s*-?\d+)*)\s*[\]\u3011\uff3d)\uff09]+\s*[:\uff1a]?\s*([{_OPEN}].*)",
    re.IGNORECASE | re.DOTALL,
)
_FENCE = re.compile(r"\s*(?:```|~~~)\w*\s*")
_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.IGNORECASE | re.DOTALL)
_THINKS = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_LONGEST = 4000

STATUSES = ("answered", "partial", "insufficient")


@dataclass(slots=True)
class Draft:
    """A draft as far as it has arrived. `status` is what the model says of it, `stray` what is no block."""

    status: str | None = None
    stray: list[str] = field(default_factory=list)
    _line: str = ""
    _quotes: list[Quoted] = field(default_factory=list)
    _open: tuple[tuple[int, ...], str] | None = None
    _label: str = ""
    _text: str = ""

    def feed(self, text: str) -> list[Block]:
        """Take more text; the blocks that are whole by it, in order."""
        self._line += text
        if self._reasoning():
            return []
        *lines, self._line = self._line.replace("\r\n", "\n").split("\n")
        if len(self._line) > _LONGEST:
            lines, self._line = [*lines, self._line], ""
        return [block for line in lines for block in self._take(line)]

    def end(self) -> list[Block]:
        """The reply has ended as it should: what is left is whole."""
        rest, self._line = self._line, ""
        blocks = [*self._take(rest), *self._close()]
        self._abandon()
        return blocks

    def cut(self) -> str:
        """The reply broke off: the text of the block that was being written, which nobody may see."""
        return " ".join(filter(None, (self._text, self._line))).strip()

    def _reasoning(self) -> bool:
        """Leave out what stands between think tags; True while such a part is open."""
        if "<" in self._line:
            self._line = _THINKING.sub("", self._line)
        return _THINKS.search(self._line) is not None

    def _take(self, line: str) -> list[Block]:
        if self._open is not None:
            return self._goes_on(line)
        if not line.strip():
            return self._close()
        if _FENCE.fullmatch(line):
            return []
        if match := _LABEL.fullmatch(line):
            done = self._close()
            self._label, self._text = _LABELS[match[1].upper()], match[2].strip()
            return done
        if match := _QUOTE.fullmatch(line):
            done = self._close()
            self._quote(tuple(map(_number, re.split(r"\s*[,\uff0c\u3001]\s*", match[1]))), match[2].strip())
            return done
        if match := _STATUS.fullmatch(line.strip()):
            self.status = match[1].lower() if match[1].lower() in STATUSES else self.status
        elif self._label:
            self._text = f"{self._text} {line.strip()}".strip()
        else:
            self.stray.append(line.strip())
        return []

    def _goes_on(self, line: str) -> list[Block]:
        """A quote that was not closed on its line: it ends at a closing mark, or where something else begins."""
        numbers, begun = self._open or ((), "")
        self._open = None
        if not line.strip() or _LABEL.fullmatch(line) or _QUOTE.fullmatch(line):
            self._quotes += [Quoted(number, begun.strip(_OPEN + " ")) for number in numbers]
            return self._take(line)
        self._quote(numbers, f"{begun}\n{line.rstrip()}")
        return []

    def _quote(self, numbers: tuple[int, ...], text: str) -> None:
        """Keep a quote without its marks; `text` begins with one."""
        bare = text.rstrip(" .,;\u3002\uff0c\uff1b")
        ends = bare if bare and bare[-1] in _CLOSE else text
        if len(ends) > 1 and ends[-1] in _CLOSE and len(text) < _LONGEST:
            self._quotes += [Quoted(number, ends[1:-1]) for number in numbers]
        elif len(text) >= _LONGEST:
            self._quotes += [Quoted(number, text[1:]) for number in numbers]
        else:
            self._open = numbers, text

    def _close(self) -> list[Block]:
        """The block that ends here, if one was begun with a label; quotes alone wait for theirs."""
        if not self._label:
            return []
        block = Block(self._label, self._text, tuple(self._quotes))
        self._label, self._text, self._quotes = "", "", []
        return [block]

    def _abandon(self) -> None:
        self.stray += [each.quote for each in self._quotes]
        self._quotes, self._open = [], None


def _number(written: str) -> int:
    """The number as written; what is none is one that nobody gave out."""
    return int(written) if re.fullmatch(r"-?\d{1,6}", written) else -1
