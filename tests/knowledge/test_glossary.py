"""One concept, three writings: whoever names it in one finds it in all."""

from importlib import resources

import pytest

from knowledge.glossary import Concept, Glossary, shipped
from knowledge.language import bag

ROWS = [
    ("key account;KAM;big customer", "大客户;重点客户", "大客戶;重點客戶"),
    ("customer", "客户", "客戶;顧客"),
    ("win back;regain", "赢回;挽回", "贏回;挽回"),
    ("project", "项目", "專案;項目"),
    ("pricing", "定价", "定價"),
    ("price;cost", "价格", "價格"),
    ("no decision", "未决定", "未決定"),
]


@pytest.fixture
def glossary() -> Glossary:
    return Glossary(ROWS)


def _named(glossary: Glossary, text: str) -> dict[frozenset[str], Concept]:
    return {each.surface: each for each in glossary.concepts(text)}


def test_an_english_name_gives_the_chinese_ones_and_its_english_aliases(glossary: Glossary) -> None:
    (concept,) = glossary.concepts("How to keep a Key Account?")
    assert concept.surface == {"key", "account"}
    assert set(concept.translations) == {"大客户", "重点客户"}
    assert set(concept.aliases) == {"kam", "big custom"}


def test_a_chinese_name_gives_the_english_ones_and_its_chinese_aliases(glossary: Glossary) -> None:
    (concept,) = glossary.concepts("怎样留住大客户?")
    assert {"key account", "kam", "big custom"} == set(concept.translations)
    assert set(concept.aliases) == {"重点客户"}


def test_a_traditional_name_is_the_same_concept_as_its_simplified_one(glossary: Glossary) -> None:
    assert list(glossary.concepts("怎樣留住大客戶?")) == list(glossary.concepts("怎样留住大客户?"))


def test_a_word_of_one_region_finds_that_of_the_other(glossary: Glossary) -> None:
    (taiwan,) = glossary.concepts("專案")
    (mainland,) = glossary.concepts("项目")
    assert "项目" in taiwan.aliases
    assert "专案" in mainland.aliases
    assert taiwan.translations == mainland.translations == ("project",)


def test_the_longest_name_wins_in_both_languages(glossary: Glossary) -> None:
    assert list(_named(glossary, "big customer")) == [frozenset({"big", "custom"})]
    (concept,) = glossary.concepts("重点客户")
    assert "custom" not in concept.translations


def test_other_forms_of_an_english_word_name_the_same_concept(glossary: Glossary) -> None:
    for text in ("regaining accounts", "to regain", "winning back accounts", "key accounts and KAMs"):
        assert any(each.translations for each in glossary.concepts(text)), text


def test_words_of_one_stem_are_told_apart_by_their_spelling(glossary: Glossary) -> None:
    assert [each.translations for each in glossary.concepts("pricing")] == [("定价",)]
    assert [each.translations for each in glossary.concepts("price")] == [("价格",)]
    assert [each.translations for each in glossary.concepts("prices")] == [("价格",)]


def test_a_name_that_says_no_is_not_taken_for_its_opposite(glossary: Glossary) -> None:
    assert list(glossary.concepts("Who takes the decision?")) == []
    (concept,) = glossary.concepts("未决定")
    assert concept.translations == ()


def test_a_text_that_names_nothing_has_no_concepts(glossary: Glossary) -> None:
    assert list(glossary.concepts("今天天气好 nice weather 42")) == []
    assert list(glossary.concepts("")) == []


def test_every_row_of_the_shipped_glossary_has_three_writings_and_there_are_many() -> None:
    rows = _shipped_rows()
    assert len(rows) >= 400
    assert all(len(row) == 3 and all(row) for row in rows)
    assert len(shipped()) == len(rows)


def test_nearly_every_chinese_name_of_the_shipped_glossary_finds_an_english_one_of_its_row() -> None:
    tried = found = 0
    for english, *chinese in _shipped_rows():
        wanted = {bag(form).strip() for form in english}
        for form in chinese[0] + chinese[1]:
            named = list(shipped().concepts(form))
            tried += 1
            found += any(wanted & {*each.translations, *each.aliases} for each in named)
    assert found / tried > 0.97


def _shipped_rows() -> list[list[list[str]]]:
    lines = resources.files("knowledge").joinpath("glossary.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")][1:]
    return [[[form.strip() for form in cell.split(";") if form.strip()] for cell in row] for row in rows]


def test_a_region_has_its_own_words_in_the_shipped_glossary() -> None:
    aliases = {alias for each in shipped().concepts("專案 資訊 网络") for alias in each.aliases}
    assert {"项目", "信息", "网路"} <= aliases
