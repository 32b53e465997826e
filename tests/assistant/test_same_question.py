"""The same question in other words and writings is known; what differs in one thing that matters is not."""

import pytest

from assistant.question_kinds import Wants, wanted
from assistant.question_parts import taken_apart
from assistant.question_words import items, scale_of
from assistant.same_question import THRESHOLD, at_odds, likeness, same
from knowledge.glossary import shipped

ACCOUNTS = ("Aurora Grid", "Tidewick Payments", "岚衡重工")
FIVE = "What are the five standard events of the 151 project?"
GIFT = "When must a doubtful gift be reported to compliance?"
COST = "What do unplanned outages cost Aurora Grid a year?"


def _same(one: str, reviewed: str, *statements: str) -> float:
    glossary = shipped()
    return same(taken_apart(one, ACCOUNTS, glossary), taken_apart(reviewed, ACCOUNTS, glossary, statements), glossary)


@pytest.mark.parametrize("question", [FIVE, GIFT, COST, "铁三角里谁承担的责任最大？", "鐵三角裡誰承擔的責任最大？"])
def test_a_question_is_the_same_as_itself(question: str) -> None:
    assert _same(question, question) >= THRESHOLD


@pytest.mark.parametrize(
    ("question", "reviewed"),
    [
        ("Which five standard events belong to the 151 project?", FIVE),
        ("151项目的五个标准事件是哪些？", FIVE),
        ("151專案的五個標準事件是哪些？", FIVE),
        ("By what time does compliance have to hear of a doubtful gift?", GIFT),
        ("铁三角中谁承担的责任最大？", "鐵三角裡誰承擔的責任最大？"),
    ],
)
def test_the_same_in_other_words_or_writing_is_known(question: str, reviewed: str) -> None:
    assert _same(question, reviewed) >= THRESHOLD


@pytest.mark.parametrize(
    ("question", "reviewed"),
    [
        ("What do unplanned outages cost Tidewick Payments a year?", COST),
        ("What do unplanned outages cost a year?", COST),
        ("113项目管理法的五个标准事件是哪些？", FIVE),
        ("In what order come the five standard events of the 151 project?", FIVE),
        ("What are the nine standard events of the 151 project?", FIVE),
        ("When may a doubtful gift not be reported to compliance?", GIFT),
        ("Who must report a doubtful gift to compliance?", GIFT),
        ("Why must a doubtful gift be reported to compliance?", GIFT),
        ("黄彬说的精英销售，第三个特征是什么？", "黄彬说的精英销售，第二个特征是什么？"),
        ("银饰品牌的B级经销商要卖多少？", "银饰品牌的A级经销商要卖多少？"),
        ("岚衡重工2024年采购了多少？", "岚衡重工2025年采购了多少？"),
        (
            "How long did Vodafone's certification take Huawei?",
            "How long did British Telecom's certification take Huawei?",
        ),
        ("How much time is kept free before the meeting?", "How much time is kept free after the meeting?"),
    ],
)
def test_another_account_number_grade_name_denial_or_wish_is_another_question(question: str, reviewed: str) -> None:
    assert _same(question, reviewed) == 0.0


def test_one_word_put_for_another_in_an_edited_question_is_not_the_same() -> None:
    assert _same("黄彬说的流程销售有哪些特征？", "黄彬说的精英销售有哪些特征？") < THRESHOLD


def test_questions_without_content_match_nothing() -> None:
    assert _same("What?", GIFT) == 0.0
    assert _same("", GIFT) == 0.0


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("How often does it meet?", Wants.OFTEN),
        ("多久开一次会？", Wants.OFTEN),
        ("Within how many days do we answer?", Wants.DURATION),
        ("要多长时间？", Wants.DURATION),
        ("How many interviews do we hold?", Wants.COUNT),
        ("What do outages cost?", Wants.AMOUNT),
        ("花多少钱？", Wants.AMOUNT),
        ("由谁负责？", Wants.PERSON),
        ("為什麼這樣做？", Wants.REASON),
        ("Is it allowed?", Wants.WHETHER),
        ("可以请客吗？", Wants.WHETHER),
        ("Which roles are there?", Wants.OPEN),
    ],
)
def test_what_a_question_wants_is_told_in_every_writing(question: str, wants: Wants) -> None:
    assert wants in wanted(question)


