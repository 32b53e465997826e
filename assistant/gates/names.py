"""The names in a claim that nothing it cites, and nothing that was asked, holds."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.gates.clauses import concepts
from assistant.gates.people import addresses, in_glossary, people
from assistant.gates.pinyin import romanises
from assistant.gates.roles import INITIALS, foreign_roles
from assistant.question_words import known as is_everyday
from assistant.understand import accounts_named
from knowledge.glossary import Glossary
from knowledge.language import HAN, bag_of, fold, has_han, needle, stem

_LETTER = r"[A-Za-z0-9_\u00c0-\u024f]"
_LATIN = re.compile(rf"[A-Za-z\u00c0-\u024f](?:(?:{_LETTER}|[&+./-])*{_LETTER})?")
_HAN_RUN = re.compile(rf"[{HAN}]{{2,}}")
_CAPITALS = re.compile(rf"[A-Z](?:{_LETTER}|[&+.-])*(?:\s+(?:of\s+)?[A-Z](?:{_LETTER}|[&+-])*)*")
_JOINTS = 2
_OPENING = re.compile(r"(?:^|[.!?:;\u3002\uff01\uff1f\uff1a\uff1b\n(\"\u201c\u2018*>-])\s*$")
# What follows a name that opens a sentence, and hardly ever an imperative or an adverb.
_PREDICATE = re.compile(
    r"\s+(?:(?:still|also|now|already|never|only|just)\s+)?(?:(?:is|was|has|had|does|did|will|would|can|could|may|might"
    r"|must|should|wo|ca|do)(?:n't|not)?|holds|wants|says|said|lacks|needs|asks|buys|sells|pays|uses|gives|handles|runs|operates|serves|employs|processes|provides|offers|(?!un)\w{3,}ed|(?:him|her|it|them)sel(?:f|ves)|[a-z]{3,}s\s+(?:no|an?|the|its|our|every|all|each|in|on|to)|and\s+(?:our|we|its))\b|'s\b|,\s+(?:an?|the|our|its)\s|:\s"
)
_ORDINARY = frozenset(
    """i company grade tier level class step rule phase stage part section account manager director officer chief head
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday english chinese ok vs eg ie no mr ms mrs dr am pm usd eur rmb cny us gbp hkd twd
    ntd nt million since while during within unlike until unless after before although though because despite
    according given instead rather even once whether without among toward towards per via thus hence meanwhile however
    therefore today now nobody everyone everybody somebody someone anyone anybody nothing everything something anything
    neither either both none whoever whatever""".split()
)
_COMPANY = re.compile(rf"(?:(?<![{HAN}])|(?<=[由跟与和向被]))([{HAN}]{{2,4}})(?:公司|集团|银行|股份|实业)")
_NO_COMPANY = re.compile(
    r"[家本们贵该各大小子母分总新老原同其他她的和与对双方户个每哪这那我你人业司国级型类身内外属"
    r"在由给是要于到成下出次批了把为认面多立当让请向]$"
)
# What a company's name says of its trade, which is translated where the rest is spelt.
_TRADES = {
    "heavy": "重工|重机",
    "industry": "工|业",
    "industries": "工|业",
    "industrial": "工业|实业",
    "energy": "能源|新能|能",
    "new": "新",
    "food": "食品",
    "foods": "食品",
    "technology": "科技|技术",
    "technologies": "科技|技术",
    "tech": "科技",
    "group": "集团",
    "bank": "银行",
    "power": "电力|动力",
    "electric": "电气|电器|电力",
    "motor": "汽车",
    "motors": "汽车",
    "auto": "汽车",
    "logistics": "物流",
    "holdings": "控股",
    "holding": "控股",
    "international": "国际",
    "pharma": "药",
    "pharmaceutical": "药",
    "chemical": "化工|化学",
    "chemicals": "化工|化学",
    "electronics": "电子",
    "telecom": "电信|通信",
    "communications": "通信|通讯",
    "construction": "建设|建筑",
    "machinery": "机械",
    "payments": "支付",
    "rail": "铁路|轨道",
    "grid": "电网",
    "capital": "资本",
    "securities": "证券",
    "insurance": "保险",
    "medical": "医疗",
    "steel": "钢铁",
    "co": "公司",
    "ltd": "公司",
    "limited": "有限",
    "corporation": "公司",
    "inc": "公司",
}
_LETTERED = re.compile(r"\b([a-z])(?:公司|企业)|(?:公司|企业)([a-z])\b|\bcompany ([a-z])\b", re.ASCII)


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
        named = concepts(name, self.glossary)
        if any(needle(term) in self.bag for each in named for term in (*each.translations, *each.aliases)):
            return True
        if addresses(folded, self.text, self.glossary):
            return True
        known_as_a_whole = any(len(each.surface) == len(folded.split()) for each in named)
        if not has_han(folded) and re.search(_TRADES.get(folded, "\0"), self.text):
            return True
        return not has_han(folded) and not known_as_a_whole and romanises(folded, self.text)


def foreign_names(
    claim: str,
    evidence: Sequence[str],
    allowed: Collection[str],
    accounts: Collection[str],
    glossary: Glossary,
    elsewhere: Collection[str] = (),
) -> tuple[str, ...]:
    """The names of a claim that stand neither in its evidence nor in `allowed`, in the order of their kinds.

    Names are accounts, capitalised words and acronyms, Latin words amid Chinese and the reverse,
    Chinese people and companies, and the roles that people hold. `elsewhere` are people whom other
    passages name, so that a mix-up needs no other sign.
    """
    around = "\n".join((*evidence, *allowed))
    known = _Known(fold(around), bag_of(fold(around)), glossary)
    strange = set(accounts_named(claim, accounts)) - set(accounts_named(around, accounts))
    found = [each for each in accounts if each in strange]
    found += [each for each in _latin(claim, known) if not any(each in account for account in found)]
    mixed_up = (each for each in elsewhere if each in fold(claim))
    found += [each for each in (*people(claim, glossary), *mixed_up) if not known.holds(each)]
    found += _companies(fold(claim), known)
    return tuple(dict.fromkeys((*found, *foreign_roles(claim, (*evidence, *allowed)))))


def _latin(claim: str, known: _Known) -> Iterator[str]:
    """Names that are not known: Latin words of a Chinese claim, capitalised or Chinese ones of an English claim."""
    text = unicodedata.normalize("NFKC", claim).replace("\u2019", "'")
    if not _is_english(text):
        yield from (each[0] for each in _LATIN.finditer(text) if not _excused(each[0], known))
        return
    yield from (run for run in _HAN_RUN.findall(text) if not known.holds(run))
    for run in _CAPITALS.finditer(text):
        name = _named(run, text, known)
        for part in _parts(name):
            if not known.holds(" ".join(part)):
                yield from (word for word in part if not _excused(word, known))


def _is_english(text: str) -> bool:
    """Whether English holds a claim together, whatever Chinese names it has."""
    joints = sum(len(each) > 1 and each.islower() and not bag_of(each).strip() for each in _LATIN.findall(text))
    return not has_han(text) or joints >= _JOINTS


def _named(run: "re.Match[str]", text: str, known: _Known) -> list[str]:
    """The words of a run of capitalised words, without the one that has its capital from opening a sentence."""
    name = [_plain(each) for each in run[0].split()]
    if name[0].isupper() or not _OPENING.search(text[: run.start()]):
        return name
    ordinary = name[0].lower() in _ORDINARY or not bag_of(name[0].lower()).strip() or is_everyday(name[0])
    lone = len(name) == 1 and not _PREDICATE.match(text, run.end())
    before_name = len(name) > 1 and all(_excused(word, known) for word in name[1:])
    return name[1:] if ordinary or lone or before_name else name


def _parts(name: list[str]) -> Iterator[list[str]]:
    """A name, cut where it tells whose somebody is: Qi Mu of Xiyue."""
    for belongs, words in groupby(name, key=lambda word: word == "of"):
        if not belongs:
            yield list(words)


def _plain(word: str) -> str:
    """A word without its full stop, genitive or, for an acronym, plural."""
    plain = word.strip(".").removesuffix("'s")
    return plain[:-1] if plain.endswith("s") and plain[:-1].isupper() else plain


def _excused(word: str, known: _Known) -> bool:
    """Whether a word is known, ordinary, a role (which has a gate of its own), or made of parts that are known."""
    plain = _plain(word)
    lower = plain.lower()
    if len(plain) < 2 or lower in _ORDINARY or lower in INITIALS or not bag_of(lower).strip() or known.holds(plain):
        return True
    parts = [each for each in re.split(r"[-./&+]", plain) if each]
    return len(parts) > 1 and all(len(each) < 2 or known.holds(each) for each in parts)


def _companies(folded: str, known: _Known) -> Iterator[str]:
    """Companies that are not known: by their letter, or by the word before company, group or bank."""
    lettered = {next(filter(None, each)) for each in _LETTERED.findall(known.text)}
    for each in _LETTERED.finditer(folded):
        if next(filter(None, each.groups())) not in lettered:
            yield each[0]
    for each in _COMPANY.finditer(folded):
        ordinary = _NO_COMPANY.search(each[1]) or in_glossary(each[1], known.glossary)
        if not ordinary and not known.holds(each[1]):
            yield each[0]
