"""Whether a question names what the library has never heard of, and what follows from that."""

import pytest

from assistant.evidence import gather
from assistant.questions import Question
from assistant.relevance import Signs, score, strangers
from assistant.understand import understand
from knowledge.access import Reader
from knowledge.library import Library
from tests.assistant.conftest import Ask


def named(library: Library, text: str) -> list[str]:
    reader = Reader()
    accounts = library.accounts(reader)
    understood = understand(Question(text), accounts)
    return list(strangers(library.search(understood.text, reader), understood, accounts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("客户沉默了，要不要按MEDDIC排查？", ["MEDDIC"]),
        ("宁川动力的客户经理是谁？", ["宁川"]),
        ("How do I log a quiet account in Salesforce?", ["Salesforce"]),
        ("Which questions of the SPIN method fit a quiet account?", ["SPIN"]),
        ("What does The Quiet Horizon say about a quiet account?", ["Horizon", "The Quiet Horizon"]),
        ("Salesforce", []),
        ("My CEO and HR want a PPT on the quiet account by Friday, OK?", []),
        ("What do we do about a quiet account when the weather is bad?", []),
        ("Does Ann Wexley at Larkspur Metals support us?", []),
        ("A级客户是什么？那家公司算吗？", []),
    ],
)
def test_a_name_that_stands_nowhere_is_a_stranger_and_an_ordinary_word_is_none(
    filled: Library, text: str, expected: list[str]
) -> None:
    assert sorted(named(filled, text)) == sorted(expected)


def test_a_romanised_name_may_be_that_of_a_known_account(filled: Library) -> None:
    reader = Reader()
    understood = understand(Question("Is the buyer at Lanheng a quiet account?"), ())
    found = filled.search(understood.text, reader)
    assert list(strangers(found, understood, ["岚衡重工"])) == []
    assert list(strangers(found, understood, ["Larkspur Metals"])) == ["Lanheng"]


def test_a_stranger_turns_an_answer_into_a_refusal(ask: Ask) -> None:
    assert ask("How do we find the reason why an account is quiet?").claims
    assert not ask("How do we find the reason why an account is quiet in Salesforce?").claims


def test_a_model_may_be_asked_where_the_rule_is_only_in_doubt(filled: Library) -> None:
    reader = Reader()
    for text in ("What is a quiet account?", "How do I cook rice in Mongolia?"):
        evidence = gather(filled, understand(Question(text), ()), reader)
        assert evidence.holds == (text == "What is a quiet account?")


@pytest.mark.parametrize("sign", ["passage", "sentence", "matched", "together"])
def test_what_was_found_speaks_for_an_answer(sign: str) -> None:
    none = dict.fromkeys(Signs.__slots__, 0.0)
    assert score(Signs(**{**none, sign: 1.0})) > score(Signs(**none))


@pytest.mark.parametrize("sign", ["unheard", "stranger"])
def test_what_was_never_heard_of_speaks_against_it(sign: str) -> None:
    none = dict.fromkeys(Signs.__slots__, 0.5)
    assert score(Signs(**{**none, sign: 1.0})) < score(Signs(**none))
