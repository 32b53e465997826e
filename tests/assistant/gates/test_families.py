"""Families of wordings around denial: a true paraphrase meets no objection, its flipped twin does."""

import pytest

from assistant.gates.comparators import comparator_changes, quantifier_changes
from assistant.gates.names import foreign_names
from assistant.gates.negators import denials
from assistant.gates.opposites import opposite_words
from assistant.gates.polarity import negation_changes
from assistant.gates.quantities import missing_quantities
from knowledge.glossary import shipped
from knowledge.language import fold

FAMILIES = {
    "not until is only after": [
        ("Don't quote a price until the audit is passed.", "Pass the audit before you quote a price."),
        ("No price should be quoted until the audit is passed.", "Pass the audit before any price is quoted."),
        ("审计没通过之前，不要报价。", "Pass the audit before you quote a price."),
        ("稽核沒通過之前，不要報價。", "先通过稽核，再报价。"),
        ("理顺流程要放在上系统之前。", "不要先上系统再理流程。"),
        (
            "AR should not commit to dates until FR has confirmed them.",
            "Avoid letting AR promise dates that FR has not confirmed.",
        ),
    ],
    "a denied bound is a limit": [
        ("Ten minutes is the limit for a presentation.", "Avoid a presentation longer than ten minutes."),
        ("演示最多十分钟。", "Avoid a presentation longer than ten minutes."),
        ("Don't let the plan run to more than two pages.", "规划最多两页。"),
    ],
    "nothing is more is the most": [
        ("No input matters more than the roadmap.", "The roadmap is the most important input."),
        ("没有什么比路线图更重要。", "路线图最重要。"),
        ("Nothing counts more than the roadmap.", "路線圖最重要。"),
    ],
    "set phrases deny nothing": [
        ("双方的核心成员保持不变。", "Keep the same core group on both sides."),
        ("答应过的事一件不落地兑现。", "Keep every promise already made."),
        ("任务不但完成，还超了额。", "任务超额完成。"),
        ("客户不约而同地提到交期。", "Several customers mentioned the delivery date by themselves."),
        ("這套做法不失為一個好起點。", "This way is a good place to start."),
        ("他毫不犹豫地签了字。", "He signed at once."),
        ("It is hard work to keep up the visits.", "坚持拜访很辛苦。"),
    ],
    "terms name a thing by what it is not": [
        ("先请法务核对禁止招揽条款。", "Check non-solicitation terms with legal counsel."),
        ("请法务看一下竞业限制协议。", "Ask legal counsel to look at the non-compete agreement."),
    ],
    "leaving is denying": [
        ("What will we stop doing for this account?", "我们打算停掉哪些事？"),
        ("Keep your internal grades away from customers.", "不要把内部等级告诉客户。"),
        ("Keep your opinion of the rival out of the slides.", "Do not put your opinion of the rival in the slides."),
        ("The SR has yet to earn a place.", "The SR has not yet earned a place."),
        ("Refrain from quoting a price at dinner.", "宴请时不要报价。"),
    ],
    "not the same is different": [
        ("各行业的口径各不相同。", "The definitions differ between industries."),
        ("這些口徑不一致。", "These definitions differ."),
    ],
    "nothing is zero": [
        ("我们的收入是零。", "Our revenue is zero."),
        ("目前我方没有份额。", "我方目前份额为零。"),
    ],
    "a list denied once or word by word": [
        ("喝了酒就别谈价格，也别做承诺。", "饮酒之后不谈价格和承诺。"),
    ],
}
FLIPPED = [
    ("Quote a price until the audit is passed.", "Pass the audit before you quote a price."),
    (
        "AR should commit to dates until FR has confirmed them.",
        "Avoid letting AR promise dates that FR has not confirmed.",
    ),
    ("审计没通过之前，报价。", "Pass the audit before you quote a price."),
    ("The audit should not be passed before you quote a price.", "Pass the audit before you quote a price."),
    ("理顺流程不要放在上系统之前。", "不要先上系统再理流程。"),
    ("Ten minutes is not the limit for a presentation.", "Avoid a presentation longer than ten minutes."),
    ("Some input matters more than the roadmap.", "The roadmap is the most important input."),
    ("The roadmap is not the most important input.", "The roadmap is the most important input."),
    ("把老朋友一个不落地放进最高等级。", "不要把所有老朋友都放进最高等级。"),
    ("Give your internal grades to customers.", "不要把内部等级告诉客户。"),
    ("The SR has earned a place.", "The SR has not yet earned a place."),
    ("Quote a price at dinner.", "宴请时不要报价。"),
    ("喝了酒就别谈价格，也要做承诺。", "饮酒之后不谈价格和承诺。"),
    ("The week of submission is not the wrong time to decide.", "Avoid deciding in the week of submission."),
    ("一家客户不要的东西，市场不一定要。", "一家客户的需求未必是市场的需求。"),
    ("别跟他报价，照旧送资料。", "跟他报价，照旧送资料。"),
]
ALL = [(family, *case) for family, cases in FAMILIES.items() for case in cases]


