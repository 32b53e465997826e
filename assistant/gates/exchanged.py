"""Whether a claim gives one thing what its evidence gives another."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice, product

from assistant.gates.parts import Span, Term, narrowest, shared, siblings, terms, within
from assistant.gates.referents import resolved
from knowledge.glossary import Glossary
from knowledge.language import fold, has_han

# What tells two things apart that begin alike: online and offline, inner and outer.
_SIDES = frozenset("上下内外前后左右东西南北")
_MOST, _PAIRS = 6, 60
"""How many terms of two parts, and how many pairs of parts, are compared, so that a huge text stays cheap."""
# What pairs two lists item by item, and not what stands together.
_IN_TURN = re.compile(r"\brespectively\b|分别|依次")


@dataclass(frozen=True, slots=True)
class Parts:
    """Two parts of a text: the terms that only one of them has, with their places, and whether they are a list's."""

    one: Mapping[str, int]
    other: Mapping[str, int]
    listed: bool


def exchanged(claim: str, evidence: Sequence[str], glossary: Glossary) -> bool:
    """Whether a claim pairs crosswise what its evidence pairs straight."""
    here, there = resolved(fold(claim)), resolved(fold("\n".join(evidence)))
    if _IN_TURN.search(here) or _IN_TURN.search(there):
        return False
    mine, theirs = shared(here, there, glossary)
    if _misgiven(here, mine, there):
        return True
    # What a claim says twice, or two quotes both say, may stand in either part without a lie.
    told = tuple(islice(_opposed(here, _once(mine, lambda at: at)), _PAIRS))
    said = _opposed(there, _once(theirs, lambda at: there.count("\n", 0, at)))
    return any(_crossed(one, other) for one in islice(said, _PAIRS) for other in told)


def _once(found: tuple[Term, ...], place: Callable[[int], int]) -> tuple[Term, ...]:
    """The terms that stand in one place only."""
    times = Counter(key for key, _ in {(key, place(at)) for at, key in found})
    return tuple(term for term in found if times[term[1]] == 1)


def _opposed(folded: str, found: tuple[Term, ...]) -> Iterator[Parts]:
    """Every two parallel parts of a text, each with the terms that only it has, where both have two or more."""
    for one, other, listed in siblings(folded):
        left, right = within(found, one), within(found, other)
        common = left.keys() & right.keys()
        left, right = ({key: at for key, at in each.items() if key not in common} for each in (left, right))
        if len(left) > 1 < len(right):
            yield Parts(left, right, listed)


def _crossed(evidence: Parts, claim: Parts) -> bool:
    """Whether each part of a claim has terms of both parts of its evidence, in the same roles."""
    first, second, head, tail = evidence.one, evidence.other, claim.one, claim.other
    x, y = first.keys() & head.keys(), first.keys() & tail.keys()
    a, b = second.keys() & tail.keys(), second.keys() & head.keys()
    if not (x and y and a and b):
        return False
    few = (sorted(each)[:_MOST] for each in (x, y, a, b))
    fours = [four for four in product(*few) if not (_akin(four[1], four[3]) or _akin(four[0], four[2]))]
    roles = [_order(first, p, q) == _order(second, r, t) for p, q, r, t in fours]
    told = [(_order(head, p, t), _order(tail, r, q)) for p, q, r, t in fours]
    if any(same and one == other for same, (one, other) in zip(roles, told, strict=True)):
        return True
    return not evidence.listed and all(roles) and len(set(told)) == 1


def _order(places: Mapping[str, int], one: str, other: str) -> bool:
    """Whether one term stands before another."""
    return places[one] < places[other]


def _akin(one: str, other: str) -> bool:
    """Whether two terms begin alike, and so may be two words for one thing."""
    return one[0] == other[0] and has_han(one) and not {one[1:], other[1:]} <= _SIDES


def _misgiven(claim: str, mine: tuple[Term, ...], evidence: str) -> bool:
    """Whether a part of a claim tells of one of two parts of its evidence, but with the figure of the other."""
    told = [keys for span in narrowest(claim) if _figures(keys := within(mine, span).keys())]
    if not told:
        return False
    pairs = (pair for one, other, _ in siblings(evidence) for pair in _own(evidence, one, other))
    return any(_wrong(keys, *pair) for pair in pairs for keys in told)


def _own(evidence: str, one: Span, other: Span) -> Iterator[tuple[Set[str], Set[str]]]:
    """The terms that only each of two parts of evidence has, both ways round, where each has one figure."""
    left, right = (set(within(terms(evidence), span)) for span in (one, other))
    left, right = left - right, right - left
    if len(_figures(left)) == len(_figures(right)) == 1:
        yield from ((left, right), (right, left))


def _wrong(keys: Set[str], own: Set[str], other: Set[str]) -> bool:
    """Whether a part of a claim has what is one part's own, but for its figure, and of the other just the figure."""
    rightful, figure = _figures(own), _figures(other)
    alike = len({each[-1] == "%" for each in rightful | figure}) == 1
    return alike and len(other) > 1 and keys & other == figure and bool(keys & own) and not keys & rightful


def _figures(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if key[0].isdigit()}
