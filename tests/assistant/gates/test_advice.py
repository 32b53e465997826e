"""Advice is checked against nothing, so it may say what to do and ask, and state no fact."""

import pytest

from assistant.gates.advice import advice_reason
from assistant.reasons import Reason


@pytest.mark.parametrize(
    "text",
    [
        "Treat what was said at dinner as unconfirmed, and restate the price in a sober setting.",
        "Before you prepare anything, clear with the account team who agreed to a demo and on what basis.",
        "Propose separate sessions and reuse the approved slides to save preparation.",
        "Settle who owns the customer, so that no promise gets lost at the handover.",
        "先确认前一年的采购额，再算增长。",
        "引用时只用占比，不要换算最低一级的收入。",
    ],
)
def test_what_was_said_is_spoken_of_without_being_stated(text: str) -> None:
    assert advice_reason(text, (), ()) is None


@pytest.mark.parametrize(
    "text",
    [
        "The director said yes at dinner, so send the contract.",
        "They agreed to a demo; prepare it.",
        "The customer approved a budget, so raise the offer.",
        "We lost this customer before; be careful.",
        "签一年，价格让一成。",
        "客户已经同意了，直接报价。",
    ],
)
def test_what_happened_is_a_fact(text: str) -> None:
    assert advice_reason(text, (), ()) is Reason.ADVICE_FACT


def test_a_grade_may_be_spoken_of_that_the_asker_named() -> None:
    told = "先确认你们说的A级是按金额还是按关系来分。"
    assert advice_reason(told, (), (), "A级客户怎么定义？") is None
    assert advice_reason(told, (), (), "客户怎么分级？") is Reason.ADVICE_FACT
