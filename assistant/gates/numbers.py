"""Where the numbers of a text stand, in every way Chinese and English write them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from assistant.gates.numerals import (
    ARABIC,
    GREAT,
    HAN,
    HAN_FORMAL,
    ORDINALS,
    PARTS,
    SHORT,
    TENS,
    WORDS,
    Value,
    arabic_value,
    english_value,
    han_value,
    multiplier,
    scale,
    simple,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a place of a readable text.

    `low` is `high` unless the writing itself spreads (两三百) or is `rough` (数百, dozens of: from `low`
    up to, not including, `high`). `scale` is the multiplier the writing ends in (3 million: 10**6),
    which `20 to 30 million` lends to its first number. A fraction counts `low` parts of `share`
    (two thirds: 2 of 1/3). `hint` is "more" for 30多 and 过百, "about" for 十来 and 近百.
    """

    start: int
    end: int
    low: Value
    high: Value
    scale: int = 1
    share: Fraction | None = None
    in_digits: bool = False
    ordinal: bool = False
    times: bool = False
    rough: bool = False
    hint: str = ""


_STEP = r"(?:百(?!分[之点百])|千(?![瓦米克卡])|[万亿])"
_HAN_RUN = rf"[{HAN}]{{1,99}}(?:点[零〇一二三四五六七八九]{{1,99}})?"
_WORD = f"(?:{'|'.join(sorted([*WORDS, *GREAT], key=len, reverse=True))})"
_JOIN = r"(?:[ -]|(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))\ and\ )"
_GREAT = "hundred|thousand|million|billion|trillion|dozen"
_SLASH = r"\ ?[/\u2044]\ ?"
_DENOMINATOR = "third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_COUNTED = rf"(?=\s?(?:[个家位名人年月天次倍份项条元张台件单层级笔场种成周小分美欧日港所]|{_STEP}))"
_NUMBER = re.compile(
    rf"""(?=[{HAN}{HAN_FORMAL}\d几数好上成近过半减翻加首腰对折])(?:
        (?P<zh_part>(?:{ARABIC}|[{HAN}]+)分之(?:{ARABIC}|{_HAN_RUN}))
      | (?P<zh_over>(?<![{HAN}上成近过数几\d]){_STEP}+[余多](?={_COUNTED}))
      | (?P<zh_rough>(?:好?几|(?<![人次指系总家户个多少分参倍])数)十?{_STEP}+ | [几数]十 | (?<![{HAN}几数\d]){_STEP}+级
          | (?<![以线加完达构组变促])[上成近过]{_STEP}+)
      | (?P<zh_times>翻[了上]?[一两三]番 | 翻了?[倍番] | 加倍)
      | (?P<zh_half>一半 | 半数 | [过减折]半 | 腰斩 | 对半(?!导)分?
          | 半(?=个?(?:小时|钟头|百分点)) | (?<![大多前后上下夜])半(?=个?(?:年|月|天|日|季度|世纪|价)))
      | (?P<over>(?<![\d/.])(?:1{_SLASH}(?:[2-9]|10)|2{_SLASH}[357]|3{_SLASH}[458]|4{_SLASH}5)(?![\d/]))
      | (?P<nth>\d{{1,9}}(?:st|nd|rd|th)\b) | (?P<zh_first>首(?=[年月周季日个次批轮期]))
      | (?P<of>\d{{1,3}}\ out\ of\ (?:every\ )?\d{{1,3}}(?![\d,.%]))
      | (?P<fold>\d{{1,9}}[- ]?fold\b)
      | (?P<digits>{ARABIC}(?:{_STEP}+{ARABIC})*{_STEP}*)
      | (?P<formal>[{HAN_FORMAL}][{HAN_FORMAL}{HAN}]*(?:(?=[元圆角整])|(?<=[拾佰仟万亿])))
      | (?P<han>{_HAN_RUN}))
    | \b(?=an?[ -]|bi|do|e[il]|f[iou]|h[ua]|mi|ni|on|qu|s[ei]|t[ehirw]|ze)(?:
        (?P<rough>(?:several|a\ few|a\ couple\ of)\ (?:(?:ten|hundred)\ )?(?:{_GREAT})\b
          | (?:tens|dozens|hundreds|thousands|millions|billions)(?:\ of\ (?:thousands|millions|billions))?\b)
      | (?P<half_of>(?:half|(?:a|one|three)[ -]quarters?\ of)(?:[ -]an?)?[ -](?:{_GREAT})\b)
      | (?P<times>(?:doubl(?!e[- ](?:check|edge|digit|standard|book|down|as|up|count))|tripl|trebl|quadrupl)
            (?:e[sd]?|ing)\b | (?:once|twice|thrice)\b | {_WORD}[- ]?fold\b)
      | (?P<half>(?<!and\ a\ )half\b(?![ -](?:hearted|way|truth))(?:\ an?(?=\ ))? | halv(?:e[sd]?|ing)\b)
      | (?P<part>(?:one|two|three|four|five|six|seven|eight|nine)[ -](?!quarter)(?:{_DENOMINATOR})s?\b
          | (?:an?|one|two|three(?<!(?:first|.last|.next|.past)\ three))[ -](?:{_DENOMINATOR})s?
            (?=\ (?:of|less|more|lower|higher|off|each|as\ (?:many|much)|the\ (?:price|cost|size|volume|revenue))\b)
          | an?\ (?!quarter)(?:{_DENOMINATOR})(?=\ (?:and|or)\b|[.;]|$)
          | (?<=\bby\ )an?\ (?:{_DENOMINATOR})\b | three-quarters\b)
      | (?P<one_in>(?:{_WORD}\ out\ of|(?:one|(?:two|three|four|six|seven|eight|nine)(?=\ in\ (?:five|ten|twenty)))\ in)
          \ (?:every\ )?{_WORD}\b(?!\ (?:year|month|week|day|quarter)))
      | (?P<ordinal>(?:(?:{"|".join(TENS)})[- ])?(?:{"|".join(ORDINALS)})(?:ly)?\b)
      | (?P<english>(?:an?[ -](?=(?:{_GREAT})\b))?{_WORD}(?:{_JOIN}{_WORD})*\b))""",
    re.VERBOSE,
)
_HAN_TAIL = re.compile(
    rf"(?P<more>\s?[多余几来]{_COUNTED}|个[多几来](?=月|小时|星期|礼拜|钟头|亿))?(?:个(?=亿))?\s?(?P<steps>{_STEP}*)"
)
_HALF_TAIL = re.compile(r"个半(?=月|小时|钟头|星期|季度)| and an? half\b")
_EN_TAIL = re.compile(rf"[ -]?({_GREAT})s?\b|\s?(mil|mn|mm|bn|tn|[kmb])(?![a-z0-9])")
_SPREAD = re.compile(r"(.*十|)([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*)")
_HINTS = {"多": "more", "余": "more", "过": "more", "来": "about", "近": "about"}
_ROUGH = {"ten": 10, "tens": 10} | {f"{word}{s}": value for word, value in GREAT.items() for s in ("", "s")}
_ROUGH |= {"dozen": 10, "dozens": 10}
_TIMES = {"once": 1, "twice": 2, "thrice": 3, "d": 2, "t": 3, "q": 4}


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a readable text, in order."""
    at = 0
    while found := _NUMBER.search(text, at):
        number = _READERS[found.lastgroup or ""](found)
        if number:
            yield number
        at = max(found.end(), number.end if number else 0)


def _zh_part(found: re.Match[str]) -> Number | None:
    whole, _, parts = found.group().partition("分之")
    count = _numeral(parts)
    into = multiplier(whole) if whole in ("百", "千", "万") else _numeral(whole)
    return Number(*found.span(), count, count, share=Fraction(1) / into) if count is not None and into else None


def _numeral(written: str) -> Value | None:
    return arabic_value(written) if written[0].isdigit() else han_value(written)


def _en_part(found: re.Match[str]) -> Number:
    count, part = re.split("[ -]", found.group())
    value = english_value(count) or 1
    return Number(*found.span(), value, value, share=Fraction(1, PARTS[part if part in PARTS else part[:-1]]))


def _one_in(found: re.Match[str]) -> Number:
    words = re.split(r" (?:out of|in) (?:every )?", found.group())
    count, into = (int(each) if each.isdigit() else english_value(each) for each in words)
    return Number(*found.span(), count, count, share=Fraction(1, into or 1))


def _over(found: re.Match[str]) -> Number:
    count, into = map(int, re.findall(r"\d+", found.group()))
    return Number(*found.span(), count, count, share=Fraction(1, into))


def _half(found: re.Match[str]) -> Number:
    return Number(*found.span(), Fraction(1, 2), Fraction(1, 2), hint=_HINTS.get(found.group()[0], ""))


def _zh_over(found: re.Match[str]) -> Number:
    value = multiplier(found.group()[:-1])
    return Number(*found.span(), value, value, value, hint="more")


def _half_of(found: re.Match[str]) -> Number:
    first, *_, great = re.split("[ -]", found.group())
    value = simple(GREAT[great] * Fraction({"half": 2, "three": 3}.get(first, 1), 4))
    return Number(*found.span(), value, value, GREAT[great])


def _zh_rough(found: re.Match[str]) -> Number:
    """数百 is some hundreds; 近百 and 过百 are the hundred itself, nearly and more."""
    value = multiplier(found.group())
    hint = _HINTS.get(found.group()[0], "")
    return Number(*found.span(), value, value if hint else value * 10, value, rough=not hint, hint=hint)


def _en_rough(found: re.Match[str]) -> Number:
    words = [
        each for each in re.findall("[a-z]+", found.group()) if each not in ("a", "of", "few", "several", "couple")
    ]
    value = prod(_ROUGH.get(each) or GREAT[each.rstrip("s")] for each in words)
    return Number(*found.span(), value, value * 10, value, rough=True)


def _times(found: re.Match[str]) -> Number:
    said = found.group()
    if "fold" in said:
        many = said.removesuffix("fold").strip(" -")
        value = int(many) if many.isdigit() else english_value(many)
    elif said[0] in "翻加":
        value = 2 ** next((int(han_value(each) or 1) for each in said if each in "一两三"), 1)
    else:
        value = _TIMES.get(said) or _TIMES[said[0]]
    return Number(*found.span(), value, value, times=said not in _TIMES)


def _nth(found: re.Match[str]) -> Number:
    said = found.group()
    digits = re.match(r"\d+", said)
    last = re.split("[ -]", said)[-1].removesuffix("ly")
    value = int(digits.group()) if digits else english_value(said) + ORDINALS.get(last, ORDINALS.get(last + "y", 0))
    return Number(*found.span(), value, value, in_digits=digits is not None, ordinal=True)


def _zh_first(found: re.Match[str]) -> Number:
    return Number(*found.span(), 1, 1, ordinal=True)


def _english(found: re.Match[str]) -> Number:
    value = english_value(found.group())
    last = re.split("[ -]", found.group())[-1]
    return _with_tail(found.string, Number(*found.span(), value, value, GREAT.get(last, 1)))


def _digits(found: re.Match[str]) -> Number | None:
    said = found.group()
    value = han_value(said) if re.search("[百千万亿]", said) else arabic_value(said)
    if value is None:
        return None
    return _with_tail(found.string, Number(*found.span(), value, value, scale(said), in_digits=True))


def _han(found: re.Match[str]) -> Number | None:
    """A Chinese numeral; two neighbours in counting order are a range: 两三百 is 200 to 300."""
    said = found.group()
    if (spread := _SPREAD.fullmatch(said)) and _neighbours(spread[2], spread[3]):
        low, high = (han_value(f"{spread[1]}{digit}{spread[4]}") for digit in spread.group(2, 3))
    else:
        low = high = han_value(said)
    if low is None or high is None:
        return None
    return _with_tail(found.string, Number(*found.span(), low, high, scale(said)))


def _neighbours(first: str, second: str) -> bool:
    return (first, second) in (("三", "五"), ("两", "三")) or (han_value(second) or 0) == (han_value(first) or 0) + 1


def _with_tail(text: str, number: Number) -> Number:
    """The number with what goes on behind it: 多 or 几, multipliers in either language, a half."""
    tail = _HAN_TAIL.match(text, number.end)
    if tail and tail.group().strip():
        number = _stretched(number, (tail["more"] or "").strip(" 个"), multiplier(tail["steps"]), tail.end())
    if half := _HALF_TAIL.match(text, number.end):
        more = Fraction(1, 2) * number.scale
        number = replace(number, end=half.end(), low=number.low + more, high=number.high + more)
    if (tail := _EN_TAIL.match(text, number.end)) and (word := tail[1] or tail[2]):
        number = _stretched(number, "", GREAT.get(word) or SHORT[word], tail.end())
    return number


def _stretched(number: Number, more: str, times: int, end: int) -> Number:
    """The number multiplied; 几 leaves its last digit open."""
    low, high = simple(number.low * times), simple((number.high + (10 if more == "几" else 0)) * times)
    hint = _HINTS.get(more, number.hint)
    return replace(number, end=end, low=low, high=high, scale=number.scale * times, rough=more == "几", hint=hint)


_READERS: dict[str, Callable[[re.Match[str]], Number | None]] = {
    "zh_part": _zh_part,
    "zh_over": _zh_over,
    "zh_rough": _zh_rough,
    "zh_times": _times,
    "zh_half": _half,
    "zh_first": _zh_first,
    "over": _over,
    "nth": _nth,
    "fold": _times,
    "digits": _digits,
    "formal": _han,
    "han": _han,
    "rough": _en_rough,
    "times": _times,
    "half": _half,
    "half_of": _half_of,
    "part": _en_part,
    "one_in": _one_in,
    "of": _one_in,
    "ordinal": _nth,
    "english": _english,
}
