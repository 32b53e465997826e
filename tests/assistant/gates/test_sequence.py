"""A claim may put its source's events in other words, but not in another order."""

import pytest

from assistant.gates.sequence import resequenced
from knowledge.glossary import shipped

# A source, an honest paraphrase of it, and a lie of the same shape.
TOLD = [
    (
        "Check the meter before you replace the filter.",
        "Only replace the filter after the meter has been checked.",
        "Replace the filter before you check the meter.",
    ),
    (
        "Once the contract is signed, Marlow Pumps sends the invoice.",
        "Marlow Pumps sends the invoice after the contract is signed.",
        "Marlow Pumps signs the contract after sending the invoice.",
    ),
    (
        "Call the buyer first, visit the plant second, and write the proposal last.",
        "Begin with a call to the buyer, then visit the plant, and finally write the proposal.",
        "First write the proposal, then visit the plant, and call the buyer last.",
    ),
    (
        "Avoid hiring trainers first and defining the curriculum later.",
        "Define the curriculum before hiring trainers.",
        "Hire trainers before you define the curriculum.",
    ),
    (
        "Brindle Foods moved from regional depots to a central hub, then to contract carriers.",
        "Brindle Foods had regional depots before it moved to a central hub.",
        "Brindle Foods moved from contract carriers to a central hub.",
    ),
    (
        "Plan the dinner last.",
        "The dinner is planned last.",
        "Start the planning with the dinner.",
    ),
    (
        "先做现场勘察，再提交报价。",
        "现场勘察做完才提交报价。",
        "先提交报价，再做现场勘察。",
    ),
    (
        "培训要放在系统上线之后，否则没有人记得住。",
        "系统上线以后再做培训，不然谁也记不住。",
        "系统上线之前就要把培训做完。",
    ),
    (
        "不要先招人再定岗位。",
        "岗位定下来以后才招人。",
        "先招人，然后再定岗位。",
    ),
    (
        "松涛阀门依次开放仓库、车间和实验室。",
        "松涛阀门先开放仓库，再开放车间，最后开放实验室。",
        "松涛阀门先开放实验室，然后开放车间，最后开放仓库。",
    ),
    (
        "第一优先级是保住老订单。第二优先级是开发新渠道。",
        "最优先的是保住老订单，其次是开发新渠道。",
        "最优先的是开发新渠道，其次才是保住老订单。",
    ),
    (
        "青禾物流的审批从门店到大区，再到总部。",
        "青禾物流的审批先过门店，再过大区，最后到总部。",
        "青禾物流的审批从总部到大区，再到门店。",
    ),
    (
        "質保期是從交貨到驗收。",
        "從交貨到驗收這段時間算質保期。",
        "質保期是從驗收到報廢。",
    ),
    (
        "簽約前要先完成信用調查。",
        "完成信用調查之後才簽約。",
        "簽約之後再完成信用調查。",
    ),
    (
        "Train the staff before the launch.",
        "上线之前先培训员工。",
        "上线之后再培训员工。",
    ),
    (
        "合同签署之后，才安排交付团队进场。",
        "Arrange the delivery team only after the contract is signed.",
        "Arrange the delivery team before the contract is signed.",
    ),
    (
        "到货验收前付款三成，验收后付清余款。",
        "验收之前付30%，验收之后付余款。",
        "验收前付清余款，验收后再付三成。",
    ),
    (
        "合约到期前六个月开始谈续约。",
        "续约谈判从合约到期的半年前开始。",
        "合约到期六个月后开始谈续约。",
    ),
]


@pytest.mark.parametrize(("quote", "claim"), [(quote, honest) for quote, honest, _ in TOLD])
def test_an_honest_paraphrase_keeps_the_order(quote: str, claim: str) -> None:
    assert not resequenced(claim, (quote,), shipped())


@pytest.mark.parametrize(("quote", "claim"), [(quote, lie) for quote, _, lie in TOLD])
def test_a_claim_in_another_order_alarms(quote: str, claim: str) -> None:
    assert resequenced(claim, (quote,), shipped())


@pytest.mark.parametrize("quote", [quote for quote, _, _ in TOLD])
def test_a_quote_agrees_with_itself(quote: str) -> None:
    assert not resequenced(quote, (quote,), shipped())


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("演示时后台和前台都要参加。", "后台和前台都要在演示前到场。"),
        (
            "The warehouse confirms the stock before anyone quotes a price.",
            "Do not quote a price until the warehouse has confirmed the stock.",
        ),
        ("Only after agreeing on a measure start the trial.", "The measure is agreed before the trial starts."),
        ("Look after the first order.", "The first order is looked after before any other."),
        ("If you quote before the audit, the price is a guess.", "Quote only after the audit."),
    ],
)
def test_what_only_looks_like_an_order_does_not_alarm(claim: str, quote: str) -> None:
    assert not resequenced(claim, (quote,), shipped())


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Agree the measure after the trial starts.", "The measure is agreed before the trial starts."),
        ("签约之后先请法务确认。", "签约之前先请法务确认。"),
    ],
)
def test_an_event_has_one_side(claim: str, quote: str) -> None:
    assert resequenced(claim, (quote,), shipped())


def test_the_quotes_of_a_claim_are_read_together() -> None:
    quotes = ("第一步是盘点库存。", "第二步是通知客户。")
    assert resequenced("先通知客户，再盘点库存。", quotes, shipped())
    assert not resequenced("先盘点库存，再通知客户。", quotes, shipped())


@pytest.mark.parametrize("text", ["先再" * 1500, "before after " * 600, "、" * 3000 + "依次", "从" * 3000 + "到"])
def test_a_huge_text_agrees_with_itself(text: str) -> None:
    assert not resequenced(text, (text,), shipped())


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        ("Agree the measure after the trial starts.", "The measure is agreed before the trial starts.", True),
        ("签约之后先请法务确认。", "签约之前先请法务确认。", True),
        ("Only after agreeing on a measure start the trial.", "The measure is agreed before the trial starts.", False),
        ("签约以前请法务确认。", "签约之前先请法务确认。", False),
    ],
)
def test_a_reversed_order_is_told(claim: str, quote: str, alarm: bool) -> None:
    assert resequenced(claim, (quote,), shipped()) is alarm
