"""How many things a text lists: a claim may count what its source names one by one."""

import re
from functools import lru_cache

_CLAUSE_END = re.compile(r"[.;:!?。\n]")
_LAST = re.compile(r"(,?) (?:and|or) (?!.* (?:and|or) )")
_HAN_LIST = re.compile(r"[^、,]{1,24}(?:、[^、,]{1,24})+")
_HAN_LAST = re.compile(r"[^、](?:以?及|和|与|或)[^、]+$")
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
