"""People named in Chinese, told by a title, a post, a verb of saying, the glossary or their surname."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.gates.pinyin import SURNAMES, romanises
from knowledge.glossary import Glossary
from knowledge.language import HAN, fold, has_han, words

# Surnames that hardly ever begin another word of three characters.
_FULL_NAME = re.compile(
    rf"(?![高于何任许谢江夏]|马[上拉后])[{SURNAMES}][{HAN}](?![是的在对和说把将则也不没就按以用])[{HAN}]"
)
_TITLES = r"总(?![监部体数共是之])|经理|先生|女士|小姐|主任|部长|处长|厂长|工(?=\W|说)|老师|博士|教授"
_POSTS = "总监|经理|部长|处长|厂长|主任|总裁|董事长|工程师|教授|作者|负责人|财务长|厂务长|营运长|运营长|执行长|专家"
_WORKS = "案例|文章|书|讲稿|分级|口径|归纳|做法|经验|研究|报告|数据|调查|统计|模式|说法|总结|观点|看法|框架|[a-z][级类]"
_SAYS = f"[则所还也曾都又]?(?:认为|表示|指出|提到|强调|主张|觉得|归纳|估计|自述|自称|笔下|说(?!明|法)|的(?:{_WORKS}))"
_DOES = "[的在是为要会已也对和与跟向于将保支反倾签同批推答拒承曾没不仍从约见身]"
_BEGINS = "[则所还也曾都又并]?(?:没有|没|不|只|身为|作为|以|在|对|要|是|已|从|按|用|把|将|就是|指的|那本|这本)"
_NOBODY = "于是|任何|何[时人处]|高[层管手]|方[案法]|马上|江湖|余下|金额|钱[差多少花]"
_OPENS = rf"(?:(?<![{HAN}])|(?<=[按据照依像如由跟和与请让给向对找是的归而但此以点时后在]))"
_PERSON = re.compile(
    rf"{_OPENS}(?P<titled>[{SURNAMES}])(?:{_TITLES})"
    rf"|{_OPENS}(?P<saying>[{SURNAMES}][{HAN}]{{1,2}}?)(?={_SAYS})"
    rf"|{_OPENS}(?!{_NOBODY})(?P<subject>[{SURNAMES}][{HAN}]{{1,2}}?)(?={_BEGINS})"
    rf"|在(?P<place>[{SURNAMES}][{HAN}]{{1,2}}?)(?=那里|那边|看来|口中)"
    rf"|{_OPENS}(?P<reading>[{SURNAMES}][{HAN}]{{1,2}}?)(?=口径[a-z])"
    rf"|(?:按照?|根据|依照|参考|参照|学习?|像|据)(?:(?P<source>[{HAN}]{{2,5}}?)的(?:{_WORKS})"
    rf"|(?P<model>[{SURNAMES}][{HAN}]{{1,2}}?)的)"
    rf"|(?:{_POSTS})(?P<holding>[{SURNAMES}][{HAN}]{{1,2}}?)(?=\W|$|{_DOES}|{_SAYS})"
)


_LONG = 6


@lru_cache(maxsize=1024)
def people(text: str, glossary: Glossary) -> tuple[str, ...]:
    """The people a text names in Chinese, folded; a title alone (张总) belongs to the name.

    A word of three characters that begins with a surname, and that the glossary does not have, is a name too.
    """
    return tuple(dict.fromkeys(_people(fold(text), glossary)))


def _people(folded: str, glossary: Glossary) -> Iterator[str]:
    for each in _PERSON.finditer(folded):
        if each["titled"]:
            yield each[0]
            continue
        name = next(filter(None, each.groups()))
        if not _is_word(name, glossary):
            yield name
    yield from (each for each in words(folded) if _FULL_NAME.fullmatch(each) and not in_glossary(each, glossary))
    for concept in glossary.concepts(folded):
        name = max(concept.surface, key=len)
        if has_han(name) and any(_is_name(term, name) for term in concept.translations):
            yield name


def in_glossary(name: str, glossary: Glossary) -> bool:
    """Whether the glossary names anything in these characters."""
    return any(True for _ in glossary.concepts(name))


def _is_word(name: str, glossary: Glossary) -> bool:
    """Whether the glossary has these characters as a word, not as somebody's name."""
    concepts = tuple(glossary.concepts(name))
    return bool(concepts) and not any(_is_name(term, name) for each in concepts for term in each.translations)


def _is_name(term: str, name: str) -> bool:
    """Whether an English term only spells a Chinese name; a short one may be a word that happens to (lose, 流失)."""
    return romanises(term, name) and (name[0] in SURNAMES or len(term) >= _LONG)
