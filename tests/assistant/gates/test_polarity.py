"""What is denied in a claim must be denied in its evidence, and the reverse."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.gates.negators import denials
from assistant.gates.opposites import opposite_words, reversed_order
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
        ("Agree the measure after the trial starts.", "The measure is agreed before the trial starts.", True),
        ("签约之后先请法务确认。", "签约之前先请法务确认。", True),
        ("Only after agreeing on a measure start the trial.", "The measure is agreed before the trial starts.", False),
        ("签约以前请法务确认。", "签约之前先请法务确认。", False),
    ],
)
def test_a_reversed_order_is_told(claim: str, quote: str, alarm: bool) -> None:
    assert bool(reversed_order(claim, (quote,))) is alarm


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


TWINS = [
    (
        "a lack that is taken up again is one lack",
        ("客户缺少审计报告，这是五项材料中唯一没有交的一项。",),
        "五项材料中唯一没有交的是审计报告。",
        "客户缺少审计报告，这是五项材料中唯一交了的一项。",
    ),
    (
        "what two quotes deny may be denied once",
        ("认证用了整整两年，期间基本没有订单。", "认证从2001年开始，用了整整两年，期间基本没有订单。"),
        "认证从2001年开始，用了整整两年，期间基本没有订单。",
        "认证用了整整两年，期间基本没有订单；从2001年开始，用了整整两年，期间有订单。",
    ),
    (
        "two quotes may deny one verb of different times",
        ("Telia bought nothing when the work began.", "Telia bought nothing at first, and we rented an office."),
        "Telia bought nothing when the work began, and we rented an office.",
        "Telia bought nothing when the work began; at first Telia bought a lot, and we rented an office.",
    ),
    (
        "what two quotes deny of two subjects is denied of both",
        ("Telia bought nothing when the work began.", "Norlink bought nothing at first."),
        "Telia bought nothing when the work began, and Norlink bought nothing at first.",
        "Telia bought nothing when the work began, and Norlink was a buyer at first.",
    ),
    (
        "an agreement that is not reached is one in two quotes",
        ("D公司的两人谈不拢时，报价上交一级。", "D公司的报价由两人共同决定，谈不拢就上交一级。"),
        "在D公司，报价由两人共同决定；谈不拢时，报价上交一级。",
        "在D公司，报价由两人共同决定；谈拢时，报价上交一级。",
    ),
    (
        "a short clause belongs to its own sentence",
        ("不要只考核不辅导，考核的依据要看得到。", "小组制不是放任，交给听得见客户的人，同时要让过程透明、辅导同步。"),
        "不要只考核不辅导，考核的依据要看得到。交给听得见客户的人，同时要让过程透明、辅导同步。",
        "不要只考核不辅导，考核的依据要看得到。小组制就是放任。",
    ),
    (
        "what is refused leads in what follows, with a comma or without",
        ("拒绝回扣可以把话题转到交付。",),
        "拒绝回扣时，可以把话题转到交付。",
        "回扣时，可以把话题转到交付。",
    ),
    (
        "an opponent is a person",
        ("不要只听朋友的意见，反对者的看法更有用。",),
        "Do not listen to friends only, because the views of opponents are more useful.",
        "Do not listen to friends only, because the views of supporters are more useful.",
    ),
    (
        "only what is denied with a limit stays limited",
        ("不要只访谈喜欢我们的人。",),
        "Do not interview only people who like us.",
        "Do not interview people who like us.",
    ),
    (
        "what cannot help is of no help",
        ("没有转成支持的交情帮不了项目。",),
        "A friendship that does not turn into support cannot help a project.",
        "A friendship that does not turn into support can help a project.",
    ),
    (
        "a span of time holds nothing up",
        ("从发标到定标，不向评标人员送礼品。",),
        "Evaluators get no gifts from the issue of a tender until the award.",
        "Evaluators get gifts from the issue of a tender until the award.",
    ),
    (
        "no gift or hospitality may is that neither may",
        ("任何礼品和招待都不得与订单或付款挂钩。",),
        "No gift or hospitality may be tied to orders or payment.",
        "Any gift or hospitality may be tied to orders or payment.",
    ),
    (
        "a word that is set apart in one line may be the same in another",
        ("同一位经理负责两边时，两类市场的指标要分开定，不能合并。",),
        "When the same manager has both, the indicators must be set separately and cannot be merged.",
        "When the same manager has both, the indicators need not be set separately.",
    ),
    (
        "a bound of time is no denial",
        ("不到3个月就有好几位经理坚持不下去。",),
        "In less than three months several managers could not keep going.",
        "In less than three months several managers could keep going.",
    ),
    (
        "only so much does not deny a bound",
        ("最大一单只有二十几万美元。",),
        "The largest was only a little over US$200,000.",
        "The largest was not small, and only a little over US$200,000.",
    ),
    (
        "things told differently have different wordings",
        ("岗位的名称各有说法：两人的叫法指的是同一类角色。",),
        "岗位的名称有不同说法，两人的叫法指的是同一类角色。",
        "岗位的名称没有不同说法，两人的叫法指的是同一类角色。",
    ),
    (
        "what says one thing here and another there is not consistent",
        ("The report gives five sites in one chapter and six in another.",),
        "The report is not consistent: it gives five sites in one chapter and six in another.",
        "The report is consistent: it gives five sites in one chapter and six in another.",
    ),
    (
        "what does not lack is there",
        ("客户缺少预算。",),
        "客户没有预算。",
        "客户不缺少预算。",
    ),
    (
        "a condition belongs to what it lifts",
        ("除非法务同意，拜访时不要带礼品。",),
        "除非法务同意，否则拜访时不要带礼品。",
        "拜访时不要带礼品。",
    ),
    (
        "a condition belongs to what it lifts, in English too",
        ("The proposal goes out unless finance objects.",),
        "Unless finance objects, the proposal goes out.",
        "The proposal goes out.",
    ),
    (
        "an open question is no denial that could tell one",
        ("战略访谈要用开放式问题，前半小时不介绍产品。",),
        "Use open questions in a strategy interview and do not present products in the first half hour.",
        "Use open questions in a strategy interview, and present products in the first half hour.",
    ),
    (
        "a denial tells none of a clause that another one repeats",
        (
            "因为对手不会为小项目调来重兵，破冰项目的理想特征是金额小。",
            "竞争对手的核心产品位置最难撼动，第一单应选边缘模块、扩容缺口或没人愿意做的改造。",
        ),
        "想打开局面，最好挑金额小的项目，首单可以是边缘模块、扩容缺口或别人不愿碰的改造，别去碰对手的核心产品。",
        "想打开局面，最好挑金额小的项目，首单不可以是边缘模块、扩容缺口或别人不愿碰的改造，别去碰对手的核心产品。",
    ),
    (
        "what cannot be brought about is told by some denial",
        ("竞争对手把持的客户往往很客气，第一次肯见面，之后就约不出来。",),
        "Customers of a competitor are polite and willing to meet once, but afterwards cannot be got to meet again.",
        "Customers of a competitor are polite and willing to meet once, but afterwards can be got to meet again.",
    ),
    (
        "to leave unchanged denies once",
        ("不要把标准事件当成打勾任务，客户看法没有变化的活动等于没有办。",),
        "Standard events are no boxes to tick; what leaves the customer's view unchanged is as good as not held.",
        "Standard events are no boxes to tick; what leaves the customer's view unchanged is as good as held.",
    ),
    (
        "to leave unchanged tells no other denial",
        ("不要把标准事件当成打勾任务，客户看法没有变化的活动等于没有办。",),
        "Standard events are not boxes to tick; an activity that leaves the customer's view as it was is not held.",
        "Standard events are boxes to tick; an activity that leaves the customer's view unchanged is not held.",
    ),
    (
        "what is denied with a limit is not limited by what is added",
        ("流失原因不能只听一位客户经理的说法，至少再问一位我方交付人员。",),
        "The reason for a loss must not rest on one account manager's word alone: ask our delivery people as well.",
        "The reason for a loss must rest on one account manager's word alone: ask our delivery people as well.",
    ),
    (
        "a not tells no word that its own translation tells",
        ("投入越深的人越难放弃。",),
        "The more deeply someone is invested, the harder it is to give up.",
        "The more deeply someone is not invested, the harder it is to give up.",
    ),
    (
        "a not tells no lack that is told as one",
        ("结果差而动作到位的客户经理需要换打法，结果好而动作缺失的客户经理可能只是运气好。",),
        "An account manager with poor results whose actions are in place needs a different approach, "
        "while one with good results whose actions are missing may just have been lucky.",
        "An account manager with poor results whose actions are in place needs not a different approach, "
        "while one with good results whose actions are missing may just have been lucky.",
    ),
    (
        "not to wait until then is not to do it only then",
        ("A customer in a late stage of a tender should wait until after the award.",),
        "A customer in a tender should wait for the session until after the award.",
        "A customer in a tender should not wait for the session until after the award.",
    ),
    (
        "not to wait until then is to do it before",
        ("Do not hold the roadmap session until after the award.",),
        "The roadmap session is not held until the award.",
        "There is no need to wait with the roadmap session until after the award.",
    ),
    (
        "what comes otherwise does not come of it",
        ("客户规划里把推测写成事实，会让整个团队投错资源。",),
        "客户规划里把推测写成事实，整个团队会投错资源。",
        "客户规划里把推测写成事实，否则整个团队会投错资源。",
    ),
    (
        "a Chinese name makes no Chinese text",
        ("穗汀食品的策略仍以守住价格为主，没有说明如何离开价格战。",),
        "The strategy of Suiting (穗汀食品) is mainly to hold the price and does not explain how to leave the war.",
        "The strategy of Suiting (穗汀食品) is not mainly to hold the price and does not explain how to leave the war.",
    ),
]


@pytest.mark.parametrize(("quotes", "honest_claim"), [each[1:3] for each in TWINS], ids=[each[0] for each in TWINS])
def test_an_honest_claim_keeps_the_polarity(quotes: tuple[str, ...], honest_claim: str) -> None:
    assert negation_changes(honest_claim, quotes, shipped()) == ()


@pytest.mark.parametrize(
    ("quotes", "lying_claim"), [(each[1], each[3]) for each in TWINS], ids=[each[0] for each in TWINS]
)
def test_its_lying_twin_is_still_told(quotes: tuple[str, ...], lying_claim: str) -> None:
    assert negation_changes(lying_claim, quotes, shipped())
