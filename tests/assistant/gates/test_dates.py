"""A date of a claim stands in its source, at least as precisely; dates are no quantities."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.dates import dates, missing_dates
from assistant.gates.quantities import missing_quantities
from tests.assistant.gates.test_retold import objections

HELD = [
    # one day in several writings
    ("on 5 March 2026", "2026年3月5日"),
    ("2026年3月5日", "on March 5th, 2026"),
    ("2026-03-05", "Thursday, 5 Mar 2026"),
    ("2026/3/5", "2026-03-05"),
    ("2026 年 3 月 5 日簽約", "2026-03-05"),
    ("二〇二六年三月五日", "2026年3月5號"),
    ("31/12/2026", "31 December 2026"),
    ("5 Mar. 2026", "2026年3月5日"),
    ("It ends by 2026. March comes first.", "三月先来，2026年前结束。"),
    ("by 30 June 2026", "在2026年6月30日前"),
    # less precise than the source
    ("in March 2026", "2026-03-05"),
    ("2026年3月", "2026年3月5日"),
    ("in 2026", "2026年3月5日"),
    ("March", "3月5日"),
    ("in the first quarter of 2026", "2026年3月"),
    ("Q1 2026", "2026年第一季度"),
    ("2026年上半年", "in Q2 2026"),
    ("H1 2026", "2026年2月"),
    ("the 1990s", "1996年"),
    ("20世纪90年代", "in 1996"),
    ("in the 20th century", "1998年"),
    ("the mid-1990s", "20世纪90年代中期"),
    ("at the end of March 2026", "2026年3月31日"),
    ("at the end of 2026", "2026年年底"),
    ("2026年底", "by late 2026"),
    ("by year-end", "年底前"),
    # the year stands beside
    ("in March 2026", "2026年签了合同，3月交付。"),
    ("November 2025", "from November to December 2025"),
    ("2025年11月和12月", "in November and December 2025"),
    # quarters, halves, fiscal years
    ("the third quarter", "三季度"),
    ("第三季度", "Q3"),
    ("Q4FY25", "FY2025 Q4"),
    ("FY26", "2026财年"),
    ("下半年", "the second half of the year"),
    # days of the week, times, relative words
    ("on Monday", "周一"),
    ("星期天休息", "closed on Sundays"),
    ("下周三", "Wednesday next week"),
    ("tomorrow", "明天"),
    ("next quarter", "下季度"),
    ("上個月", "last month"),
    ("this year", "今年"),
    ("the following year", "次年"),
    ("at 3 pm", "下午三点"),
    ("at 15:30", "下午3点半"),
    # ranges of years
    ("from 1993 to 1996", "1993–1996"),
    ("2025到2026年", "2025-2026"),
    ("January to March", "1-3月"),
    # frequencies
    ("a weekly review", "每周复盘"),
    ("每季度一次", "once a quarter"),
    ("every month", "每月"),
    ("the annual revenue", "年收入"),
    ("five orders a year", "每年五单"),
    ("early May", "五月初"),
    ("the first half of next year", "明年上半年"),
    ("mid-June 2026", "2026年6月中旬"),
    ("on the 15th", "15日"),
    ("周五前", "by Friday"),
    ("It brings nothing today.", "目前为零"),
    # not dates at all
    ("Chen Jun and Carla May agree.", "陈军同意"),
    ("You may march on.", "继续前进"),
    ("三个季度", "three quarters"),
    ("每周一次", "once a week"),
    ("two thousand customers", "2000家客户"),
    ("2000 customers", "2000家客户"),
    ("一周三次", "three times a week"),
    ("本周期", "this cycle"),
]

CAUGHT = [
    ("on 6 March 2026", "2026年3月5日", ("6 March 2026",)),
    ("2026年4月5日", "on March 5th, 2026", ("2026年4月5日",)),
    ("2025-03-05", "2026-03-05", ("2025-03-05",)),
    ("2026-03-05", "March 2026", ("2026-03-05",)),
    ("in March 2026", "2026年", ("March 2026",)),
    ("March 2026", "2025年3月、2026年4月", ("March 2026",)),
    ("in 2024", "2026年3月5日", ("2024",)),
    ("Q2 2026", "2026年3月", ("Q2 2026",)),
    ("第四季度", "Q3", ("第四季度",)),
    ("2026年下半年", "H1 2026", ("2026年下半年",)),
    ("FY26", "2026年", ("FY26",)),
    ("Q3FY25", "Q4FY25", ("Q3FY25",)),
    ("the 1980s", "1996年", ("1980s",)),
    ("the early 1990s", "20世纪90年代中期", ("early 1990s",)),
    ("at the end of March", "3月初", ("the end of March",)),
    ("at the end of 2026", "2026年3月底", ("the end of 2026",)),
    ("on Tuesday", "周一", ("Tuesday",)),
    ("下周二", "Wednesday next week", ("下周二",)),
    ("next week", "明天", ("next week",)),
    ("next month", "上个月", ("next month",)),
    ("去年", "this year", ("去年",)),
    ("at 4 pm", "下午三点", ("4 pm",)),
    ("from 1993 to 1997", "1993–1996", ("1997",)),
    ("monthly reviews", "每季度复盘", ("monthly",)),
    ("每周复盘", "a monthly review", ("每周",)),
    ("每年", "every month", ("每年",)),
    ("in 2026", "共2027家", ("2026",)),
    ("five contacts a month", "每周五位客户", ("a month",)),
    ("early May", "五月底", ("early May",)),
    ("Chen Jun left in June.", "陈军7月离开", ("June",)),
]


@pytest.mark.parametrize(("claim", "source"), HELD)
def test_a_date_in_another_writing_or_less_precise_is_held(claim: str, source: str) -> None:
    assert missing_dates(claim, (source,)) == ()


@pytest.mark.parametrize(("claim", "source", "lost"), CAUGHT)
def test_an_altered_or_more_precise_date_is_missing(claim: str, source: str, lost: tuple[str, ...]) -> None:
    assert missing_dates(claim, (source,)) == lost


@pytest.mark.parametrize(("claim", "source"), HELD)
def test_dates_are_not_also_reported_as_quantities(claim: str, source: str) -> None:
    assert missing_quantities(claim, (source,)) == ()


RETOLD_TIMES = [
    ("in mid-2024", "2024年年中", "in late 2024"),
    ("2024年中", "mid-2024", "2024年底"),
    ("late March", "3月下旬", "early March"),
    ("late March", "三月底", "mid-March"),
    ("3月下旬", "late March", "3月上旬"),
    ("early 2025", "2025年初", "late 2025"),
    ("2025年年初", "early 2025", "2025年年底"),
    ("at year-end", "年末", "at quarter-end"),
    ("年末", "at the end of the year", "季度末"),
    ("季度末", "by the end of the quarter", "月末"),
    ("at the end of the quarter", "季末", "at the end of the month"),
    ("in the first half of 2026", "2026年上半年", "in the second half of 2026"),
    ("the first half", "上半年", "the second half,"),
    ("the first six months of 2026", "2026年上半年", "the last six months of 2026"),
    ("2026年上半年", "the first six months of 2026", "2026年下半年"),
    ("2026年上半年", "2026年1-6月", "2026年下半年"),
    ("2026年前三季度", "the first three quarters of 2026", "2026年前两季度"),
    ("that quarter", "当季", "next quarter"),
    ("那一季超额完成", "当季超额完成", "下一季超额完成"),
    ("那一季", "that quarter", "第二季"),
    ("这一季", "this quarter", "下一季"),
    ("一季", "one quarter", "两季"),
    ("第一季", "Q1", "第二季"),
    ("一季度", "Q1", "二季度"),
    ("this year", "年内", "next year"),
    ("年内", "this year", "明年"),
    ("within the year", "年内", "next year"),
    ("that year", "当年", "next year"),
    ("當年", "the same year", "明年"),
    ("同年", "in the same year", "次年"),
    ("次年", "the following year", "前一年"),
    ("the next year", "第二年", "last year"),
    ("a year later", "次年", "two years later"),
    ("the year after", "次年", "the year before, in 2020"),
    ("一年后", "the following year", "两年后"),
    ("the previous year", "前一年", "the following year"),
    ("前一年", "the year before", "次年"),
    ("上一年", "the previous year", "下一年"),
    ("the prior year", "上年", "the next year"),
    ("来年", "next year", "去年"),
    ("the next day", "第二天", "yesterday"),
    ("the following day", "次日", "yesterday"),
    ("第二天", "the next day", "第三天"),
    ("隔天", "the next day", "两天后"),
    ("前一天", "the day before", "次日"),
    ("the following month", "次月", "last month"),
    ("下個月", "next month", "上個月"),
    ("当月", "that month", "下月"),
    ("a month later", "次月", "two months later"),
    ("the day before the visit", "拜访前一天", "two days before the visit"),
    ("in FY26", "2026财年", "in FY25"),
    ("since early 2025", "自2025年初", "since late 2025"),
    ("by mid-June", "6月中旬前", "by mid-July"),
    ("6月15日前后", "around 15 June", "7月15日前后"),
    ("on weekdays", "工作日", "on Sundays"),
    ("last December", "去年12月", "last November"),
    ("去年年底", "at the end of last year", "今年年底"),
    ("the end of last year", "去年底", "the end of this year"),
    ("2026 Q3", "2026年第三季度", "2026 Q2"),
    ("the third quarter of 2026", "2026年三季度", "the fourth quarter of 2026"),
    ("by the close of June", "六月底前", "by the close of July"),
    ("Christmas 2025", "2025年圣诞", "Christmas 2024"),
    ("in the 2020s", "2020年代", "in the 2010s"),
    ("过去一年", "the past year", "过去两年"),
    ("近两年", "over the last two years", "近三年"),
    ("the last couple of years", "近两年", "the last five years"),
    ("a couple of months", "两三个月", "five months"),
    ("once or twice a year", "每年一两次", "three or four times a year"),
    ("a quarter of the revenue", "25%的收入", "a fifth of the revenue"),
    ("three quarters of customers", "四分之三的客户", "two thirds of customers"),
    ("6个月", "半年", "7个月"),
    ("半年", "six months", "五个月"),
    ("three months", "一个季度", "four months"),
    ("三個月", "one quarter", "四個月"),
    ("within one quarter", "三个月内", "within two quarters"),
    ("一季之内", "within three months", "两季之内"),
    ("两季", "six months", "三季"),
    ("連續兩季", "two consecutive quarters", "連續三季"),
    ("two quarters", "半年", "three quarters of a year"),
    ("half a month", "半个月", "half a year"),
    ("half a day", "半天", "half an hour"),
    ("one and a half months", "一个半月", "two and a half months"),
    ("三年半", "three and a half years", "四年半"),
    ("a day and a half", "36小时", "a week and a half"),
    ("两个星期", "fortnight", "三个星期"),
    ("a decade", "十年", "two decades"),
    ("十年", "a decade", "二十年"),
    ("七天", "a week", "八天"),
    ("a dozen weeks", "12周", "a dozen days"),
    ("48小时", "two days", "三天"),
    ("一刻钟", "15 minutes", "半小时"),
    ("a quarter of an hour", "15分钟", "half an hour"),
    ("three quarters of an hour", "45分钟", "a quarter of an hour"),
    ("twice a year", "半年一次", "three times a year"),
    ("twice a year", "每半年一次", "four times a year"),
    ("every six months", "一年两次", "every three months"),
    ("半年一次", "twice a year", "每月一次"),
    ("一年兩次", "every six months", "一年三次"),
    ("four times a year", "每季度一次", "three times a year"),
    ("once a quarter", "一年四次", "once a month"),
    ("quarterly", "每三个月", "monthly"),
    ("every three months", "quarterly", "every four months"),
    ("monthly", "每月一次", "weekly"),
    ("每月", "monthly", "每周"),
    ("weekly", "每周一次", "daily"),
    ("every seven days", "每周", "every ten days"),
    ("每七天", "weekly", "每八天"),
    ("按年考核", "yearly reviews", "按月考核"),
    ("逐季复盘", "quarterly reviews", "逐月复盘"),
    ("annually", "一年一次", "monthly"),
    ("yearly", "按年", "monthly"),
    ("every other week", "隔周", "every week"),
    ("every two weeks", "隔周", "every three weeks"),
    ("每两周", "every other week", "每周"),
    ("隔週一次", "once every two weeks", "每週一次"),
    ("biweekly", "每两周", "weekly"),
    ("fortnightly", "每两周", "weekly"),
    ("双周会", "a meeting every two weeks", "周会"),
    ("every other day", "每隔一天", "every day"),
    ("every two days", "每隔一天", "every three days"),
    ("semi-annually", "每半年", "quarterly"),
    ("half-yearly", "一年两次", "quarterly"),
    ("once every two years", "每两年一次", "once every three years"),
    ("十二次", "monthly, twelve times", "十三次"),
    ("兩個數別弄混：300家和500家", "300家是去年的，500家是今年的。", "三個數別弄混：300家和500家"),
    (
        "Keep the two figures apart: 300 and 500.",
        "300家是去年的，500家是今年的。",
        "Keep the five figures apart: 300 and 500.",
    ),
    (
        "两年里营收翻了一番还多，客户数却只增加了三成。",
        "Revenue more than doubled in two years, while the number of customers grew by only 30%.",
        "两年里营收翻了两番还多，客户数却只增加了三成。",
    ),
    (
        "报价在48小时之内答复，也就是两天。",
        "Quotes are answered within two days.",
        "报价在72小时之内答复，也就是三天。",
    ),
    (
        "The review takes a quarter of an hour, not more.",
        "复盘不超过15分钟。",
        "The review takes three quarters of an hour, not more.",
    ),
    (
        "去年四季度丢了一个大单。",
        "We lost a large order in the fourth quarter of last year.",
        "去年三季度丢了一个大单。",
    ),
    ("We lost a large order in Q4 last year.", "去年第四季度丢了一个大单。", "We lost a large order in Q3 last year."),
    (
        "头三个月先看动作，后三个月再看结果。",
        "In the first three months look at actions, in the last three at results.",
        "头两个月先看动作，后三个月再看结果。",
    ),
    (
        "The framework runs for two years with an option for one more.",
        "框架合同为期两年，可再延一年。",
        "The framework runs for three years with an option for one more.",
    ),
    (
        "框架合同签两年，到期还能续一年。",
        "The framework runs for two years with an option for one more year.",
        "框架合同签两年，到期还能续两年半。",
    ),
    (
        "每逢季度第一周的周一开会。",
        "Meet on the Monday of the first week of each quarter.",
        "每逢季度第一周的周二开会。",
    ),
    (
        "First-half revenue reached EUR 1.2 million, a fifth more than a year earlier.",
        "上半年收入达120万欧元，同比增长20%。",
        "First-half revenue reached EUR 1.2 million, a third more than a year earlier.",
    ),
    (
        "上半年收入120萬歐元，比去年同期多兩成。",
        "First-half revenue was EUR 1.2 million, 20% up on the same period of last year.",
        "上半年收入120萬歐元，比去年同期多三成。",
    ),
    (
        "It took them close to two years to win the first order.",
        "拿下首单花了近两年。",
        "It took them over three years to win the first order.",
    ),
    ("拿下首单花了将近两年。", "It took almost two years to win the first order.", "拿下首单花了将近三年。"),
    ("the contract expires at the end of September", "合同9月30日到期", "the contract expires at the end of October"),
    ("合同9月底到期", "The contract expires on 30 September.", "合同10月底到期"),
    ("through the end of 2027", "到2027年底为止", "through the end of 2028"),
    (
        "a three-year contract worth EUR 900,000 a year",
        "三年期合同，每年90万欧元",
        "a two-year contract worth EUR 900,000 a year",
    ),
    ("三年期的合約", "a three-year contract", "兩年期的合約"),
    ("a 12-month pilot", "为期一年的试点", "an 18-month pilot"),
    ("为期一年的试点", "a 12-month pilot", "为期两年的试点"),
    ("a quarter of a million euros", "25万欧元", "a quarter of a billion euros"),
    ("the last week of the quarter", "季度最后一周", "the first week of the month, on day 3"),
    ("in the run-up to Q4", "第四季度前", "in the run-up to Q3"),
    ("Two months in, trust was lost.", "两个月后信任没了。", "Three months in, trust was lost."),
    ("过了两个月", "two months later", "过了三个月"),
    ("a week's notice", "提前一周通知", "two weeks' notice"),
    ("提前一週通知", "a week in advance", "提前兩週通知"),
    ("a month ahead", "提前一个月", "two months ahead"),
    ("seven days before", "提前一周", "seven weeks before"),
    ("same-day reply", "当天回复", "two-day reply"),
    ("around the clock", "7×24小时", "for 8 hours"),
    ("一天内", "within 24 hours", "两天内"),
    ("within one working day", "一个工作日内", "within two working days"),
    ("the next working day", "下一个工作日", "within 3 working days"),
    ("次一工作日", "the next working day", "第三个工作日"),
    ("twice weekly", "每周两次", "three times weekly"),
    ("every six weeks or so", "约每六周", "every eight weeks or so"),
    ("thrice a year", "一年三次", "twice a year"),
    ("至少一年一次", "at least once a year", "至少一年三次"),
    ("at least once a year", "每年不少于一次", "at most once a year"),
    ("no more than once a month", "每月最多一次", "no less than once a month"),
    ("meet more often than once a quarter", "见面多于每季度一次", "meet less often than once a month"),
    ("half an hour", "30分钟", "half a day"),
    ("an hour and a half", "90分钟", "two hours and a half"),
    ("一个半小时", "90 minutes", "两个半小时"),
    ("a day or two", "一两天", "three or four days"),
    ("一两天", "one or two days", "三四天"),
    ("a year or two", "一两年", "three or four years"),
    ("three to four times a year", "一年三四次", "five to six times a year"),
    ("年均增长12%", "average annual growth of 12%", "年均增长22%"),
    ("12 percent a year", "年均12%", "22 percent a year"),
    ("in its third year", "第三年", "in its fourth year"),
    ("第三年起", "from the third year on", "第四年起"),
    ("two years running", "连续两年", "three years running"),
    ("連續兩年", "two consecutive years", "連續三年"),
    ("two quarters in a row", "连续两个季度", "three quarters in a row"),
    ("the 2025 plan year", "2025计划年度", "the 2024 plan year"),
    ("fiscal 2026", "2026财年", "fiscal 2025"),
    ("in the autumn of 2025", "2025年秋天", "in the autumn of 2024"),
    ("年中复盘", "a mid-year review", "year-end review"),
    ("a mid-year review", "年中复盘", "a year-end review"),
    ("每季度初复盘", "Review at the start of every quarter.", "每季度末复盘"),
    ("a day or two later", "一两天后", "three or four days later"),
    ("within a week or two", "一两周内", "within two or three weeks"),
    ("Q3 and Q4", "第三和第四季度", "Q2 and Q3"),
    ("the third and fourth quarters", "第三、四季度", "the second and third quarters"),
    ("year-on-year growth of 12%", "同比增长12%", "year-on-year growth of 22%"),
    ("比前一年增长12%", "12% year on year", "比次年增长12%"),
    ("the following month", "次月", "the previous month"),
    ("三十六个小时", "a day and a half", "两天"),
    ("a meeting every second week", "隔周开会", "a meeting every week"),
    ("within this quarter", "本季度内", "within this month"),
]


@pytest.mark.parametrize(("claim", "source", "altered"), RETOLD_TIMES)
def test_a_time_told_in_other_words_meets_no_objection(claim: str, source: str, altered: str) -> None:
    assert objections(claim, source) == {}
    assert objections(altered, source) != {}


# What only sounds alike: another year, an interval, a limit.
ALIKE = [
    ("the next quarter", "第二季度"),
    ("next week", "隔周一次"),
    ("the previous year", "头一年"),
    ("上半年", "合作的前六个月"),
    ("every six months", "每年最多两次"),
    ("twice a year", "至少每半年一次"),
    ("weekly", "隔周"),
    ("每周", "every other week"),
    ("this year", "三年内"),
    ("the next year", "第三年"),
    ("a year later", "两年后"),
    ("a month later", "次年"),
    ("quarterly", "每四个月"),
    ("four times a year", "每月一次"),
    ("every second month", "每月"),
    ("隔月", "monthly"),
    ("第三、第五阶段", "第三、四阶段"),
    ("mid-2024", "2025年年中"),
    ("两季内", "within three months"),
]


@pytest.mark.parametrize(("claim", "source"), ALIKE)
def test_a_time_that_only_sounds_alike_meets_an_objection(claim: str, source: str) -> None:
    assert objections(claim, source) != {}


_MONTHS = "January February March April May June July August September October November December".split()
WRITINGS = [
    lambda day: day.isoformat(),
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
]
_days = st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31))


@given(_days, st.sampled_from(WRITINGS))
def test_every_writing_of_a_day_reads_back_as_itself(day: datetime.date, writing) -> None:
    (read,) = dates(f"会议定于{writing(day)}举行")
    assert dict(read.marks) == {"year": day.year, "month": day.month, "day": day.day}


@given(_days, _days, st.sampled_from(WRITINGS), st.sampled_from(WRITINGS))
def test_a_day_is_held_by_the_same_day_alone(told: datetime.date, held: datetime.date, mine, theirs) -> None:
    lost = missing_dates(f"signed on {mine(told)} by both", (f"双方于{theirs(held)}签约",))
    assert lost == (() if told == held else (mine(told),))


@given(st.text())
def test_a_claim_equal_to_its_evidence_misses_no_date(text: str) -> None:
    assert missing_dates(text, (text,)) == ()


_SNIPPETS = st.sampled_from([text for pair in HELD for text in pair] + list("0123456789一二三十年月日周季半.,-/ "))


@given(st.lists(_SNIPPETS, max_size=12).map("".join))
def test_a_claim_made_of_date_pieces_equal_to_its_evidence_misses_no_date(text: str) -> None:
    assert missing_dates(text, (text,)) == ()


def test_that_year_is_the_current_one_and_no_other() -> None:
    held = ["協議會提前圈定當年專案。"]
    assert not missing_dates("The agreement marks out the projects of the current year.", held)
    assert missing_dates("The agreement marks out the projects of the next year.", held)
