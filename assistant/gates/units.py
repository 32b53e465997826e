"""What a number counts: the unit words of both languages, in classes that can be compared."""

import re
from dataclasses import dataclass
from fractions import Fraction

BARE = ""
SHARE, POINT, OFF, PAYS = "share", "point", "off", "pays"
LEVEL, TIMES, TURN, THING, MARK = "level", "times", "turn", "thing", "mark"
MINUTES, WORKDAYS, MONTHS = "minutes", "workdays", "months"
SPANS = frozenset((MINUTES, WORKDAYS, MONTHS))
MONEY = frozenset("yuan cny usd eur twd hkd gbp jpy krw".split())


@dataclass(frozen=True, slots=True)
class Unit:
    """A class of units and how much one of this unit is in the class's own: a week is 10080 minutes."""

    kind: str = BARE
    factor: int | Fraction = 1


def _table(text: str) -> dict[str, Unit]:
    """Lines `kind factor: word, word`."""
    units: dict[str, Unit] = {}
    for line in text.strip().splitlines():
        head, _, words = line.partition(":")
        kind, factor = head.split()
        units |= {word.strip(): Unit(kind, Fraction(factor)) for word in words.split(",")}
    return units


# `s` at the end of an English word is left out; 元 alone may be any yuan or dollar that is written so.
_HAN_UNITS = _table("""
share 1/100: %, 个百分比
share 1/1000: \u2030
share 1/10: 成
point 1: 百分点, 个百分点
point 1/100: 个基点, 基点
yuan 1: 元, 圆, 块钱, 元整
cny 1: 人民币, 元人民币, 元人民币整
usd 1: 美元, 美金, 美刀
eur 1: 欧元
twd 1: 新台币, 台币, 元新台币, 元台币
hkd 1: 港元, 港币
gbp 1: 英镑
jpy 1: 日元, 日圆
krw 1: 韩元
minutes 1/60: 秒, 秒钟
minutes 1: 分钟
minutes 15: 刻钟
minutes 60: 小时, 个小时, 钟头, 个钟头
minutes 1440: 天, 日, 个自然日, 自然日
minutes 10080: 周, 星期, 个星期, 礼拜, 个礼拜, 个周
workdays 1: 工作日, 个工作日, 工作天, 个工作天
months 1: 月, 个月, 个自然月
months 3: 季度, 个季度, 季
months 12: 年, 周年, 个年头, 年度, 个财年, 个年度
times 1: 倍
turn 1: 次, 回, 遍, 趟
people 1: 人, 位, 名
companies 1: 家
level 1: 级, 档, 星, 期, 线
mark 1: 分
mw 1: 兆瓦
mw 1000: 吉瓦
mw 1/1000: 千瓦
km 1: 公里, 千米
kg 1: 公斤, 千克
kg 1000: 吨
thing 1: 个, 项, 条, 种, 类, 份, 张, 页, 件, 套, 台, 门, 场, 轮, 步, 点, 道, 款, 批, 组, 支, 队, 班, 方, 处
thing 1: 座, 层, 阶, 间, 笔, 单, 招, 环, 式, 章, 节, 句, 字, 题, 关, 口, 面, 块, 大, 维, 段, 颗, 只, 部, 把
""")
_ENGLISH_UNITS = _table("""
share 1/100: percent, per cent, pct
point 1: percentage point, pp, ppt, pct point
point 1/100: basis point, bp, bps
cny 1: yuan, rmb, cny, renminbi, chinese yuan
usd 1: dollar, usd, us dollar, u.s. dollar, american dollar, us$
eur 1: euro, eur
twd 1: twd, new taiwan dollar, taiwan dollar, nt dollar, ntd
hkd 1: hkd, hong kong dollar
gbp 1: gbp, pound sterling
jpy 1: yen, jpy
krw 1: krw
minutes 1/60: second, sec
minutes 1: minute, min
minutes 60: hour, hr, h
minutes 1440: day, calendar day
minutes 10080: week, wk, weekly
minutes 20160: fortnight
workdays 1: working day, business day, workday, work day
months 1: month, monthly
months 3: quarter
months 12: year, yr, yearly
months 120: decade
times 1: x, fold
turn 1: time
people 1: people, person, employee, staff, engineer, manager, member, expert, salespeople, colleague
companies 1: company, companie, firm
level 1: level, tier
mark 1: point, mark
mw 1: mw, megawatt
mw 1000: gw, gigawatt
mw 1/1000: kw, kilowatt
km 1: km, kilometre, kilometer
kg 1: kg, kilogram
kg 1000: tonne, ton
""")
_SIGNS = _table("""
usd 1: $, us$
cny 1: \u00a5, rmb, cny, cn\u00a5, 人民币
eur 1: \u20ac, eur, 欧元
gbp 1: \u00a3, gbp
twd 1: nt$, twd, ntd, 新台币, 台币
hkd 1: hk$, hkd, 港币
jpy 1: jpy, 日元
usd 1: usd, 美元, 美金
krw 1: krw, \u20a9
""")
# These go with any number without saying what it counts: the revenue of 5 million may be in yuan.
_NOT_COUNTED = """and or to of in is are was were for from by at on with than that which who as but if then per a an the
    has have had will would can could should may might must be been when while before after within until since over
    under about more less fewer not no yes only so into out up down off each every all both it its their our your this
    these those also plus or revenue sales income turnover budget profit later ago apart minimum maximum between
    through such do does did""".split()


