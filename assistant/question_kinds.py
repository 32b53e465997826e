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


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_SPAN = r"(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?)"
_HAN_SPAN = r"(?:年|月|季度|天|分钟|小时|周)"
_BEGINS = r"(?:^|[,:;?.] ?)(?:and |but )?(?:by |to |from |with |for )?"
_DOES = r"(?:is|are|was|were|do|does|did|may|can|could|should|shall|will|would|must|has|have)"
# Not the person who blocks us.
_WHO = r"(?:^|[,:;?.!] ?|\b(?:and|but|so|or|then|to|by|from|with|for|of|know|me|exactly|ask|colleague) )who(?:m|se)?\b"
_PATTERNS = (
    (
        Wants.REASON,
        _any(
            r"\bwhy\b|\bwhat (?:\w+ )?(?:the |a )?(?:reason|cause)|\bhow come\b|\brationale\b",
            r"\bwhat(?:.s| is) (?:wrong with|behind|the point)|\bwhat (?:puts|speaks)\b",
            r"^reasons?\b|\breasons? (?:for|behind|why)",
            r"为什么|为何(?![人物种]|\W*$)|为啥|凭什么|何以|(?:什么|啥|的|何)原因|原因(?:是|呢|何在)|理由",
            "错在|问题出在|怎么会|依据是|凭啥|咋才",
        ),
    ),
    (
        Wants.OFTEN,
        _any(
            r"\bhow (?:often|frequently)|\bhow many times|\binterval\b|\brhythm\b|\bfrequency\b",
            r"\bhow many years .{0,60}\b(?:rotat|chang)",
            "频率|隔多(?:久|长)|(?:多久|几(?:年|个?月)|几个?季度).{0,8}[一1][次回趟]|多久(?:要?重|轮)",
            "几年.{0,3}(?:换|轮)|每?[一](?:年|季度|周|个?月).{0,6}几[次回]",
        ),
    ),
    (
        Wants.DURATION,
        _any(
            r"\bhow (?:long|soon|early|late|fast|quickly|promptly)\b|\bhow far (?:in advance|ahead|before|out)\b",
            rf"\b(?:how many|number of|what) (?:more )?{_SPAN}\b(?! \w+ sales)|\bhow much (?:\w+ )?(?:time|notice)",
            r"\b(?:notice|minimum|waiting|trial) (?:period|time)\b|\blength of time\b|\btime limit\b|\bdeadline\b",
            r"\bwhat (?:is the |\w+ )?(?:period|duration|deadline|time limit|amount of (?:\w+ )?time)\b",
            r"\b(?:for|after|by|until) what (?:time|period|date)|\bwhat time (?:did|does)",
            rf"多久|多长|多快|多早|期限|最晚|(?<![头前])几个?{_HAN_SPAN}(?!份)",
            rf"多少个?(?:空闲)?(?:{_HAN_SPAN}|时间)(?![销营收采])",
        ),
    ),
    (
        Wants.ORDER,
        _any(
            r"\b(?:in|what|which) (?:\w+ ){0,2}(?:order|sequence)\b|\bwhat comes first, second",
            r"顺序|次序|先后|先\w?什么\w?后",
        ),
    ),
    (
        Wants.COUNT,
        _any(
            r"\bhow many\b|\bnumber of\b",
            r"多少(?=[\u4e00-\u9fff])(?!钱|时间|空闲|才|的|可|以|为|比|而|就|成本)",
            r"(?<!哪)几(?:家|个(?!月|季度)|名|场|[条项](?=\W*$)|次(?!$))",
        ),
    ),
    (
        Wants.AMOUNT,
        _any(
            r"\bhow (?:much|high|large|big|deep|close|near|far(?! (?:in adv|ahead|before|out))|low)\b",
            r"\b(?:what|which) (?:\w+ ){0,2}(?:amount|share|percentage|distance|revenue)\b|\bpercentage\b",
            r"\bwhich (?:share|amount|number)\b|\bat which share|\bup to what\b|\bwithin what distance",
            r"\bwhat (?:yearly|annual|part of)\b|\bthe most we can|\bwhat (?:did|do|does|is|was) .{0,60}\bcosts?\b",
            r"\bin percent\b|\bhow many (?:euros|dollars|percent)",
            r"多少(?=钱|才|的|可|以|为|比|而|就|成本|[^\u4e00-\u9fff]|$)|几(?:成|页|点|个点|折|个百分点)",
            "百分之几|率(?:是|到了?)?多少|多[大高近]|比例|门槛|上限|天花板|什么(?:水平|程度)|(?:额|成本)是",
        ),
    ),
    (
        Wants.PERSON,
        _any(_WHO, r"\bwhich (?:persons?|people)\b", "谁|哪(?:位|几位|[一二两三]位|[几两三]个人|些人)|什么人|何人"),
    ),
    (
        Wants.TIME,
        _any(
            rf"{_BEGINS}when\b|\b(?:by|until|since|know|me|decide|clear) when\b",
            r"\b(?:due|end|start|closing|which|what) (?:date|month)\b",
            r"\b(?:in|at|from) (?:which|what) (?:month|year|quarter|point|date)\b",
            r"\bhow (?:do|can) (?:we|you|i) (?:know|tell)\b|\bunder what cond",
            r"\bwhat (?:makes|closes)\b|\bcounts? as\b|\bwhat is the test for\b",
            "什么时候|何时|哪(?:一?年|[个一]?月|[一个]?天|日|个时候|个?季度|个?月份)|几月|几号|什么时间",
            "怎样?(?:么)?才(?:能)?算|算完成|算关闭|怎么判断|什么条件|什么程度.{0,4}(?:算|可以)",
        ),
    ),
    (
        Wants.WHETHER,
        _any(
            r"\b(?:allowed|permitted|ok|okay|fine)\W*$|^(?:ok|okay|fine|allowed)\b",
            rf"{_BEGINS}{_DOES}\b",
            r"吗|([\u4e00-\u9fff])不\1|可不可以|可否|能否|是否|适不适合|还是",
        ),
    ),
)
_ANYTHING = frozenset(Wants) - {Wants.REASON}
_THING = re.compile(r"\b(?:what|which|how)\b|什么|啥|何种|何|哪|怎么|怎样|如何|咋")
# A clause that only says in which case; it asks nothing.
_CASE = re.compile(
    rf"(?:^|[.;:,] ?)(?:when(?:ever)?|once|while|if|before|after) (?!(?:{_DOES}|need)\b)[^,;:?]{{4,}}[,;:] ?(?=.{{8}})"
)
_SUM = re.compile("多少年?(?:销售|营收|收入|营业|采购|业绩|利润|预算|额|份额|毛利)")
_AGAIN = re.compile(r"\b(?:rotat|chang)|[换轮]")
_BY_WHEN = _any(
    r"\b(?:soon|within|by|deadline|latest|advance|early|quickly)\b", "[之以]?内|[之以]?前|最[晚迟]|期限|提前|及时"
)
_LASTS = _any(
    r"\b(?:takes?|took|lasts?|stay|remain|keep|kept|hold|valid|run|spend|spent)\b",
    "持续|耗时|[花用]了?(?:多|几)|[开留待存]多|有效|保留",
)
_MEASURED = _any(
    r"\b(?:what|which)(?:'s| is| are| was)? (?:\S+ ){0,6}(?:percentage|share|cost|price|discount|fee|rate|limit)\b",
    r"\b(?:what|which)(?:'s| is| are| was)? (?:\S+ ){0,6}(?:budget|size|value|figure|number|margin|revenue|sales)\b",
    r"\b(?:what|which)(?:'s| is| are| was)? (?:\S+ ){0,6}(?:cap|ceiling|maximum|minimum|threshold|level|sum)\b",
    r"\b(?:what|which)(?:'s| is| are| was)? (?:\S+ ){0,6}(?:quota|target|score|amount)\b",
    r"^(?:\w+ ){0,3}(?:limit|cap|budget|maximum|threshold|ceiling|quota)\b",
    r"(?:上限|下限|门槛|底线|预算|比例|额度)\W*$",
    "(?:价格?|折扣|费用?|额度?|预算|毛利率?|收入|数|上限|下限|门槛|底线|比例|目标|分|权限|成本)(?:是|为|要)?(?:多少|几|什么|怎么)",
)
_CONDITION = _any(
    r"^conditions?\b|\bconditions? (?:for|to)\b|\bwhat does it take\b|\bwhat .{0,12}counts? as\b|\bsign shows\b",
    r"\b(?:at|in|from|by) (?:what|which) (?:point|stage|step|phase|case|time|moment)",
    r"\bwhat (?:triggers|situations?|events?)|\b(?:under|in) (?:what|which) (?:cases?|situations?|circumstances)",
    r"\bunder (?:what|which)",
    "什么才?算|[啥么]条件|哪些条件|(?:判定|认定|判断).{0,14}(?:标准|条件)|什么情[况形]|哪[些种]情况|时机",
    "哪[个一]?(?:阶段|一?步|时候|个?节点)|到什么(?:地步|时候)",
)
_PARTY = _any(
    r"\b(?:which|what|whose) (?:\S+ ){0,4}(?:contacts?|persons?|people|jobs?|roles?|departments?|teams?)\b",
    r"\b(?:which|what|whose) (?:\S+ ){0,4}(?:functions?|managers?|colleagues?|levels? of management)\b",
    r"^(?:owner|responsible|approver|participants?|attendees)\b",
    r"(?:负责人|主责人?|审批人|参会人员?|拍板人)(?:是|呢|\W*$)|什么(?:角色|部门|职位|岗位)",
    "哪[一二两三四五六七八九十几些]*[类种个位名]*(?:人|同事|角色|部门|团队|岗位|职位|主管|级领导|一?方)",
)
_EITHER = re.compile(r"先.*还是|还是先|\bfirst\b.* or \b|\bfirst, |在前还是|先后")
# What a question may be besides, by how it is put.
_BESIDES = (
    (_EITHER, {Wants.ORDER, Wants.WHETHER}),
    (_MEASURED, {Wants.AMOUNT, Wants.OPEN}),
    (_CONDITION, {Wants.TIME, Wants.OPEN}),
    (_PARTY, {Wants.PERSON, Wants.OPEN}),
)


