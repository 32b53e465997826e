"""The words of all, never, only, must and guarantee: which a claim may only use when its source does."""

import re
from dataclasses import dataclass

_NO_PATTERN = re.compile(r"(?!)")
_NUMERAL = (
    r"(?:\d|[零一二两三四五六七八九十百千几]|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b)"
)
_TIME = r"(?:[天日周月季年次隔逢当]|星期|礼拜|小时|个月|个季度)"
_SPAN = r"(?:second|minute|hour|day|week|month|quarter|year|time|other|now|so\ often|once\ in|bit|effort|inch)\b"


@dataclass(frozen=True, slots=True)
class Quantifier:
    """A class of universal words.

    `claimed` finds them in a claim, `held` what bears them out in evidence; `leaning` words do so
    only where the evidence has none of the `hedged` words. A source that speaks of accounts without
    some or often may be told as each account; what it denies of all else is told with only.
    """

    claimed: re.Pattern[str]
    held: re.Pattern[str]
    leaning: re.Pattern[str] = _NO_PATTERN
    hedged: re.Pattern[str] = _NO_PATTERN


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


ALL = Quantifier(
    _words(
        rf"""(?:所有(?![权制者人]|\s*(?:$|[,.;:!?。、)]))|全部|一切|全体|统统|通通|悉数|全都)(?<!不是..)(?<!并非..)(?<!几乎..)(?<!非..)
          | 无一例外 | 无不 | 人人 | (?<!一)个个 | 各个(?!击|方面) | 百分之?百 | 100\s?%
          | 总是(?<!不..)(?<!不能..)(?<!不要..) | 任何(?<![不没无未]..)(?<![不没无未][^,]..)
            (?<![没无]人[^,][^,]..)(?<![没无]人[^,][^,][^,]..)(?<=任何)
          | \ball\b(?<![ai][tn].all)(?<!after.all)(?<!above.all)(?<!of.all)(?<!not.all)(?<!almost.all)(?<!nearly.all)
            (?<!and.for.all)(?<!-all)
            (?!\ (?:{_NUMERAL}|(?:of\ a\ sudden|about|along|right|in|the\ same|but
              |the\ (?:way|better|more|while)|at\ once|over|too|told)\b)|-)
          | \bany\ \w+(?:\ \w+)?,?\ (?:at\ all|or\ not)\b
          | \bevery(?:one|body|thing)\b(?!\ else) | \b(?:always(?<!not.always)|invariably|without\ exception)\b"""
    ),
    _words(
        rf"""(?<!并非)(?<!不是)所有|全[部体员数都面]|一切|一律|一概|总是|每(?!{_TIME})|任何|凡|人人|(?<!一)个个|家家|统统|通通
          |悉数|尽数|谁都|无一|无不|(?:无论|不论|不管)(?!如何|怎)|逐[一个]
          | 各[个家位部级类种项] | 百分之?百 | 100\s?%
          | (?<!\bnot\ )\b(?:all|every\w*|each|either|any\w*|always|invariably|whoever|whatever|none|across\ the\ board
            |without\ (?:fail|exception))\b"""
    ),
    _words(
        r"""都|均|皆|各|整|全|共[同享有用]|一[件个家条位次样]不[落漏剩少差]|始终|一直|屡试不爽|永远|统一|必
          | \b(?:whole|shared|common|joint(?:ly)?|mutual|entire\w*|full|fully|both|throughout|complete\w*|no|never)\b"""
    ),
    _words(
        r"""部分|有些|有的|有时|一些|某些|个别|少数|多数|大多|许多|不少|可能|往往|通常|常常|经常|一般|偶尔|或许|也许
          | 基本|主要|倾向|并非|未必|不一定|不都|\d\s?%|百分之|[一二两三四五六七八九]成
          | \bnot\ (?:all|every\w*)\b | \b(?:some|several|part|partly|certain|many|most|mostly|often|usually|sometimes
            |occasionally|typically|generally|may|might|could|tends?|likely|few)\b"""
    ),
)
EACH = Quantifier(
    _words(
        rf"""每(?:一?[个家位名份条项笔]|一)(?!{_TIME})
          | (?<!千篇)一律 | 一概 | 凡是
          | \b(?:every|each)\b(?<!not.every)(?<!almost.every)(?<!nearly.every)(?!\ (?:{_SPAN}|{_NUMERAL}))"""
    ),
    ALL.held,
    re.compile(""),
    ALL.hedged,
)
NEVER = Quantifier(
    _words(
        r"""从[不未]|从来[没不]|[绝决]不|永远?不|切勿|没有任何|没有一[个家人位]|(?<!万)无一(?!例外|失|是处)
          | \b(?:never|none|nobody|no\ one|under\ no\ circumstances|in\ no\ case|no\ \w+\ at\ all)\b"""
    ),
    _words(
        r"""从[不未]|从来[没不]|[绝决]不|永远?不|[勿忌禁]|(?<![特级区分类])别(?!人)|无一|毫无|一概不
          | 避免 | 不[要得可能许准]
          | \b(?:do\ not|must\ not|cannot|avoid|never|none|nobody|no\ one|nothing|no\ case)\b|don't"""
    ),
    _words(
        r"""[不没未勿别非无零空缺]|禁止|避免|拒绝
          | \b(?:no|not|never|none|without|avoid\w*|neither|nor|cannot|zero|blank|lack\w*|refus\w+|stop\w*
            |before|assum\w*)\b
          | n't\b|之前|以前"""
    ),
    _words(
        r"""很少|少有|不常|偶尔|有时|基本|几乎|不一定|未必|可能|通常|往往|不总
          | \d\s?% | 百分之
          | \b(?:rarely|seldom|sometimes|hardly|usually|often|mostly|always|necessarily|may|might|almost)\b"""
    ),
)
ONLY = Quantifier(
    _words(
        rf"""(?<![不若如果\d零一二两三四五六七八九十百千几])只
            (?![要是]|[有占用花剩到]?[^,、。;]{{0,4}}{_NUMERAL})有?
          | (?<!不)仅(?!供|仅?[有限]?{_NUMERAL}) | 唯[一有独] | 独家
          | \bonly\b(?<!not.only)(?<!if.only)(?!\ (?:{_NUMERAL}|[$€£]|us\$|(?:then|just|recently|too|natural
              |after(?:wards)?|once|when|later|slightly|marginally|a\ little|rmb|eur|usd)\b))
          | \b(?:solely|exclusively|nothing\ but|none\ but|no\ other)\b"""
    ),
    _words(
        r"""[只仅唯除]|单(?![位价子据元笔])(?<![订清名保])单|独(?!家|特)|专(?![家业题案程])|才(?![能智华会]训|干|华|智)|限(?![期度])|以外|之外|而不是|而非|没有[^。]*[就不]
          | \b(?:only|sole\w*|exclusiv\w*|just|merely|alone|single|except|other\ than|nothing|no\ other|unless|until
            |limit\w*|but\ not|rather|instead|one|without|else|not\b.*\bbut)\b"""
    ),
    NEVER.leaning,
)
MUST = Quantifier(
    _words(
        r"""(?<![不无])必[须需] | 务必 | 一定要 | 强制 | 非[^。]{1,8}不可
          | \bmust\b(?!\ not|-) | \b(?:have|has)\ to\b | \brequired\b(?<!not.required)
          | \b(?:mandatory|compulsory|obligatory)\b"""
    ),
    _words(
        r"""(?<!不)[应需必]|务求|须|不可(?!能)|不得不|不[^,、。;]{1,6}不行|(?<![主重简概纪不])要(?![点素塞])|请|规定|约定|原则|规则|底线|一律
          | \b(?:must|should|shall|needs?|needed|have\ to|has\ to|requir\w*|ought|mandatory|compulsory|always|only
            |please|(?:is|are|be)\ to|make\ sure|ensure|essential|necessary|rule)\b"""
    ),
    re.compile(""),
    _words(
        r"""可以?|建议|不妨|最好|尽量|考虑|也许|或许|可能|[了过曾]
          | \b(?:may|might|could|can|suggest\w*|recommend\w*|optional\w*|consider|option|prefer\w*|was|were|had
            |did)\b"""
    ),
)
GUARANTEE = Quantifier(
    _words(
        r"""保证(?<![不要应需须]..)(?<!不能..)(?<!无法..)(?<!难以..)(?!金) | 必[然定将] | 肯定[会能是]
          | (?<!不)一定[会能可是有]
          | (?<!not\ )(?<!no\ )(?<!n't\ )\bguarantee[sd]?\b
          | \b(?:certainly|definitely|undoubtedly|inevitabl[ey]|surely|(?:certain|sure|bound)\ to)\b"""
    ),
    _words(
        r"""保证|确保|必|肯定|(?<!不)一定|承诺|担保|注定|绝对|总是|一律
          | \b(?:guarantee\w*|ensur\w*|assur\w*|certainly|certainty|certain\ to|sure|definite\w*|commit\w*|promis\w*
            |inevitabl\w*|always|must|undoubtedly|bound)\b"""
    ),
)
FORBIDDEN = Quantifier(
    _words(
        r"""不(?:允许|准|许可)(?!.{0,4}的话) | 禁止 | 严禁
          | \b(?:must\ not|mustn't|forbidden|prohibited|not\ (?:allowed|permitted)|forbids?|prohibits?)\b"""
    ),
    _words(
        r"""不[得许准能可要应该宜]|[禁严忌勿]|别|避免|杜绝|拒|没有[^,。]{1,8}不|不允许|底线
          | \b(?:must\ not|cannot|never|avoid\w*|do\ not|does\ not|not\ (?:allow|permit)\w*|forb\w+|prohib\w+|ban\w*|no
            |non|nothing|without|should\ not|only|refus\w*|nobody|none)\b
          | n't\b"""
    ),
)
TYPICAL = Quantifier(
    _words(
        r"""大多(?!数人)|多数|通常|往往|一般[都会]|普遍(?!客户关系|关系)|行业(?=[^,。]{0,6}[都不])
          | \b(?:companies|firms|businesses|operators|vendors|suppliers)\ (?:that|which|who)\b | \btends?\ to\b
          | \b(?:most\ (?:[a-z-]+\ )?[a-z]{3,}s(?<!ss)|typically|usually|generally|as\ a\ rule)\b"""
    ),
    _words(
        r"""[多每各凡都均常]|往往|一般|普遍|行业|企业|所有|只要|如果|若|任何|总|主要|大部分|最
          | \b(?:most\w*|typical\w*|usual\w*|general\w*|often|common\w*|many|majority|all|every|each|any|always|tends?
            |compan(?:y|ies)|firms|businesses|operators|vendors|suppliers|industr\w*|rule|normal\w*|when\w*|if)\b"""
    ),
)
QUANTIFIERS = (ALL, EACH, NEVER, ONLY, MUST, FORBIDDEN, TYPICAL, GUARANTEE)
