"""Does the library answer this at all? A judgement from what was found, before anything is said.

Signs of an answer and of a gap are weighed by a logistic model fitted on questions with and without
an answer in the library (tests/benchmarks/declining.py fits it anew). The strongest is a name that
stands nowhere in the library. A missing fact on a topic the library covers leaves no sign: those answers
say what it does have.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from enum import IntEnum

from assistant.extract import Pick
from assistant.gates.pinyin import romanises
from assistant.understand import Understood, asking
from knowledge.language import HAN, bag, fold, has_han, stem, words
from knowledge.library import Found
from knowledge.query import Query


class Fit(IntEnum):
    """How much of what was asked the library seems to hold."""

    NONE = 0
    PART = 1
    WHOLE = 2


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells an answer from a gap.

    `passage` and `sentence` are the shares of the question (by rarity, 0 to 1) that the best of them
    holds; `unheard` the share of its asking part that the library has nowhere; `stranger` is 1 when it
    names what the library has never heard of; `matched` the logarithm of how much the best passage
    holds, in words as rare as the rarest; `together` the share of the first hits that one document gives.
    """

    passage: float
    sentence: float
    unheard: float
    stranger: float
    matched: float
    together: float


_WEIGHTS = Signs(passage=2.8, sentence=3.1, unheard=-2.6, stranger=-5.6, matched=1.3, together=2.6)
_BIAS = -3.1
_WHOLE = 0.9
# A model may still be asked where the rule alone would rather say nothing.
_GENEROUS = 0.25
# Of a short question, the one word that the library has never seen is what it is about.
_SHORT = 4
_STRANGE = 0.4
_BEST = 3
_FIRST = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """How well what was found fits, and how sure that is that it answers at all, 0 to 1; from 0.5 something is said."""

    fit: Fit
    confidence: float

    @property
    def worth_asking(self) -> bool:
        """Whether a model might make something of it."""
        return self.confidence >= _GENEROUS


def judge(found: Found, picks: Sequence[Pick], understood: Understood, accounts: Collection[str] = ()) -> Judged:
    """How well what was found fits the question; `accounts` are all that its reader may know."""
    own = found.query.own
    if not own or not picks or (len(own) <= _SHORT and found.query.unknown() >= _STRANGE):
        return Judged(Fit.NONE, 0.0)
    odds = score(signs(found, picks, understood, accounts))
    return Judged(Fit.WHOLE if odds > _WHOLE else Fit.PART if odds > 0 else Fit.NONE, 1 / (1 + math.exp(-odds)))


def score(seen: Signs) -> float:
    """Log odds that the library answers; above 0 something is said."""
    weighed: list[float] = [weight * value for weight, value in zip(astuple(_WEIGHTS), astuple(seen), strict=True)]
    return _BIAS + sum(weighed)


def signs(found: Found, picks: Sequence[Pick], understood: Understood, accounts: Collection[str] = ()) -> Signs:
    """The signs of one question."""
    query, best = found.query, found.bags[:_BEST]
    rarest = max((group.idf for group in query.own), default=1.0)
    documents = Counter(hit.entry.id for hit in found.hits[:_FIRST])
    return Signs(
        passage=max(map(query.coverage, best), default=0.0),
        sentence=max((query.coverage(pick.sentence.bag) for pick in picks), default=0.0),
        unheard=_unheard(query, f"{asking(understood.context)} {asking(understood.text)}"),
        stranger=float(any(strangers(found, understood, accounts))),
        matched=math.log1p(max(map(query.overlap, best), default=0.0) / rarest),
        together=max(documents.values(), default=0) / _FIRST,
    )


def _unheard(query: Query, text: str) -> float:
    """The share of a text's words, by rarity, that the library has in no writing."""
    rarity = {group.terms[0]: group.idf for group in query.own}
    known = _heard_of(query)
    asked = [term for term in map(_term, words(text)) if term in rarity]
    total = sum(rarity[term] for term in asked) + max(rarity.values(), default=0.0)
    return sum(rarity[term] for term in asked if term not in known) / total if total else 0.0


def _heard_of(query: Query) -> frozenset[str]:
    """The question's own terms that the library has, in their own or another writing."""
    return frozenset(term for each in query.groups if each.known for term in (each.stands_for or each.terms))


def _term(word: str) -> str:
    return word if has_han(word) else stem(word)


# Written with capitals everywhere, and no name of anything.
_OFFICE = frozenset(
    """ok ppt pdf hr ceo cfo cto coo cio vp it kpi kpis faq asap etc fyi eta tbd am pm q1 q2 q3 q4 excel slack email
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9&]+(?![A-Za-z0-9])")
_TITLE = re.compile(r"(?<![.?!:] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
_INDUSTRY = (
    "动力|能源|电力|科技|航太|航天|航空|封测|半导体|电子|光电|通信|通讯|软件|药业|制药|医药|医材|医疗|生物|化工|材料|重工"
    "|机械|机电|装备|轨道|汽车|物流|食品|饮料|纺织|家居|建材|地产|银行|证券|保险|集团|股份|公司|资本|贸易|零售|钢铁|精密|包装"
)
_FIRM = re.compile(rf"([{HAN}]{{2}})(?={_INDUSTRY})")
_NO_NAME = re.compile(
    "[我你他她它们这那哪个些家有的了在是和与或每各其同该某一二三四五六七八九十两几多大小老新做给让跟对把从用卖买]"
)


def strangers(found: Found, understood: Understood, accounts: Collection[str] = ()) -> Iterator[str]:
    """Names in a question that stand nowhere in the library: abbreviations, products, people, firms.

    A name in Latin letters may stand for a Chinese one; where an account is named, its people may.
    """
    query = found.query
    missing = {group.terms[0] for group in query.own} - _heard_of(query)
    excused = " ".join(map(fold, accounts))
    for match in _LATIN.finditer(understood.text):
        name = match.group()
        if missing.isdisjoint(bag(name).split()) or name.lower() in _OFFICE:
            continue
        if _abbreviates(name) or (_is_name(match) and not understood.accounts and not romanises(name, excused)):
            yield name
    folded = fold(understood.text)
    parts = set(words(folded))
    yield from (name for name in _FIRM.findall(folded) if name in missing & parts and not _NO_NAME.search(name))
    if not understood.accounts:
        yield from (title for title in _TITLE.findall(understood.text) if _nowhere(title, found, excused))


def _abbreviates(name: str) -> bool:
    return len(name) > 2 and sum(map(str.isupper, name)) > 1


def _is_name(match: re.Match[str]) -> bool:
    """Whether a word has a capital that is not its sentence's."""
    before = match.string[: match.start()].rstrip(" \"'\u201c\u2018(-")
    starts = not before or before[-1] in ".?!:"
    return len(match.group()) > 2 and match.group()[0].isupper() and (not starts or has_han(match.string))


def _nowhere(title: str, found: Found, excused: str) -> bool:
    """Whether words written as a title never stand side by side in what was found."""
    said = bag(title)
    several = len(said.split()) > 1 and not any(said in each for each in found.bags)
    return several and not any(romanises(word, excused) for word in title.split() if len(word) > 3)
