"""What a claim counts must stand in its source: same value, same kind of unit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from assistant.gates.bounds import Bound, bound
from assistant.gates.counting import Quantity, articles, counted, is_weak
from assistant.gates.dates import Date, dates, neighbour, same_rates
from assistant.gates.labels import Label, false_friends, labels, letters, stands_alone
from assistant.gates.lists import ITEMS, counts_what_follows, counts_what_precedes, listed
from assistant.gates.numbers import numbers
from assistant.gates.numerals import Value, simple
from assistant.gates.ranges import joined
from assistant.gates.reading import readable, without, written
from assistant.gates.units import BARE, COUNTS, LEVEL, MINUTES, MONTHS, OFF, PAYS, SHARE, SPANS, Unit, agree


def missing_quantities(claim: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """The numbers of a claim, as written, that no evidence holds with the same value and a fitting unit.

    Names with digits (B2B) and letters of grades and companies (tier A, 公司C) must stand as such.
    Where only one side names a unit, the value is enough. A claim may count what evidence lists, if it
    gives every count that evidence has itself, and the years between two years of the evidence.
    """
    held = [each for text in evidence for each in quantities(text)]
    told = [each for each in quantities(claim) if not each.weak]
    lost = [each for each in told if not _held(each, held) and not _said_otherwise(each, evidence)]
    if lost:
        lost = [each for each in lost if not (_in_other_words(each, told, claim, evidence) or _of_many(each, held))]
    if lost and _tells_all_counts(told, held, readable(claim)):
        lost = [each for each in lost if not _counts_a_list(each, claim, evidence)]
        lost = [each for each in lost if not _points_back(each, claim, evidence)]
    return (*(each.surface for each in lost), *_lost_names(claim, evidence), *_lost_letters(claim, evidence))


@lru_cache(maxsize=1024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in order; dates and names with digits in them are none."""
    folded = readable(text)
    taken: list[Date | Label] = [*dates(text), *_names(text)]
    left = without(folded, [(each.start, each.end) for each in taken])
    left = without(left, false_friends(left))
    by_article = list(articles(left))
    left = without(left, [(each.start, each.end) for each in by_article if each.low < each.high])
    found = [(each, is_weak(left, each)) for each in joined(left, counted(left))]
    found += [(each, each.weak) for each in by_article]
    return _localised([_finished(text, folded, each, weak) for each, weak in found])


def _localised(found: list[Quantity]) -> tuple[Quantity, ...]:
    """A text that names the dollars of Taiwan or Hong Kong means them wherever it writes 元."""
    named = {each.unit.kind for each in found} & {"twd", "hkd"}
    if len(named) != 1:
        return tuple(found)
    local = Unit(named.pop())
    return tuple(replace(each, unit=local) if each.unit.kind == "yuan" else each for each in found)


def _finished(text: str, folded: str, found: Quantity, weak: bool) -> Quantity:
    side = bound(folded, found.start, found.end, found.number.hint, found.unit.kind in SPANS)
    surface = written(text, folded, found.start, found.end)
    return replace(found, weak=weak, low=simple(found.low), high=simple(found.high), bound=side, surface=surface)


def _held(told: Quantity, held: Sequence[Quantity]) -> bool:
    if any(supports(told, each) for each in held):
        return True
    ends = (replace(told, high=told.low, bound=Bound.LOW), replace(told, low=told.high, bound=Bound.HIGH))
    if told.loose:
        return all(any(supports(end, each) for each in held) for end in ends)
    return told.low < told.high and all(
        any(supports(end, each) and each.bound is end.bound for each in held) for end in ends
    )


def supports(told: Quantity, held: Quantity) -> bool:
    """Whether a source's quantity bears out a claim's: never another value, unit, or one within its range."""
    if not _same_order(told, held) or not agree(told.unit.kind, held.unit.kind):
        return False
    (low, high), (least, most) = _comparable(told, held)
    if told.number.rough:
        return least >= low and (most <= high if held.number.rough else most < high)
    if held.number.rough:
        thousand = held.surface[:1] == "上" and told.surface[:2].lower() == "a "  # 上千人: a thousand people
        return low == high == least and (told.bound in (Bound.LOW, Bound.ODD) or thousand)
    if (low, high) == (least, most):
        return True
    at_end = (low == least and (held.loose or told.bound is Bound.LOW)) or (
        low == most and (held.loose or told.bound in (Bound.HIGH, Bound.PEAK))
    )
    return low == high and least < most and at_end


def _same_order(told: Quantity, held: Quantity) -> bool:
    """A third is not three; but list numbers and 三级 may be either."""
    either = (BARE, LEVEL)
    return told.ordinal == held.ordinal or (told if held.ordinal else held).unit.kind in either


def _comparable(told: Quantity, held: Quantity) -> tuple[tuple[Value, Value], tuple[Value, Value]]:
    """The ends of both as written when one names no unit, else in the class's own unit; 八五折 is 15% off."""
    if told.unit == held.unit or BARE in (told.unit.kind, held.unit.kind):
        return (told.low, told.high), (held.low, held.high)
    mine, theirs = ((q.low * q.unit.factor, q.high * q.unit.factor) for q in (told, held))
    if {told.unit.kind, held.unit.kind} == {PAYS, OFF}:
        theirs = 1 - theirs[1], 1 - theirs[0]
    return mine, theirs


