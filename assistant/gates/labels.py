"""Names with a digit or a letter in them (B2B, ISO 9001, tier A, company C), and words that only look like numbers."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a place of a readable text; equal labels have equal `name`s."""

    start: int
    end: int
    name: str


_UNIT_SUFFIX = (
    r"(?:k|mn|mm|mil|bn|tn|m|h|hr|hrs|min|mins|x|st|nd|rd|th|s|pp|ppt|bps|mw|gw|kw|km|kg|percent|yuan|rmb|usd)"
)
_NO_NAME = "us|rmb|cny|usd|eur|twd|ntd|gbp|hkd|jpy|top|step|stage|phase|tier|level|layer|grade|class|no|q|h|fy"
_LABEL = re.compile(
    rf"""(?<![a-z\d])(?=[a-z]*[ /-]{{0,2}}\d|pareto|eighty|[dt][orw])(?:
        (?:iso|iec|gb/?t?|soc|ifrs|iatf|ts|web|windows|fortune)[ -]?\d[\d.:-]*
      | 80\s?[/:]\s?20 | (?:eighty[- ]twenty|pareto)\b
      | (?:double|two|triple|three)[ -]digit\b
      | 24\s?[/x×*]\s?7\b | 7\s?[x×*]\s?24
      | v\d+(?:\.\d+)*
      | (?!(?:{_NO_NAME})-?\d)[a-z]+-?\d[a-z\d]*(?:[.-]\d+)*
      | (?<![$\u00a5\u20ac\u00a3])3m(?![a-z\d]) | (?<![$\u00a5\u20ac\u00a3.,\d])\d+b(?![a-z\d])
      | \d+(?!{_UNIT_SUFFIX}(?![a-z]))[a-z]+\d*(?![a-z])(?!-?fold)
      | (?!\d{{1,3}}(?:\.\d{{3}})+(?![\d.]))\d+(?:\.\d+){{2,}}
      )(?![\d])
      | [两二三]位数
      | 二八(?=原则|法则|定律|开|分)|八二(?=原则|法则|定律)""",
    re.VERBOSE,
)
_SAME = {
    "二八": "80/20",
    "八二": "80/20",
    "pareto": "80/20",
    "eightytwenty": "80/20",
    "80:20": "80/20",
    "两位数": "twodigit",
    "二位数": "twodigit",
    "doubledigit": "twodigit",
    "三位数": "threedigit",
    "tripledigit": "threedigit",
} | dict.fromkeys(("24x7", "24*7", "24×7", "7x24", "7×24", "7*24"), "24/7")


def labels(folded: str) -> Iterator[Label]:
    """The names with digits in a readable text; spaces and hyphens in them do not count."""
    for found in _LABEL.finditer(folded):
        name = re.sub(r"[\s-]", "", found.group())
        yield Label(*found.span(), _SAME.get(name, name))


_LETTER = "[A-Z](?![A-Za-z0-9])"
_LETTERS = rf"{_LETTER}(?:(?:[\u3001/,]|,?\s?(?:and|or|to|[和與与或及到至])\s?|-\s?(?:and|or)\s|,\s){_LETTER})*"
_LETTERED = re.compile(
    rf"""(?<![A-Za-z0-9])(?=[A-Za-egltsf公企集客])(?:(?P<before>{_LETTERS})-?\s?(?:(?P<firm>公司|企[业業]|集[团團])
            |[级級类類档檔](?!似)|(?<!A[ ])(?:tier|grade|level|class)\b
            |(?:tiers|grades|accounts|customers|clients|dealers)\b)
      | (?P<low>[a-es])\s?[级級类類档檔](?!似)
      | (?i:(?P<company>compan(?:y|ies)|firm|client|customer)|tiers?|grades?|levels?|class)[ ](?P<after>{_LETTERS})
      | (?i:tier|grade)[ ](?P<small>[a-es])(?![a-z0-9])
      | (?:公司|企[业業]|集[团團]|客[户戶])(?P<of>{_LETTER}))""",
    re.VERBOSE,
)