def objections(claim: str, quote: str) -> tuple[str, ...]:
    return (*negation_changes(claim, (quote,), shipped()), *opposite_words(claim, (quote,)))


@pytest.mark.parametrize(("family", "claim", "quote"), ALL)
def test_a_paraphrase_of_the_family_passes(family: str, claim: str, quote: str) -> None:
    assert objections(claim, quote) == (), family


@pytest.mark.parametrize(("claim", "quote"), FLIPPED)
def test_a_flipped_one_is_caught(claim: str, quote: str) -> None:
    assert objections(claim, quote)


@pytest.mark.parametrize(
    "text",
    [
        "不约而同、不遗余力、不厌其烦、不仅如此、不外乎、不失为、不言而喻",
        "一件不落、一個不落、一字不差、原封不动、缺一不可",
        "莫过于此，无与伦比，非同小可，无微不至",
        "不可抗力、不动产、不锈钢、不定期、免签、未成年",
        "none other than the CFO, more often than not, nothing short of excellent, little by little",
    ],
)
def test_set_phrases_and_terms_deny_nothing(text: str) -> None:
    assert denials(fold(text)) == 0


@pytest.mark.parametrize("text", ["他没准备好", "无人负责", "没有产出", "不但愿他来而已，他不来", "no one came"])
def test_what_resembles_a_set_phrase_still_denies(text: str) -> None:
    assert denials(fold(text))


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        (
            "It applies to three cases: grading a list, sharing resources, or a clash of terms.",
            "Use it to grade a list, share resources or settle a clash of terms.",
            False,
        ),
        (
            "It applies to four cases: grading a list, sharing resources, or a clash of terms.",
            "Use it to grade a list, share resources or settle a clash of terms.",
            True,
        ),
        (
            "规则适用于三种情形：划分等级、投放资源，或者口径对不上。",
            "要分级、要投资源，或者口径不是一回事时，使用本规则。",
            False,
        ),
        (
            "规则适用于五种情形：划分等级、投放资源，或者口径对不上。",
            "要分级、要投资源，或者口径不是一回事时，使用本规则。",
            True,
        ),
        ("免得一季的好业绩掩盖行为。", "So that a good quarter does not hide the behaviour.", False),
        ("免得两季的好业绩掩盖行为。", "So that a good quarter does not hide the behaviour.", True),
        ("这是两家公司之间的合作。", "组织客户关系是公司对公司的合作。", False),
        ("这是三家公司之间的合作。", "组织客户关系是公司对公司的合作。", True),
    ],
)
def test_a_count_of_what_is_named_beside_it_is_checked_there(claim: str, quote: str, alarm: bool) -> None:
    assert bool(missing_quantities(claim, (quote,))) is alarm


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        ("It grew to just under US$100 million.", "It was nearly US$100 million.", False),
        ("It grew to just over US$100 million.", "It was nearly US$100 million.", True),
        ("收入略低于1亿美元。", "It was nearly US$100 million.", False),
        ("客户一多过20%，就落空了。", "超过两成就落空了。", False),
        ("客户一少过20%，就落空了。", "超过两成就落空了。", True),
    ],
)
def test_nearly_is_just_under(claim: str, quote: str, alarm: bool) -> None:
    assert bool(comparator_changes(claim, (quote,))) is alarm


@pytest.mark.parametrize(
    ("claim", "quote", "alarm"),
    [
        ("客户关系归公司所有；信息在个人手里。", "The relationship belongs to the company.", False),
        ("所有客户关系归公司。", "Some relationships belong to the company.", True),
        ("There are metrics that everyone shares.", "要有共同的指标。", False),
    ],
)
def test_what_is_owned_or_shared_is_no_claim_about_all(claim: str, quote: str, alarm: bool) -> None:
    assert bool(quantifier_changes(claim, (quote,))) is alarm


def test_a_company_whose_name_says_its_trade_is_known_in_translation() -> None:
    quote = ("岚衡重工的协议正在起草。",)
    assert foreign_names("The agreement of Lanheng Heavy Industry is being drafted.", quote, (), (), shipped()) == ()
    assert foreign_names("The agreement of Lanheng Foods is being drafted.", quote, (), (), shipped())


def test_a_possessive_is_no_part_of_a_name() -> None:
    assert foreign_names("陈军的主张是升级。", ("陈军主张升级。",), (), (), shipped()) == ()
    assert foreign_names("邱维的主张是升级。", ("陈军主张升级。",), (), (), shipped())
