"""Whether a name in Latin letters may be a Chinese name in the usual romanisation."""

import re
from collections.abc import Iterator

from knowledge.language import HAN

READINGS = dict(
    each.split(":")
    for each in """wang:王汪 li:李黎 zhang:张章 liu:刘 chen:陈 yang:杨 zhao:赵 huang:黄 zhou:周 wu:吴 xu:徐许
        sun:孙 hu:胡 zhu:朱 gao:高 lin:林 he:何贺 guo:郭 ma:马 luo:罗 liang:梁 song:宋 zheng:郑 xie:谢 han:韩
        tang:唐汤 feng:冯 yu:于余 dong:董 xiao:萧 cheng:程 cao:曹 yuan:袁 deng:邓 fu:傅 shen:沈 zeng:曾 peng:彭
        lv:吕 su:苏 lu:卢陆 jiang:蒋姜江 cai:蔡 jia:贾 ding:丁 wei:魏 xue:薛 ye:叶 yan:阎 pan:潘 du:杜 dai:戴
        xia:夏 zhong:钟 tian:田 ren:任 fan:范 yao:姚 tan:谭 liao:廖 zou:邹 xiong:熊 hao:郝 kong:孔 cui:崔
        kang:康 mao:毛 qiu:邱裘 qin:秦 shi:史 gu:顾 hou:侯 shao:邵 meng:孟 long:龙 duan:段 qian:钱 yin:尹
        lai:赖 gong:龚 wen:温 qiao:乔 ke:柯 jian:简 chai:柴 qi:祁 ji:季 ni:倪 zhan:詹""".split()
)
"""Common surnames by how they are written in Latin letters."""
SURNAMES = "".join(READINGS.values())
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
