"""How dates are written in Chinese and English, and what each writing says."""

import re
from collections.abc import Callable, Iterator

from assistant.gates.numerals import ORDINALS, han_value

Marks = dict[str, int | str]
"""year, fiscal, decade, century, half, quarter, month, day, weekday, time; `relative` ("+1 week"); `part` ("end")."""

_YEAR = r"(?:(?:19|20)\d\d|[一二][零〇九八][零〇一二三四五六七八九]{2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DIGIT_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DAY = rf"(?:{_DIGIT_DAY}|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_TO = r"\s?[-–~到至]\s?"
_ENGLISH_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b(?:(?<=\b[a-z]{3})\.(?=\s(?:19|20)\d\d))?"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_COUNTED = "次个场回家位名人项条份封篇件轮小一二三四五六七八九十百"
_PIECE = re.compile(
    rf"""(?=[\d零〇一二三四五六七八九十周星礼上下今明昨去来前后次翌本这年月季第财底末初中])(?:
        (?P<iso>(?<![\d.])(?:19|20)\d\d(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep){_DIGIT_DAY}(?!\d))
      | (?P<slashed>(?<![\d/])\d\d?/\d\d?/(?:19|20)\d\d(?!\d))
      | (?P<iso_month>(?<![\d.])(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])(?![\d-]))
      | (?P<century>(?:\d\d|[一二]?十[一九]?)世纪 | \d\dth\ century)
      | (?P<decade>(?:(?:19|20)?\d0|[二三四五六七八九]十)年代 | (?<!\d)(?:19|20)?\d0s\b)
      | (?P<fiscal>(?<!\d)(?:20)?\d\d\s?财年 | 财年\s?20\d\d)
      | (?P<year>(?<!\d){_YEAR}\s?年度?)
      | (?P<english_day>{_DIGIT_DAY}(?:st|nd|rd|th)?\s(?:of\s)?{_ENGLISH_MONTH})
      | (?P<month>(?<![\d个第每几.一二三四五六七八九十])(?:{_MONTH}{_TO})?{_MONTH}\s?月(?:份|\s?{_DAY}\s?[日号])?)
      | (?P<day>(?<![\d.个第每前后近满一二三四五六七八九十])(?:{_DIGIT_DAY}\s?[日号] | 二?十[一二三四五六七八九]?日)
          (?![内后元程常线机称子门]|[之以][内后]) | (?<=\b(?:on|by)\ the\ ){_DIGIT_DAY}(?:st|nd|rd|th)\b)
      | (?P<quarter>第[一二三四1-4](?:季度?|(?=[、和与及或到至]第?[一二三四1-4]季))
          | (?<![\d前两每头后续近])[一二三四1-4]季度 | (?<=年)[一二三四1-4]季)
      | (?P<half>[上下]半年)
      | (?P<weekday>(?:周|星期|礼拜)[一二三四五六日天](?![{_COUNTED}]))
      | (?P<relative>今[天日年] | 明[天日年] | 昨[天日] | [去来]年 | [前后][天年](?!以) | 次[日月年] | 翌[日年]
          | [本这上下]个?(?=(?:周|星期|礼拜)[一二三四五六日天])
          | (?<![以线])(?:[本这上下]|[这上下]个|[上下]一个?)(?:周(?![期边围全密年末])|星期|礼拜|月|季度?|年度?))
      | (?P<time>[上下]午\s?(?:\d\d?|[一二三四五六七八九十]+)\s?[点时:](?:半|\d\d?分|\d\d(?!\d))?
          | (?<![\d:])\d\d?:[0-5]\d(?!\d)(?:\s?[ap]\.?m\b)? | (?<![\d.])\d\d?\s?[ap]\.?m\b)
      | (?P<part>(?<=年代)(?:[初前中末后]期|[初末])
          | (?<![一二两三四五六七八九十\d半每全近当几])年中(?![国心期间层型小等央的有每各部旬])
          | (?<=\d年)中(?=$|[\s,、。;]|[前后起]) | 季度?[末底初](?!期)
          | (?<=[年月季度])[底末初](?![期始步级心衷稿]) | [年月][底末初](?![期始步]) | (?<=月)[上中下]旬)
      | (?P<bare>(?<![a-z\d.,$\u00a5\u20ac\u00a3:])(?:19|20)\d\d(?![\d%\u2030]|[.,]\d
          |\s?[百千万亿元家人名位个项条次天周月小分份倍种台件]|\s(?:thousand|million|billion)|{_TO}(?!(?:19|20)\d\d)\d\d))
      | (?P<years>(?<![\d.])(?:19|20)\d\d[-/–]\d\d(?!\d)))
    | (?<![a-z])(?=[a-z])(?:
        (?P<en_fiscal>fy\s?'?(?:20)?\d\d(?!\d) | fiscal(?:\ year)?\s(?:20)?\d\d(?!\d))
      | (?P<en_quarter>q[1-4](?=fy|20\d\d|[^a-z\d]|$) | (?:first|second|third|fourth)\ quarters?\b
          | (?:first|second|third)(?=(?:,|\ and|\ or|\ to)\ (?:the\ )?(?:second|third|fourth)\ quarters?\b))
      | (?P<en_half>h[12](?![a-z\d]) | (?:first|second)-half\b
          | (?:first|second)\ half(?:\ of\ the\ year|(?=\ of\ (?:fy|20\d\d|(?:this|next|last)\ year)|[,.;]|$)))
      | (?P<en_century>(?:twentieth|nineteenth|twenty-first)\ century)
      | (?P<en_weekday>(?:{"|".join(_WEEKDAYS)})s?\b)
      | (?P<en_relative>(?:today|tomorrow|yesterday)\b
          | (?:this|current|next|coming|following|last|previous|prior|preceding)\ (?:week|month|quarter|year)\b
            (?!\ of\b))
      | (?P<en_part>(?:year|month|quarter)(?:'s)?[- ]end\b | mid[- ]?year\b
          | (?:end|close|start|beginning|middle)\ of\ (?:(?:the|each|every|a)\ )?(?:year|month|quarter)\b
          | (?:(?:the\ )?(?:end|close|start|beginning|middle)\ of|late|early|mid)[- ]
            (?=(?:{_ENGLISH_MONTH}|q[1-4]|(?:19|20)\d\d|this|next|last|previous)))
      | (?P<english>{_ENGLISH_MONTH}(?:\.?\s(?:the\s)?{_DIGIT_DAY}(?:st|nd|rd|th)?(?![\d%]|[.,]\d|\speople))?))""",
    re.VERBOSE,
)


def pieces(folded: str) -> Iterator[tuple[int, int, Marks]]:
    """Each part of a date in a readable text: where it stands and what it says."""
    for found in _PIECE.finditer(folded):
        for marks in _READERS[(found.lastgroup or "").removeprefix("en_")](found):
            yield *found.span(), marks


def _digits(found: re.Match[str]) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", found.group())]


def _iso(found: re.Match[str]) -> list[Marks]:
    return [dict(zip(("year", "month", "day"), _digits(found), strict=False))]


def _slashed(found: re.Match[str]) -> list[Marks]:
    """Day first, unless only the second number can be the day."""
    first, second, year = _digits(found)
    day, month = (second, first) if second > 12 else (first, second)
    return [{"year": year, "month": month, "day": day}]


def _century(found: re.Match[str]) -> list[Marks]:
    said = found.group()
    words = {"twentieth": 20, "nineteenth": 19, "twenty-first": 21}
    number = _digits(found) or [words.get(said.split()[0]) or int(han_value(said.removesuffix("世纪")) or 0)]
    return [{"century": number[0]}]


def _decade(found: re.Match[str]) -> list[Marks]:
    decade = (_digits(found) or [int(han_value(found.group()[:2]) or 0)])[0]
    return [{"decade": decade if decade > 99 else decade + (1900 if decade >= 30 else 2000)}]


def _fiscal(found: re.Match[str]) -> list[Marks]:
    return [{"fiscal": _digits(found)[0] % 100 + 2000}]


def _year(found: re.Match[str]) -> list[Marks]:
    return [{"year": (_digits(found) or [int(han_value(found.group().rstrip("年度 ")) or 0)])[0]}]


def _month(found: re.Match[str]) -> list[Marks]:
    """3月5日, or the two months of 1-3月."""
    numbers = [int(each) if each.isdigit() else int(han_value(each) or 0) for each in _NUMERAL.findall(found.group())]
    if found.group()[-1] in "日号":
        return [{"month": numbers[-2], "day": numbers[-1]}]
    return [{"month": each} for each in numbers]


_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十]+")


