"""What a question wants to know: a number, a time, a person, a reason..."""

import re
from enum import StrEnum

from knowledge.language import fold


class Wants(StrEnum):
    """What an answer must be."""

    REASON = "reason"
    OFTEN = "often"
    DURATION = "duration"
    ORDER = "order"
    AMOUNT = "amount"
    COUNT = "count"
    PERSON = "person"
    TIME = "time"
    WHETHER = "whether"
    OPEN = "open"
    """A thing, a list, a way: what, which, how."""


_SPAN = r"(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?)"
_HAN_SPAN = r"(?:年|月|季度|天|分钟|小时|周)"
_BEGINS = r"(?:^|[,:;?.] ?)(?:and |but )?(?:by |to |from |with |for )?"
_PATTERNS: tuple[tuple[Wants, str], ...] = (
    (Wants.REASON, r"\bwhy\b|\bwhat (?:\w+ )?(?:the |a )?(?:reason|cause)|\bhow come\b|为什么|为何|为啥|原因呢|理由"),
    (
        Wants.OFTEN,
        r"\bhow (?:often|frequently)|\bhow many times|\binterval\b|\brhythm\b|\bfrequency\b|频率|隔多(?:久|长)"
        r"|(?:多久|几(?:年|个?月)|几个?季度).{0,8}[一1][次回趟]|多久(?:要?重|轮)|每?[一](?:年|季度|周|个?月).{0,6}几[次回]",
    ),
    (
        Wants.DURATION,
        rf"\bhow (?:long|soon)\b|\b(?:how many|number of|what) (?:more )?{_SPAN}\b(?! \w+ sales)"
        r"|\bhow much (?:\w+ )?(?:time|notice)"
        r"|\bwhat (?:is the |\w+ )?(?:period|duration|deadline|time limit|amount of (?:\w+ )?time)\b"
        r"|\b(?:for|after|by|until) what (?:time|period|date)|\bwhat time (?:did|does)|\btime limit\b|\bdeadline\b"
        rf"|多久|多长|(?<![头前])几个?{_HAN_SPAN}(?!份)|多少个?(?:空闲)?(?:{_HAN_SPAN}|时间)|期限|最晚",
    ),
    (
        Wants.ORDER,
        r"\b(?:in|what|which) (?:\w+ ){0,2}(?:order|sequence)\b|\bwhat comes first, second|顺序|次序|先后"
        r"|先\w?什么\w?后",
    ),
    (
        Wants.COUNT,
        r"\bhow many\b|\bnumber of\b|多少(?=[\u4e00-\u9fff])(?!钱|时间|空闲|才|的|可|以|为|比|而|就|成本)"
        r"|几(?:家|个(?!月|季度)|名|场|次(?!$))",
    ),
    (
        Wants.AMOUNT,
        r"\bhow (?:much|high|large|big|close|near|far|low)\b"
        r"|\b(?:what|which) (?:\w+ ){0,2}(?:amount|share|percentage|distance|revenue)\b"
        r"|\bwhich (?:share|amount|number)\b|\bat which share|\bpercentage\b|\bup to what\b|\bwithin what distance"
        r"|\bwhat (?:yearly|annual|part of)\b|\bthe most we can|\bwhat (?:did|do|does|is|was) .{0,60}\bcosts?\b"
        r"|多少(?=钱|才|的|可|以|为|比|而|就|成本|[^\u4e00-\u9fff]|$)|几(?:成|页|点|个点)|多[大高近]|比例|门槛|上限|什么(?:水平|程度)|(?:额|成本)是",
    ),
    (Wants.PERSON, rf"{_BEGINS}who(?:m|se)?\b|\bwhich (?:role|person|people)\b|谁|哪(?:位|几位|三位|三个人|个角色)"),
    (
        Wants.TIME,
        rf"{_BEGINS}when\b|\b(?:in|at|from) (?:which|what) (?:month|year|quarter|point|date)\b|什么时候|何时"
        r"|哪(?:年|月|天|个时候)"
        r"|几月|几号|什么时间|怎样?(?:么)?才算|算完成|算关闭|怎么判断|什么条件"
        r"|\bhow (?:do|can) (?:we|you|i) (?:know|tell)\b|\bunder what cond"
        r"|\bwhat (?:makes|closes)\b|\bwhat is the test for\b|什么程度.{0,4}(?:算|可以)",
    ),
    (
        Wants.WHETHER,
        rf"{_BEGINS}(?:is|are|was|were|do|does|did|may|can|could|should|shall|will|would|must|has|have)\b|吗"
        r"|能不能|可不可以"
        r"|是不是|该不该|要不要|行不行|可否|能否|是否|适不适合|还是|在不在",
    ),
)
_COMPILED = tuple((wants, re.compile(pattern)) for wants, pattern in _PATTERNS)
_THING = re.compile(r"\b(?:what|which)\b|什么|哪")
_ALIKE = ({Wants.TIME, Wants.DURATION},)


def wanted(text: str) -> frozenset[Wants]:
    """Everything that a question asks for; OPEN alone when it says nothing more precise."""
    folded = fold(text)
    found = {wants for wants, pattern in _COMPILED if pattern.search(folded)}
    if Wants.OFTEN in found:
        found.discard(Wants.DURATION)
    if found & {Wants.OFTEN, Wants.DURATION}:
        found -= {Wants.AMOUNT, Wants.COUNT}
    if len(found) > 1 or _THING.search(folded):
        found.discard(Wants.WHETHER)
    return frozenset(found or [Wants.OPEN])


def answered_by(asked: frozenset[Wants], answered: frozenset[Wants]) -> bool:
    """Whether what answers one question may answer another: it wants the same and no reason more."""
    both = any(one is other or {one, other} in _ALIKE for one in asked for other in answered)
    return both and (Wants.REASON in answered or Wants.REASON not in asked)
