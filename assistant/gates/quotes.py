"""Where a drafted quote stands in its passage."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.gates.folding import Folded, folded
from assistant.gates.negators import Denial, negators
from assistant.gates.windows import Difference, Token, Window, closest, glued, tokens
from assistant.reasons import Reason
from knowledge.documents import Passage
from knowledge.language import HAN, han_count, has_han

_SHORTEST_HAN = 8
_SHORTEST_WORDS = 5
_WIDEST = 420
_SIMILAR = 0.85
_SPELT_ALIKE = 0.6
_SKIPPED = 6
_PART = 4

_EDGES = " \t\r\n\"'\u201c\u201d\u2018\u2019\u300c\u300d\u300e\u300f\u00ab\u00bb\uff02"
_ELLIPSIS = r"(?:\[?(?:\u2026+|\u22ef+|\.{3,}|\u3002{3,})\]?|\[\s*\])"
_INNER_ELLIPSIS = re.compile(_ELLIPSIS)
_OUTER_ELLIPSIS = re.compile(rf"^\s*{_ELLIPSIS}\s*|\s*{_ELLIPSIS}\s*$")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_LETTERS = re.compile(r"[a-z][a-z]")
_IN_NUMBER = re.compile(r"\d[.,:/-]?\d|(?<=\d)[.,:/-]\d")
# Without these a cut word says the opposite.
_REVERSING = ("un", "in", "im", "ir", "dis", "non", "mis")
_CLOSING = re.compile(r"[%\u3002.!?\uff01\uff1f\uff1b;\"'\u201d\u2019\u300d\u300f)\uff09]+")

# A change of any of these changes what is said.
_TELLING_HAN = frozenset(
    "一二三四五六七八九十百千万亿两零半几多少大小高低长短早晚先后前后上下内外增减升降加超过满足逾约以左右"
    "元美欧年月日天周季时分秒倍成折不没无未非勿别莫禁避拒免只仅都全必须可能应该曾已将买卖甲乙丙丁东南西北男女"
)
_TELLING = frozenset(
    """all every each any some none no not never only just must may might can could should will would always often
    usually more less fewer most least over under above below before after until by within about nearly almost up down
    increase decrease raise lower rise fall high low first last next previous one two three four five six seven eight
    nine ten hundred thousand million billion half third double percent day days week weeks month months quarter
    quarters year years hour hours minute minutes with without yuan dollar dollars euro euros rmb usd eur buyer seller
    if unless""".split()
)
_FUNCTION = frozenset(
    "a an the of to in on at for from as is are was were be been that this these those its their our your his her and"
    " or it they we you which who has have had do does did also so then there".split()
)


@dataclass(frozen=True, slots=True)
class Located:
    """A stretch of a passage: offsets into `passage.text`."""

    start: int
    end: int


def locate(quote: str, passage: Passage) -> Located | Reason:
    """The passage's own stretch for a drafted quote, or why there is none; of several places the first.

    Width, case, script, spaces, punctuation and repaired damage do not count. What is close enough
    but differs in a number, unit, date, negation, comparator, name or other telling word is
    QUOTE_ALTERED. The stretch takes in the rest of its clause where a cut hides what turns its meaning.
    """
    wanted = _OUTER_ELLIPSIS.sub("", quote.strip(_EDGES)).strip(_EDGES)
    if len(wanted) > _WIDEST:
        return Reason.QUOTE_LONG
    if reason := _size(wanted):
        return reason
    copy = passage.search_copy()
    text, needle = folded(copy.text), folded(wanted)
    found = _exact(text, needle) or _nearly(text, needle)
    if isinstance(found, Reason):
        return Reason.QUOTE_SPLICED if _INNER_ELLIPSIS.search(wanted) else found
    start, end = _whole(copy.text, *text.span(*found))
    if _PARAGRAPH.search(copy.text, start, end):
        return Reason.QUOTE_LONG
    return Located(*copy.span(start, end))


def _size(quote: str) -> Reason | None:
    """Eight Chinese characters or five words, or the like of both, and no more than a paragraph."""
    words = tokens(folded(quote))
    han = sum(has_han(each.text) for each in words)
    if han / _SHORTEST_HAN + (len(words) - han) / _SHORTEST_WORDS < 1:
        return Reason.QUOTE_SHORT
    too_long = len(quote) + han_count(quote) > _WIDEST or _PARAGRAPH.search(quote)
    return Reason.QUOTE_LONG if too_long else None


def _exact(text: Folded, needle: Folded) -> tuple[int, int] | None:
    """The first place where the quote stands as it is; words that it cuts are taken whole."""
    at = text.text.find(needle.text)
    while at >= 0:
        end = at + len(needle.text)
        first, last = _whole_words(text.text, at, end)
        cuts_number = (at and _IN_NUMBER.match(text.text, at - 1)) or _IN_NUMBER.match(text.text, end - 1)
        if not cuts_number and text.text[first:at] not in _REVERSING:
            return first, last
        at = text.text.find(needle.text, at + 1)
    return None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start and _LETTERS.match(text, start - 1):
        start -= 1
    while end < len(text) and _LETTERS.match(text, end - 1):
        end += 1
    return start, end


def _nearly(text: Folded, needle: Folded) -> tuple[int, int] | Reason:
    """The place that the quote most resembles, when the difference says nothing."""
    wanted, there = tokens(needle), tokens(text)
    window = closest(wanted, there)
    if window is None or window.similarity < _SIMILAR:
        return Reason.QUOTE_SPLICED if glued(wanted, there, _PART) else Reason.QUOTE_NOT_FOUND
    if any(len(each.passage) - len(each.quote) >= _SKIPPED for each in window.differences):
        return Reason.QUOTE_SPLICED
    return Reason.QUOTE_ALTERED if _altered(window, wanted, there) else (window.start, window.end)


def _altered(window: Window, quote: Sequence[Token], passage: Sequence[Token]) -> bool:
    """Whether a difference tells, or the quote and the stretch deny differently."""
    if any(_tells(each) for each in window.differences):
        return True
    mine = " ".join(each.text for each in quote)
    theirs = " ".join(each.text for each in passage if window.start <= each.start < window.end)
    return [each.denial for each in negators(mine)] != [each.denial for each in negators(theirs)]


def _tells(difference: Difference) -> bool:
    both = (*difference.quote, *difference.passage)
    if any(each in _TELLING or each in _TELLING_HAN or each[0].isdigit() or not each[0].isalnum() for each in both):
        return True
    if any(has_han(each) for each in both):
        replaced = min(len(difference.quote), len(difference.passage))
        return replaced > 1 or any(not has_han(each) for each in both)
    return not (set(both) <= _FUNCTION or _same_spelling(difference))


def _same_spelling(difference: Difference) -> bool:
    """Whether a word was only misspelt or inflected."""
    one, other = " ".join(difference.quote), " ".join(difference.passage)
    return bool(one and other) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SPELT_ALIKE


_CLAUSE_START = re.compile(rf"[\u3002\uff01\uff1f!?\uff1b;\uff0c,\uff1a:\n]|(?<![{HAN}\d])\.\s")
_CLAUSE_END = re.compile(r"[\u3002\uff01\uff1f!?\uff1b;\uff0c,\uff1a:\n]|\.(?=\s|$)")
_BOUNDS_BEFORE = re.compile(
    r"\b(?:unless|at least|at most|more than|less than|up to|over|under|about|nearly|wrong|false|only|some|if)\b"
    r"|至少|至多|最多|超过|约(?!定)|只|仅|除非|部分",
    re.ASCII,
)
_TURNS_AFTER = re.compile(
    r"^\s*(?:%|percent|or (?:more|less|fewer)|at (?:least|most)|以上|以下|以内|以內|左右|成|万|萬|亿|億|元)"
    r"|(?:的(?:说法|說法|想法|观点|觀點)|是?(?:错|錯)(?:误|誤|的)|不(?:成立|对|對|可信)|\bis (?:wrong|false|not true))"
)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the rest of its clause where that turns its meaning, and with the mark that ends it."""
    begins = max((each.end() for each in _CLAUSE_START.finditer(text, 0, start)), default=0)
    before = folded(text[begins:start])
    turning = [each.start for each in negators(before.text) if each.denial is Denial.PLAIN]
    turning += [each.start() for each in _BOUNDS_BEFORE.finditer(before.text)]
    if turning:
        start = begins + before.starts[min(turning)]
    ending = _CLAUSE_END.search(text, end)
    if turned := _TURNS_AFTER.search(text[end : ending.start() if ending else len(text)]):
        end += turned.end()
    closing = _CLOSING.match(text, end)
    return start, closing.end() if closing else end
