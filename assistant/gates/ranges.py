"""Two numbers that make one range: 3-5人, 三到五, between 3 and 5, 20 to 30 million."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from assistant.gates.counting import Quantity
from assistant.gates.numerals import simple
from assistant.gates.units import BARE, THING, agree

_TO = re.compile(r"\s?(?:-|–|~|to|-to-|through|到|至)\s?|—")
_OR = re.compile(r"\s?(?:or|或|或者)\s?")
_AND = re.compile(r"\s?(?:and|和|与)\s?")
_BETWEEN = re.compile(r"(?:\bbetween|介于|在)\s?$")
_FROM = re.compile(r"(?:\bfrom|从|由|自)\s?$")


def joined(text: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """The quantities of a readable text, each pair that makes a range as one."""
    last: Quantity | None = None
    for each in found:
        both = _range(text, last, each) if last else None
        if last and not both:
            yield last
        last = both or each
    if last:
        yield last


def _range(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    if not _connected(text, first, second) or first.number.rough or second.number.rough:
        return None
    first = _lent(first, second)
    unit = first.unit if second.unit.kind == BARE else second.unit
    if not agree(first.unit.kind, unit.kind) or first.low * first.unit.factor >= second.high * unit.factor:
        return None
    first = replace(first, low=simple(first.low * Fraction(first.unit.factor) / unit.factor))
    loose = _OR.fullmatch(text, first.end, second.start) or _FROM.search(text, max(0, first.start - 6), first.start)
    return replace(
        second, start=first.start, low=first.low, unit=unit, ordinal=first.ordinal, loose=bool(loose), weak=False
    )


def _connected(text: str, first: Quantity, second: Quantity) -> bool:
    gap = first.end, second.start
    if _TO.fullmatch(text, *gap) or _OR.fullmatch(text, *gap):
        return True
    between = _BETWEEN.search(text, max(0, first.start - 10), first.start) or text.startswith("之间", second.end)
    return bool(between and _AND.fullmatch(text, *gap))


def _lent(first: Quantity, second: Quantity) -> Quantity:
    """The first of two numbers with the multiplier and the unit that it leaves to the second."""
    scale = second.number.scale
    if first.number.scale == 1 and first.end == first.number.end and first.low < second.high / Fraction(scale):
        first = replace(first, low=first.low * scale)
    return replace(first, unit=second.unit) if first.unit.kind in (BARE, THING) and second.unit.kind else first
