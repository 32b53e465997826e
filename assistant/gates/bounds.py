"""Which side of a number or a date is meant: at least, at most, about, before, after."""

import re
from enum import Enum


class Bound(Enum):
    """How a number stands for a quantity, or a date for a time."""

    EXACT = "exact"
    LOW = "at least or more than"
    HIGH = "at most or less than"
    ABOUT = "about"
    NEARLY = "nearly: just under, 略低于"
    ODD = "somewhat more: 30多, thirty-odd"
    REACH = "reaching or the threshold"
    PEAK = "as many as: reached, and no more"
    BEFORE = "before"
    BY = "by, until"
    AFTER = "after"
    SINCE = "since, from"
    ANY = "either way: in 30 days"
    NOT_LOW = "a lower bound that is denied from afar: never give more than"
    NOT_HIGH = "an upper bound that is denied from afar"
    OVER = "over five years, which may be during them"


_MORE = r"(?:超过|超出|超|大于|多于|多过|高于|长于|逾|[突升冲]破)"
_LESS = r"(?:少于|小于|低于|短于|不足|不及|跌破|(?:不|没有?|未)(?:达?到|达|满))"
_NOT = r"(?:不[得能可应要会宜许该准]?|没有?|未|勿|别|禁止)(?:再|让|使|给)?"
_OF = r"(?:[\u4e00-\u9fff]{0,8}的)?"  # 超过年收入的30%
_HAN = "(?![零一二两三四五六七八九十百千万亿])[\u4e00-\u9fff]"
_VERB = rf"(?:{_HAN}){{0,8}}"  # 至少要再留两个季度
_OVER = (
    r"(?:(?:more|greater|higher|longer|larger|bigger|older)\ than|over|(?<!the\ )above|beyond|in\ excess\ of|north\ of"
    r"|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp?(?:s|ed|ing))"
)
_UNDER = (
    r"(?:(?:less|fewer|lower|shorter|smaller|younger)\ than|under|below|south\ of|short\ of|shy\ of"
    r"|(?:not|never|n't|fail(?:s|ed|ing)?\ to|without|yet\ to)\ (?:reach|hit|attain)(?:ing)?)"
)
_NEVER = r"(?:no|not|never|cannot|[a-z]+n't)\ (?:(?:be|go|to|fall|rise|drop|any)\ )?"
_BEFORE = re.compile(
    rf"""(?<![a-z](?=[a-z]))(?=[a-z<>=~≈≤≥上下不今低别勿短小少几逾差略稍最未禁没满突约至起超达过近长门顶高大多封提接将前后跌升冲逼限控])(?:
        (?P<nearly>[略稍](?:微)?(?:低于|少于|不足|不到|小于)|差一点(?:就?[到有满])?|不到一点
          |\b(?:just|slightly|(?:a\ )?(?:little|bit|touch|shade)|marginally|narrowly|not\ quite)\ {_UNDER}|\bnot\ quite
          |将近|接近|逼近|(?<![最附])近|\bnear(?:ly|ing|s)?\b|\balmost\b|\bclose\ (?:to|on)\b)
      | (?P<high>{_NOT}{_MORE}{_OF} | {_NEVER}{_OVER} | {_LESS}{_OF} | \b{_UNDER}\b | <=? | ≤ | 上限 | 封顶
          | (?:至多|顶多|最多){_VERB} | 最[高长大晚](?![的层级等])(?:{_HAN}){{0,2}} | \b(?:at(?:\ the)?(?:\ very)?\ most
              |up\ to|within|inside|(?:a\ )?max(?:imum|\.)?|no\ later\ than
              |cap(?:ped|s)?|limit(?:s|ed|ing)?(?:\ (?:it|them|this|each))?|ceiling)\b
          | (?<![期年上下界权时有无极局])限(?:[制定]?[在于为])? | 控制在)
      | (?P<peak>\bas\ (?:many|much)\ as\b)
      | (?P<low>{_NOT}(?:{_LESS}|下于|下){_OF} | {_NEVER}{_UNDER} | {_MORE}{_OF} | \b{_OVER}\b | >=? | ≥ | 下限
          | (?:至少|起码|少说|最少){_VERB} | 不[止只] | 最[低短](?!的) | \b(?:at(?:\ the)?(?:\ very)?\ least
              |upwards?\ of|(?:a\ )?min(?:imum|\.)?|floor)\b)
      | (?P<any>过去|未来|最近|今后|前|后
          |\b(?:in|(?:(?:over|in|for|within)\ )?(?:the\ )?(?:last|past|next|coming)|over\ the)\b)
      | (?P<about>(?<![合签预制节条契履违邀赴])约|(?:大约|大概|大致|大体上?|约莫|差不多|几乎){_VERB}
          |接近|逼近|将近|(?<![最附])近|~|≈
          | \b(?:about|around|approximately|approx\.?|roughly
              |near(?:ly|ing|s)?|almost|close\ (?:to|on)|some|circa
              |in\ the\ (?:region|neighbou?rhood|vicinity|order)\ of)\b)
      | (?P<reach>达到?|满|门槛|\b(?:reach(?:es|ed|ing)?|hits?|threshold|as\ high\ as)\b)
      | (?P<after>\bafter\b|过(?!去)|后的)
      | (?P<before>\bbefore\b|提前|前的)
      )(?:\s?(?:\b(?:of|the|an?|to|by|at|its|their|set|is|was|are|about|around|another|further)\b|[为是在到至了有:]))*\s?$""",
    re.VERBOSE,
)
_AFTER = re.compile(
    r"""\s?(?:(?:[a-z]+s|people|staff)\ (?=(?:at\ (?:the\ )?(?:very\ )?(?:most|least)|max(?:imum)?|min(?:imum)?|tops
        |or\ (?:less|fewer|more))\b))?
      (?:[\u4e00-\u9fff]{0,4}?(?:
        (?P<low>[及或和]?以上(?!述)) | (?P<high>[及或和]?以下 | 以内 | 之内) | (?P<about>左右 | 上下(?![游级文])))
      | (?P<low2>起(?![来步点初诉码到因]) | \+(?!\d) | or\ (?:more|above|over|higher|greater|longer)\b
          | and\ (?:above|over|up|more)\b | (?:plus|minimum|at\ least|at\ (?:a|the)\ minimum)\b)
      | (?P<high2>,\ (?:and\ )?(?:not|no)\ (?:more|longer|later)(?=\s?(?:[.,;]|$))
          | 不到(?!位) | 内(?!部(?!署)|容|外|控|在|心|训|审) | 封顶
          | or\ (?:less|fewer|below|under|lower|shorter)\b | and\ (?:below|under)\b
          | (?:maximum|max|at\ most|at\ (?:a|the)\ maximum|tops)\b)
      | (?P<about2>or\ so\b | or\ thereabouts\b | ,?\ ?give\ or\ take\b)
      | (?P<odd>-(?:odd|some)\b | 还多 | 多(?![个家少方了出于]) | 有余 | 出头)
      | (?P<any>里(?!程) | 期?间 | 中(?![国心]))
      | (?P<reach>之多 | 的?门槛 | -?threshold)
      | (?P<after>[之以]?后(?![台端续勤备者期]) | (?:later|after|from\ now)\b)
      | (?P<before>[之以]?前(?![台端线者期置提后十百三五两一二\d]) | (?:ago|before|earlier|in\ advance|ahead)\b)
      )""",
    re.VERBOSE,
)
_BEFORE_DATE = re.compile(
    r"""(?:
        (?P<since>\b(?:since|from|as\ from|no\ earlier\ than|starting(?:\ (?:in|on|from))?|not?\ (?:before|until))\b
          | 不[得能]?早于 | 最早 | 自从? | 从 | 由)
      | (?P<by>\b(?:by(?!\ the\ $)|until|till|up\ to|(?:no|not)\ later\ than|as\ of)\b
          | 截[至止][到至]? | 直到 | 不[得能]?[晚迟]于 | 最[晚迟])
      | (?P<before>\b(?:before|prior\ to|ahead\ of|earlier\ than)\b | 早于 | 赶在)
      | (?P<after>\b(?:after|later\ than|following|beyond)\b | [晚迟]于)
      | (?P<any>\b(?:to|through|and|or|between)\b | [到至在和与或-])
      )\s?(?:the\ )?(?:于|在)?\s?$""",
    re.VERBOSE,
)
_AFTER_DATE = re.compile(
    r"""\s?(?:
        (?P<since>起(?![来步点诉]) | 开始 | 以来 | 始 | 才(?![能力华干])
          | \b(?:onwards?|on(?=[,.;])|at\ the\ earliest)\b)
      | (?P<by>为?止 | \bat\ the\ latest\b)
      | (?P<before>[之以]?前(?![后台端线者期置提一二三四五六七八九十两几半\d]) | \bor\ (?:before|earlier)\b)
      | (?P<after>[之以]?后(?![台端续勤备者期]) | \b(?:or\ later|or\ after)\b)
      )""",
    re.VERBOSE,
)
_CLAUSE_END = re.compile(r"[,、。;!?\n]|\.\s")
_DENIED = re.compile(
    r"不(?![断仅同少管过但只论久])|没|未(?!来)|勿|禁|别(?![人的])|避免|拒绝|无(?!论)"
    r"|缺|\b(?:not?|never|cannot|without|avoid\w*|refuse\w*|lack\w*)\b|n't\b"
)
_OF_TIME = ("after", "before", "any")
_VAGUE_OF_TIME = re.compile(r"近|over\b")