def _words(units: dict[str, Unit], plural: str = "") -> str:
    return "|".join(re.escape(each) + plural for each in sorted(units, key=len, reverse=True))


_SIGN_BEFORE = re.compile(rf"({_words(_SIGNS)})\s?$")
_UNIT_AFTER = re.compile(
    rf"""\s?(?:(?P<han>(?!成[立为员功本绩果长品熟])(?:{_words(_HAN_UNITS)}))
      | -?(?:(?:(?:working|business)(?=[ ](?:week|month|year))|calendar|full
          |whole|consecutive|straight|more|additional|extra|further|other|long|new|good)[ ])?
        (?P<english>{_words(_ENGLISH_UNITS, "s?")})(?![a-z])
      | -?(?P<noun>[a-z]+))""",
    re.VERBOSE,
)


def unit_before(text: str, start: int) -> tuple[Unit, int] | None:
    """The currency that stands before a number, and where it begins."""
    found = _SIGN_BEFORE.search(text, max(0, start - 6), start)
    return (_SIGNS[found[1]], found.start()) if found else None


def unit_after(text: str, end: int) -> tuple[Unit, int] | None:
    """The unit that stands behind a number, and where it ends; any other noun makes it a count of things."""
    found = _UNIT_AFTER.match(text, end)
    if not found:
        return None
    if found["han"]:
        return _HAN_UNITS[found["han"]], found.end()
    if english := found["english"]:
        return _ENGLISH_UNITS.get(english) or _ENGLISH_UNITS[english[:-1]], found.end()
    return (Unit(THING), end) if found["noun"] not in _NOT_COUNTED else None


COUNTS = frozenset((THING, "people", "companies", TURN, LEVEL, MARK))
_LOOSER = frozenset(
    [
        ("yuan", "cny"),
        ("cny", "yuan"),
        ("yuan", "twd"),
        ("yuan", "hkd"),
        (TIMES, TURN),
        (TURN, TIMES),
        (MARK, POINT),
        (POINT, MARK),
    ]
    + [(OFF, SHARE), (SHARE, OFF), (PAYS, SHARE), (SHARE, PAYS), (PAYS, OFF), (OFF, PAYS)]
)


def agree(claimed: str, held: str) -> bool:
    """Whether a claim may use one class of unit where its source uses another."""
    if claimed == held or not claimed or not held or (claimed, held) in _LOOSER:
        return True
    return {claimed, held} <= COUNTS and {claimed, held} != {"people", "companies"}
