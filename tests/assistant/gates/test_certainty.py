"""What is assumed, planned or only told beside another fact stays so in a claim."""

import pytest

from assistant.gates.certainty import surer

_LIES = [
    ("The merger has been decided.", "The merger is being considered by the board."),
    ("Redwick has already signed the frame contract.", "Redwick plans to sign the frame contract in May."),
    ("The saving is 12% a year.", "The saving is 12% a year, assumed."),
    (
        "Because the plant closed in 2024, Redwick changed its board.",
        "Redwick closed a plant in 2024 and changed its board.",
    ),
    ("The new board was what moved the share to 40%.", "The board of Redwick is new. The share was 40% in 2025."),
    ("Studies show that a visit a month keeps an account.", "A visit a month keeps an account (our convention)."),
    ("Redwick已经组建了联合团队。", "Redwick正在考虑组建联合团队。"),
    ("柏川机电已确定关闭北厂。", "柏川机电可能关闭北厂。"),
    ("柏川机电的份额约为20%。", "柏川机电的份额推测约为20%。"),
    ("柏川机电2024年换了总经理，因此2025年采购下降。", "柏川机电2024年换了总经理，2025年采购下降。"),
    ("調查證明，每季拜訪一次的客戶不會流失。", "每季拜訪一次的客戶不會流失，這是我們的約定。"),
    ("协议已经生效，覆盖三个工厂。", "The agreement is being drafted and covers three plants."),
    ("The agreement is in force and covers three plants.", "协议正在起草，覆盖三个工厂。"),
]
_HONEST = [
    (
        "The board is thinking about a merger, which is under consideration.",
        "The merger is being considered by the board.",
    ),
    ("Redwick intends to sign the frame contract in May.", "Redwick plans to sign the frame contract in May."),
    ("The saving is 12% a year, which nobody has confirmed; it is assumed.", "The saving is 12% a year, assumed."),
    ("Since the plant closed, Redwick buys less.", "Redwick buys less because it closed a plant in 2024."),
    (
        "Do not start with price, because price talk ends the meeting.",
        "Do not start with price; price talk ends the meeting.",
    ),
    ("The trial report confirmed a saving of 12%.", "A saving of 12%, confirmed by the trial report."),
    ("Redwick考虑成立联合团队。", "Redwick正在考虑组建联合团队。"),
    ("柏川机电也许会关掉北厂。", "柏川机电可能关闭北厂。"),
    ("柏川机电的份额估计在20%左右。", "柏川机电的份额推测约为20%。"),
    ("采购在2025年下降，原因是柏川机电换了总经理。", "柏川机电换了总经理，所以2025年采购下降。"),
    ("不要先谈价格，因为一谈价格会议就结束了。", "不要先谈价格，一谈价格会议就结束了。"),
    ("什么能证明土壤正在改变？", "Which sign would prove that the soil is changing?"),
    ("协议还在起草，将覆盖三个工厂。", "The agreement is being drafted and covers three plants."),
]


@pytest.mark.parametrize(("claim", "quote"), _LIES)
def test_a_claim_that_is_surer_than_its_source_alarms(claim: str, quote: str) -> None:
    assert surer(claim, [quote])


@pytest.mark.parametrize(("claim", "quote"), _HONEST)
def test_a_claim_that_is_as_sure_as_its_source_passes(claim: str, quote: str) -> None:
    assert not surer(claim, [quote])


def test_a_cause_told_within_one_quote_is_none_between_two() -> None:
    quotes = ["The change brought a new board.", "Redwick bought 40% more in 2025."]
    assert surer("Redwick bought 40% more in 2025 as a result of its new board.", quotes)
    assert not surer("The new board was the result of the change, thanks to which it came.", quotes[:1])
