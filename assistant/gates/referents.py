"""The former and the latter, put as the things they stand for."""

import re
from functools import lru_cache

_STOP = r"[^,;:.\u3002!?\n]"
_TWO = re.compile(rf"(?P<one>{_STOP}{{2,60}}?)(?:\u548c|\u4e0e|\u8ddf|\u53ca|\band\b)(?P<two>{_STOP}{{2,60}})")
_FORMER = re.compile(r"\u524d\u8005|\bthe former\b")
_LATTER = re.compile(r"\u540e\u8005|\bthe latter\b")
_ENDS_NAME = re.compile(
    r"[\u662f\u4e0d\u90fd\u5404\u6709\u5747\u770b\u4e92\u5206]"
    r"|\b(?:are|is|were|was|have|has|do|does|differ|both|each|serve|mean)\b"
)


@lru_cache(maxsize=4096)
def resolved(folded: str) -> str:
    """A folded text with the last two things named before the former and the latter in their places."""
    former, latter = _FORMER.search(folded), _LATTER.search(folded)
    if not (former and latter):
        return folded
    two = [*_TWO.finditer(folded, 0, min(former.start(), latter.start()))]
    if not two:
        return folded
    one, other = two[-1]["one"], _ENDS_NAME.split(two[-1]["two"])[0]
    return _LATTER.sub(lambda _: other, _FORMER.sub(lambda _: one, folded))