@lru_cache(maxsize=1024)
def letters(text: str) -> dict[tuple[str, str], str]:
    """The ("grade", "A") and ("company", "B") that a text names by a letter, and how it writes them."""
    found: dict[tuple[str, str], str] = {}
    for match in _LETTERED.finditer(unicodedata.normalize("NFKC", text)):
        kind = "company" if match["firm"] or match["company"] or match["of"] else "grade"
        said = next(filter(None, match.group("before", "low", "after", "small", "of")))
        found |= {
            (kind, each.upper()): match.group() for each in re.findall(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])", said)
        }
    return found


def stands_alone(letter: str, text: str) -> bool:
    """Whether a text has a letter by itself, as tables of grades do; the English article is none."""
    alone = re.search(rf"(?<![A-Za-z0-9]){letter}(?![A-Za-z0-9]|[ ][a-z])", unicodedata.normalize("NFKC", text))
    return alone is not None


# Set phrases whose number characters count nothing; one that tells a multiple (事半功倍) is no amount either.
_IDIOMS = """三番五次 三番两次 三言两语 三心二意 三三两两 四面八方 四通八达 五花八门 五湖四海 七嘴八舌
    乱七八糟 七上八下 七折八扣 九牛一毛 一五一十 一年到头 一天到晚 有一天 一日三餐 一年一度 三天两头 四平八稳
    不三不四 三思 一石二鸟 一石两鸟 一举两得 一举多得 万无一失 丢三落四 颠三倒四 朝三暮四 推三阻四 低三下四
    接二连三 三长两短 三头六臂 举一反三 五光十色 七手八脚 十全十美 十拿九稳 八九不离十 一清二楚 一干二净
    一来二去 独一无二 数一数二 事半功倍 一知半解 半信半疑 半斤八两 半途而废 一时半会 一星半点 百里挑一 千差万别
    千变万化 千篇一律 千丝万缕 千辛万苦 千军万马 千家万户 万事 万能 五五开 五五分 一半一半 三令五申 三六九等
    七零八落 九死一生 一分为二 一刀两断 一心二用 百年大计 百分百""".split()
_FALSE_FRIENDS = re.compile(
    rf"""(?=[统唯单之同任逐专不合其某进再一二三四五六七八九十百千万零归第张李王乱有双两丢颠朝推低接举独数事半])(?:
        {"|".join(_IDIOMS)} | 第一时间 | (?:[统唯单同任逐专不合其某进再]|(?<!分)之)一(?![年月日天])
      | (?<![零一二两三四五六七八九十百千])万一(?![千百十零]) | 一一 | 十(?:分(?![钟之满制])|足|字|堰)
      | 百(?:货|姓|度|科|家争鸣) | 千(?:方百计|禧|岛) | 千万(?=[不别要勿莫]) | 零(?:售|件|部件|配件|散|碎|星|食) | 归零
      | 第三方 | 三(?:亚|星|菱|峡|明治|思|角|农|甲) | 再三 | 张三 | 李四 | 王五 | 四(?:川|处|周|海)
      | 五(?:粮液|矿|金) | 六(?:安|必居|神) | 七匹狼 | 八(?:卦|方) | 九(?:江|寨|州) | 双十一 | 两[岸难]
      )
    | \b(?=[1afiostz3])(?:three-dimensional | (?:one|1)[- ](?:on|to)[- ](?:one|1)\b | one-off\b
      | (?:first|second)[- ]hand\b | (?:third|3rd)[- ]part(?:y|ies)\b
      | fifty-fifty\b | at\ first\b | in\ the\ first\ place\b | first\ and\ foremost\b | first\ things\ first\b
      | second\ (?:thoughts?|nature|opinion)\b | second-guess\w*\b | first-rate\b | zero-sum\b | zero\ in\b
      | two\ birds\ with\ one\ stone\b | one\ another\b | second\ to\ none\b)""",
    re.VERBOSE,
)


def false_friends(folded: str) -> Iterator[tuple[int, int]]:
    """Where a readable text has words made of number characters that count nothing."""
    for found in _FALSE_FRIENDS.finditer(folded):
        yield found.span()
