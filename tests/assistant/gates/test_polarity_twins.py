"""Each principle of the gate of denials, with an honest claim that it keeps and its lying twins."""

import pytest

from assistant.gates.polarity import negation_changes
from knowledge.glossary import shipped

TWINS: list[tuple[str, tuple[str, ...], str, *tuple[str, ...]]] = [
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
    (
        "what is denied stands beside its denial",
        ("Trust is the aim of a visit, so start with the customer's plans and not with your catalogue.",),
        "Trust is the aim of a visit, so start with the customer's plans and do not start with your catalogue.",
        "Trust is the aim of a visit. So open with where the customer is not heading; your catalogue comes along.",
    ),
    (
        "what is to be avoided stands beside a denial in another language too",
        ("Avoid starting with the IT system; software fixes habits, good and bad alike.",),
        "IT系统不要放在第一步：软件只会把习惯固定下来，不分好坏。",
        "IT系统放在第一步：软件只会把习惯固定下来，不分好坏。",
        "IT系统不要放在第一步：软件只会把习惯固定下来，分好坏。",
    ),
    (
        "no point, so don't, is one denial",
        ("Avoid holding reviews for accounts that have no owner.",),
        "There's no point holding reviews for accounts that have no owner, so don't.",
        "There's no point holding reviews for accounts that have an owner, so don't.",
        "There's no point holding reviews for accounts that have no owner, so do.",
        "There's some point holding reviews for accounts that have no owner, so don't.",
    ),
    (
        "what is waited for is not denied behind before",
        ("Avoid cutting visits first and building the portal later, because customers leave between the two steps.",),
        "Do not cut visits first and build the portal later, because customers leave between the two steps.",
        "If you cut visits before the portal is not built, customers will leave between the two steps.",
    ),
    (
        "a verb that is denied is not affirmed in the same words",
        ("Norlink would not order before a supplier had passed its audit, and the audit brought no revenue.",),
        "Norlink would not order before a supplier had passed its audit, and the audit brought no revenue.",
        "Norlink would order from anyone who hadn't passed its audit, and the audit brought no revenue.",
    ),
    (
        "what must come first does not shut out",
        ("Norlink would not order before a supplier had passed its audit, and the audit brought no revenue.",),
        "Norlink would not order before the audit was passed, and the audit brought no revenue.",
        "Norlink wouldn't order from anyone who had passed its audit, and the audit brought no revenue.",
    ),
    (
        "what is put first does not come without it",
        ("建议把高层会谈放在有实质议题之后，没有议题的高层会谈只剩寒暄。",),
        "高层会谈要放在有实质议题之后，没有议题的高层会谈只剩寒暄。",
        "没有实质议题就先约高层，否则会谈只会剩下寒暄。",
        "有实质议题就先别约高层，否则会谈只会剩下寒暄。",
    ),
    (
        "what cannot wait is not what is left for later",
        ("Start with the customer's direction and not with your revenue.",),
        "Start with the customer's direction, and not with your revenue.",
        "Start with the customer's direction; your own revenue can not wait.",
    ),
    (
        "not a word that denies is its opposite",
        ("The fourth sign is an unstable business.", "第四个现象是业务不连续。"),
        "The fourth sign is an unstable business.",
        "The fourth sign is not an unstable business without continuity.",
        "The fourth sign is an unstable business with continuity.",
    ),
    (
        "what an opposite word tells is no other denial",
        ("关系停留在一张张订单，或者研发不确定投资哪项技术时，考虑共享路线图。",),
        "If the relationship never gets past orders, or R&D isn't sure which technology to invest in, "
        "think about a shared roadmap.",
        "If the relationship never gets past orders, or R&D is sure which technology to invest in, "
        "think about a shared roadmap.",
    ),
    (
        "a lower degree is not deep",
        ("第二层客户的团队介入程度较低，但同样整合多种职能。",),
        "到了第二层客户，团队介入没那么深，但同样整合多种职能。",
        "到了第二层客户，团队介入那么深，但同样整合多种职能。",
    ),
    (
        "what has lost its use no longer serves",
        ("最高等级超过两成就失去了集中资源的作用。",),
        "Once the highest tier exceeds 20%, it no longer serves to concentrate resources.",
        "Once the highest tier exceeds 20%, it still serves to concentrate resources.",
    ),
]


@pytest.mark.parametrize(("quotes", "honest_claim"), [each[1:3] for each in TWINS], ids=[each[0] for each in TWINS])
def test_an_honest_claim_keeps_the_polarity(quotes: tuple[str, ...], honest_claim: str) -> None:
    assert negation_changes(honest_claim, quotes, shipped()) == ()


@pytest.mark.parametrize(
    ("quotes", "lying_claim"),
    [pytest.param(each[1], lie, id=each[0]) for each in TWINS for lie in each[3:]],
)
def test_its_lying_twin_is_still_told(quotes: tuple[str, ...], lying_claim: str) -> None:
    assert negation_changes(lying_claim, quotes, shipped())
