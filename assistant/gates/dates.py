"""The dates of a text, in Chinese and English: what a claim says of time must stand in its source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.gates.date_forms import Marks, pieces
from assistant.gates.numbers import numbers
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
    lost = (each.surface for each in dates(claim) if not any(each.marks <= marks for marks in told))
    return (*(each for each in lost if not _said_otherwise(each, evidence)), *_lost_frequencies(claim, evidence))


def _said_otherwise(surface: str, evidence: Sequence[str]) -> bool:
    """Whether evidence has a bare 2026 as a number, or now for today."""
    if surface.isdigit():
        return any(each.low == int(surface) == each.high for text in evidence for each in numbers(readable(text)))
    return _TODAY.fullmatch(surface) is not None and any(_NOW.search(text) for text in evidence)


_TODAY = re.compile("今[天日]|today", re.IGNORECASE)
_NOW = re.compile(r"目前|[现現]在|如今|眼下|[当當]前|\b(?:now|current(?:ly)?|present(?:ly)?)\b", re.IGNORECASE)


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
    r"每一?个?(?:[天日周月季年]|星期|礼拜)|\b(?:(?:every|each|per) (?:day|week|month|quarter|year)"
    r"|(?:(?<=s )(?<!takes )(?<!lasts )(?<!is )|(?<=once )|(?<=twice )|(?<=ion ))a (?:day|week|month|quarter|year)"
    r"|daily|weekly|monthly|quarterly|annual(?:ly)?|yearly)\b"
)
_MENTIONS = {
    "day": r"[天日]|\bdays?\b|\bdaily",
    "week": r"周|星期|礼拜|\bweek",
    "month": r"月|\bmonth",
    "quarter": r"季|\bquarter",
    "year": r"年|\byear|\bannu",
}


def _lost_frequencies(claim: str, evidence: Sequence[str]) -> Iterator[str]:
    for found in _EVERY.finditer(readable(claim)):
        mentions = next(each for each in _MENTIONS.values() if re.search(each, found.group()))
        if not any(re.search(mentions, readable(each)) for each in evidence):
            yield written(claim, readable(claim), *found.span())
