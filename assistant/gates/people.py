"""People named in Chinese, told by a title, a post, a verb of saying, the glossary or their surname."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.gates.clauses import concepts
from assistant.gates.pinyin import READINGS, SURNAMES, romanises
from knowledge.glossary import Concept, Glossary
from knowledge.language import HAN, fold, has_han, is_listed, words

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
_WORDS = (
    "[顾任][客问务职]|周[一二三四五六日天年转报会]|季[度末]|段落|章[节里]|董事|程[序度]|史[上料]|简[历报单]|江[苏西]|温州|许[多可]|周[边末期围]|范[围本例]|毛利"
    "|田间|余[额量]|龙头|夏[天季]|钟头|叶子|马[上匹]|高[手度薪]|贺[卡信]|陆续|柴油"
)
# Words that begin behind a name and end in what may follow one: 邱维反对 names no 邱维反.
_VERBS = (
    "[反针应面核]对|[只可还正就都也算]是|[只需不想]要|[正存所现]在|[可所加难得]以|[只没]有|[曾已]经|[利采使不沿套运借]用"
    "|[不还]只|[自改]从"
)
_OPENS = rf"(?:(?<![{HAN}])|(?<=[按据照依像如由跟和与请让给向对找是的归而但此以点时后在]))"
_WRITINGS = "文章|讲稿|讲座|讲课|课程|著作|书|演讲|报告|专栏"
_PERSON = re.compile(
    rf"{_OPENS}(?P<titled>[{SURNAMES}])(?:{_TITLES})"
    rf"|{_OPENS}(?!{_WORDS})(?P<saying>[{SURNAMES}](?!的)[{HAN}](?:(?!的)[{HAN}])??)(?={_SAYS}|的主张|的意思)"
    rf"|{_OPENS}(?!{_NOBODY}|{_WORDS})(?P<subject>[{SURNAMES}](?![是的在和并也都就不没有可要会能了很还只])[{HAN}](?:(?!{_VERBS})[{HAN}])??)(?={_BEGINS})"
    rf"|{_OPENS}(?!{_NOBODY}|{_WORDS})(?P<author>[{SURNAMES}][{HAN}](?:(?!的)[{HAN}])??)(?=的?(?:{_WRITINGS})[里中上说提讲认的]|的(?:[a-z]|页面|资料|书))"
    rf"|在(?P<place>[{SURNAMES}][{HAN}]{{1,2}}?)(?=那里|那边|看来|口中)"
    rf"|{_OPENS}(?!{_NOBODY}|{_WORDS})(?P<reading>[{SURNAMES}][{HAN}]{{1,2}}?)(?=口径)"
    rf"|(?:按照?|根据|依照|参考|参照|学习?|像|据)(?:(?P<source>[{HAN}]{{2,5}}?)的(?:{_WORKS})"
    rf"|(?P<model>[{SURNAMES}][{HAN}]{{1,2}}?)的)"
    rf"|(?:{_POSTS})(?P<holding>[{SURNAMES}][{HAN}]{{1,2}}?)(?=\W|$|{_DOES}|{_SAYS})"
)
# What surely says or does something makes a name of its subject, wherever that stands.
_ACTS = (
    "[则所还也曾都又并倒却]?(?:没有?|不|只|未|从未|并未)?[再先曾]?"
    "(?:讲(?![座话义课稿解])|谈(?!判)|说(?!明|法|服)|提(?:到|出|过|及)|给(?:出|过)|认为|主张|表示|指出|强调|同意|反对"
    "|建议|归纳|觉得|举(?:出|了|的|为)|批准|答应|拒绝|承诺|签字|所[列说讲提述写]|列[出为举])"
)
# Surnames that begin too many other words to tell a name by what follows alone.
_COMMON = "[高于何任许谢江夏钱温简毛顾季范程史章段余]"
_NO_SURNAME = re.compile(f"{_COMMON}|曾")
# What is cut together with a name: 依马晓岑.
_CLINGS = re.compile("^[依按据由与和跟让请给被对向]")
_HOLDS = r"(?:拿|举|借|靠|替|凭|负责|出任|加入|(?:19|20)\d\d年)"
_AMID = re.compile(
    rf"(?=[{SURNAMES}])(?!{_NOBODY}|{_WORDS}|{_COMMON})"
    rf"(?:(?=([{SURNAMES}][{HAN}](?:(?![的里人会没都所也不是则])[{HAN}])??){_ACTS})"
    rf"|{_OPENS}(?=([{SURNAMES}][{HAN}]{{1,2}}?){_HOLDS}))"
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
    apart = words(folded)
    for each in _AMID.finditer(folded):
        name = each[1] or each[2]
        if name[:2] in apart or any(each.startswith(name) for each in apart):
            yield name
    yield from (each for each in apart if _FULL_NAME.fullmatch(each) and not in_glossary(each, glossary))
    coined = (_CLINGS.sub("", each) for each in apart if not is_listed(each))
    yield from (each for each in coined if _may_be_a_name(each) and not in_glossary(each, glossary))
    for concept in concepts(folded, glossary):
        name = _whole(concept, folded)
        if name and any(_is_name(term, name) for term in concept.translations):
            yield name


def _may_be_a_name(coined: str) -> bool:
    """Whether a word that no dictionary has begins with a surname, as names do."""
    return 2 <= len(coined) <= 3 and coined[0] in SURNAMES and not _NO_SURNAME.match(coined) and not is_listed(coined)


def _whole(concept: Concept, folded: str) -> str:
    """The Chinese name of a concept as a text has it; empty for an English one."""
    characters = {each for each in concept.surface if len(each) == 1}
    if not characters or not all(map(has_han, concept.surface)):
        return ""
    found = re.search(f"[{''.join(sorted(characters))}]{{{len(characters)},}}", folded)
    return found[0] if found else ""


_ADDRESSED = re.compile(rf"([{SURNAMES}])(?:总|先生|女士|小姐|老师)")


def addresses(name: str, text: str, glossary: Glossary) -> bool:
    """Whether somebody in a text has the surname that stands with a title (陈先生) or in Latin letters (Chen)."""
    titled = _ADDRESSED.fullmatch(name)
    surnames = titled[1] if titled else READINGS.get(name.lower(), "")
    return bool(surnames) and any(person[0] in surnames and len(person) > 1 for person in people(text, glossary))


def in_glossary(name: str, glossary: Glossary) -> bool:
    """Whether the glossary names anything in these characters."""
    return bool(concepts(name, glossary))


def _is_word(name: str, glossary: Glossary) -> bool:
    """Whether the glossary has these characters as a word, not as somebody's name."""
    named = concepts(name, glossary)
    return bool(named) and not any(_is_name(term, name) for each in named for term in each.translations)


def _is_name(term: str, name: str) -> bool:
    """Whether an English term only spells a Chinese name; a short one may be a word that happens to (lose, 流失)."""
    return romanises(term, name) and (name[0] in SURNAMES or len(term) >= _LONG)
