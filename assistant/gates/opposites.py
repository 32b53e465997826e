"""Words of opposite meaning, in both languages: a claim may not say one where its evidence says the other."""

import re
from collections.abc import Sequence

from assistant.gates.negators import denials
from knowledge.language import fold

_PAIRS = (
    (
        r"支持|赞成|拥护|认可|\bsupport(?:s|ed|ive|er|ers)?\b|\bfavou?rs?\b|\bin favou?r\b",
        r"反对|中立|抵制|倾向对手|\boppos\w+|\bagainst\b|\bneutral\b|\bblocks?\b|\bblocker\b|\bresist\w*",
    ),
    (
        r"增加|增长|上升|上涨|提高|提升|扩大|增多|涨了|\bincreas\w+|\brise[sn]?\b|\brose\b|\bgrow\w*|\bgrew\b|\braise[sd]?\b|\bimprov\w+|\bgained?\b",
        r"减少|降低|下降|下滑|下跌|缩小|缩减|压缩|跌了|\bdecreas\w+|\breduc\w+|\bfall(?:s|en|ing)?\b|\bfell\b|\bdrop(?:s|ped)?\b|\bdeclin\w+|\bcut(?:s|ting)?\b|\blower(?:s|ed)?\b|\bshrink\w*|\bshrank\b",
    ),
    (r"赢|拿下|中标|\bw[io]n(?:s|ning)?\b", r"丢|输|落标|失去|\blos(?:e|es|t|ing)\b"),
    (
        r"同意|接受|批准|核准|答应|\baccept\w*|\bagree[sd]?\b|\bapprov\w+",
        r"拒绝|否决|驳回|\brefus\w+|\breject\w*|\bveto\w*|\bturn(?:s|ed)? down\b",
    ),
    (r"包括|包含|\binclud\w+|\bcovers?\b", r"不含|不包括|除外|\bexclud\w+"),
    (r"提前|提早|\bearl(?:y|ier)\b|\bahead\b", r"推迟|延后|延迟|延期|\blate(?:r|ly)?\b|\bdelay\w*|\bpostpon\w+"),
    (r"长期|\blong[- ]term\b", r"短期|\bshort[- ]term\b"),
    (r"优势|强项|\bstrengths?\b", r"弱点|劣势|短板|\bweakness\w*|\bvulnerab\w+"),
    (r"公开|\bpublic(?:ly)?\b|\bopenly\b", r"私下|秘密|\bprivate(?:ly)?\b|\bsecret(?:ly)?\b"),
)
_COMPILED = tuple((re.compile(one, re.ASCII), re.compile(other, re.ASCII)) for one, other in _PAIRS)


def opposite_words(claim: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """The words of a claim that its evidence says only the opposite of, when neither side denies anything."""
    here, there = fold(claim), fold("\n".join(evidence))
    if denials(here) or denials(there):
        return ()
    sides = [pair for one, other in _COMPILED for pair in ((one, other), (other, one))]
    return tuple(
        said[0]
        for mine, other in sides
        if (said := mine.search(here)) and not other.search(here) and other.search(there) and not mine.search(there)
    )
