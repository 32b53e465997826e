"""The names in a claim that nothing it cites, and nothing that was asked, holds."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.gates.pinyin import romanises
from assistant.gates.roles import INITIALS, foreign_roles
from assistant.understand import accounts_named
from knowledge.glossary import Glossary
from knowledge.language import HAN, bag_of, fold, han_count, has_han, needle, stem, words

_LATIN = re.compile(r"[A-Za-z](?:[\w&+./-]*\w)?", re.ASCII)
_CAPITALS = re.compile(r"[A-Z][\w&+.-]*(?:\s+(?:of\s+)?[A-Z][\w&+-]*)*")
_OPENING = re.compile(r"(?:^|[.!?:;\u3002\uff01\uff1f\uff1a\uff1b\n(\"\u201c\u2018*>-])\s*$")
# What follows a name that opens a sentence, and hardly ever an imperative or an adverb.
_PREDICATE = re.compile(
    r"\s+(?:is|was|has|had|will|would|can|could|may|might|must|should|holds|wants|says|said|\w{3,}ed)\b|'s\b"
)
_ORDINARY = frozenset(
    """i company grade tier level class step rule phase stage part section account manager director officer chief head
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday english chinese ok vs eg ie no mr ms mrs dr am pm usd eur rmb cny us gbp hkd twd
    ntd nt million since while during within unlike until unless after before although though because despite
    according given instead rather even once whether without among toward towards per via thus hence meanwhile however
    therefore today now""".split()
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范姚谭廖邹熊郝孔崔康毛邱秦江史顾侯邵孟龙段章钱汤尹黎贺赖龚温乔柯简柴裘祁季陆倪詹"
)
# Surnames that hardly ever begin another word of three characters.
_FULL_NAME = re.compile(rf"(?![高于何任许谢江马夏])[{_SURNAMES}][{HAN}]{{2}}")
_SAYS = "[则所还也曾都又]?(?:认为|表示|指出|提到|强调|主张|觉得|归纳|估计|自述|自称|笔下|用|讲|说(?!明|法)|把|将|的(?:案例|文章|书|讲稿|分级|口径|归纳))"
_POSTS = "总监|经理|部长|处长|厂长|主任|总裁|董事长|工程师|教授|作者|负责人|财务长|厂务长|营运长|运营长|执行长|专家"
_PERSON = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[由跟和与请让给向对找是的归]))(?P<titled>[{_SURNAMES}])(?:总(?![监部体数共是之])|经理|先生|女士|小姐|主任|部长|处长|厂长|工(?=[\W]|说)|老师|博士|教授)"
    rf"|(?:(?<![{HAN}])|(?<=[按据照像如由跟和与请让给向对找是的而但]))(?P<saying>[{_SURNAMES}][{HAN}]{{1,2}}?)(?={_SAYS})"
    rf"|(?:按照?|根据|依照|参考|参照|学习?|像|据)(?P<source>[{HAN}]{{2,5}}?)的(?:做法|经验|研究|报告|数据|调查|统计|模式|说法|归纳|总结|观点|框架)"
    rf"|(?:{_POSTS})(?P<holding>[{_SURNAMES}][{HAN}]{{1,2}}?)(?=[\W]|$|[的在是为要会已也对和与跟向于将保支反倾签同批推答拒承曾没不仍从约见身]|{_SAYS})"
)
_COMPANY = re.compile(rf"([{HAN}]{{2}})(?:公司|集团|银行|股份|实业)")
_HAN_RUN = re.compile(rf"[{HAN}]{{2,}}")
_NO_COMPANY = re.compile(
    r"[家本们贵该各大小子母分总新老原同其他她的和与对双方户个每哪这那我你人业司国级型类身内外属在由给是要于到成下出次批了把为认面多立当让请向]$"
)
_LETTERED = re.compile(rf"\b([a-z])(?:公司|企业)|(?:公司|企业)([a-z])\b|\bcompany ([a-z])\b")


@dataclass(frozen=True, slots=True)
class _Known:
    """All that a claim may take names from, folded, with its bag."""

    text: str
    bag: str
    glossary: Glossary

    def holds(self, name: str) -> bool:
        """Whether a name stands there: as it is written, by its stem, translated, or romanised."""
        folded = fold(name)
        if folded in self.text if has_han(folded) else needle(stem(folded)) in self.bag:
            return True
        return self._translated(name) or (not has_han(folded) and romanises(folded, self.text))

    def _translated(self, name: str) -> bool:
        return any(
            needle(term) in self.bag
            for concept in self.glossary.concepts(name)
            for term in (*concept.translations, *concept.aliases)
        )


def foreign_names(
    claim: str,
    evidence: Sequence[str],
    allowed: Collection[str],
    accounts: Collection[str],
    glossary: Glossary,
    elsewhere: Collection[str] = (),
) -> tuple[str, ...]:
    """The names of a claim that stand neither in its evidence nor in `allowed`, in the order of their kinds.

    Names are accounts, capitalised words and acronyms, Latin words amid Chinese, Chinese companies
    and people where a title, a post or a verb of saying tells them, and the roles that people hold.
    `elsewhere` are people whom other passages name, so that a mix-up needs no such sign.
    """
    around = "\n".join((*evidence, *allowed))
    folded = fold(around)
    known = _Known(folded, bag_of(folded), glossary)
    strange = set(accounts_named(claim, accounts)) - set(accounts_named(around, accounts))
    found = [each for each in accounts if each in strange]
    found += [each for each in _latin(claim, known) if not any(each in account for account in found)]
    found += [each for each in people(claim, glossary) if not known.holds(each)]
    found += [each for each in elsewhere if fold(each) in fold(claim) and not known.holds(each)]
    found += _companies(fold(claim), folded, known)
    return tuple(dict.fromkeys((*found, *foreign_roles(claim, (*evidence, *allowed)))))


def _latin(claim: str, known: _Known) -> Iterator[str]:
    """Latin names that are not known: all Latin words of a Chinese claim, the capitalised ones of an English one."""
    text = unicodedata.normalize("NFKC", claim).replace("\u2019", "'")
    if han_count(text) * 2 > len(_LATIN.findall(text)):
        yield from (each[0] for each in _LATIN.finditer(text) if not _excused(each[0], known))
        return
    yield from (run for run in _HAN_RUN.findall(text) if not known.holds(run))
    for run in _CAPITALS.finditer(text):
        name = _named(run, text, known)
        if name and not known.holds(" ".join(name)):
            yield from (word for word in name if not _excused(word, known))


def _named(run: "re.Match[str]", text: str, known: _Known) -> list[str]:
    """The words of a run of capitalised words, without the one that has its capital from opening a sentence."""
    said = [_plain(each) for each in run[0].split() if each != "of"]
    if said[0].isupper() or not _OPENING.search(text[: run.start()]):
        return said
    ordinary = said[0].lower() in _ORDINARY or not bag_of(said[0].lower()).strip()
    lone = len(said) == 1 and not _PREDICATE.match(text, run.end())
    before_name = len(said) > 1 and all(_excused(word, known) for word in said[1:])
    return said[1:] if ordinary or lone or before_name else said


def _plain(word: str) -> str:
    return word.strip(".").removesuffix("'s")


def _excused(word: str, known: _Known) -> bool:
    """Whether a word is known, or ordinary, or made of parts that are known."""
    plain = _plain(word)
    if (
        plain.lower() in _ORDINARY
        or plain.lower() in INITIALS
        or len(plain) < 2
        or known.holds(plain)
        or not bag_of(plain.lower()).strip()
    ):
        return True
    parts = [each for each in re.split(r"[-./&+]", plain) if each]
    return len(parts) > 1 and all(len(each) < 2 or known.holds(each) for each in parts)


@lru_cache(maxsize=1024)
def people(text: str, glossary: Glossary) -> tuple[str, ...]:
    """People named in Chinese, folded, where a title, a post, a verb of saying or the glossary tells them.

    A word of three characters that begins with a surname, and that the glossary does not have, is one too.
    """
    return tuple(dict.fromkeys(_people(fold(text), glossary)))


def _people(folded: str, glossary: Glossary) -> Iterator[str]:
    for each in _PERSON.finditer(folded):
        name = each["saying"] or each["source"] or each["holding"]
        if each["titled"]:
            yield each[0]
        elif not _is_word(name, glossary):
            yield name
    for each in words(folded):
        if _FULL_NAME.fullmatch(each) and not any(True for _ in glossary.concepts(each)):
            yield each
    for concept in glossary.concepts(folded):
        name = max(concept.surface, key=len)
        if has_han(name) and any(romanises(term, name) for term in concept.translations):
            yield name


def _is_word(name: str, glossary: Glossary) -> bool:
    """Whether the glossary has these characters as a word, not as somebody's name."""
    concepts = tuple(glossary.concepts(name))
    return bool(concepts) and not any(romanises(term, name) for each in concepts for term in each.translations)


def _companies(folded: str, around: str, known: _Known) -> Iterator[str]:
    """Companies that are not known: by their letter, or by the word before company, group or bank."""
    lettered = {next(filter(None, each)) for each in _LETTERED.findall(around)}
    for each in _LETTERED.finditer(folded):
        if next(filter(None, each.groups())) not in lettered:
            yield each[0]
    for each in _COMPANY.finditer(folded):
        stem_of = each[1]
        if not _NO_COMPANY.search(stem_of) and not any(True for _ in known.glossary.concepts(stem_of)):
            if stem_of not in around and not known.holds(stem_of):
                yield each[0]
