"""The same question in other words and writings is known; what differs in one thing that matters is not."""

import pytest

from assistant.question_kinds import Wants, wanted
from assistant.question_words import alike, opposite
from assistant.same_question import SIMILAR, THRESHOLD, same, taken_apart
from knowledge.glossary import shipped
from knowledge.language import bag

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
    assert SIMILAR < THRESHOLD


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


def test_everyday_words_meet_across_languages_and_opposites_do_not() -> None:
    assert "离职" in alike("resign")
    assert opposite(bag("before the meeting"), bag("会谈之后"))
    assert not opposite(bag("before and after"), bag("after it"))
