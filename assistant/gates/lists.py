"""How many things a text lists: a claim may count what its source names one by one."""

import re

_HAN_LIST = re.compile(r"[^、,。;:!?\n]{1,24}(?:、[^、,。;:!?\n]{1,24})+")
_HAN_LAST = re.compile(r"[^、](?:以?及|和|与|或)[^、]+$")
_ENGLISH_LIST = re.compile(r"[^,.;:!?\n]+(?:, (?!and |or )[^,.;:!?\n]+)*,? (?:and|or) ")
_PAIR = re.compile(r"前者|后者|分别|[和与及或、]|\b(?:and|or|former|latter|respectively)\b")


def listed(folded: str) -> set[int]:
    """The lengths of the lists in a readable text."""
    lengths = {2} if _PAIR.search(folded) else set()
    for found in _HAN_LIST.finditer(folded):
        lengths.add(found.group().count("、") + 1 + (_HAN_LAST.search(found.group()) is not None))
    for found in _ENGLISH_LIST.finditer(folded):
        lengths.add(found.group().count(",") + (1 if re.search(r", (?:and|or) $", found.group()) else 2))
    return lengths
