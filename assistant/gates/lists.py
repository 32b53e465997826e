"""How many things a text lists: a claim may count what its source names one by one."""

import re
from fractions import Fraction
from functools import lru_cache

_CLAUSE_END = re.compile(r"[.;:!?。\n]")
_LAST = re.compile(r"(,?) (?:and|or) (?!.* (?:and|or) )")
_HAN_LIST = re.compile(r"[^、,]{1,24}(?:、[^、,]{1,24})+")
_HAN_LAST = re.compile(r"[^、](?:以?及|和|与|或)[^、]+$")
ITEMS = re.compile(r"[^:\uff1a;.\u3002]{0,60}?(?::|[,;]? ?namely|[,;] ?即)(?P<items>[^.\u3002]+)")
_COMMAS = re.compile(r"[,;、]?\s*(?:或者|以及|\b(?:and|or) (?=[^,]*$))|[,;、]")
_SENTENCE = re.compile("[:\uff1a;.\u3002]")
_SUMS_UP = re.compile(r"(?:[这那]|\b(?:are|these|those|as) )$")
_BETWEEN = re.compile(
    r"\s*(?:[,、]\s*(?:and|or|以?及|或者?|和|还是)?|(?<![a-z])(?:and|or)(?![a-z])|或者?|以及|和|与|还是)\s*"
)
_PAIR = re.compile(r"前者|后者|分别|[和与及或而、]|\b(?:and|or|while|former|latter|respectively)\b")


@lru_cache(maxsize=1024)
def listed(folded: str) -> frozenset[int]:
    """The lengths of the lists in a readable text."""
    lengths = {2} if _PAIR.search(folded) else set()
    for clause in _CLAUSE_END.split(folded):
        lengths |= {_han_length(found.group()) for found in _HAN_LIST.finditer(clause)}
        if last := _LAST.search(clause):
            lengths.add(clause.count(",", 0, last.start()) + 2)
    return frozenset(lengths)


def _han_length(items: str) -> int:
    return items.count("、") + 1 + (_HAN_LAST.search(items) is not None)


def counts_what_follows(count: Fraction | int, folded: str, end: int) -> bool:
    """Whether the claim names, right after a count, as many things as it counts: three things: a, b and c."""
    items = ITEMS.match(folded, end)
    if not items:
        return False
    first, whole = items["items"].split(";")[0], items["items"].replace(";", ",")
    splits = (_BETWEEN.split(first), _BETWEEN.split(whole), _COMMAS.split(items["items"]))
    return count in [sum(len(each.strip()) > 1 for each in named) for named in splits]


def counts_what_precedes(count: Fraction | int, folded: str, start: int) -> bool:
    """Whether the claim names as many things right before it says how many these are: a, b and c, these three."""
    before = _SENTENCE.split(folded[:start])[-1]
    if not _SUMS_UP.search(before):
        return False
    return count == sum(len(each.strip()) > 1 for each in _BETWEEN.split(_SUMS_UP.sub("", before)))
