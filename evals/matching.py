"""Whether a key fact stands in a text: never inside a longer number or word."""

import re
from functools import lru_cache

from assistant.gates.reading import readable
from knowledge.language import HAN

_LETTER = rf"[^\W_{HAN}]"
_ONES = "二两三四五六七八九"
_GREAT = "十百千万亿"
_NUMERALS = f"零〇一{_ONES}{_GREAT}"
_SCALE = r"(?: ?(?:thousand|million|billion|trillion|bn|mn)\b| ?[km]\b)"
_CURRENCY = "(?<=rmb)|(?<=cny)|(?<=usd)|(?<=eur)|(?<=gbp)|(?<=twd)|(?<=hkd)"

_SAME_MARK = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2212", "''\"\"------")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# White space beside Chinese, or before a per cent sign, is a matter of typesetting.
_TYPESET = re.compile(rf"(?<=[{HAN}])\s+|\s+(?=[{HAN}%])")


def stands(alternative: str, text: str) -> bool:
    """Whether one way to say a fact stands in a text.

    Both are folded: width, script, case, white space, thousands separators, kinds of quotes and
    dashes. A number stands only as a whole (30% not in 130%, 5 not in 15, 3.5 or 5 million,
    三成 not in 十三成 or 三成五), an English word too; Chinese words have no bounds.
    """
    return _whole(tidy(alternative)).search(tidy(text)) is not None


@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """The form in which an alternative and a text meet."""
    plain = _THOUSANDS.sub("", readable(text.translate(_SAME_MARK)))
    return " ".join(_TYPESET.sub("", plain).split())


@lru_cache(maxsize=8192)
def _whole(needle: str) -> re.Pattern[str]:
    if not needle:
        return re.compile(r"(?!)")
    return re.compile(_bound_before(needle[0]) + re.escape(needle) + _bound_after(needle))


def _bound_before(first: str) -> str:
    if first.isdigit():
        return rf"(?<!\d\.)(?:(?<!{_LETTER})|{_CURRENCY})"
    if first in _NUMERALS:
        return rf"(?<![\d{_NUMERALS}])"
    return rf"(?<!{_LETTER})(?<!ty-)" if re.match(_LETTER, first) else ""


def _bound_after(needle: str) -> str:
    last = needle[-1]
    if last.isdigit():
        return rf"(?!\d|\.\d|[{_GREAT}]|{_SCALE})"
    if last in _NUMERALS:
        return rf"(?![\d{_NUMERALS}])"
    if last == "成":
        return f"(?![{_ONES}])"
    return rf"(?!{_LETTER})" if re.match(_LETTER, last) else ""
