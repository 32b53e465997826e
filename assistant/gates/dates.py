"""The dates of a text, in Chinese and English: what a claim says of time must stand in its source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assistant.gates.date_forms import Marks, pieces
from assistant.gates.numbers import numbers
from assistant.gates.numerals import english_value, han_value
from assistant.gates.reading import readable, written

Mark = tuple[str, int | str]


@dataclass(frozen=True, slots=True)
class Date:
    """A date at a place of a readable text, as precise as it is told: (year, 2026), (month, 3)..."""

    surface: str
    start: int
    end: int
    marks: frozenset[Mark]

    @property
    def precision(self) -> int:
        """How fine its finest mark is: a day comes before a month, that before a year."""
        return min(map(_FINEST.index, dict(self.marks)))


_FINEST = "time day weekday month quarter half relative part year fiscal decade century".split()


def missing_dates(claim: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """The dates and frequencies of a claim, as written, that no evidence tells at least as precisely.

    2026-03-05 supports March 2026, the first quarter and 2026, not the other way round. A date
    without a year takes the year told beside it in its sentence. A frequency (weekly, 每周) needs its
    unit of time anywhere in the evidence. A bare 2026 may be any number 2026.
    """
    told = [marks for text in evidence for _, marks in with_implied(text)]
    lost = (each for each in dates(claim) if not any(each.marks <= marks for marks in told))
    missed = (each.surface for each in lost if not _said_otherwise(each, evidence, told))
    return (*missed, *_lost_frequencies(claim, evidence))


def _said_otherwise(date: Date, evidence: Sequence[str], told: Sequence[frozenset[Mark]]) -> bool:
    """Whether evidence has a bare 2026 as a number, now for today, the second year for the next, six months for H1."""
    texts = [readable(each) for each in evidence]
    if date.surface.isdigit():
        return any(each.low == int(date.surface) == each.high for text in texts for each in numbers(text))
    words = {mark: _words_for(mark, date.surface) for mark in date.marks}
    rest = {mark for mark, pattern in words.items() if not pattern or not any(map(pattern.search, texts))}
    return len(rest) < len(words) and (not rest or any(rest <= marks for marks in told))


def _words_for(mark: Mark, surface: str) -> "re.Pattern[str] | None":
    """Other words for what a mark says; last year (去年) is no other year's year before."""
    if mark[0] != "relative":
        return _HALVES.get(mark)
    shift, unit = str(mark[1]).split()
    if shift == "+0":
        return _NOW if unit == "day" else neighbour(0, unit)
    return None if _DEICTIC.search(surface) or shift not in ("-1", "+1") else neighbour(int(shift), unit)


_DEICTIC = re.compile("[去昨明]|last|yesterday|tomorrow", re.IGNORECASE)
_NOW = re.compile(r"目前|现在|如今|眼下|当前|\b(?:now|current(?:ly)?|present(?:ly)?)\b")
_HALVES: dict[Mark, re.Pattern[str]] = {
    ("half", 1): re.compile(
        r"年的?[前头](?:六|6)个月|\bfirst (?:six|6) months of (?:the year|20\d\d|this|last|next)\b"
    ),
    ("half", 2): re.compile(r"年的?后(?:六|6)个月|\blast (?:six|6) months of (?:the year|20\d\d|this|last|next)\b"),
}
_HAN_UNIT = {"year": "年", "quarter": "季度?", "month": "月", "week": "(?:周|星期|礼拜)", "day": "[天日]"}


@lru_cache(maxsize=64)
def neighbour(shift: int, unit: str) -> re.Pattern[str]:
    """Words for the year (quarter, month, week, day) before, within or after the one spoken of."""
    han = _HAN_UNIT.get(unit, "\0")
    exact = unit in ("year", "day")  # a month later is not next month
    if shift < 0:
        english = rf"(?:previous|prior|preceding) {unit}" + rf"|{unit} (?:before|earlier)" * exact
        yearly = r"|\byear[- ](?:on|over)[- ]year|同比|去年同期" * (unit == "year")
        return re.compile(rf"\b(?:{english})\b|(?:上一?|前一)个?{han}{yearly}")
    if not shift:
        return re.compile(rf"\b(?:within the|current) {unit}\b|[本当]{han}|(?<![一两二三四五六七八九十\d半个]){han}内")
    english = rf"(?:next|following|coming|subsequent) {unit}" + rf"|second {unit}|{unit} (?:after|later)" * exact
    return re.compile(rf"\b(?:{english})\b|(?:[次翌来]|[下后]一个?|下个?{'|隔|第二' * exact}){han}")


