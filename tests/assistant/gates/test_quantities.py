"""Every number of a claim stands in its source, whatever the writing, and nothing else does."""

import random
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.numbers import numbers
from assistant.gates.quantities import missing_quantities, quantities

HELD = [
    # one value in several writings
    ("The pilot covers 1,200 sites.", "试点覆盖1200个站点。"),
    ("试点覆盖一千二百个站点。", "The pilot covers 1 200 sites."),
    ("It signed three hundred dealers.", "签了300家经销商"),
    ("签下三百家经销商", "It signed 300 dealers."),
    ("二十五家客户", "twenty-five customers"),
    ("廿五家客戶", "25家客户"),
    ("两家供应商", "two suppliers"),
    ("两家供应商", "both suppliers"),
    ("Two units had their own sales teams.", "B公司原有兩個事業部門"),
    ("合同金额为人民币伍佰万元整", "The contract is worth RMB 5 million."),
    ("合同金额为500万元", "合同金額壹佰萬元之外另有伍佰萬元"),
    ("A dozen engineers joined.", "12名工程师加入"),
    ("预算为12万5千元", "a budget of RMB 125,000"),
    ("revenue of RMB 120 million", "营收1亿2000万元"),
    ("sales of 350 million yuan", "销售额3.5亿元"),
    ("a deal of two hundred million yuan", "两个亿的订单"),
    ("$3m of orders", "三百万美元的订单"),
    ("US$3.5bn", "35亿美元"),
    ("a 10k order", "一万的订单"),
    ("EUR 400,000 of effort", "投入40万欧元"),
    ("新台币三百万元的标案", "a bid of NT$3 million"),
    ("300萬元的標案", "新台币300万元的标案"),
    ("The price is 1.200.000 euros.", "价格为120万欧元"),
    # percentages, tenths, discounts, fractions
    ("Key accounts bring 30 percent of revenue.", "大客户贡献30%的收入"),
    ("大客户贡献三成收入", "Key accounts bring 30% of revenue."),
    ("大客戶貢獻百分之三十的收入", "大客户贡献３０％的收入"),
    ("thirty-five percent", "三成五"),
    ("95.5% of orders", "百分之九十五点五的订单"),
    ("The price was cut to 85% of list.", "按目录价打八五折"),
    ("a 15% discount", "打八五折"),
    ("20% off the list price", "目录价八折"),
    ("给八折优惠", "a 20% discount"),
    ("打8.5折", "15% off"),
    ("half of the accounts", "一半的客户"),
    ("half of the accounts", "50%的客户"),
    ("a third of the dealers", "三分之一的经销商"),
    ("three quarters of the revenue", "75%的收入"),
    ("two-thirds of the orders", "2/3的订单"),
    ("八成到九成的订单", "80% to 90% of the orders"),
    ("a rise of 3 percentage points", "上升3个百分点"),
    ("上升50个基点", "up by 50 basis points"),
    # multiples
    ("The business doubled in two years.", "业务两年翻倍"),
    ("业务增长一倍", "The business doubled."),
    ("three times the volume", "3倍的量"),
    ("a threefold rise", "三倍的增长"),
    ("a 3x return", "三倍回报"),
    ("产值翻两番", "Output quadrupled."),
    ("visit twice a quarter", "每季度拜访两次"),
    # ranges
    ("3 to 5 people", "三到五人"),
    ("between 3 and 5 people", "3~5人"),
    ("3至5人的团队", "a team of 3-5 people"),
    ("介于3和5之间", "3 to 5"),
    ("US$20 to 30 million", "两三千万美元"),
    ("between RMB 1 million and RMB 3 million", "年销售额100万到300万元"),
    ("between 1 and 3 million yuan", "100万元以上、300万元以下"),
    ("five or six orders a year", "一年签五六单"),
    ("one or two contacts", "一两个联系人"),
    ("at least 3 people", "三到五人"),
    ("up to 3 million yuan", "100万到300万元"),
    ("It rose from 3% to 5%.", "从3%提高到5%"),
    ("It now stands at 5%.", "It rose from 3% to 5%."),
    ("from 20 to 30 accounts", "客户由20家增加到30家"),
    ("20到30万元", "RMB 200,000 to 300,000"),
    # rough amounts
    ("十几家客户", "12家客户"),
    ("dozens of dealers", "几十家经销商"),
    ("hundreds of customers", "数百家客户"),
    ("数十万元", "hundreds of thousands of yuan"),
    ("上百家企业", "hundreds of companies"),
    ("数百家客户", "360 customers"),
    # orders and ranks
    ("the third step", "第三步"),
    ("step 3", "第3步"),
    ("stage two", "第二阶段"),
    ("第三階段", "Phase 3"),
    ("Tier 1 accounts", "一级客户"),
    ("Level 2", "二级"),
    ("第二大客户", "the second largest customer"),
    ("The first year is free.", "首年免费"),
    ("The first step is to call.", "首先打电话。"),
    # time
    ("within 90 days", "90天内"),
    ("两周内", "within two weeks"),
    ("within a week", "一周内"),
    ("in 14 days", "两周后"),
    ("half a year", "半年"),
    ("six months", "半年"),
    ("eighteen months", "一年半"),
    ("一年半", "a year and a half"),
    ("12 months", "一年"),
    ("two decades", "二十年"),
    ("every three months", "每季度"),
    ("five working days", "5个工作日"),
    ("24 hours", "24小時"),
    ("前三季度", "the first three quarters"),
    ("five orders a year", "每年五单"),
    # nothing is counted
    ("It is one of the best.", "这是最好的做法之一。"),
    ("一方面要统一口径，另一方面要一起走", "Agree on the wording and go together."),
    ("No one answered; someone must.", "没人回答。"),
    ("第一时间打电话", "Call at once."),
    ("万一客户不满，千万不要降价，十分重要", "If the client is unhappy, do not cut the price."),
    ("四川的零售客户归三角组", "Retail customers in Sichuan belong to the triangle."),
    ("First, call. Second, write.", "Call, then write."),
    ("1. Call. 2. Write.", "Call, then write."),
    ("A contact person is named.", "要写明联系人"),
    ("双方各写一份", "Both sides write their own."),
    ("the third party", "第三方"),
    ("a three-dimensional relationship", "立体式的客户关系"),
    # more of everything
    ("the 113 method", "113项目管理法"),
    ("a couple of calls", "打两次电话"),
    ("打九折", "10% off"),
    ("half price", "五折"),
    ("RMB 1.5bn", "15亿元"),
    ("HK$2 million", "200万港元"),
    ("3,000-5,000 yuan", "三千到五千元"),
    ("USD 20-30m", "2000万到3000万美元"),
    ("20块钱", "RMB 20"),
    ("三块内容", "three parts"),
    ("a 3:1 ratio", "3比1的比例"),
    ("one in five customers", "20%的客户"),
    ("4 out of 10", "十分之四"),
    ("nine-tenths", "九成"),
    ("5\u2030", "0.5%"),
    ("ranked first", "第1名"),
    ("the top three", "前三名"),
    ("the first three years", "头三年"),
    ("every six months", "每半年"),
    ("every two weeks", "每两周"),
    ("half-yearly targets", "半年目标"),
    ("more than six months", "半年多"),
    ("6个多月", "over half a year"),
    ("the first thirty minutes", "前半小时"),
    ("5 employees", "五名工程师"),
    ("increased by half", "增长50%"),
    ("between half and 80%", "50%到80%"),
    ("more than a hundred accounts", "上百家客户"),
    ("two and a half million", "250万"),
    ("0 orders", "没有订单"),
    ("1001 nights", "一千零一夜"),
    ("services a fifth and hardware the rest", "服务20%"),
    ("3.1 per thousand units", "每千台3.1次"),
    ("NT$10,000 a year and NT$3,000 an occasion", "單筆新台幣3000元，全年1萬元"),
    ("eleven points above hardware", "比硬件高十一个百分点"),
    ("1900 thousand yuan", "190万元"),
    ("Tier-1 city", "一线城市"),
    ("phase 2", "二期"),
    ("4 PM meetings of 3 people", "下午四点3人开会"),
    ("名稱裡的「1」", "the ones in the name"),
    # what the source lists may be counted, and the years between two of its years
    ("要写六件事", "写职务、决策角色、支持度、亲密度、联系日期和负责人。"),
    ("two proposals", "我方9月3日和10月21日的方案"),
    ("Three things matter.", "Check the price, the delivery and the people."),
    ("Seven years later, in 2005", "从1998年做到2005年"),
    # names
    ("B2B sales", "B2B销售"),
    ("3M was the first account.", "3M公司是第一个客户"),
    ("ISO 9001 certified", "通过ISO9001认证"),
    ("the GB 18030 standard", "GB18030标准"),
    ("version v2.1", "V2.1版"),
    ("the 80/20 rule", "二八原则"),
    ("4P and 4C", "4P理论与4C理论"),
    ("the 151 project", "151工程"),
    ("tier A accounts", "A级客户"),
    ("A類客戶", "grade A customers"),
    ("the 40 A dealers", "A级经销商共40家"),
    ("company C", "C公司"),
    ("tiers A and B", "A级和B级"),
    # the unit is named on one side only
    ("营收80多亿", "营收80多亿元"),
    ("a list of 30", "30家客户"),
    ("30 key accounts", "30个重点客户"),
    ("100% of the dealers", "所有经销商"),
]