def _day(found: re.Match[str]) -> list[Marks]:
    return [{"day": (_digits(found) or [int(han_value(found.group().rstrip("日号 ")) or 0)])[0]}]


def _quarter(found: re.Match[str]) -> list[Marks]:
    numeral = _NUMERAL.search(found.group())
    if not numeral:
        return [{"quarter": ORDINALS[found.group().split()[0]]}]
    return [{"quarter": int(numeral[0]) if numeral[0].isdigit() else int(han_value(numeral[0]) or 0)}]


def _half(found: re.Match[str]) -> list[Marks]:
    return [{"half": 1 if found.group().startswith(("上", "h1", "first")) else 2}]


def _weekday(found: re.Match[str]) -> list[Marks]:
    name = found.group().rstrip("s")
    return [{"weekday": min(_WEEKDAYS.index(name) if name in _WEEKDAYS else "一二三四五六日天".index(name[-1]), 6) + 1}]


_UNITS = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "季": "quarter",
    "年": "year",
}
_SHIFTS = {
    **dict.fromkeys(("yesterday", "last", "previous", "prior", "preceding"), -1),
    **dict.fromkeys(("tomorrow", "next", "coming", "following"), 1),
}
_HAN_SHIFTS = {**dict.fromkeys("昨去上", -1), **dict.fromkeys("明次翌来下", 1), "前": -2, "后": 2}