def bound(folded: str, start: int, end: int, hint: str, duration: bool) -> Bound:
    """The bound that a readable text sets on the quantity at a place; `hint` is the number's own (30多).

    A bound in a clause that denies something further off goes either way: "never give more than 15%" and
    "at most 15%" are one rule. Before and after count for a `duration` only, of which 近三年 and "over
    three years" only say which years.
    """
    found = [each for each in (_BEFORE.search(folded, max(0, start - 30), start), _AFTER.match(folded, end)) if each]
    told = [each for each in found if duration or _name(each) not in _OF_TIME]
    if not told:
        return {"more": Bound.ODD, "about": Bound.ABOUT}.get(hint, Bound.EXACT)
    chosen = min(told, key=lambda each: _name(each) in _OF_TIME)
    if _compares(chosen, folded[start:end]):
        return Bound.ANY
    if duration and _VAGUE_OF_TIME.match(chosen.group()):
        return Bound.OVER
    side = Bound[_name(chosen).upper()]
    denied = side in (Bound.LOW, Bound.HIGH, Bound.PEAK) and _DENIED.search(_clause(folded, min(chosen.start(), start)))
    return (Bound.NOT_LOW if side is Bound.LOW else Bound.NOT_HIGH) if denied else side


def _name(found: re.Match[str]) -> str:
    return (found.lastgroup or "").rstrip("2")


def _compares(found: re.Match[str], number: str) -> bool:
    """Whether the number is one already known (more than the 30 it had) or a centre (built around six ones)."""
    before = found.group().rstrip()
    return before.endswith(" the") or (before == "around" and _FEW.match(number) is not None)


_FEW = re.compile(r"(?:one|two|three|four|five|six|seven|eight|nine)\b")


def date_bound(folded: str, start: int, end: int) -> Bound:
    """The bound that a readable text sets on the date at a place; "by last quarter's sales" sets none."""
    if folded.startswith("'s", end):
        return Bound.EXACT
    found = _AFTER_DATE.match(folded, end) or _BEFORE_DATE.search(folded, max(0, start - 20), start)
    return Bound[(found.lastgroup or "").upper()] if found else Bound.EXACT


def _clause(folded: str, end: int) -> str:
    """What stands before a place in its clause."""
    return _CLAUSE_END.split(folded[max(0, end - 60) : end])[-1]
