"""Numbers with what they count: unit, currency, rank; and which of them count nothing much."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.gates.bounds import Bound
from assistant.gates.numbers import Number, numbers
from assistant.gates.numerals import GREAT, Value
from assistant.gates.units import (
    BARE,
    COUNTS,
    OFF,
    PAYS,
    SHARE,
    SPANS,
    THING,
    TIMES,
    TURN,
    Unit,
    unit_after,
    unit_before,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; the place in the readable text takes in both.

    `low` and `high` are as written, in `unit`; they differ for a range, and for a rough amount (数百),
    which goes up to, not including, `high`. A `loose` range may be two values (from 3 to 5, 3 or 5).
    A `weak` quantity supports claims and is never asked of one: the article-like one, the first.
    """

    number: Number
    start: int
    end: int
    low: Value
    high: Value
    unit: Unit
    ordinal: bool = False
    loose: bool = False
    weak: bool = False
    bound: Bound = Bound.EXACT
    surface: str = ""


def counted(text: str) -> Iterator[Quantity]:
    """The numbers of a readable text with their units, in order."""
    last = 0
    for number in numbers(text):
        if number.start >= last:
            found = _fitted(text, _with_unit(text, number))
            last = found.end
            yield found


_RANK_BEFORE = re.compile(
    r"(?:第|\b(?:steps?|stages?|phases?|tiers?|levels?|layers?|grades?|class|rank|no\.|number|rules?|chapter|page|module"
    r"|priority|action)[ -]?|#|阶段|步骤|维度|模块|层级|等级|(?<!last )(?<!this )(?<!next )(?<!past )(?<!per )(?<!a )"
    r"\b(?:day|week|month|quarter|year) )\s?$"
)

_RANK_LISTED = re.compile(r"第(?:[一二三四五六七八九十]|\d)[、和与及或]$")  # 第二、三阶段


def _with_unit(text: str, number: Number) -> Quantity:
    before, after = unit_before(text, number.start), unit_after(text, number.end)
    unit, end = after or (Unit(), number.end)
    rank = _RANK_BEFORE.search(text, max(0, number.start - 12), number.start)
    listed = _RANK_LISTED.search(text, max(0, number.start - 5), number.start) is not None
    ordinal = number.ordinal or listed or (rank is not None and (end == number.end or rank[0].startswith("第")))
    start = rank.start() if rank and ordinal else before[1] if before else number.start
    return Quantity(number, start, end, number.low, number.high, before[0] if before else unit, ordinal)


_PAYS = re.compile(r"\s?折(?![叠页射腾])")
_OFF_AFTER = re.compile(
    r"\s(?:off|discounts?|price cut|price reduction|below|lower|cheaper)\b|的?(?:折扣|优惠|折让|让利)"
)
_OFF_BEFORE = re.compile(
    r"(?:\bdiscounts?(?: of| by)?(?: up to| at most| no more than)?|降价|让利|优惠|减价|折让|降低)\s?$"
)
_OF_SPAN = re.compile(r" of an? (hour|year|day)\b")
_TENTHS = "一二三四五六七八九"


def _fitted(text: str, found: Quantity) -> Quantity:
    """The quantity with what its unit changes: fractions, 折, 三成五, 一年半, 一倍."""
    number, unit = found.number, found.unit
    if number.share:
        return _share_of(text, found, number.share)
    if number.times or text[number.start : number.end] in ("once", "twice", "thrice"):
        return replace(found, unit=Unit(TIMES if number.times else TURN), end=number.end)
    if number.low == Fraction(1, 2) and unit.kind in (BARE, THING):
        return replace(found, unit=Unit(SHARE))
    if pays := _PAYS.match(text, number.end):
        return replace(found, unit=Unit(PAYS, Fraction(1, 10 if number.low < 10 else 100)), end=pays.end())
    if unit.kind == SHARE:
        return _share(text, found)
    if unit.kind in SPANS and text.startswith("半", found.end):
        return _raised(found, Fraction(1, 2))
    if unit.kind == TIMES and number.low == number.high == 1:
        return replace(found, low=2, high=2)
    return found


def _share_of(text: str, found: Quantity, share: Fraction) -> Quantity:
    """A fraction, of an hour or a year in their own unit."""
    span = _OF_SPAN.match(text, found.number.end)
    unit = unit_after(f" {span[1]}", 0) if span else None
    if not span or not unit:
        return replace(found, unit=Unit(SHARE, share), end=found.number.end)
    return replace(found, unit=Unit(unit[0].kind, unit[0].factor * share), end=span.end())


def _share(text: str, found: Quantity) -> Quantity:
    tenth = text[found.end : found.end + 1]
    if found.unit.factor == Fraction(1, 10) and tenth and tenth in _TENTHS:
        return _raised(found, Fraction(_TENTHS.index(tenth) + 1, 10))
    if _OFF_AFTER.match(text, found.end) or _OFF_BEFORE.search(text, max(0, found.start - 26), found.start):
        return replace(found, unit=Unit(OFF, found.unit.factor))
    return found


