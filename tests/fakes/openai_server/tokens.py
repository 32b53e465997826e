"""Token counts, without a tokenizer: a Chinese, Japanese or Korean character is one, other characters are a quarter."""

import math
import re
from collections.abc import Sequence

from .records import Payload, text_of

CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def count(text: str) -> int:
    others = len(CJK.sub("", text))
    return len(text) - others + math.ceil(others / 4)


def count_messages(messages: Sequence[Payload]) -> int:
    return sum(count(text_of(each)) for each in messages)


def cut(text: str, limit: int) -> str:
    """The longest beginning of the text with at most so many tokens."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(text[:middle]) <= limit else (low, middle - 1)
    return text[:low]


def fitted(messages: Sequence[Payload], limit: int) -> list[Payload]:
    """What is left of messages that do not fit: older ones go first, then the beginning of the last one."""
    kept = list(messages)
    while len(kept) > 1 and count_messages(kept) > limit:
        oldest = next((place for place, each in enumerate(kept[:-1]) if each["role"] != "system"), 0)
        del kept[oldest]
    last = text_of(kept[-1])
    if count(last) > limit:
        kept[-1] = {**kept[-1], "content": cut(last[::-1], limit)[::-1]}
    return kept