_ALL = re.compile(r"所有|全部|一切|全体|\b(?:all|every|entire|whole)\b|100%")
_MOST = re.compile(r"大半|大?多数|大部分|\b(?:most|majority)\b")
_OTHERWISE: dict[tuple[Value, bool], re.Pattern[str]] = {
    (0, False): re.compile(r"零|没有|无|未|\b(?:no|none|nothing|without|zero)\b"),
    (1, False): re.compile(r"单|唯一|\b(?:an?|single|sole|only|once)\b"),
    (1, True): re.compile(r"首|先|头号|\b(?:begin|start|first)"),
    (2, False): re.compile(r"双|\b(?:both|pair|couple)\b"),
    (2, True): re.compile(r"再|然后|其次|\b(?:then|second)"),
}


def _said_otherwise(told: Quantity, evidence: Sequence[str]) -> bool:
    """Whether evidence has a small count in a word that is no number (a, both, no), 100% as all, a year as a date."""
    if told.low != told.high:
        return False
    texts = [readable(each) for each in evidence]
    if told.unit.kind == SHARE and told.low * told.unit.factor == 1:
        return any(_ALL.search(each) for each in texts)
    if told.unit.kind == SHARE and told.low * told.unit.factor == Fraction(1, 2) and told.bound is Bound.LOW:
        return any(_MOST.search(each) for each in texts)
    if _in_a_word(told, texts):
        return True
    if told.unit.kind == MONTHS:
        return any(_years_apart(each, told.low * told.unit.factor) for each in evidence)
    if told.unit.kind not in (*COUNTS, BARE):
        return False
    word = _OTHERWISE.get((told.low, told.ordinal))
    if word and any(word.search(each) for each in texts):
        return True
    return any(("year", told.low) in date.marks for each in evidence for date in dates(each))


def _in_a_word(told: Quantity, texts: Sequence[str]) -> bool:
    """Whether a good quarter is one, or company to company two."""
    span = _ONE.get((told.unit.kind, int(told.unit.factor)), "") if told.low == 1 else ""
    if span and any(re.search(rf"\ban? (?:[a-z-]+ ){{0,2}}{span}\b", each) for each in texts):
        return True
    return told.low == 2 and told.unit.kind in (*COUNTS, BARE) and any(_MUTUAL.search(each) for each in texts)


_MUTUAL = re.compile(
    r"(?P<side>[一-龥]{2})(?:[对与和跟同]|之于)(?P=side)(?![一-龥]?[一-龥])|(?P<each>公司|企业|部门|团队|个人)[对与和跟](?P=each)|双方|彼此|互相|相互"
    r"|\b(?P<one>[a-z]{4,}) (?:to|and|versus|against|with) (?P=one)\b|\bboth\b|\beach other\b|\bone another\b|\bmutual"
)
_ONE = {
    (MONTHS, 12): "year",
    (MONTHS, 3): "quarter",
    (MONTHS, 1): "month",
    (MINUTES, 10080): "week",
    (MINUTES, 1440): "day",
}
_ONE = {(MONTHS, 12): "year", (MONTHS, 3): "quarter", (MONTHS, 1): "month", (MINUTES, 10080): "week"}
_ONE |= {(MINUTES, 1440): "day"}
_EARLIER = re.compile(r"(?:ago|before|earlier)\b|[之以]?前")
_LATER = re.compile(r"(?:later|after|on)\b|[之以]?后")
_FIRST_OF_YEAR = re.compile(r"年的?[前头]\||\bfirst\|of (?:the year|20\d\d|this|last|next)\b")
_FIGURES = re.compile(r"\s?(?:数(?![额量])|比例|金额|\b(?:figures|numbers|amounts|values|percentages|shares)\b)")
_SCALE = re.compile(r"(?:\d{1,3}|[a-z]+)[- ]point scale|[\d一二两三四五六七八九十]{1,3}分制")
_POINTING = re.compile(r"(?:\b(?:the|these|those|its|all|both|of)|[这那]|上[述面]|前述|以上)\s?$")


def _in_other_words(told: Quantity, claims: Sequence[Quantity], claim: str, evidence: Sequence[str]) -> bool:
    """Whether evidence says it without the number: a rate, the year after, the first half; or figures are counted."""
    rates = same_rates(claim, evidence)
    if told.bound is Bound.EXACT and any(start <= told.start and told.end <= end for start, end in rates):
        return True
    folded = readable(claim)
    if _SCALE.match(folded, told.start):
        return any(each.low in (0, 1) and each.high == told.high for text in evidence for each in quantities(text))
    if _FIGURES.match(folded, told.end):
        others = [each for each in claims if each is not told and each.unit.kind not in SPANS and not each.ordinal]
        return len(others) == told.low == told.high
    return told.unit.kind in SPANS and _is_neighbour(told, folded, evidence)


