"""Whether a name in Latin letters may be a Chinese name in the usual romanisation."""

import re
from collections.abc import Iterator

from knowledge.language import HAN

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范姚谭廖邹熊郝孔崔康毛邱秦江史顾侯邵孟龙段章钱汤尹黎贺赖龚温乔柯简柴裘祁季陆倪詹"
)
_SYLLABLE = re.compile(
    r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|er|an|en|in|un|ia|ua|uo|ve|[aoeiuv])"
)
_RUN = re.compile(rf"[{HAN}]+")
# The common characters of GB 2312 stand in the order of their sounds; these begin each letter.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = tuple(each.encode("gb2312") for each in _FIRST)
_LAST = "座".encode("gb2312")


def romanises(name: str, text: str) -> bool:
    """Whether a text (folded) holds Chinese characters whose sounds begin as the syllables of a name do.

    Only the first letter of each syllable is compared, and a rare character may sound like anything:
    this can excuse a name, never prove it. A single syllable excuses nothing; of a name in two words
    the first must be a common surname.
    """
    person = len(name.split()) > 1
    for initials in _initials(re.sub(r"[^a-z]", "", name.lower())):
        if any(_matches(initials, run, person) for run in _RUN.findall(text)):
            return True
    return False


def _initials(letters: str, before: str = "") -> Iterator[str]:
    """The first letters of the syllables, for every way to cut a name into at least two."""
    if not letters:
        yield from (before,) if len(before) >= 2 else ()
        return
    for size in range(min(6, len(letters)), 0, -1):
        if _SYLLABLE.fullmatch(letters[:size]):
            yield from _initials(letters[size:], before + letters[0])


def _matches(initials: str, run: str, person: bool) -> bool:
    heard = [_initial(each) for each in run]
    return any(
        all(sound in ("", letter) for sound, letter in zip(heard[at:], initials, strict=False))
        and any(heard[at : at + len(initials)])
        and (not person or run[at] in SURNAMES)
        for at in range(len(run) - len(initials) + 1)
    )


def _initial(character: str) -> str:
    """The first letter of a common character's sound; empty when it is not known."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    if not _STARTS[0] <= code <= _LAST:
        return ""
    return _LETTERS[sum(start <= code for start in _STARTS) - 1]