def _raised(found: Quantity, more: Fraction) -> Quantity:
    return replace(found, low=found.low + more, high=found.high + more, end=found.end + 1)


_RANKED = re.compile(
    r"(?!\s(?:years|months|weeks|days)\b)\s?-?(?:stage|step|phase|tier|level|layer|grade|class|quarter|year|month|week|day|place|priority|round|rule|module"
    r"|dimension|action|阶段|步|级|层|档|季|年|月|周|名|优先|类|条|项|点|章|个|轮|期|批|维度|模块)"
)
_LISTING = re.compile(r"\s?[,、:;]")
_ITEM_BEFORE = re.compile(r"(?:^|\n|[;:\u3002.(]\s?)$")
_ITEM_AFTER = re.compile(r"[).\u3001](?!\d)")
# A quoted one or nought is a sign that is talked about (the ones in a name).
_QUOTED_SIGN = re.compile('[\u300c\u300e\u201c"][01][\u300d\u300f\u201d"]')
_SELVES = re.compile("[者边端头侧手方]")
_ANOTHER = re.compile(r"(?:\ba|\bevery|\bsplit|[每隔次上下同各这那哪某另有头省市县区部]|更[高低])\s?$")


def is_weak(text: str, found: Quantity) -> bool:
    """Whether a number is an article, an anaphor (这一年, 两者), a list's, a quoted digit, per thousand, first."""
    number = found.number
    if found.low != found.high:
        return False
    another = _ANOTHER.search(text, max(0, number.start - 6), number.start) is not None
    if found.ordinal:
        if text[found.start : number.start] not in ("", "第"):
            return False
        first = number.low == 1 and not number.in_digits and not _RANKED.match(text, number.end)
        return first or another or text[: number.end].endswith("ly") or _LISTING.match(text, number.end) is not None
    if number.in_digits:
        if _QUOTED_SIGN.match(text, max(0, number.start - 1)):
            return True
        return number.low <= 20 and bool(
            _ITEM_BEFORE.search(text, max(0, number.start - 2), number.start) and _ITEM_AFTER.match(text, number.end)
        )
    if number.low in (0, 1):
        said = text[number.start : found.end]
        return another or said == "one second" or (found.unit.kind in (*COUNTS, BARE) and said != "一级")
    if text[number.start : number.end] in GREAT:
        return True
    return number.low <= 2 and _SELVES.match(text, number.end) is not None


_SPAN = "(?:minute|hour|day|week|fortnight|month|quarter|year|decade)"
_ARTICLE = re.compile(
    rf"""(?<!half\ )\b(?=[abdefilmnopqstuwy])(?:
        (?P<told>(?:within|in|after|for|over|than|least|most|about|around|nearly|almost|under)\ )?
          an?\ (?P<span>{_SPAN}\b)(?P<half>\ and\ a\ half)?(?P<two>\ or\ two\b)?
          (?P<then>\ (?:later|after|before|ago|or\ more)\b)?
      | (?:per|each|every|past|last|this|next|same)\ (?P<rate>{_SPAN})\b
      | every\ (?:other|second)\ (?P<other>{_SPAN})\b | (?P<twice>fortnight(?:ly)?|bi-?weekly)\b
      | (?P<often>daily|weekly|monthly|quarterly|annual|annually|yearly)\b)
    | (?:每?隔一个?|隔(?=[周月季])|双(?=周))(?P<skip>[天日周月季年]|星期)
    | [每同]一?个?(?P<each>小时|[天日周月季年]|星期)""",
    re.VERBOSE,
)
_OFTEN = {"d": "天", "w": "周", "m": "月", "q": "季", "a": "年", "y": "年"}


def articles(text: str) -> Iterator[Quantity]:
    """The one that an article or a frequency tells: within a week; weak in per month, 每周."""
    for found in _ARTICLE.finditer(text):
        if other := found["other"] or found["skip"] or (found["twice"] and "周"):
            unit = unit_after(f" {other}" if found["other"] else other, 0)
            place = found.span()
            yield Quantity(Number(*place, 2, 2), *place, 2, 2, unit[0] if unit else Unit())
            continue
        word, often = found["span"] or found["rate"], found["often"]
        unit = unit_after(f" {word}" if word else found["each"] or _OFTEN[often[0]], 0)
        start = found.end("told") if found["told"] else found.start()
        end = found.end("two") if found["two"] else found.end("span") if found["span"] else found.end()
        low = Fraction(3, 2) if found["half"] else 1
        high = 2 if found["two"] else low
        weak = not (found["told"] or found["half"] or found["two"] or found["then"])
        yield Quantity(Number(start, end, low, high), start, end, low, high, unit[0] if unit else Unit(), weak=weak)
