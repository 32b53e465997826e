"""The words that deny, in Chinese and English, and those that only look like them."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from assistant.gates.idioms import DENY, DENY_NOTHING, FAINT, LEAVE

UN = "un(?!der|it|ion|iq|iform|ivers|til|less)"
"""How a word begins that denies the rest of itself: unstable, but not under."""
UNDOES = "un(?:block|lock|veil|load|fold|cover|pack)"
"""And one that undoes, which denies nothing."""


class Denial(Enum):
    """How a word denies."""

    PLAIN = "plain"
    """It turns a statement into its opposite: not, never, avoid, 不, 没有, 避免."""
    SOFT = "soft"
    """It denies within a word or leans that way: hardly, unknown, 难以, 进不去."""
    LOW = "low"
    """It says little of something, so a paraphrase may deny it: low, weak, 低, 慢."""
    ONLY = "only"
    """It excludes all else: only, alone, 只, 才."""
    NEAR = "near"
    """It tells of staying or going, which a paraphrase may tell by denying the other: keep, leave, 保留."""
    LEAVE = "leave"
    """It leaves a thing undone, which a paraphrase may deny: skip, refrain, 省去, 作罢."""
    FAINT = "faint"
    """It may tell a low degree or a difference: modest, 寥寥, 各自."""


@dataclass(frozen=True, slots=True)
class Negator:
    """A denying word in a folded text."""

    start: int
    end: int
    denial: Denial


_HAN_NUMBER = r"[\d一二两三四五六七八九十百千万几半]"
# What looks like a negator and denies nothing, bounds of numbers among it; looked for first.
_FRIENDS = (
    rf"""
    不断|不但|不错|不管|不少(?!于)|不论|不止|(?<![\u4e00-\u9fff])不过|不过(?=[是就才])|不久|不妨|不愧|不由得|不禁
    |不惜|不料
  | 不得了|[记怪恨巴由]不得|(?:要|不)不然|不然|否则|差不多|了不起|对不起|不得不|不能不|不可不|无不|莫不|没问题
  | 不同(?=(?![而但时的于则就])[\u4e00-\u9fff]{{2}})|不一会|不平凡
  | (?:没|没有|未)到(?={_HAN_NUMBER})
  | 不(?:超过|高于|低于|大于|小于|少于|多于|晚于|早于|迟于|[到足](?={_HAN_NUMBER}))
  | 不得(?:少于|超过|低于|高于|晚于|早于|多于)
  | (?:没|没有|未)(?=[^，。；,.;]{{0,10}}(?:之前|以前))
  | 有没有|是不是|要不要|能不能|会不会|该不该|值不值|愿不愿|对不对|好不好|行不行|可不可以|肯不肯|应不应
  | (?P<echo>[\u4e00-\u9fff])[不没](?P=echo)
  | 无论|无线|无限|无形|无人(?:机|值守|车)|无数|无疑|无非|无所谓
  | 非常|非得|非要|非洲|非但|是非|非(?:盈利|营利|利润|正式|标准)|未来|未免|未尝不
  | (?:特|区|级|分|类|性|个|识|鉴|判|辨|派|告|道|辞|送|组|离|国|省|班|职|辈)别
  | 别(?:人|的|处|家|名|墅|称|致|扭|国|样|离|数)|莫非|约莫|莫名|[埋淹出沉吞]没|没收(?![成到入集])
  | 难忘|难怪|难得|忘我|[念过][念目]不忘
  | \bnot\ least\b|\bnot\ to\ mention\b|\bwhether\ or\ not\b
  | \bnot?\ (?:later|earlier|less|more|fewer|sooner|larger|bigger|smaller|longer|higher|lower)\ than\b
  | \bno\ (?:doubt|matter|wonder)\b|\byes\ or\ no\b|\b(?:a|an|your|the|my|clear)\ no\b
  | \b(?:instead\ of|rather\ than|less\ than)\ (?=[\d$€£]|us\$|rmb|eur)
  | \bless\ than\ (?=(?:an?\ (?:hour|day|week|month|quarter|year|half|third)|half|one|two|three|four
    |five|six|seven|eight|nine|ten|eleven|twelve)\b)
  | \bjust\ (?:over|under|above|below|about|after|before)\b
  | \b(?:every|the|a|next|last|past|these|those)\ few\b|\bunattended\b|\b"""
    + UNDOES
    + r"""\w*
  | [天人刚英文口干]才|免费|最低
  | \bcan(?:not|'t)\ help\b(?=\ (?:\w+ing|but)\b)|\bno\.\s?\d
"""
)
_SOFT = (
    r"""
    (?:不[要能应可该宜必]?|别|勿)[只仅光单](?!独)(?=[\u4e00-\u9fff])|出入|矛盾
  | 不[大小高低多长短快慢远近难易贵好佳明清](?!于)|不[齐稳均]
  | (?<=[\u4e00-\u9fff])不过|不仅仅?|不只|不单(?!独)|不光|\bnot\ (?:only|just|merely)\b|refusals?
  | [\u4e00-\u9fff]不[出开到了住起上下动透清及着拢](?![\u4e00-\u9fff]?\d)|各?不(?:尽?相同|一样|一致|同)|互不相同|不一
  |有别|分歧|回绝|婉拒|推辞|少了
  | (?:无法|不能|没法|无从)(?:避[免开]|躲[开避过]|回避|绕[开过]|逃[避脱过])
  | 难以|最?难(?!题|点|处|关|度|民|忘|怪)|免(?!得)
  | 白(?=[写做费忙来去搭])|[也就于]白|除非|少(?=碰|谈|说|做|去)|落空|空(?=的|白)|走[了个]?过场|差[别异]|冲突|各有(?!没)
  | 懒得|尽量不|没几(?=[个家人位次])|除了|为零
  |(?<![\d一二两三四五六七八九十百千点])零(?![\d一二两三四五六七八九十点几部售散星头件])|反对(?![者派])|取消|例外|放下(?!去)
  |放[弃手]|舍不得|错误|有误|弄错|搞错|出错|禁不起
  | 遗忘|忘[记了掉]?|忽[略视]|掩[盖饰]|隐瞒
  | \b(?:unless|hardly|scarcely|barely|seldom|rarely|(?<!\ba\ )few|(?<!\ba\ )little|less|missing|miss(?:es|ed)?)\b
  | \b(?:empty|absent|otherwise|out\ of|zero|blank|forg[eo]t\w*|ignor\w+|leaves?\ out|left\ out|omit\w*)\b
  | \b(?:neglect\w*|overlook\w*|conceal\w*|hid(?:e|es|den))\b
  | \bleaves?\b(?=.*\bat\ home\b)|\b[a-z]+-free\b
  | \boppos\w+\b|\bhardest\b|(?<=advises\ )against\b|\bagainst(?=\s*$)
  | \b(?:stay|remain|leave|left|keep|kept|been)\w*\ open\b|\bopen(?=\ (?:\w+\ ){0,3}?(?:topics?|issues?|points?
  |items?|questions?|complaints?|matters?|actions?)\b)
  | \bstill\ open\b|\b(?:topics?|issues?|points?|questions?|complaints?|promises?|items?|commitments?|actions?)
    \ (?:is|are|was|were)\ open\b
  | \b(?:wrong|false|untrue|mistaken|mistake|trouble|contradict\w*|conflict\w*|stop(?:s|ped|ping)?)\b
  | \b(?:"""
    + UN
    + r"""[a-z]{3,}|[a-z]{3,}less)\b
  | \b(?:dis(?:agree|like|miss|trust|continue)|im(?:possible|perfect))[a-z]*\b
  | \bin(?:complete|visible|correct|sufficient|ability)[a-z]*\b
"""
)
_NEAR = r"""
    失去|失效|丢|保留|保持|稳定|原样|照旧|固定|守住|留住|维持
  | \b(?:lost|loses?|away|leaves?|left|leaving|keeps?|kept|remains?|same(?!\ (?:day|time|week|month|quarter|year
  |moment|hour))|constant|unchanged|against|outside|problems?|bad|harm\w*|danger\w*)\b
  | \bnon[a-z-]*\b|\bindependent[a-z]*\b
"""
_PLAIN = r"""
    不要紧?|不必|不用|不需要?|不应[当该]?|不该|不得|不可[以能]?|不能够?|不会|不再|不宜|不许|不准|不是
    |不[\u4e00-\u9fff]?|没有?|毫无|无[\u4e00-\u9fff]
  | 并非|而非|绝非|远非|未必?|勿|切莫|莫(?=要|让|把|再)|别|避免|避开|防止|杜绝|禁止|严禁|拒绝|谢绝|拒|切忌|忌
  | 以免|免得|以防(?!万一)|缺少|缺乏|欠缺|缺(?![口点])
  | \b(?:lest|not|no|never|cannot|without|neither|nor|none|nobody|nothing|nowhere)\b|n't\b
  | \b(?:avoid(?:s|ed|ing)?|refus(?:e|es|ed|ing)|lack(?:s|ed|ing)?|forbid(?:s|den)?|prohibit(?:s|ed)?)\b
  | \breject(?:s|ed|ing)?\b|\bdeclin(?:e|es|ed)\b
  | \bfail(?:s|ed|ing)?\ to\b|\brather\ than\b|\binstead\ of\b|\bfree\ (?:of|from)\b
"""
_NOTHING_BUT = r"\b(?:nothing|none|nobody|no\ one)\ but\b"
_ONLY = r"""
    只|仅|才|唯一|为止|直到|单(?=看|靠|凭)|单独
  | \b(?:only|until|till|just|alone|merely|simply|solely|except|exclusively)\b
"""
_LOW = r"""
    (?<![压降贬减调])低(?![于了约\d])|短(?!期)|弱(?![点项])|慢|迟缓|薄弱|(?<![出误偏时落息价温位利逆])差(?![距额错旅])|小(?![组时])
  | \b(?:low|short(?![\ -](?:term|run))|small(?:er)?|slow|weak|poor|hard|difficult|vulnerab\w+)\b
"""
_ALL = re.compile(
    f"(?P<friend>{'|'.join(DENY_NOTHING)}|{_FRIENDS})|(?P<only2>{_NOTHING_BUT})|(?P<plain2>{'|'.join(DENY)})|(?P<soft>{_SOFT})"
    f"|(?P<leave>{'|'.join(LEAVE)})|(?P<plain>{_PLAIN})|(?P<near>{_NEAR})|(?P<only>{_ONLY})|(?P<low>{_LOW})"
    f"|(?P<faint>{'|'.join(FAINT)})",
    re.VERBOSE | re.ASCII,
)
_KINDS = {each.value: each for each in Denial}


@lru_cache(maxsize=2048)
def negators(folded: str) -> tuple[Negator, ...]:
    """The denying words of a folded text, in order."""
    found = ((each, _KINDS.get((each.lastgroup or "").rstrip("2"))) for each in _ALL.finditer(folded))
    return tuple(Negator(each.start(), each.end(), kind) for each, kind in found if kind)


def denials(folded: str) -> int:
    """How many words of a folded text plainly deny."""
    return sum(each.denial is Denial.PLAIN for each in negators(folded))