CAUGHT = [
    ("The pilot covers 1,300 sites.", "试点覆盖1200个站点。", ("1,300",)),
    ("签了三百五十家", "It signed 300 dealers.", ("三百五十家",)),
    ("thirteen engineers", "12名工程师", ("thirteen engineers",)),
    ("sales of 35 million yuan", "销售额3.5亿元", ("35 million yuan",)),
    ("sales of 350 million", "销售额3.5万元", ("350 million",)),
    ("營收3億元", "营收3万元", ("3億元",)),
    ("营收300萬元", "营收30萬元", ("300萬元",)),
    # the unit or the currency moved
    ("$3 million", "300万元", ("$3 million",)),
    ("300万美元", "RMB 3 million", ("300万美元",)),
    ("NT$3 million", "人民币300万元", ("NT$3 million",)),
    ("40万欧元", "US$400,000", ("40万欧元",)),
    ("30 weeks", "30天", ("30 weeks",)),
    ("三十周", "30 days", ("三十周",)),
    ("30 working days", "30天", ("30 working days",)),
    ("3 years", "3个月", ("3 years",)),
    ("3 months", "90 days", ("3 months",)),
    ("30 percentage points", "30%", ("30 percentage points",)),
    ("上升30%", "上升30个百分点", ("30%",)),
    ("30% of accounts", "30个客户", ("30%",)),
    ("30家客户", "30%的客户", ("30家",)),
    ("30 people", "30家", ("30 people",)),
    ("30 accounts", "30天", ("30",)),
    ("30 yuan", "30 accounts", ("30 yuan",)),
    ("5个小时", "5分钟", ("5个小时",)),
    # shares and discounts
    ("四成收入", "30%的收入", ("四成",)),
    ("35% of revenue", "三成收入", ("35%",)),
    ("80% off", "打八折", ("80%",)),
    ("a 25% discount", "打八五折", ("25%",)),
    ("七折", "20% off", ("七折",)),
    ("a quarter of the dealers", "三分之一的经销商", ("a quarter",)),
    ("half of the accounts", "三分之一的客户", ("half",)),
    ("The business tripled.", "业务翻倍", ("tripled",)),
    ("四倍", "threefold", ("四倍",)),
    # ranges
    ("3 to 6 people", "三到五人", ("3 to 6 people",)),
    ("4 people", "三到五人", ("4 people",)),
    ("3 people", "三到五人", ("3 people",)),
    ("at least 5 people", "三到五人", ("5 people",)),
    ("at most 3 people", "三到五人", ("3 people",)),
    ("3 to 5 people", "3 people", ("3 to 5 people",)),
    ("US$20 to 40 million", "两三千万美元", ("US$20 to 40 million",)),
    ("3到5万元", "3到5元", ("3到5万元",)),
    ("15家客户", "十几家客户", ("15家",)),
    ("hundreds of customers", "几十家客户", ("hundreds",)),
    ("dozens of dealers", "120家经销商", ("dozens",)),
    # ranks
    ("the second step", "第三步", ("second",)),
    ("stage 3", "第二阶段", ("stage 3",)),
    ("the first stage", "第二阶段", ("first",)),
    ("step 3", "三家客户", ("step 3",)),
    ("three years", "第三年", ("three years",)),
    ("Tier 2", "一级", ("Tier 2",)),
    ("第三年", "第三个月", ("第三年",)),
    # a written one, and one with a measure
    ("1 contact", "联系人三名", ("1",)),
    ("within a month", "一周内", ("a month",)),
    ("結束後一個月內", "结束后一周内", ("一個月",)),
    ("一年内", "within one quarter", ("一年",)),
    ("a year and a half", "一年", ("a year",)),
    # names
    ("B2C sales", "B2B销售", ("B2C",)),
    ("ISO 14001", "ISO 9001", ("ISO 14001",)),
    ("v2.2", "v2.1", ("v2.2",)),
    ("5G", "4G网络", ("5G",)),
    ("3M", "3家公司", ("3M",)),
    ("tier B accounts", "A级客户", ("tier B",)),
    ("B類客戶", "grade A customers", ("B類",)),
    ("company D", "C公司", ("company D",)),
    ("A级", "A公司", ("A级",)),
    ("the 161 project", "151工程", ("161",)),
    ("five things", "写职务、决策角色、支持度和负责人。", ("five",)),
    ("two fields: industry, rivals and customers", "看行业、对手和客户", ("two",)),
    ("five modules: price, delivery, people and time", "三个模块：价格、交付、人员、时间和地点", ("five",)),
    ("Six years later, in 2005", "从1998年做到2005年", ("Six years",)),
    ("two working weeks", "两个工作日", ("two working weeks",)),
    ("the second week", "第二天，再打电话", ("second week",)),
    ("0.5%", "5%", ("0.5%",)),
    ("12 million", "1.2 million", ("12 million",)),
    ("15 points", "15%", ("15 points",)),
    ("每两周", "every two months", ("两周",)),
    # several at once
    ("30家客户贡献40%收入", "20家客户贡献30%收入", ("30家", "40%")),
    ("100% of the dealers", "部分经销商", ("100%",)),
]


