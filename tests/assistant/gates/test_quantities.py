"""Every number of a claim stands in its source, whatever the writing, and nothing else does."""

import random
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.numbers import numbers
from assistant.gates.quantities import missing_quantities, quantities
from tests.assistant.gates.test_retold import objections

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


RETOLD_NUMBERS = [
    ("a thousand people", "上千人", "two thousand people"),
    ("more than a thousand people", "上千人", "more than two thousand people"),
    ("上千人的投入", "a thousand people", "上万人的投入"),
    ("上千家", "1,200 dealers", "上百家"),
    ("nearly a thousand dealers", "近千家经销商", "nearly a hundred dealers"),
    ("近千家经销商", "nearly 1,000 dealers", "近万家经销商"),
    ("more than a hundred dealers", "百余家经销商", "more than two hundred dealers"),
    ("a hundred-odd dealers", "一百多家经销商", "two hundred-odd dealers"),
    ("a hundred or so dealers", "一百家左右的经销商", "two hundred or so dealers"),
    ("twenty-some dealers", "二十几家经销商", "thirty-some dealers"),
    ("twenty-odd dealers", "二十多家经销商", "thirty-odd dealers"),
    ("two dozen dealers", "24家经销商", "three dozen dealers"),
    ("half a dozen dealers", "六家经销商", "half a dozen dealers and 7 banks"),
    ("hundreds of dealers", "几百家经销商", "thousands of dealers"),
    ("several hundred dealers", "数百家經銷商", "several thousand dealers"),
    ("a few dozen dealers", "几十家经销商", "a few hundred dealers"),
    ("millions of yuan", "上百万元", "tens of millions of yuan"),
    ("more than a million yuan", "上百万元", "more than a billion yuan"),
    ("thousands of calls", "成千上万次电话", "dozens of calls"),
    ("好几家客户", "several accounts", "五家客户"),
    ("several accounts", "好几家客户", "three accounts"),
    ("a handful of accounts", "少数几家客户", "five accounts"),
    ("a couple of calls", "两次电话", "three calls"),
    ("seven or eight people", "七八个人", "six or seven people"),
    ("about ten people", "十来个人", "about twenty people"),
    ("ten or so people", "十来个人", "twenty or so people"),
    ("more than ten people", "十几个人", "more than twenty people"),
    ("ten-odd people", "十多个人", "twenty-odd people"),
    ("two or three firms", "两三家企业", "three or four firms"),
    ("一两次", "once or twice", "三四次"),
    ("一到兩次", "one or two times", "三到四次"),
    ("more than half of the revenue", "收入过半", "less than half of the revenue"),
    ("收入過半", "more than half of the revenue", "收入三成"),
    ("over half the customers", "一半以上的客户", "over a third of the customers"),
    ("半数以上的客户", "more than half of the customers", "半数以下的客户"),
    ("more than half", "大半", "more than a third"),
    ("大半收入", "more than half of the revenue", "三成收入"),
    ("more than half of the customers", "大多数客户", "more than 80% of the customers"),
    ("The price was cut by half.", "价格减半", "The price was cut by a third."),
    ("订单腰斩", "Orders halved.", "订单翻倍"),
    ("Orders fell by half.", "订单腰斩。", "Orders fell by a third."),
    ("成本对半分", "Costs are split in half.", "成本三七分"),
    ("Split the cost half and half.", "成本对半分。", "Split the cost a third each."),
    ("half the price", "五折", "a third the price"),
    ("half as many calls", "一半的电话", "twice as many calls"),
    ("twice as much revenue", "两倍的收入", "three times as much revenue"),
    ("double the revenue", "两倍的收入", "triple the revenue"),
    ("收入翻番", "Revenue doubled.", "收入翻两番"),
    ("收入成倍增长", "Revenue doubled and tripled.", "收入增长5倍"),
    ("a third of the revenue", "三分之一的收入", "a quarter of the revenue"),
    ("三分之一的收入", "a third of revenue", "四分之一的收入"),
    ("四成收入", "40% of the revenue", "五成收入"),
    ("八九成收入", "80 to 90 percent of the revenue", "七八成收入"),
    ("eighty to ninety percent", "八九成", "seventy to eighty percent"),
    ("两成多", "more than 20%", "三成多"),
    ("逾三成", "more than 30%", "逾四成"),
    ("近三成", "nearly 30%", "近四成"),
    ("two in five customers", "40%的客户", "three in five customers"),
    ("two in five customers", "五分之二的客户", "two in three customers"),
    ("one in ten customers", "十分之一的客户", "one in five customers"),
    ("nine out of ten deals", "九成的单子", "eight out of ten deals"),
    ("nine in ten deals", "90%的单子", "eight in ten deals"),
    ("十家里有七家", "seven out of ten", "十家里有八家"),
    ("half of them", "五成", "a third of them"),
    ("a fifth", "两成", "a third"),
    ("three-fifths", "六成", "two-fifths"),
    ("grew one and a half times", "增长到1.5倍", "grew two and a half times"),
    ("double-digit growth", "两位数增长", "triple-digit growth"),
    ("两位数增长", "double-digit growth", "三位数增长"),
    ("百分之一点五", "1.5 percent", "百分之二点五"),
    ("zero orders", "没有订单", "three orders"),
    ("not a single order", "没有一单", "three orders"),
    ("四次", "four visits", "五次"),
    ("the first two steps", "前两步", "the first three steps"),
    ("前两步", "the first two steps", "前三步"),
    ("the last two steps", "最后两步", "the last three steps"),
    ("最後兩步", "the last two steps", "最後三步"),
    ("the top ten", "前十名", "the top five"),
    ("前三強", "the top three", "前五強"),
    ("the number one priority", "首要任务", "the number two priority"),
    ("头号客户", "the number one customer", "第二号客户"),
    ("the second largest customer", "第二大客户", "the third largest customer"),
    ("第二點", "secondly", "第三點"),
    ("the third of the four ways", "四种方式中的第三种", "the second of the four ways"),
    ("each of the four roles", "四个角色各自", "each of the five roles"),
    ("all three roles", "三个角色都", "all four roles"),
    ("both roles", "两个角色", "all three roles"),
    ("二者", "the two", "三者"),
    ("这两点都重要", "Price and delivery both matter.", "这三点都重要"),
    ("上述两点要分开", "Keep price and delivery apart.", "上述五点要分开"),
    ("Keep these two apart.", "价格和交付要分开。", "Keep these five apart."),
    ("两者", "both", "三者"),
    ("三方", "three parties", "四方"),
    ("双方", "both sides", "三方"),
    ("the former and the latter", "前者和后者", "the first and the third party of 5"),
    ("One way or another, one by one, for once, at once.", "逐个处理。", "two by two, 3 at once"),
    ("Do it on one's own.", "自己做。", "Do it with two others."),
    ("once and for all", "一劳永逸", "all customers, twice"),
    ("Put customers first.", "以客户为中心", "Put customers in second place."),
    ("一步一步来", "step by step", "两步走"),
    ("一对一沟通", "one-on-one talks", "三对三沟通"),
    ("三番两次", "again and again", "三次"),
    ("一言为定，一视同仁，一如既往", "Treat them equally.", "两家一视同仁，三家不同"),
    ("一劳永逸", "once and for all", "三年五载"),
    ("半途而废", "give up halfway", "减半"),
    ("七成以上", "70% or more", "七成以下"),
    ("四平八稳", "steady", "四家八户"),
    ("五五开", "fifty-fifty", "六四开"),
    ("千家万户", "many households", "一千家"),
    ("万无一失", "foolproof", "一万家"),
    ("百里挑一", "one in a hundred", "百里挑二"),
    ("一半一半", "half and half", "三成三成"),
    ("不三不四", "improper", "三家"),
    ("三思而后行", "Think it over first.", "三天后行动"),
    ("一石二鸟", "kill two birds with one stone", "一石三鸟"),
    ("Kill two birds with one stone.", "一举两得", "Win three accounts."),
    ("一举两得", "It serves both aims.", "一举三得"),
    ("second thoughts", "再想一想", "two thoughts"),
    ("first and foremost", "首先", "third and foremost"),
    ("in the first place", "本来", "in the third place"),
    ("a one-off", "一次性", "a two-off"),
    ("on the one hand", "一方面", "on the three hands"),
    ("half-hearted", "三心二意", "half of the people"),
    ("meet halfway", "各让一步", "half of the price"),
    (
        "Over half of the visits, 14 of 26, had no record.",
        "26次拜访中有14次没有记录，占一半以上。",
        "Over half of the visits, 16 of 26, had no record.",
    ),
    ("七个席位里我们只认识三个。", "We know only three of the seven seats.", "七个席位里我们只认识四个。"),
    ("Of the seven seats we know just three.", "七个席位中我方只认识三位。", "Of the seven seats we know just five."),
    ("签约前后各拜访一次。", "Visit once before and once after signing.", "签约前后各拜访三次。"),
    (
        "Only one in three promises was kept on time.",
        "承诺只有三分之一按时兑现。",
        "Only one in four promises was kept on time.",
    ),
    ("三个承诺里只有一个按时兑现。", "Of three promises only one was kept on time.", "四个承诺里只有一个按时兑现。"),
    ("a five-person team", "五人团队", "a six-person team"),
    ("五人小组", "a team of five", "六人小组"),
    ("a team of five", "5人小组", "a team of six"),
    ("tier-one cities", "一线城市", "tier-two cities"),
    ("score 4 out of 5", "5分里得4分", "score 3 out of 5"),
    ("五分制里得四分", "4 on a scale of 1 to 5", "五分制里得三分"),
    ("on a five-point scale", "按1到5分打分", "on a ten-point scale"),
    ("scores between one and five", "1到5分", "scores between one and six"),
    ("the ratio is 3 to 1", "比例是3比1", "the ratio is 4 to 1"),
    ("三比一", "3:1", "四比一"),
    ("the 80/20 rule", "二八法则", "the 70/30 rule"),
    ("两成客户带来八成收入", "20% of customers bring 80% of revenue", "三成客户带来七成收入"),
    (
        "A fifth of the customers bring four fifths of the revenue.",
        "两成客户带来八成收入。",
        "A fifth of the customers bring three fifths of the revenue.",
    ),
    ("a single-digit share", "个位数份额", "a double-digit share"),
    ("The top 1% bring 22%.", "前百分之一贡献22%。", "The top 2% bring 22%."),
    ("RMB 5.2 million and RMB 580k", "520万元和58万元", "RMB 5.2 million and RMB 680k"),
    ("NT$52 million", "新台幣5,200萬元", "NT$62 million"),
    ("half a million euros", "50万欧元", "half a billion euros"),
    ("五十万欧元", "half a million euros", "五百万欧元"),
    ("one and a half million", "150万", "two and a half million"),
    ("1.5 million", "一百五十万", "2.5 million"),
    ("a million and a half", "150万", "two million and a half"),
    ("price cut of 15%", "降价15%", "price cut of 25%"),
    ("打八五折", "a 15% price reduction", "打七五折"),
    ("a hundred percent of deliveries", "所有交付", "ninety percent of deliveries"),
    ("百分百的交付", "all deliveries", "90%的交付"),
    ("ten times the price", "十倍的价格", "five times the price"),
    ("by a factor of three", "三倍", "by a factor of four"),
    ("threefold", "增至三倍", "fourfold"),
    ("5 of the 12 contacts", "12个联系人中的5个", "6 of the 12 contacts"),
    ("nobody above the third level", "三级以上没人", "nobody above the second level"),
    ("overnight", "当晚", "within two nights"),
    ("more than once", "不止一次", "three times"),
    ("not one of the five", "五个里一个也没有", "not one of the six"),
    ("none of the five partners", "五家伙伴都没有", "none of the six partners"),
    ("neither of the two", "两个都不", "none of the three"),
    ("both of them", "两人", "all three of them"),
    ("either of the two", "两者之一", "one of the four"),
    ("the other two", "另外两个", "the other three"),
    ("另外两家", "the other two companies", "另外三家"),
    ("the remaining 3 sites", "其余三个站点", "the remaining 4 sites"),
    ("三人各负责一家", "Each of the three looks after one company.", "四人各负责一家"),
    ("Each of the three visits costs 400 euros.", "三次拜访每次400欧元。", "Each of the four visits costs 400 euros."),
    ("In the second of three stages", "三个阶段的第二个", "In the third of three stages"),
    ("the second and third stage", "第二、三阶段", "the second and fourth stage"),
    ("第二、第三阶段", "stages two and three", "第二、第四阶段"),
    ("rules 3 and 5", "第三条和第五条", "rules 3 and 6"),
    ("stages 1-3", "第一到第三阶段", "stages 1-4"),
    ("the last of the nine actions", "九大动作的最后一个", "the last of the eight actions"),
    ("九大动作里排最后", "the last of the nine actions", "八大动作里排最后"),
    ("It ranks second to price.", "排在价格之后第二位。", "It ranks third after price."),
    ("at least 90% of it, 94.3% in fact", "至少90%，实际94.3%", "at least 90% of it, 96.3% in fact"),
    ("0.5 percentage points", "半个百分点", "0.7 percentage points"),
    ("半个百分点", "0.5 percentage points", "两个百分点"),
    ("for the third time", "第三次", "for the fourth time"),
    ("第三次", "the third time", "第四次"),
    ("before Christmas", "圣诞节前", "before 3 March"),
    ("14 out of 26 visits", "26次拜访中的14次", "five out of 26 visits"),
    ("26次拜访中有14次", "14 out of 26 visits", "26次拜访中有16次"),
    ("a third each", "各三分之一", "a quarter each"),
    ("Keep at most half.", "不超过一半。", "Keep at least half."),
    ("a one-page summary", "一页纸摘要", "a three-page summary"),
    ("one topic at a time", "一次只谈一个话题", "three topics at a time"),
    ("Sales passes two documents to delivery.", "销售把两份文件交给交付。", "Sales passes four documents to delivery."),
    ("Approach three people in the department.", "在部门里找三个人。", "Approach four people in the department."),
    ("a discount of up to 15%", "15%以内的折扣", "a discount of up to 25%"),
    ("orders in the millions", "百万级订单", "orders in the billions"),
    ("from zero to one", "从0到1", "from zero to two"),
    ("more than a thousand yuan", "千余元", "more than ten thousand yuan"),
    ("The two no longer agree.", "两人不再一致。", "The five no longer agree."),
    ("on a five-point scale", "1到5分", "on a ten-point scale"),
    ("two-digit growth", "两位数增长", "three-digit growth"),
    ("a quarter of a million euros", "25万欧元", "half a million euros"),
]


@pytest.mark.parametrize(("claim", "source", "altered"), RETOLD_NUMBERS)
def test_a_number_told_in_other_words_meets_no_objection(claim: str, source: str, altered: str) -> None:
    assert objections(claim, source) == {}
    assert objections(altered, source) != {}


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
