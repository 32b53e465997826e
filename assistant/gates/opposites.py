"""Words of opposite meaning, in both languages: a claim may not say one where its evidence says the other."""

import re
from collections.abc import Iterator, Sequence

from assistant.gates.negators import denials
from knowledge.language import HAN, fold, has_han, stem

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


# The same words with the other side of time: before the trial, after the trial; 发标之前, 发标之后.
_ORDERS = re.compile(
    rf"(?P<before>\bbefore)\s+(?:(?:the|a|an|it|its|our|your|their)\s+)?(?P<first>[a-z]{{3,}})"
    rf"|\bafter\s+(?:(?:the|a|an|it|its|our|your|their)\s+)?(?P<then>[a-z]{{3,}})"
    rf"|(?P<event>[{HAN}]{{2,4}}?)(?:(?P<earlier>之前|以前|前(?=[{HAN}\W]|$))|之后|以后|后(?=[{HAN}\W]|$))",
    re.ASCII,
)


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


def reversed_order(claim: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """The events that a claim puts something before and its evidence after, or the reverse."""
    here, there = tuple(_order(fold(claim))), tuple(_order(fold("\n".join(evidence))))
    return tuple(
        event
        for event, before in here
        if {other_before for other, other_before in there if _same_event(event, other)} == {not before}
    )


def _order(folded: str) -> Iterator[tuple[str, bool]]:
    """Each event that something is before or after, and whether it is before."""
    for each in _ORDERS.finditer(folded):
        if each["event"]:
            yield each["event"], bool(each["earlier"])
        else:
            yield stem(each["first"] or each["then"]), bool(each["before"])


def _same_event(one: str, other: str) -> bool:
    """Whether two events are one: 评审合同 and 合同评审 are."""
    return len(set(one) & set(other)) >= 2 if has_han(one) else one == other
