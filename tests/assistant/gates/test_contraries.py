"""What one side denies, the other may say with the opposite word; but not the denied word itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.comparators import comparator_changes, quantifier_changes
from assistant.gates.contraries import contradicted
from assistant.gates.polarity import negation_changes
from assistant.gates.quantities import missing_quantities
from knowledge.glossary import shipped

TOLD = [
    ("Be open about your own plans.", "Avoid hiding your own plans."),
    ("三家公司别混为一谈。", "三家公司要分清楚。"),
    ("The office was nowhere near that.", "代表处离目标很远。"),
    ("The account hadn't gone anywhere: it was still a customer.", "The account was still a customer."),
    ("认知不能停在点和线，要提升到面和体。", "认知要从点和线升级到面和体。"),
    ("别急着攻山头，先开共识会。", "攻山头之前要先开共识会。"),
    ("You discuss nothing but the gaps.", "Talk only about the differences."),
    ("Flag those that were never turned down.", "Mark those that were never refused."),
    ("有就说有，没有就说没有。", "逐一回答“有”或“没有”。"),
    ("No roadmap may leave the building until it is signed.", "Sign before any roadmap leaves the building."),
    (
        "They will discuss neither prices nor dates before it is passed.",
        "They won't discuss prices or dates until it is passed.",
    ),
    ("公司无法躲开价格战。", "公司避不开价格战。"),
]
TURNED = [
    ("Hide your own plans.", "Avoid hiding your own plans."),
    ("Hide your own plans.", "Be open about your own plans."),
    ("三家公司混为一谈。", "三家公司要分清楚。"),
    ("The account had gone anywhere: it was still a customer.", "The account was still a customer."),
    ("对客户我方设收入目标，也未设利润目标。", "对客户没有收入目标和利润目标。"),
    ("对客户我方未设收入目标，也设利润目标。", "对客户没有收入目标和利润目标。"),
    ("Some scale comes with it and no threshold either.", "It comes without any scale or threshold."),
    ("No scale comes with it and some threshold either.", "It comes without any scale or threshold."),
    ("Some roadmap may leave the building until it is signed.", "Sign before any roadmap leaves the building."),
    ("Do assume anger before asking a colleague.", "Ask a colleague before you assume anger."),
    (
        "A customer can not test you and still keep the incumbent.",
        "It lets a customer test you without replacing the incumbent.",
    ),
    (
        "绝让高管谈价，否则以后每个人都会被打发回去。",
        "Never let executives negotiate a price, since everyone will be sent back.",
    ),
]


@pytest.mark.parametrize(("claim", "quote"), TOLD)
def test_the_opposite_word_tells_a_denial(claim: str, quote: str) -> None:
    assert negation_changes(claim, (quote,), shipped()) == ()


@pytest.mark.parametrize(("claim", "quote"), TURNED)
def test_the_denied_word_itself_does_not(claim: str, quote: str) -> None:
    assert negation_changes(claim, (quote,), shipped())


@given(st.text(alphabet="open hide 公开隐瞒 not 不", max_size=40))
def test_a_text_never_contradicts_itself(text: str) -> None:
    assert not contradicted([text], [text])


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        (
            "It puts money into two things, data and fraud, and its calendar confirms it.",
            "It invests in data and fraud.",
            False,
        ),
        ("响应、协调、经营这三个环节里先看哪一个？", "先看哪个环节：响应、协调还是经营？", False),
        ("响应、协调、经营这四个环节里先看哪一个？", "先看哪个环节：响应、协调还是经营？", True),
    ],
)
def test_a_count_of_what_stands_before_it_is_checked_there(claim: str, quote: str, alarm: bool) -> None:
    assert bool(missing_quantities(claim, (quote,))) is alarm


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        ("The plan should not exceed two pages.", "Keep the plan to two pages at most.", False),
        ("We can't show a reference over 500 calls.", "We lack any reference above 500 calls.", False),
        ("We can't show a reference under 500 calls.", "We lack any reference above 500 calls.", True),
        ("It is EUR 9 million under five years.", "It is EUR 9 million over five years.", True),
    ],
)
def test_a_denied_bound_keeps_its_side(claim: str, quote: str, alarm: bool) -> None:
    assert bool(comparator_changes(claim, (quote,))) is alarm


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        (
            "Ask for needs first and for a forecast only afterwards.",
            "Ask for needs before you ask for a forecast.",
            False,
        ),
        ("凡与业务无关的安排一律去掉。", "删去与业务无关的安排。", False),
        ("凡与业务无关的安排一律去掉。", "部分与业务无关的安排可以删去。", True),
        ("Only the largest counts.", "The largest counts.", True),
    ],
)
def test_an_order_told_with_only_is_no_limit(claim: str, quote: str, alarm: bool) -> None:
    assert bool(quantifier_changes(claim, (quote,))) is alarm