@pytest.mark.parametrize(("claim", "source"), HELD)
def test_a_number_in_another_writing_or_language_is_held(claim: str, source: str) -> None:
    assert missing_quantities(claim, (source,)) == ()


@pytest.mark.parametrize(("claim", "source", "lost"), CAUGHT)
def test_an_altered_number_or_unit_is_missing(claim: str, source: str, lost: tuple[str, ...]) -> None:
    assert missing_quantities(claim, (source,)) == lost


def test_the_spans_of_a_claim_hold_its_numbers_together() -> None:
    assert missing_quantities("30家客户，20%收入", ("30 customers", "two tenths", "20%")) == ()
    assert missing_quantities("30 customers", ()) == ("30",)


_HAN = "零一二三四五六七八九"
_TRADITIONAL = str.maketrans("万亿两", "萬億兩")
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def han(number: int) -> str:
    """A number in Chinese characters."""
    for step, word in ((10**8, "亿"), (10**4, "万")):
        if number >= step:
            rest = number % step
            zero = "零" if 0 < rest < step // 10 else ""
            return han(number // step) + word + (zero + han(rest) if rest else "")
    return _section(number) or "零"


def _section(number: int) -> str:
    for step, word in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= step:
            rest = number % step
            zero = "零" if 0 < rest < step // 10 else ""
            return _HAN[number // step] + word + zero + _section(rest)
    return _HAN[number] if number else ""


def english(number: int) -> str:
    """A number in English words."""
    for step, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= step:
            rest = number % step
            joined = " and " if 0 < rest < 100 else " "
            return f"{english(number // step)} {word}" + (joined + english(rest) if rest else "")
    if number < 20:
        return _SMALL[number]
    return _TENS[number // 10] + (f"-{_SMALL[number % 10]}" if number % 10 else "")


def mixed(number: int) -> str:
    """A number in digits with the characters of 10**4 and 10**8, as newspapers write it."""
    if number >= 10**8:
        return f"{number // 10**8}亿" + (
            mixed(number % 10**8) if number % 10**8 >= 10**7 else f"{number % 10**8 or ''}"
        )
    return f"{number // 10**4}万{number % 10**4:04}" if number >= 10**4 else str(number)


WRITINGS = {
    "digits": str,
    "commas": "{:,}".format,
    "spaces": lambda number: f"{number:,}".replace(",", " "),
    "full width": lambda number: str(number).translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
    "characters": han,
    "traditional": lambda number: han(number).translate(_TRADITIONAL),
    "mixed": mixed,
    "words": english,
}


@pytest.mark.parametrize("writing", WRITINGS)
@given(number=st.one_of(st.integers(0, 10**9), st.integers(0, 5000)))
def test_every_writing_of_an_integer_reads_back_as_itself(writing: str, number: int) -> None:
    (read,) = quantities(f"{WRITINGS[writing](number)} customers")
    assert (read.low, read.high) == (number, number)


@given(st.integers(10, 10**9))
def test_formal_characters_on_contracts_read_back(number: int) -> None:
    (read,) = quantities(f"人民币{han(number).translate(_FORMAL)}元整")
    assert (read.low, read.unit.kind) == (number, "cny")


@given(st.integers(1, 10**6), st.sampled_from([10, 100, 10**4]))
def test_decimals_before_a_multiplier_are_exact(number: int, parts: int) -> None:
    (read,) = quantities(f"{number // parts}.{number % parts:0{len(str(parts)) - 1}}亿元")
    assert read.low == Fraction(number, parts) * 10**8


PIECES = [
    ("{}家客户", "{} companies", "companies"),
    ("{}天内回复", "a reply within {} days", "minutes"),
    ("贡献{}%的收入", "{} percent of revenue", "share"),
    ("合同额{}万元", "a contract of {}0 thousand yuan", "cny"),
    ("第{}步", "step {}", ""),
    ("{}人的团队", "a team of {} people", "people"),
]
_piece = st.tuples(st.integers(0, len(PIECES) - 1), st.integers(2, 999))
_texts = st.lists(_piece, min_size=1, max_size=6, unique_by=lambda each: each[1])


def spoken(pieces: list[tuple[int, int]], language: int) -> str:
    return ("，" if language == 0 else ", ").join(PIECES[kind][language].format(number) for kind, number in pieces)


@given(_texts, st.sampled_from([0, 1]), st.sampled_from([0, 1]))
def test_a_text_told_in_either_language_misses_nothing(pieces: list[tuple[int, int]], mine: int, theirs: int) -> None:
    assert missing_quantities(spoken(pieces, mine), (spoken(pieces, theirs),)) == ()


@given(_texts, st.sampled_from([0, 1]), st.sampled_from([0, 1]), st.data())
def test_one_changed_number_is_always_missing(
    pieces: list[tuple[int, int]], mine: int, theirs: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(pieces) - 1))
    other = data.draw(st.integers(2, 999).filter(lambda number: number not in [each[1] for each in pieces]))
    changed = [*pieces[:at], (pieces[at][0], other), *pieces[at + 1 :]]
    assert len(missing_quantities(spoken(changed, mine), (spoken(pieces, theirs),))) == 1


@given(_texts, st.data())
def test_one_changed_unit_is_always_missing(pieces: list[tuple[int, int]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pieces) - 1))
    other = data.draw(st.integers(0, len(PIECES) - 1).filter(lambda kind: PIECES[kind][2] != PIECES[pieces[at][0]][2]))
    changed = [*pieces[:at], (other, pieces[at][1]), *pieces[at + 1 :]]
    assert len(missing_quantities(spoken(changed, 1), (spoken(pieces, 0),))) == 1


@given(st.text())
def test_a_claim_equal_to_its_evidence_misses_nothing(text: str) -> None:
    assert missing_quantities(text, (text,)) == ()


_SNIPPETS = st.sampled_from(
    [text for pair in HELD for text in pair] + list("0123456789一二两三十百千万亿半.,%-~折成第 ")
)


@given(st.lists(_SNIPPETS, max_size=12).map("".join))
def test_a_claim_made_of_number_pieces_equal_to_its_evidence_misses_nothing(text: str) -> None:
    assert missing_quantities(text, (text,)) == ()


def test_a_claim_of_200_characters_over_three_spans_takes_a_few_milliseconds_at_most() -> None:
    def drafts(seed: int) -> list[tuple[str, tuple[str, ...]]]:
        chance = random.Random(seed)
        texts = ["; ".join(chance.sample(_PROSE, len(_PROSE)))[:200] + str(at) for at in range(80)]
        return [(texts[at], tuple(texts[at + 1 : at + 4])) for at in range(0, 80, 4)]

    def seconds(seed: int) -> float:
        started = time.process_time()
        for claim, evidence in drafts(seed):
            missing_quantities(claim, evidence)
        return (time.process_time() - started) / 20

    assert min(map(seconds, range(5))) < 0.005


_PROSE = [
    "A quiet account is a missed promise, so close the oldest complaint first",
    "the brand counted more than 5,000 franchisees in 2020",
    "\u5148\u6536\u96c6\u4fe1\u606f\uff0c\u518d\u7ea6\u89c1\u4f7f\u7528\u90e8\u95e8\u7684\u5de5\u7a0b\u5e08",
    "\u5927\u5ba2\u6237\u5360\u6bd4\u8fbe\u523030%\u4f46\u5e74\u6536\u5165\u4e0d\u52305\u4ebf\u5143\u7684\u516c\u53f8",
]


def test_numbers_are_found_in_order() -> None:
    starts = [each.start for each in numbers("三家, 4 people, five, 百分之六, 第7步, a third of it")]
    assert starts == sorted(starts)
    assert len(starts) == 6
