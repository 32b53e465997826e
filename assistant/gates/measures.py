"""What a number measures: a change or what is left, profit or revenue, each or all together."""

import re
from collections.abc import Sequence

from knowledge.language import fold

_AMOUNT = (
    r"(?:(?:rmb|us\$|eur|usd|\$|\u20ac)?\s?\d[\d.,]*\s?%?|百分之[一二三四五六七八九十百]+"
    r"|[一二两三四五六七八九十]分之[一二三四]|一?半|(?:(?:a|one|two|three)[\s-])?(?:half|third|quarter|fifth|tenth)s?)"
)
_ABOUT = r"(?:大?约|近|超过|至少|(?:about|around|nearly|almost|over|some|only|just)\s)?\s?"
_MOVES = "(?:减少?|降低|下[降跌]|缩短|压缩|削减|降|跌|增[加长]?|提[高升]|上[升涨]|扩大|涨|升)"
_MOVED = "fall|rise|drop|cut|increase|decrease|decline|growth"
_CHANGE = re.compile(
    rf"{_MOVES}(?:了|幅[^,。]{{0,3}})?{_ABOUT}(?P<number>{_AMOUNT})"
    rf"|\b(?:by|(?:{_MOVED}) of|grew|rose|fell|dropped) {_ABOUT}(?P<amount>{_AMOUNT})"
)
_LEVEL = re.compile(
    rf"(?:到|至|为)了?(?:原[来先有]|以前|之前|此前)?的?{_ABOUT}(?P<number>{_AMOUNT})|原[来先有]的(?P<share>{_AMOUNT})"
    rf"|占[^,。\d]{{0,8}}(?P<part>{_AMOUNT})"
    rf"|\b(?:to|at) {_ABOUT}(?P<amount>{_AMOUNT})(?=\s?(?:of\b|$|[,.;]))"
    rf"|(?P<left>{_AMOUNT}) of (?:the|its|their|what)\b"
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万亿]{2}|分之|\b(?:million|thousand|hundred|third|quarter|half)")
# What is measured, and what in a source bears it out.
_MEASURED = tuple(
    (re.compile(claimed), re.compile(held))
    for claimed, held in (
        (
            r"利润|盈利|获利|毛利|赚|净利|\bprofit\w*|\bmargins?\b|\bearn(?:s|ed|ings?)\b",
            r"[利盈赚净]|收益|\b(?:profit|margin|earn|gain)",
        ),
        (
            r"收入|营收|营业额|\b(?:revenues?|turnover|income)\b",
            r"收入|营[收业]|销售|业[绩务]|[购买额钱]|\b(?:revenue|turnover|income|sales|sell|sold|bought|buy|purchas|spen|paid"
            r"|order|worth|business|eur\b|rmb\b)|\$",
        ),
        (
            r"成本|费用|花费|\b(?:costs?|expens\w+)\b",
            r"成本|[费花钱贵价]|投入|预算|\b(?:cost|expens|spen|money|price|cheap|invest|pa(?:y|id)|budget|eur\b|rmb\b)|\$",
        ),
        (
            r"合计|总共|一共|共计|加起来|\btogether,|\b(?:in total|combined|collectively|all told|altogether)\b",
            r"[计总共加全和及、]|\b(?:together|total|combined|collectiv|all\b|sum|overall|and\b)",
        ),
        (
            r"每[单笔个家位]|各自|人均|户均|平均|\bper (?!cent)|\b(?:average|each)\b",
            r"[每各均效]|一[个家位年月单笔]|\b(?:per|average|each|every|a (?:year|month|week|day|quarter)\b)",
        ),
    )
)


def measures_else(claim: str, evidence: Sequence[str]) -> bool:
    """Whether a number of a claim measures something else than it does in the evidence."""
    told, held = fold(claim), fold("\n".join(evidence))
    if _moves_else(told, held):
        return True
    return bool(_NUMBER.search(told)) and any(
        claimed.search(told) and not other.search(held) for claimed, other in _MEASURED
    )


def _moves_else(told: str, held: str) -> bool:
    """Whether a change is told as what it came to (by 30%, to 30%), or the other way round."""
    my_changes, my_levels = _amounts(_CHANGE, told), _amounts(_LEVEL, told)
    changes, levels = _amounts(_CHANGE, held), _amounts(_LEVEL, held)
    return bool((my_levels - my_changes) & (changes - levels) or (my_changes - my_levels) & (levels - changes))


def _amounts(pattern: re.Pattern[str], text: str) -> set[str]:
    found = (next(each for each in match.groups() if each) for match in pattern.finditer(text))
    return {re.sub(r"\s|^a ", "", each) for each in found}
