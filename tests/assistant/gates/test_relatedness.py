"""A claim must speak of what its quotes speak of."""

import random

import pytest

from assistant.gates.relatedness import unrelated
from knowledge.glossary import shipped
from knowledge.language import has_han
from tests.assistant.gates.drafts import Draft, honest

RELATED = [
    ("先翻旧账，把没关掉的投诉列出来。", "第一步是查旧账，把未关闭的投诉逐条列清。"),
    ("Start with the open complaints.", "第一步是查旧账，把未关闭的投诉逐条列清。"),
    ("每个重要部门至少保持三段活跃的关系。", "Hold at least three live relationships in each important department."),
    ("Alcohol is not needed, and a guest may decline it.", "Alcohol is never necessary, and a guest may decline."),
]
STRANGE = [
    ("签约之前要请客户参观样板点并安排技术交流。", "分级之后由部门经理每季度复核一次。"),
    ("A coach inside the customer introduces you to the board.", "Answer every complaint within two days."),
    ("The executive meeting closes the five events.", "不送现金、购物卡和有价证券。"),
    ("送礼之前先查双方的制度。", "Draw the decision chain from the first need to payment."),
]


@pytest.mark.parametrize(("claim", "quote"), RELATED)
def test_a_paraphrase_is_related(claim: str, quote: str) -> None:
    assert unrelated(claim, (quote,), (), shipped()) == ()


@pytest.mark.parametrize(("claim", "quote"), STRANGE)
def test_a_claim_about_something_else_is_told_whole(claim: str, quote: str) -> None:
    assert unrelated(claim, (quote,), (), shipped()) == (claim,)


def test_of_two_facts_the_unsupported_one_is_told() -> None:
    claim = "年销售额800万元以上的客户算A级，并且享有优先发货和免费驻场工程师支持。"
    assert unrelated(claim, ("A级客户是年销售额在800万元以上的客户。",), (), shipped()) == (
        "并且享有优先发货和免费驻场工程师支持",
    )


def test_what_stands_in_the_title_counts_neither_way() -> None:
    claim, quote = "银饰品牌的A级加盟商贡献22%的业绩。", "A级贡献22%的业绩。"
    assert unrelated(claim, (quote,), ("河南银饰品牌：给加盟商分级",), shipped()) == ()
    assert unrelated("银饰品牌要做样板点。", (quote,), ("银饰品牌的样板点",), shipped()) != ()


# The drafts for sentences that were drawn at random.
DRAWN = ("test-", "new-")


def test_quotes_of_other_documents_hardly_ever_pass() -> None:
    drafts = [each for each in honest() if each.id.startswith(DRAWN)]
    pairs = [(one, other) for one in drafts for other in random.Random(4).sample(drafts, 6) if _apart(one, other)]
    passing = sum(not unrelated(one.block.text, _spans(other), (), shipped()) for one, other in pairs)
    assert len(pairs) > 200
    assert passing <= 0.03 * len(pairs)


def _apart(one: Draft, other: Draft) -> bool:
    """Different documents, and a pair of languages for which the glossary is enough."""
    strange = has_han(one.block.text) != has_han("".join(_spans(other)))
    return one.line["source"] != other.line["source"] and not strange


def _spans(draft: Draft) -> tuple[str, ...]:
    return tuple(each.quote for each in draft.block.quotes)


def test_a_clause_that_only_names_its_source_is_no_stray() -> None:
    quote = "团队若只给新大客户三个月时间，很可能在首单之前就放弃了。"
    titles = ("华为某海外代表处：七年等来的第一家大客户", "启示")
    assert not unrelated("华为某海外代表处的启示是，" + quote, [quote], titles, shipped())
    assert unrelated("北欧某铁路公司的启示是，" + quote, [quote], titles, shipped())


def test_everyday_words_of_another_language_relate_a_claim() -> None:
    quote = "Decide in advance who takes notes and who watches the clock, and let neither of them speak."
    assert not unrelated("事先定好谁做记录、谁看时间，这两个人都不发言。", [quote], (), shipped())
    assert unrelated("报价之前先确认谁签字、谁付款，再谈折扣。", [quote], (), shipped())
