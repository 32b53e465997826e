"""Characters to terms: two spellings of one thing meet, and no character is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from knowledge.language import (
    bag,
    fold,
    han_count,
    is_han,
    language_of,
    needle,
    query_terms,
    sentences,
    stem,
    terms,
    words,
)

_SIMPLIFIED = OpenCC("t2s").convert
_TRADITIONAL = OpenCC("s2t").convert

# The one character that OpenCC simplifies to another that it would simplify again.
_ANY = st.text(st.characters(codec="utf-8", exclude_characters="薴"), max_size=60)
_CHINESE = st.text(
    "客户经理发现问题后续与价值链谈判预测报价准则软件网络资讯体系乾坤瞭望著作於於裡里面鍾鐘臺台", max_size=30
)
_ROUND_TRIP = st.text("客户经理发现问题后续价值链谈判预测报价准则软件网络资讯体系", max_size=30)
_MIXED = st.lists(
    st.sampled_from(
        [
            "客户",
            "客戶",
            "大客户經理",
            "KAM",
            "Ｋｅｙ",
            "Accounts",
            " ",
            "\n",
            "12%",
            "1,200",
            "3.5",
            "什么",
            "the",
            "。",
            "é",
        ]
    ),
    max_size=20,
).map("".join)


@given(st.one_of(_ANY, _CHINESE, _MIXED))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(_CHINESE, _MIXED))
def test_a_text_and_its_simplified_version_fold_to_the_same(text: str) -> None:
    assert fold(_SIMPLIFIED(text)) == fold(text)


@given(_ROUND_TRIP)
def test_a_text_and_its_traditional_version_fold_to_the_same(text: str) -> None:
    assert fold(_TRADITIONAL(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＫＡＭ１２％", "kam12%"),
        ("大客戶經營", "大客户经营"),
        ("J\u030c", "\u01f0"),
        ("ﬁrst", "FIRST"),
        ("㈱", "(株)"),
    ],
)
def test_width_script_case_and_composition_make_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.one_of(_ANY, _CHINESE, _MIXED))
def test_every_term_of_a_question_is_a_term_of_the_same_text_indexed(text: str) -> None:
    indexed = terms(text)
    asked = query_terms(text)
    assert set(asked) <= set(indexed.stream.split())
    assert all(needle(term) in indexed.bag for term in asked)
    assert len(asked) == len(set(asked))


@given(st.one_of(_ANY, _CHINESE, _MIXED))
def test_a_bag_is_the_same_by_the_short_way_and_the_length_counts_the_stream(text: str) -> None:
    indexed = terms(text)
    assert bag(text).split() == indexed.bag.split()
    assert indexed.length == len(indexed.stream.split())


@given(_ROUND_TRIP, _ROUND_TRIP)
def test_a_traditional_question_has_the_terms_of_its_simplified_version(first: str, second: str) -> None:
    text = f"{first} {second}"
    assert query_terms(_TRADITIONAL(text)) == query_terms(text)


def test_chinese_becomes_characters_pairs_and_longer_words() -> None:
    found = terms("董事会决定").stream.split()
    assert {"董", "会", "董事", "事会", "会决", "董事会"} <= set(found)


def test_english_becomes_stems_and_numbers_stay_whole() -> None:
    assert query_terms("negotiating renewals of 1,200 licences at 3.5%") == ["negoti", "renew", "1200", "licenc", "3.5"]
    assert stem("1,200,000") == "1200000"


def test_question_words_are_not_looked_for_and_nor_are_the_pairs_they_make() -> None:
    asked = query_terms("客户什么时候续约")
    assert "什么" not in asked
    assert "户什" not in asked
    assert {"客户", "续约", "续"} <= set(asked)
    assert query_terms("What is the?") == []


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("A公司的做法", "a"),
        ("企业A的做法", "a"),
        ("Ａ级客户", "a"),
        ("A 类客户", "a"),
        ("S 類客戶", "s"),
        ("分为 A、B、C 三类", "a"),
        ("the A/B test", "a"),
        ("an A-tier account", "a"),
        ("accounts of tier-S", "s"),
    ],
)
def test_a_letter_that_is_a_name_is_looked_for(text: str, letter: str) -> None:
    assert letter in query_terms(text)
    assert needle(letter) in bag(text)
    assert letter in terms(text).stream.split()


@pytest.mark.parametrize("text", ["a client", "I said it's a deal", "once-in-a-lifetime", "What is a 大客户?", "don't"])
def test_a_letter_that_is_an_english_word_is_not_looked_for(text: str) -> None:
    assert {"a", "i", "s", "t"}.isdisjoint(bag(text).split())


def test_a_short_word_is_not_found_inside_a_longer_one() -> None:
    text = bag("accounting for partnership")
    assert needle("account") in text
    assert needle("art") not in text
    assert needle("ship") not in text


def test_words_of_a_question_are_those_people_would_name() -> None:
    assert words("如何说服新客户的采购总监?") == ["说服", "客户", "采购", "总监"]
    assert words("How do we win back the account, the account?") == ["win", "back", "account"]


def test_han_is_counted_and_told_from_everything_else() -> None:
    assert han_count("KAM 大客户,2026") == 3
    assert is_han("客户 x")
    assert not any(map(is_han, ("x客户", "7", "%", "，", "。")))


@given(st.one_of(_ANY, _MIXED, st.text('ab客户。.!?;；\n "”）', max_size=60)))
def test_sentences_cover_every_character_that_is_not_space_in_order(text: str) -> None:
    spans = list(sentences(text))
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(at in covered for at, character in enumerate(text) if not character.isspace())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先听。再说!最后呢?好", ["先听。", "再说!", "最后呢?", "好"]),
        ("他说:“先听。”然后走了。", ["他说:“先听。”", "然后走了。"]),
        (
            "Mr. Lee paid 3.5 million, e.g. in May. Then he left.",
            ["Mr. Lee paid 3.5 million, e.g. in May.", "Then he left."],
        ),
        ("1. Listen first.\n2. Then talk.", ["1. Listen first.", "2. Then talk."]),
        ("See example.com for J. Smith's plan.", ["See example.com for J. Smith's plan."]),
        ("no end\n\n\nnew line", ["no end", "new line"]),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("大客户经理要先听,再说。", "zh-Hans"),
        ("大客戶經理要先聽,再說。", "zh-Hant"),
        ("The key account manager listens first.", "en"),
        ("Our KAM 客户 said that renewals are late again this quarter.", "en"),
        ("用 CRM 记录每一次客户拜访的结论", "zh-Hans"),
        ("12345", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text_is_that_of_most_of_its_words(text: str, language: str) -> None:
    assert language_of(text) == language