@lru_cache(maxsize=1024)
def dates(text: str) -> tuple[Date, ...]:
    """The dates of a text, in order; what stands together (第三季度 after 2026年) is one date."""
    folded = readable(text)
    found: list[tuple[int, int, Marks]] = []
    for start, end, marks in pieces(folded):
        if found and _JOINED.fullmatch(folded, found[-1][1], start) and found[-1][2].keys().isdisjoint(marks):
            found[-1] = (found[-1][0], end, found[-1][2] | marks)
        else:
            found.append((start, end, marks))
    return tuple(
        Date(written(text, folded, start, end), start, end, frozenset(_settled(marks).items()))
        for start, end, marks in found
        if _settled(marks)
    )


_JOINED = re.compile(r"\s?(?:,\s?|的|of\s(?:the\s)?|in\s)?")


def _settled(marks: Marks) -> Marks:
    """The end of March is that of a month; an end of nothing is no date."""
    part = str(marks.get("part", ""))
    if not part.endswith(" of "):
        return marks
    relative = str(marks.get("relative", "")).split()[-1:]
    whole = [unit for unit in ("month", "quarter", "half", "year", "fiscal", "decade") if unit in marks] or relative
    return marks | {"part": part + whole[0]} if whole else {}


def with_implied(text: str) -> Iterator[tuple[Date, frozenset[Mark]]]:
    """The dates of an evidence, each with all that it says and that follows from it."""
    told = dates(text)
    for at, date in enumerate(told):
        year = {} if "year" in dict(date.marks) else _year_beside(readable(text), told, at)
        yield date, _closed(dict(date.marks) | year)


_LISTED = re.compile(r"\s?(?:[-–~、,]|到|至|to|and|和|与|或|or|through)\s?")
_STOP = re.compile(r"[。!?\n]|\.\s")


def _year_beside(folded: str, told: tuple[Date, ...], at: int) -> Marks:
    """The year told before a date in its sentence, or with the date that is listed right after it."""
    for before in reversed(told[:at]):
        if _STOP.search(folded, before.end, told[at].start):
            break
        if "year" in dict(before.marks):
            return {"year": dict(before.marks)["year"]}
    if at + 1 < len(told) and _LISTED.fullmatch(folded, told[at].end, told[at + 1].start):
        return {mark: value for mark, value in told[at + 1].marks if mark == "year"}
    return {}


