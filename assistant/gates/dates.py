"""The dates of a text, in Chinese and English: what a claim says of time must stand in its source."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.gates.numbers import numbers
from assistant.gates.numerals import han_value
from assistant.gates.reading import readable, written

Marks = dict[str, int | str]


@dataclass(frozen=True, slots=True)
class Date:
    """A date at a place of a readable text, as precise as it is told: `marks` are (year, 2026), (month, 3)...

    Other marks: fiscal, decade, century, half, quarter, day, weekday, time, `relative` (next week is "+1 week")
    and `part` ("end" of the month, quarter or year it stands with).
    """

    surface: str
    start: int
    end: int
    marks: frozenset[tuple[str, int | str]]


def missing_dates(claim: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """The dates and frequencies of a claim, as written, that no evidence tells at least as precisely.

    2026-03-05 supports March 2026, the first quarter and 2026, not the other way round. A date
    without a year takes the year told before it in its sentence. A frequency (weekly, 每周) needs its unit of
    time anywhere in the evidence. A bare 2026 may be any number 2026.
    """
    held = [_closed(each) for text in evidence for each in _anchored(text)]
    lost = [each.surface for each in dates(claim) if not any(each.marks <= marks for marks in held)]
    lost = [each for each in lost if not (each.isdigit() and _stands_as_number(int(each), evidence))]
    return (*lost, *_lost_frequencies(claim, evidence))


@lru_cache(maxsize=1024)
def dates(text: str) -> tuple[Date, ...]:
    """The dates of a text, in order; what stands together (第三季度 after 2026年) is one date."""
    folded = readable(text)
    found: list[tuple[int, int, Marks]] = []
    for start, end, marks in _pieces(folded):
        if found and _joins(folded[found[-1][1] : start]) and found[-1][2].keys().isdisjoint(marks):
            found[-1] = (found[-1][0], end, found[-1][2] | marks)
        else:
            found.append((start, end, marks))
    return tuple(
        Date(written(text, folded, start, end), start, end, frozenset(marks.items()))
        for start, end, marks in found
        if marks.keys() != {"part"}
    )


_JOINED = re.compile(r"\s?(?:,\s?|的|of\s(?:the\s)?|in\s)?")


def _joins(gap: str) -> bool:
    return _JOINED.fullmatch(gap) is not None


_YEAR = r"(?:(?:19|20)\d\d|[一二][零〇九八][零〇一二三四五六七八九]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_TO = r"\s?[-–~到至]\s?"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENGLISH_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NTH = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|last)"
_COUNTED = "次个场回家位名人项条份封篇件轮小一二三四五六七八九十百"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_PIECE = re.compile(
    rf"""(?P<iso>(?<![\d.])(?:19|20)\d\d(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12]\d|0?[1-9])(?!\d))
      | (?P<slashed>(?<![\d/])\d{{1,2}}/\d{{1,2}}/(?:19|20)\d\d(?!\d))
      | (?P<iso_month>(?<![\d.])(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])(?![\d-]))
      | (?P<century>(?:\d\d|[一二]?十[一九]?)世纪|\b(?:\d\d(?:st|th)|twentieth|nineteenth|twenty-first)\ century)
      | (?P<decade>(?:(?:19|20)?\d0|[二三四五六七八九]十)年代|(?<!\d)(?:19|20)?\d0s\b)
      | (?P<fiscal>(?<![a-z])fy\s?'?(?:20)?\d\d(?!\d)|(?<!\d)(?:20)?\d\d\s?财年|财年\s?20\d\d|\bfiscal(?:\ year)?\s(?:20)?\d\d(?!\d))
      | (?P<year>(?<!\d){_YEAR}\s?年度?)
      | (?P<month>(?<![\d个第每几.一二三四五六七八九十])(?:{_MONTH}{_TO})?{_MONTH}\s?月(?:份|\s?{_DAY}\s?[日号])?)
      | (?P<day>(?<![\d.个第每前后近满一二三四五六七八九十])(?:(?:3[01]|[12]\d|0?[1-9])\s?[日号]|二?十[一-九]?日)
          (?![内后元程常线机称子门]|[之以][内后]))
      | (?P<quarter>(?<![a-z])q[1-4](?=fy|20\d\d|[^a-z\d]|$)|(?<![\d前两每头后])第?[一二三四1-4]季度?|\b{_NTH}\ quarter\b)
      | (?P<half>[上下]半年|(?<![a-z])h[12](?![a-z\d])|\b(?:first|second)\ half(?:\ of\ the\ year|(?=\ of\ (?:fy|20\d\d)|[,.;]|$)))
      | (?P<weekday>(?:周|星期|礼拜)[一二三四五六日天](?![{_COUNTED}])|\b(?:{"|".join(_WEEKDAYS)})s?\b)
      | (?P<relative>今[天日年]|明[天日年]|昨[天日]|去年|[前后][天年](?!以)|次[日月年]|翌[日年]
          | (?<![以线])(?:[本这上下]|[这上下]个|[上下]一个?)(?:周(?![期边围全密年末])|星期|礼拜|月|季度?|年度?)
          | \b(?:today|tomorrow|yesterday)\b|\b(?:this|current|next|coming|following|last|previous)\ (?:week|month|quarter|year)\b)
      | (?P<time>[上下]午\s?(?:\d\d?|[一二三四五六七八九十]+)\s?[点时:](?:半|\d\d?分?)?|(?<![\d:])\d\d?:[0-5]\d(?!\d)(?:\s?[ap]\.?m\b)?
          | (?<![\d.])\d\d?\s?[ap]\.?m\b)
      | (?P<part>(?<=[年月季度])[底末初](?!期|始|步|级|心|衷|稿)|年[底末初](?!期|始|步)|月[底末初](?!期|始)|季末|(?<=月)[上中下]旬
          | \b(?:year|month|quarter)[- ]end\b|\b(?:end|close|start|beginning|middle)\ of\ (?:the\ )?(?:year|month|quarter)\b
          | \b(?:(?:the\ )?(?:end|close|start|beginning|middle)\ of|late|early|mid)[- ](?=(?:{_ENGLISH_MONTH}|q[1-4]|20\d\d|19\d\d|this|next)))
      | (?P<english>\b(?:(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s(?:of\s)?)?{_ENGLISH_MONTH}
          (?:\s(?:the\s)?(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d|\s(?:people|to\ \d)))?))
      | (?P<bare>(?<![\d.,$\u00a5\u20ac\u00a3:a-z])(?:19|20)\d\d(?![\d%\u2030]|[.,]\d|\s?[百千万亿元家人名位个项条次天周月小分份倍种台件]
          |{_TO}(?!(?:19|20)\d\d)\d\d))
      | (?P<years>(?<![\d.])(?:19|20)\d\d[-/–]\d\d(?!\d))""",
    re.VERBOSE,
)


def _pieces(folded: str) -> Iterator[tuple[int, int, Marks]]:
    for found in _PIECE.finditer(folded):
        for marks in _READERS[found.lastgroup or ""](found):
            yield *found.span(), marks