def _relative(found: re.Match[str]) -> list[Marks]:
    said = found.group()
    shift = _SHIFTS.get(said.split()[0], _HAN_SHIFTS.get(said[0], 0))
    unit = next((name for word, name in _UNITS.items() if word in said), said.split()[-1] if " " in said else "")
    unit = unit or ("week" if said[-1] in "本这上下个" else "day")
    return [{"relative": f"{shift:+} {unit}"}]


def _time(found: re.Match[str]) -> list[Marks]:
    said = found.group()
    parts = _digits(found) or [int(han_value("".join(_NUMERAL.findall(said))) or 0)]
    minute = parts[1] if len(parts) > 1 else 30 * ("半" in said)
    late = parts[0] < 12 and (said.startswith("下") or re.search("p.?m", said) is not None)
    return [{"time": f"{parts[0] + 12 * late:02}:{minute:02}"}]


def _part(found: re.Match[str]) -> list[Marks]:
    """Which part of what; of what stands beside it when it does not say (the 底 of 3月底)."""
    said = found.group()
    part = (
        "start" if re.search("[初前上]|start|begin|early", said) else "middle" if re.search("中|mid", said) else "end"
    )
    of = next((unit for word, unit in _PART_OF.items() if word in said), "")
    return [{"part": f"{part} of {of}"}]


_PART_OF = {
    "年": "year",
    "月": "month",
    "旬": "month",
    "季": "quarter",
    "year": "year",
    "month": "month",
    "quarter": "quarter",
}


def _bare(found: re.Match[str]) -> list[Marks]:
    """A year in digits alone; before a plural it is a number, unless a preposition makes it a year."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    counts = re.match(r"\s(?!was|is|has|its|this|sales|plus)[a-z]+s\b", after)
    if counts and not re.search(r"\b(?:in|of|the|since|by|from|for|until|to|and)\s$", before):
        return []
    return [{"year": int(found.group())}]


def _years(found: re.Match[str]) -> list[Marks]:
    first, last = _digits(found)
    return [{"year": first}, {"year": first // 100 * 100 + last}]


def _english(found: re.Match[str]) -> list[Marks]:
    """A month by name; may and march are one beside a number or after "in", short ones (Chen Jun) beside a number."""
    said = found.group()
    name = re.search("[a-z]{3,}", re.sub(r"\d+(?:st|nd|rd|th)", "", said))
    assert name is not None
    marks: Marks = {"month": _MONTHS.index(name[0][:3]) + 1}
    if days := _digits(found):
        return [marks | {"day": days[0]}]
    if _YEAR_BESIDE.match(found.string, found.end()) or (len(name[0]) > 3 and name[0] not in ("march", "sept")):
        return [marks]
    return [marks] if name[0] in ("may", "march") and _PREPOSED.search(found.string[: found.start()]) else []


_YEAR_BESIDE = re.compile(r"[.,]?\s(?:19|20)\d\d\b")
_PREPOSED = re.compile(
    r"\b(?:in|by|since|until|till|of|from|last|next|this|late|early|mid|before|after|and|to|through|during)[ -]$"
)


_READERS: dict[str, Callable[[re.Match[str]], list[Marks]]] = {
    "iso": _iso,
    "slashed": _slashed,
    "iso_month": _iso,
    "century": _century,
    "decade": _decade,
    "fiscal": _fiscal,
    "year": _year,
    "english_day": _english,
    "month": _month,
    "day": _day,
    "quarter": _quarter,
    "half": _half,
    "weekday": _weekday,
    "relative": _relative,
    "time": _time,
    "part": _part,
    "bare": _bare,
    "years": _years,
    "english": _english,
}