def _rows(text: str) -> frozenset[int]:
    return frozenset().union(*(each.rows for each in items(text) if each.weight))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("resign", "离职"),
        ("win them back", "挽回"),
        ("win back", "捞回来"),
        ("re-engage", "喚醒"),
        ("a customer who has gone quiet", "客户没动静了"),
        ("overdue invoices", "逾期帳款"),
        ("discounts", "打折"),
        ("QBR", "季度检讨"),
        ("hand over the account", "交接客户"),
        ("complaints", "客訴"),
    ],
)
def test_everyday_words_meet_across_languages_and_writings(one: str, other: str) -> None:
    assert _rows(one) & _rows(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("before", "之后"),
        ("win", "丢单"),
        ("increase", "降低"),
        ("internal", "外部"),
        ("agree", "谈不拢"),
        ("continue", "停止"),
    ],
)
def test_opposites_are_places_on_one_scale(one: str, other: str) -> None:
    (here,), (there,) = items(one), items(other)
    assert scale_of(here.rows) == scale_of(there.rows) != ""
    assert here.rows.isdisjoint(there.rows)


def test_a_word_is_cut_out_whole_and_keeps_what_makes_another_word_of_it() -> None:
    assert [each.text for each in items("项目的目的") if each.weight] == ["项目", "目的"]
    assert _rows("customer") != _rows("customise")
    assert not items("zzyzx")[0].rows


@pytest.mark.parametrize(
    ("question", "reviewed"),
    [
        ("How do we win back a key account that has stopped replying?", "大客户不回消息了，怎么挽回？"),
        ("大客戶石沉大海，該怎麼救回來？", "How do we win back a key account that has stopped replying?"),
        ("谁来批超过15%的折扣？", "Who signs off discounts above 15%?"),
        ("How far ahead of expiry do we start the renewal?", "合同到期前多久开始谈续约？"),
    ],
)
def test_the_same_in_colloquial_words_of_another_language_is_known(question: str, reviewed: str) -> None:
    assert _same(question, reviewed) >= THRESHOLD


@pytest.mark.parametrize(
    ("question", "reviewed"),
    [
        ("谁来批超过20%的折扣？", "Who signs off discounts above 15%?"),
        ("How do we keep a key account that wins?", "How do we keep a key account that loses?"),
        ("How long should AR stay on when SR and FR rotate?", "客户经理轮换时，SR和FR要再留多久？"),
        ("合同到期后多久开始谈续约？", "合同到期前多久开始谈续约？"),
        ("How do we raise the price for a small customer?", "How do we cut the price for a small customer?"),
    ],
)
def test_another_number_outcome_role_or_side_of_a_date_is_another_question(question: str, reviewed: str) -> None:
    assert _same(question, reviewed) < 0.5


def test_an_account_is_known_by_how_its_name_begins() -> None:
    asked = taken_apart("岚衡的铁三角是谁？", ACCOUNTS, shipped())
    assert asked.accounts == {"岚衡重工"}
    assert taken_apart("铁三角是谁？", ACCOUNTS, shipped()).accounts == frozenset()


def test_a_question_is_never_more_the_same_than_it_is_alike() -> None:
    glossary = shipped()
    asked, reviewed = (taken_apart(each, ACCOUNTS, glossary) for each in (GIFT, FIVE))
    assert same(asked, reviewed, glossary) <= likeness(asked, reviewed)


def test_a_question_without_a_word_that_asks_may_ask_anything() -> None:
    assert wanted("Aurora Grid attainment 2025?") > {Wants.AMOUNT, Wants.OPEN}
    assert wanted("When a rival cuts the price, how do we respond?") == {Wants.OPEN}


@pytest.mark.parametrize(
    ("question", "reviewed"),
    [
        ("客户想把一年一签改成三年合同，价格怎么报？", "客户想把三年合同改成一年一签，价格怎么报？"),
        ("我方不想续约，要提前几天通知客户？", "客户不想续约，要提前几天通知我方？"),
        ("公开客户案例，需要我们公司的哪个部门同意？", "公开客户案例，需要客户的哪个部门同意？"),
        ("What if we ourselves cancel the customer visit?", "What if the customer cancels the visit?"),
        ("When must a deal come out of the forecast?", "When must a deal go into the forecast?"),
        ("成功标准要写几条？", "成功标准由谁来写？"),
    ],
)
def test_what_changed_places_or_sides_is_another_question(question: str, reviewed: str) -> None:
    assert _same(question, reviewed) < THRESHOLD


@pytest.mark.parametrize(
    ("question", "reviewed", "expected"),
    [
        ("Is the audit of the first week due?", "Who reports the audit every Friday?", False),
        ("What is a contract of three years worth?", "What is a contract of five years worth?", True),
        ("What does tier A get?", "What does tier B get?", True),
        ("What do outages cost Aurora?", "What do outages cost Tidewick Payments?", True),
        ("What do outages cost?", "What do outages cost Tidewick Payments?", False),
    ],
)
def test_only_what_both_name_differently_overrules_a_model(question: str, reviewed: str, expected: bool) -> None:
    one, other = (taken_apart(each, ACCOUNTS, shipped()) for each in (question, reviewed))
    assert at_odds(one, other) is expected