def _closed(marks: Marks) -> frozenset[Mark]:
    """The marks with the wider ones that follow: the quarter of a month, the part of a month of a day."""
    told = dict(marks)
    day, month = told.get("day"), told.get("month")
    if isinstance(day, int) and month:
        told.setdefault("part", "start of month" if day <= 10 else "middle of month" if day <= 20 else "end of month")
    if isinstance(month, int):
        told.setdefault("quarter", (month + 2) // 3)
    if isinstance(quarter := told.get("quarter"), int):
        told.setdefault("half", (quarter + 1) // 2)
    if isinstance(year := told.get("year"), int):
        told.setdefault("decade", year // 10 * 10)
    if isinstance(decade := told.get("decade"), int):
        told.setdefault("century", decade // 100 + 1)
    turns = {("part", f"{'end' if month == 12 else 'start'} of year")} if month in (1, 12) else set()
    return frozenset(told.items()) | turns


_EVERY = re.compile(
    r"(?:每一?个?|逐|按(?!年[销收营采]))(?:[天日周月季年]|星期|礼拜)"
    r"|(?<![本上下这每个双两几\d一二三四五六七八九十])[周月](?=[会报](?![见晤]))"
    r"|\b(?:(?:every|each|per) (?:day|week|month|quarter|year)"
    r"|(?:(?<=s )(?<!takes )(?<!lasts )(?<!is )|(?<=once )|(?<=twice )|(?<=ion ))a (?:day|week|month|quarter|year)"
    r"|daily|weekly|monthly|quarterly|annual(?:ly)?|(?<!half[- ])yearly)\b"
)
_MENTIONS = {
    "day": r"[天日]|\bdays?\b|\bdaily",
    "week": r"周|星期|礼拜|\bweek",
    "month": r"月|\bmonth",
    "quarter": r"季|\bquarter",
    "year": r"年|\byear|\bannu",
}


def _lost_frequencies(claim: str, evidence: Sequence[str]) -> Iterator[str]:
    told = tuple(_EVERY.finditer(readable(claim)))
    same = same_rates(claim, evidence) if told else ()
    texts = [_INTERVAL.sub("", readable(each)) for each in evidence] if told else []
    for found in told:
        mentions = next(each for each in _MENTIONS.values() if re.search(each, found.group()))
        if any(start <= found.start() < end for start, end in same):
            continue
        if not any(re.search(mentions, each) for each in texts):
            yield written(claim, readable(claim), *found.span())


_COUNT = "(?:[一二两三四五六七八九十]{1,3}|\\d{1,3})"
_WORD = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,3})"
_HAN_SPAN = "(?:半年|年|季度?|月|周|星期)"
_SPAN = "(?:week|month|quarter|year)"
_INTERVAL = re.compile(
    rf"每隔?(?!一)(?:{_COUNT}|几)个?(?:[天日周月季年]|星期|礼拜)|隔一?个?[天周月季]|双周|半年|\bhalf[- ]year\w*"
    rf"|\bevery (?:other|second|few|{_WORD}) {_SPAN}s?\b|\b(?:bi-?weekly|fortnight\w*|(?:semi-?|bi)annual\w*)\b"
)
"""Intervals of more or less than the one unit they name: what happens every two weeks is not weekly."""

_RATE = re.compile(
    rf"""\b(?:(?P<often>once|twice)|(?P<times>{_WORD})\ times)\ (?:a|every|each|per)\ (?P<of>half[- ]year|{_SPAN})\b
      | [每一]个?(?P<of2>{_HAN_SPAN})(?!半)[^\d,;、。一二两三四五六七八九十]{{0,8}}(?P<times2>{_COUNT})[次回]
      | \bevery\ (?P<gap>{_WORD}|other|half[- ])\ ?(?P<of3>{_SPAN})s?\b
      | 每(?P<gap2>{_COUNT})个?(?P<of4>{_HAN_SPAN}) | (?P<gap3>{_COUNT})个?(?P<of5>{_HAN_SPAN})一次
      | (?:[每逐按]个?(?P<of6>{_HAN_SPAN})|(?P<of7>半年)一次)(?:一次)?
      | \b(?P<of8>(?:half-?|twice-)yearly|(?:semi-?|bi)annual(?:ly)?
          |weekly|monthly|quarterly|yearly|annual(?:ly)?)\b""",
    re.VERBOSE,
)
_MONTHS = {"半": 6, "h": 6, "s": 6, "b": 6, "t": 6, "年": 12, "y": 12, "a": 12, "季": 3, "q": 3, "月": 1, "m": 1}
_LIMITED = re.compile(r"(?:至少|最多|不少于|不超过|不[多低]于|至多|least|most|than|up to)\s?$")
_LIMITS = re.compile(
    r".*?(?:[至最超不]|少于|多于)|.*?[次回]?(?:以[上下内]|左右)|.* (?:or|at) (?:more|less|fewer|least|most)\b"
)


def same_rates(claim: str, evidence: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where a readable claim says how often as evidence does in other words: twice a year, 半年一次."""
    told = tuple(_rates(readable(claim)))
    held = {rate for text in evidence for _, rate in _rates(readable(text))} if told else set()
    return tuple(span for span, rate in told if rate in held)


def _rates(folded: str) -> Iterator[tuple[tuple[int, int], tuple[bool, Fraction]]]:
    """How often a week, or else a month; what is only bounded (at least twice a year) is left out."""
    for found in _RATE.finditer(folded):
        named = {name.rstrip("2345678"): said for name, said in found.groupdict().items() if said}
        weekly = named["of"][0] in "w周星"
        times = _small(named.get("times") or {"once": "1", "twice": "2"}.get(named.get("often", ""), "1"))
        gap = Fraction(6, 12) if named.get("gap", "").startswith("half") else _small(named.get("gap", "1"))
        every = gap * (1 if weekly else _MONTHS[named["of"][0]])
        limited = _LIMITED.search(folded, max(0, found.start() - 12), found.start())
        if every and not limited and not _LIMITS.match(folded, found.start(), found.end() + 9):
            yield found.span(), (weekly, times / every)


def _small(said: str) -> Fraction:
    if said.isdigit():
        return Fraction(said)
    return Fraction(2) if said == "other" else Fraction(english_value(said) or han_value(said) or 0)