def _is_neighbour(told: Quantity, folded: str, evidence: Sequence[str]) -> bool:
    """Whether a year later (第二年) is the following year of evidence, or the first six months its first half."""
    unit = _ONE.get((told.unit.kind, int(told.unit.factor if told.ordinal else told.low * told.unit.factor)))
    before = folded[max(0, told.start - 6) : told.start].rstrip()
    after = folded[told.end :].lstrip()
    if unit and (_LATER.match(after) if not told.ordinal else told.low == 2):
        return any(neighbour(1, unit).search(readable(each)) for each in evidence)
    if unit and not told.ordinal and (before.endswith("前") or _EARLIER.match(after)):
        return any(neighbour(-1, unit).search(readable(each)) for each in evidence)
    half = told.unit.kind == MONTHS and told.low * told.unit.factor == 6 and _FIRST_OF_YEAR.search(before + "|" + after)
    return bool(half) and any(("half", 1) in date.marks for each in evidence for date in dates(each))


def _of_many(told: Quantity, held: Sequence[Quantity]) -> bool:
    """Whether 14 out of 26 stands as a 14 and a 26 in evidence, or one of these there as 14 out of 26."""
    if _OUT_OF in told.surface.lower() and told.number.share:
        counts = [each.low for each in held if each.low == each.high and each.unit.kind in (*COUNTS, BARE)]
        return told.low in counts and 1 / told.number.share in counts
    parts = [each for each in held if each.number.share and _OUT_OF in each.surface.lower()]
    counted_so = any(told.low in (each.low, 1 / (each.number.share or 1)) for each in parts)
    return counted_so and told.low == told.high and told.unit.kind in (*COUNTS, BARE) and not told.ordinal


_OUT_OF = " out of "


def _points_back(told: Quantity, claim: str, evidence: Sequence[str]) -> bool:
    """Whether a two in words points at what was told (these two, 上述两点), which is no longer list."""
    if any(length > 2 for text in evidence for length in listed(readable(text))):
        return False
    pointing = _POINTING.search(readable(claim)[max(0, told.start - 8) : told.start])
    return _is_count(told) and told.low == 2 and not told.number.in_digits and pointing is not None


def _years_apart(text: str, months: Value) -> bool:
    """Whether two years of a text lie so far apart: 1998 and 2005 are seven years."""
    years = [int(value) for date in dates(text) for mark, value in date.marks if mark == "year"]
    return any(months == 12 * (later - earlier) > 0 for earlier in years for later in years)


def _is_count(told: Quantity) -> bool:
    return not told.weak and not told.ordinal and told.unit.kind in (*COUNTS, BARE) and 1 < told.low <= 12


def _tells_all_counts(told: Sequence[Quantity], held: Sequence[Quantity], folded: str) -> bool:
    """Whether a claim gives every small count of its evidence: then another one is its own, not a changed one."""
    both = _BOTH.search(folded) is not None
    counts = (each for each in held if _is_count(each) and not (both and each.low == 2))
    return all(any(supports(mine, each) for mine in told) for each in counts)


def _counts_a_list(told: Quantity, claim: str, evidence: Sequence[str]) -> bool:
    """Whether a count is the length of a list of its evidence; two are not many in the claim itself."""
    folded = readable(claim)
    if _is_count(told) and (
        counts_what_follows(told.low, folded, told.end) or counts_what_precedes(told.low, folded, told.start)
    ):
        return True
    if _is_count(told) and told.low == len(evidence) and ITEMS.match(folded, told.end):
        return True
    lists = [max(listed(each), default=0) for each in (folded, *map(readable, evidence))]
    two_of_many = told.low == 2 and min(lists[0], max(lists[1:], default=0)) > 2
    return _is_count(told) and not two_of_many and any(told.low in listed(readable(each)) for each in evidence)


_BOTH = re.compile(r"\bboth\b|\bpair\b|[双两二][方者边头]|彼此")


def _lost_names(claim: str, evidence: Sequence[str]) -> Iterator[str]:
    """The names with digits that no evidence has; 3M may be three million there."""
    held = {each.name for text in evidence for each in _names(text)}
    for label in _names(claim):
        if label.name not in held and not _is_amount(label.name, evidence):
            yield written(claim, readable(claim), label.start, label.end)


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[Label, ...]:
    folded = readable(text)
    return tuple(labels(without(folded, [(each.start, each.end) for each in dates(text)])))


def _is_amount(name: str, evidence: Sequence[str]) -> bool:
    amount = next(numbers(name), None)
    if not amount or amount.scale == 1 or amount.end < len(name):
        return False
    return any(each.low == amount.low for text in evidence for each in quantities(text))


def _lost_letters(claim: str, evidence: Sequence[str]) -> Iterator[str]:
    held = [(letters(text), text) for text in evidence]
    for (kind, letter), surface in letters(claim).items():
        if not any((kind, letter) in named for named, _ in held) and not (
            kind == "grade"
            and any(stands_alone(letter, text) and ("company", letter) not in named for named, text in held)
        ):
            yield surface
