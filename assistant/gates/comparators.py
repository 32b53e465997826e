"""What a claim must not turn: at least into at most, before into after, some into all, may into must."""

from collections.abc import Iterator, Sequence

from assistant.gates.bounds import Bound, date_bound
from assistant.gates.counting import Quantity
from assistant.gates.dates import dates, with_implied
from assistant.gates.quantifiers import QUANTIFIERS
from assistant.gates.quantities import quantities, supports
from assistant.gates.reading import readable, written
from assistant.gates.units import SPANS

_MAY_TELL = {
    Bound.EXACT: {Bound.EXACT, Bound.ABOUT, Bound.NEARLY, Bound.REACH, Bound.BY, Bound.SINCE},
    Bound.LOW: {Bound.LOW, Bound.ODD, Bound.REACH},
    Bound.HIGH: {Bound.HIGH, Bound.PEAK},
    Bound.PEAK: {Bound.HIGH, Bound.PEAK, Bound.REACH},
    Bound.ABOUT: {Bound.ABOUT, Bound.NEARLY},
    Bound.NEARLY: {Bound.NEARLY, Bound.ABOUT, Bound.HIGH},
    Bound.ODD: {Bound.ODD, Bound.LOW, Bound.ABOUT},
    Bound.REACH: {Bound.REACH, Bound.PEAK, Bound.LOW, Bound.EXACT, Bound.ABOUT, Bound.NEARLY},
    Bound.BEFORE: {Bound.BEFORE, Bound.BY},
    Bound.BY: {Bound.BY, Bound.BEFORE},
    Bound.AFTER: {Bound.AFTER, Bound.SINCE},
    Bound.SINCE: {Bound.SINCE, Bound.AFTER, Bound.EXACT},
}
"""What a claim may say of a number that its source bounds so; `ANY` on either side fits all."""

_EITHER = {Bound.ANY, Bound.NOT_LOW, Bound.NOT_HIGH, Bound.OVER}
_APART = {(Bound.NOT_LOW, Bound.NOT_HIGH), (Bound.NOT_HIGH, Bound.NOT_LOW), (Bound.HIGH, Bound.OVER)}
_TIME_MAY_TELL = {
    (Bound.EXACT, Bound.AFTER),
    (Bound.EXACT, Bound.HIGH),
    (Bound.AFTER, Bound.EXACT),
    (Bound.BEFORE, Bound.EXACT),
}
"""And of a duration: what holds for 30 days holds within them, what comes after two weeks takes two weeks."""


def comparator_changes(claim: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """The quantities and dates of a claim that evidence holds only with another bound, as written.

    At least and more than are one side, so are at most and less than. A claim may say "about" of an
    exact number, not the reverse; a duration may lose its before or after, not swap it.
    """
    return (*_changed_quantities(claim, evidence), *_changed_dates(claim, evidence))


def _changed_quantities(claim: str, evidence: Sequence[str]) -> Iterator[str]:
    """A quantity told more than once need fit only once; "at most 3 visits and 5 calls" bounds both."""
    counted = [each for text in evidence for each in quantities(text)]
    changed: list[Quantity] = []
    fitting: list[Quantity] = []
    for told in quantities(claim):
        same = [each for each in counted if supports(told, each)]
        if same and not told.number.rough and not told.ordinal:
            fits = any(_may_tell(told, each) or _carried(told, each, fitting) for each in same)
            (fitting if fits else changed).append(told)
    for told in changed:
        if not any(_is_again(told, each) for each in fitting):
            yield told.surface


def _is_again(told: Quantity, before: Quantity) -> bool:
    """Whether a quantity is one told before, with no bound of its own: RMB 1.8 million (180万元)."""
    if told.bound in (Bound.LOW, Bound.HIGH):
        return False
    same_unit = told.unit == before.unit or {told.unit.kind, before.unit.kind} == {"cny", "yuan"}
    return same_unit and (told.low, told.high) == (before.low, before.high)


def _carried(told: Quantity, held: Quantity, before: Sequence[Quantity]) -> bool:
    """Whether a claim states the bound of a quantity with one told before it, of the same kind."""
    alike = (each for each in before if each.unit.kind == told.unit.kind and each.bound is held.bound)
    return told.bound is Bound.EXACT and any(alike)


def _may_tell(told: Quantity, held: Quantity) -> bool:
    if told.low == told.high and held.low < held.high:
        return True
    if told.weak or held.weak:
        return {told.bound, held.bound} != {Bound.LOW, Bound.HIGH}
    spans = told.unit.kind in SPANS and (held.bound, told.bound) in _TIME_MAY_TELL
    return spans or _fits(told.bound, held.bound)


def _fits(told: Bound, held: Bound) -> bool:
    if (told, held) in _APART:
        return False
    return bool({told, held} & _EITHER) or told in _MAY_TELL[held]


def _changed_dates(claim: str, evidence: Sequence[str]) -> Iterator[str]:
    for told in dates(claim):
        mine = date_bound(readable(claim), told.start, told.end)
        sides = [
            date_bound(readable(text), date.start, date.end) if told.precision <= date.precision else Bound.ANY
            for text in evidence
            for date, marks in with_implied(text)
            if told.marks <= marks
        ]
        if sides and not any(_fits(mine, side) for side in sides):
            yield told.surface


def quantifier_changes(claim: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """The words of all, never, only, must and guarantee in a claim that evidence does not bear out, as written.

    Should, need and must are one class, and a source in the imperative bears out a must; any denial bears out a
    never; but some, often, may and can bear out none of them.
    """
    folded, held = readable(claim), "\n".join(map(readable, evidence))
    return tuple(
        written(claim, folded, *found.span())
        for each in QUANTIFIERS
        for found in each.claimed.finditer(folded)
        if not each.held.search(held) and (not each.leaning.search(held) or each.hedged.search(held))
    )