def wanted(text: str) -> frozenset[Wants]:
    """Everything that a question may ask for, in the clauses that ask.

    OPEN if it says nothing more precise, and anything if no word of it asks: the due date of the roadmap?
    """
    folded = _CASE.sub(" , ", fold(text)).strip(" ,")
    found = _spans_told_apart({wants for wants, pattern in _PATTERNS if pattern.search(folded)}, folded)
    if len(found) > 1 or _THING.search(folded):
        found.discard(Wants.WHETHER)
    if Wants.COUNT in found and _SUM.search(folded):
        found.add(Wants.AMOUNT)
    for pattern, wants in _BESIDES:
        found |= wants if pattern.search(folded) else set()
    return frozenset(found or ([Wants.OPEN] if _THING.search(folded) else _ANYTHING))


def _spans_told_apart(found: set[Wants], folded: str) -> set[Wants]:
    """A span is no amount. What lasts is no point in time; else it may be one: in how many days is by when."""
    if found & {Wants.OFTEN, Wants.DURATION}:
        found = found - {Wants.AMOUNT, Wants.COUNT}
    if Wants.OFTEN in found and not _AGAIN.search(folded):
        found = found - {Wants.DURATION}
    if Wants.DURATION in found and (_BY_WHEN.search(folded) or not _LASTS.search(folded)):
        found = found | {Wants.TIME}
    return found


def answered_by(asked: frozenset[Wants], answered: frozenset[Wants]) -> bool:
    """Whether what answers one question may answer another: it wants the same and no reason more."""
    return bool(asked & answered) and (Wants.REASON in answered or Wants.REASON not in asked)
