"""A date of a claim stands in its source, at least as precisely; dates are no quantities."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.dates import dates, missing_dates
from assistant.gates.quantities import missing_quantities

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
