"""A question as groups of terms, and how much of it a text has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.glossary import Glossary
from knowledge.language import bag, query_terms
from knowledge.query import ALIAS_CHINESE, ALIAS_ENGLISH, TRANSLATED, Group, Query, understand

GLOSSARY = Glossary([("key account;KAM", "大客户;重点客户", "大客戶;重點客戶"), ("renewal", "续约", "續約")])
_TEXTS = st.lists(
    st.sampled_from(["大客户", "renewal", "key account", "续约", "plan", "什么", "the", "KAM"]), max_size=6
)


def _asked(text: str) -> Query:
    return understand(text, GLOSSARY)


def test_a_question_is_its_own_terms_then_their_other_writings() -> None:
    query = _asked("key account plan")
    own = [each.terms for each in query.groups if not each.stands_for]
    assert own == [("key",), ("account",), ("plan",)]
    wider = [(set(each.terms), each.weight) for each in query.groups if each.stands_for]
    assert wider == [({"大客户", "重点客户"}, TRANSLATED), ({"kam"}, ALIAS_ENGLISH)]
    assert all(each.stands_for == {"key", "account"} for each in query.groups if each.stands_for)


def test_an_alias_counts_less_than_a_translation_and_that_less_than_the_askers_word() -> None:
    english = {each.terms: each.weight for each in _asked("key account").groups}
    chinese = {each.terms: each.weight for each in _asked("大客户").groups}
    assert english[("kam",)] == ALIAS_ENGLISH < ALIAS_CHINESE < TRANSLATED <= english[("key",)]
    assert chinese[("重点客户",)] == ALIAS_CHINESE


def test_a_single_english_word_and_its_translations_are_one_group() -> None:
    (group,) = _asked("renewals").groups
    assert group == Group(("renew", "续约"))


def test_a_question_of_question_words_asks_for_nothing() -> None:
    assert _asked("什么是?").groups == ()
    assert _asked("What is it?").groups == ()
    assert _asked("").groups == ()


def test_a_follow_up_asks_for_the_turn_before_as_well() -> None:
    query = understand("And the price?", GLOSSARY, "renewal of the licence")
    assert [each.terms for each in query.groups] == [("price",), ("renew", "续约"), ("licenc",)]
    assert query.text == "And the price?"


@given(_TEXTS, _TEXTS)
def test_coverage_is_a_share_and_grows_with_the_text(question: list[str], text: list[str]) -> None:
    query = _asked(" ".join(question))
    for words in (text, [*text, *question]):
        assert 0.0 <= query.coverage(bag(" ".join(words))) <= 1.0 + 1e-9
        assert query.overlap(bag(" ".join(words))) >= 0
    assert query.coverage(bag(" ".join([*text, *question]))) >= query.coverage(bag(" ".join(text)))


@given(_TEXTS)
def test_a_text_covers_the_whole_of_a_question_made_of_its_words(words: list[str]) -> None:
    text = " ".join(words)
    expected = 1.0 if query_terms(text) else 0.0
    assert _asked(text).coverage(bag(text)) == pytest.approx(expected)


def test_a_translation_covers_the_words_it_stands_for() -> None:
    query = _asked("key account plan")
    assert query.coverage(bag("大客户")) == pytest.approx(2 / 3)
    assert query.coverage(bag("重点客户 plan")) == pytest.approx(1)
    assert query.coverage(bag("something else")) == 0


def test_rare_words_weigh_more_in_the_coverage() -> None:
    query = Query("q", (Group(("rare",), idf=3.0), Group(("common",), idf=1.0)))
    assert query.coverage(bag("rare")) == pytest.approx(0.75)
    assert query.coverage(bag("common")) == pytest.approx(0.25)


def test_what_the_library_has_in_no_writing_is_unknown() -> None:
    groups = (
        Group(("renew",), idf=1.0, known=False),
        Group(("weather",), idf=1.0, known=False),
        Group(("plan",), idf=2.0),
        Group(("续约",), TRANSLATED, frozenset({"renew"}), known=True),
    )
    assert Query("q", groups).unknown() == pytest.approx(1 / 4)
    assert Query("q", ()).unknown() == 0.0


def test_half_a_character_in_a_question_does_no_harm() -> None:
    assert [each.terms for each in _asked("plan \ud800").groups] == [("plan",)]
