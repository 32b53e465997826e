"""What is denied in a claim must be denied in its evidence, and the reverse."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.negators import denials
from assistant.gates.opposites import opposite_words
from assistant.gates.pairing import assigned
from assistant.gates.polarity import negation_changes
from knowledge.glossary import shipped
from knowledge.language import fold
from tests.assistant.gates.drafts import honest

QUOTES = [quoted.quote for draft in honest() for quoted in draft.block.quotes]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("不要让客户知道", 1),
        ("没有负责人的行动等于没有写", 2),
        ("别去碰核心产品", 1),
        ("切忌公开贬低对手", 1),
        ("避免一次换掉三个人", 1),
        ("未經授權請勿透露", 2),
        ("不是采购而是使用部门", 1),
        ("do not stop, don't wait, never refuse", 4),
        ("avoid a handover by mail", 1),
        ("neither the price nor the date", 2),
        ("ask rather than guess", 1),
    ],
)
def test_words_that_deny_are_found(text: str, count: int) -> None:
    assert denials(fold(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "不断改进不仅重要不过不错",
        "无论多少别人特别区别对待，非常分别",
        "不少于三家、不超过一页、不低于30%",
        "不得不做，不能不管",
        "拿不拿得到、能不能、有没有、做没做",
        "无线网络和无人值守",
        "非盈利性目标",
        "級別與類別不同",
        "no later than May, no fewer than three",
        "not only the price but the date",
        "nothing but the truth, no doubt",
        "whether or not they sign",
        "turn a no into a yes",
    ],
)
def test_what_only_looks_like_denying_is_left(text: str) -> None:
    assert denials(fold(text)) == 0


AGREE = [
    ("Don't tell customers their grade.", "Avoid telling a customer its letter."),
    ("客户不该知道自己的等级。", "不要把内部等级告诉客户。"),
    ("Never open with a price cut.", "不要一上来就降价。"),
    ("别一上来就降价。", "Do not start with a price cut."),
    ("Ask the customer instead of guessing.", "Ask the customer and do not guess."),
    ("No reply has come.", "三次接触仍无回应。"),
    ("双方还没有谈过续约条款。", "續約條款還沒有討論。"),
    ("缺了责任人就等于白写。", "没有负责人的行动等于没有写。"),
    ("The customer will not buy before the audit is passed.", "The customer buys only after the audit."),
    ("不少于三家。", "至少三家。"),
    ("No fewer than three relationships.", "Hold at least three relationships."),
    ("标准不一致时看更严的一边。", "两边标准不同时按更严格的一边执行。"),
    ("It is unclear who decides.", "Nobody can say who decides."),
    ("要不要投标由双方共同决定。", "投标由双方共同决定。"),
    ("样板点的名气不重要。", "挑样板点看行业和规模，不看名气。"),
    ("Weekly meetings help the team.", "Never quote a price before the date is confirmed."),
]
DIFFER = [
    ("Tell customers their grade.", "Avoid telling a customer its letter."),
    ("把内部等级告诉客户。", "不要把内部等级告诉客户。"),
    ("把內部等級告訴客戶。", "不要把内部等级告诉客户。"),
    ("Open with a price cut.", "不要一上来就降价。"),
    ("第一步不是查旧账。", "第一步是查旧账。"),
    ("The sponsor has not approved the plan.", "The sponsor approved the plan in January."),
    ("The sponsor approved the plan.", "The sponsor never approved the plan."),
    ("没有专案也要签合作协议。", "没有专案的合作协议不要签。"),
    ("双方谈拢时由上一级决定。", "雙方談不攏時由上一級決定。"),
    ("Alcohol is necessary for a good relationship.", "Alcohol is never necessary for a good relationship."),
    ("不应当在饮酒之后确认口头约定。", "饮酒之后应当在第二天确认口头约定。"),
    ("The lecture gives a scale and no threshold.", "The lecture gives no scale and no threshold."),
    ("关键人会因为交情好就私下承诺。", "关键人不会因为交情好就私下承诺。"),
]


@pytest.mark.parametrize(("claim", "quote"), AGREE)
def test_the_same_polarity_in_other_words_gives_no_alarm(claim: str, quote: str) -> None:
    assert negation_changes(claim, (quote,), shipped()) == ()


@pytest.mark.parametrize(("claim", "quote"), DIFFER)
def test_a_changed_polarity_is_told(claim: str, quote: str) -> None:
    assert negation_changes(claim, (quote,), shipped())


def test_a_denial_may_stand_in_any_of_several_quotes() -> None:
    quotes = ("客户规划要写客户未来3到5年的战略方向。", "不要在客户规划里写私人隐私。")
    assert negation_changes("规划写三到五年的方向，不写隐私。", quotes, shipped()) == ()


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        ("采购部长支持我方。", "采购部长保持中立。", True),
        ("The finance director favours a longer contract.", "The finance director opposes a longer contract.", True),
        ("毛利率上升两个百分点。", "毛利率下降两个百分点。", True),
        ("Revenue grew in 2025.", "营收在2025年下降。", True),
        ("Revenue rose from 24 to 26.", "Revenue should grow from 24 to 26.", False),
        ("财务长并不支持我方。", "财务长反对我方。", False),
        ("支持者变成反对者。", "支持者后来反对我们。", False),
    ],
)
def test_opposite_words_are_told(claim: str, quote: str, alarm: bool) -> None:
    assert bool(opposite_words(claim, (quote,))) is alarm


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        ("No bid goes out unless both have signed.", "A bid goes out only when both have signed.", False),
        ("Sales staff were not unable to travel.", "No sales staff could travel.", True),
        ("Sales staff were unable to travel.", "No sales staff could travel.", False),
        ("Don't invite only technicians.", "Avoid inviting only technicians.", False),
        ("Fill in both first, or a good quarter will not look green.", "A good quarter must not look green.", True),
        (
            "\u9700\u6c42\u6ca1\u5f04\u6e05\u4e4b\u524d\u5148\u7b49\u3002",
            "\u9700\u6c42\u5f04\u6e05\u4e4b\u524d\u5148\u7b49\u3002",
            False,
        ),
        (
            "\u559d\u8fc7\u9152\u5c31\u8c08\u4ef7\u683c\u3001\u522b\u8bb8\u627f\u8bfa\u3002",
            "\u996e\u9152\u4e4b\u540e\u4e0d\u8c08\u4ef7\u683c\u548c\u627f\u8bfa\u3002",
            True,
        ),
    ],
)
def test_denials_are_paired_by_what_they_say_together(claim: str, quote: str, alarm: bool) -> None:
    assert bool(negation_changes(claim, (quote,), shipped())) is alarm


@given(st.sampled_from(QUOTES))
def test_a_claim_that_is_its_evidence_never_alarms(quote: str) -> None:
    assert negation_changes(quote, (quote,), shipped()) == ()


WEIGHTS = st.lists(st.lists(st.floats(0, 3), min_size=3, max_size=3), min_size=1, max_size=4)


@given(WEIGHTS)
def test_denials_are_assigned_so_that_no_other_way_fits_better(weights: list[list[float]]) -> None:
    chosen = assigned(weights)
    rows, columns = [row for row, _ in chosen], [column for _, column in chosen]
    assert len({*rows}) == len({*columns}) == len(chosen)
    ways = permutations([0, 1, 2, *[None] * len(weights)], len(weights))
    best = max(sum(weights[r][c] for r, c in enumerate(way) if c is not None) for way in ways)
    assert sum(weights[row][column] for row, column in chosen) == pytest.approx(best)


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        ("It should be established which accounts we cannot enter.", True),
        ("It should not be established which accounts we cannot enter.", False),
        ("Ask which accounts we cannot get into.", True),
        ("Never ask which accounts we cannot get into.", False),
        ("\u8981\u95ee\u6e05\u54ea\u4e9b\u5ba2\u6237\u6211\u4eec\u8fdb\u4e0d\u53bb\u3002", True),
        ("\u4e0d\u8981\u95ee\u54ea\u4e9b\u5ba2\u6237\u6211\u4eec\u8fdb\u4e0d\u53bb\u3002", False),
    ],
)
def test_a_question_of_the_source_is_never_told_as_one_not_to_ask(claim: str, kept: bool) -> None:
    changed = negation_changes(claim, ["At which accounts can we not get in?"], shipped())
    assert (not changed) is kept
