"""When one way to say a fact stands in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.matching import stands


@pytest.mark.parametrize(
    ("alternative", "text"),
    [
        ("30%", "At most 30% off."),
        ("30 %", "at most 30% off"),
        ("Delivery Manager", "the delivery\n manager"),
        ("1,200", "It cost 1200 euros."),
        ("1200", "It cost 1,200 euros."),
        ("5-7 days", "within 5\u20137 days"),
        ("customer's voice", "the customer\u2019s voice"),
        ("5 million", "RMB5 million"),
        ("twenty-five", "Twenty-five visits"),
        ("B2B", "B2B\u5ba2\u6237"),
        ("三成", "折扣最高三成"),
        ("三成", "先付三成一定要寫進合約"),
        ("客户经理", "由客戶經理負責"),
        ("客戶經理", "由客户经理负责"),
        ("30天", "回款周期为 30 天"),
        ("30%", "最高\uff13\uff10\uff05"),
        ("500万", "年销售额达到500 万元"),
        ("交付周期", "先看交付\n周期"),
    ],
)
def test_width_script_case_and_typesetting_do_not_count(alternative: str, text: str) -> None:
    assert stands(alternative, text)


@pytest.mark.parametrize(
    ("alternative", "text"),
    [
        ("30%", "130% of the quota"),
        ("30%", "0.30% of the quota"),
        ("5", "15 visits"),
        ("5", "5.5 visits"),
        ("5", "3.5 visits"),
        ("5", "5 million euros"),
        ("5", "5m euros"),
        ("5", "5,000 euros"),
        ("2", "a B2B company"),
        ("five percent", "thirty-five percent"),
        ("art", "a partner"),
        ("engineer", "two engineers"),
        ("B", "a B2B company"),
        ("三成", "折扣最高十三成"),
        ("三成", "折扣最高三成五"),
        ("十", "二十天"),
        ("十", "十五天"),
        ("5", "5万元"),
        ("30天", "130天"),
        ("五個", "十五個"),
        ("", "anything"),
    ],
)
def test_nothing_stands_inside_a_longer_number_or_word(alternative: str, text: str) -> None:
    assert not stands(alternative, text)


@given(
    st.lists(st.sampled_from(["30%", "five", "客户", "戶", "5", "1,000", " ", "B2B", "三成", "-"]), min_size=1).map(
        "".join
    )
)
def test_what_is_said_stands_in_itself_alone_and_between_full_stops(text: str) -> None:
    if text.strip():
        assert stands(text, text)
        assert stands(text, f"Yes. {text} . No")
