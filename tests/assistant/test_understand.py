"""What a question is read as, by rule."""

import pytest

from assistant.questions import Asker, Question, Turn
from assistant.understand import asking, leans_back, understand

ACCOUNTS = ("Aurora Grid", "Northwind Rail Logistics", "岚衡重工")


@pytest.mark.parametrize(
    "text",
    [
        "And for the next one?",
        "What about the second stage?",
        "Why?",
        "What does it cost?",
        "那第二步呢？",
        "它的触发条件是什么？",
        "为什么呢",
        "OK, and once the contract is signed?",
        "好的，那接下来找谁？",
    ],
)
def test_a_question_that_points_back_is_a_follow_up(text: str) -> None:
    assert leans_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "How do we win back a key account that went quiet?".replace(" that", " which"),
        "大客户事业部的触发条件是多少营收？",
        "鐵三角的三個角色分別負責什麼？",
        "Which five standard events belong to the 151 project?",
    ],
)
def test_a_whole_question_is_not(text: str) -> None:
    assert not leans_back(text)


def test_a_follow_up_carries_the_turns_it_leans_on_and_no_more() -> None:
    history = (
        Turn("user", "Which stages does a key-account organisation go through?"),
        Turn("assistant", "Three."),
        Turn("user", "What about the second?"),
        Turn("assistant", "It draws people into project units."),
    )
    context = understand(Question("And why?", history=history), ACCOUNTS).context
    assert context == "What about the second?\nWhich stages does a key-account organisation go through?"


def test_a_whole_question_leaves_its_history_alone() -> None:
    history = (Turn("user", "Which stages does a key-account organisation go through?"),)
    question = Question("How much revenue justifies a separate key account division?", history=history)
    assert understand(question, ACCOUNTS).context == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What does aurora grid want?", ("Aurora Grid",)),
        ("How is Northwind Rail doing against Aurora Grid?", ("Aurora Grid", "Northwind Rail Logistics")),
        ("嵐衡重工的支持者是誰？", ("岚衡重工",)),
        ("How is everyone?", ()),
    ],
)
def test_accounts_are_found_by_name_in_any_script(text: str, named: tuple[str, ...]) -> None:
    assert understand(Question(text), ACCOUNTS).accounts == named


def test_an_account_named_before_is_still_meant_in_a_follow_up() -> None:
    history = (Turn("user", "Who supports us at Aurora Grid?"),)
    assert understand(Question("And who opposes us there?", history=history), ACCOUNTS).accounts == ("Aurora Grid",)


def test_the_askers_own_language_wins_over_the_questions() -> None:
    assert understand(Question("151?", Asker(language="zh-Hant")), ()).language == "zh-Hant"


def test_the_configured_language_wins_over_both() -> None:
    assert understand(Question("什么是铁三角", Asker(language="zh-Hant")), (), "en").language == "en"


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("我刚接手一个老客户，前任没留资料。第一次见面该问什么？", "第一次见面该问什么"),
        ("公司要派人去開荒，那邊沒有收入，今年拿什麼考核他？", "今年拿什么考核他"),
        ("My champion left. Nobody answers my mails. Who should I call first?", "who should i call first"),
        ("151 project, the two ones.", "the two ones"),
        ("你好", "你好"),
        ("?!", ""),
    ],
)
def test_the_clauses_that_ask_are_told_from_the_story_before_them(text: str, clauses: str) -> None:
    assert asking(text).strip() == clauses
