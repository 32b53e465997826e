"""Search over the real stores: who finds what, in which script, in which order."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from integrations.catalogue import SqlCatalogue
from integrations.tantivy_index import TantivyIndex
from knowledge.access import ANYONE, Reader
from knowledge.glossary import shipped
from knowledge.library import Found, Library
from tests.conftest import TODAY, Open, Write

Fill = Callable[..., Library]
_TRADITIONAL = OpenCC("s2t").convert


def _lines(documents: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in documents)


@pytest.fixture
def fill(library: Library, write: Write) -> Fill:
    """Ingest documents given as id=text, or as whole lines of a bulk file."""

    def filled(*lines: dict[str, object], **texts: str) -> Library:
        documents: list[Mapping[str, object]] = [*lines]
        documents += [{"id": name, "text": text} for name, text in texts.items()]
        report = library.ingest([write("bulk.jsonl", _lines(documents))])
        assert report.failed == []
        return library

    return filled


def _ids(found: Found) -> list[str]:
    return [hit.entry.source for hit in found.hits]


def _found(library: Library, text: str, reader: Reader = ANYONE) -> set[str]:
    return set(_ids(library.search(text, reader)))


PARTS = {
    "visit": "拜访客户之前,先写下三个想问的问题,拜访之后当天写下答案。",
    "price": "报价之前先确认决策人,谁签字谁才能决定价格和折扣。",
    "renew": "续约谈判要在合同到期前九十天开始,先回顾交付结果。",
    "team": "销售、交付和服务三个角色组成一个小组,共同负责大客户。",
    "risk": "客户的采购总监换人之后,要在两周之内重新建立关系。",
    "plan": "每个季度更新一次客户计划,写清目标、风险和下一步行动。",
}
QUESTIONS = [
    "拜访客户之前要做什么?",
    "谁能决定价格?",
    "续约谈判什么时候开始?",
    "采购总监换人怎么办?",
    "怎样更新客户计划?",
]


def test_the_best_passage_comes_first_and_relevance_falls(fill: Fill) -> None:
    library = fill(**PARTS)
    for question, expected in zip(QUESTIONS, ("visit", "price", "renew", "risk", "plan"), strict=True):
        hits = library.search(question, ANYONE).hits
        assert hits[0].entry.source == expected
        assert [hit.relevance for hit in hits] == sorted((hit.relevance for hit in hits), reverse=True)
        assert all(hit.relevance > 0 for hit in hits)


@pytest.mark.parametrize("stored", [str, _TRADITIONAL], ids=["simplified", "traditional"])
def test_a_question_finds_the_same_documents_in_both_scripts(fill: Fill, stored: Callable[[str], str]) -> None:
    library = fill(**{name: stored(text) for name, text in PARTS.items()})
    for question in QUESTIONS:
        simplified, traditional = library.search(question, ANYONE), library.search(_TRADITIONAL(question), ANYONE)
        assert _ids(simplified) == _ids(traditional) != []
        assert [hit.relevance for hit in simplified.hits] == [hit.relevance for hit in traditional.hits]


def test_an_english_question_finds_a_chinese_document_and_the_reverse(fill: Fill) -> None:
    library = fill(
        zh="续约谈判要在合同到期前九十天开始。", en="Start the renewal talks ninety days before the contract ends."
    )
    assert _found(library, "renewal negotiation") == {"zh", "en"}
    assert _found(library, "續約") == {"zh", "en"}


def test_a_question_of_which_nothing_is_in_the_library_finds_nothing(fill: Fill) -> None:
    library = fill(**PARTS)
    assert library.search("zeppelin", ANYONE).hits == ()
    assert library.search("什么是?", ANYONE).hits == ()
    assert library.search("", ANYONE).hits == ()
    assert library.search("zeppelin", ANYONE).query.unknown() == 1.0


def test_an_empty_library_finds_nothing(library: Library) -> None:
    assert library.search("客户", ANYONE).hits == ()
    assert library.empty()
    assert library.unindexed() == 0


def test_a_follow_up_finds_what_the_turn_before_was_about(fill: Fill) -> None:
    library = fill(**PARTS)
    assert library.search("那具体怎么办呢?", ANYONE).hits == ()
    assert _ids(library.search("那具体怎么办呢?", ANYONE, context="续约谈判"))[0] == "renew"


def test_what_stands_in_the_title_or_the_heading_is_found_too(library: Library, write: Write, docs: Path) -> None:
    write("a.md", "# Orchard\n\n## Harvest\n\nWait for the cold.\n")
    library.ingest([docs])
    assert [hit.passage.text for hit in library.search("orchard", ANYONE).hits] == ["Wait for the cold."]
    assert [hit.passage.text for hit in library.search("harvest", ANYONE).hits] == ["Wait for the cold."]


def test_words_are_found_in_the_repaired_copy_and_quoted_from_the_original(
    library: Library, write: Write, docs: Path
) -> None:
    write("a.txt", "拜(bài)访(fǎng)客(kè)户(hù)要(yào)守(shǒu)时(shí)。")
    library.ingest([docs])
    (hit,) = library.search("拜访客户", ANYONE).hits
    assert hit.passage.text.startswith("拜(bài)访(fǎng)")


def test_no_more_than_a_few_passages_of_one_document_while_others_have_something_to_say(
    library: Library, write: Write, docs: Path
) -> None:
    sections = "".join(
        f"## Part {word}\n\nAsk the orchard about {word}.\n\n" for word in "red green blue pink grey".split()
    )
    write("many.md", f"# Orchard\n\n{sections}")
    write("other.md", "Nothing much, though the orchard is named here once among many other plain words.\n")
    library.ingest([docs])
    names = [hit.entry.title for hit in library.search("orchard", ANYONE, top=5).hits]
    assert sorted(names) == ["Orchard"] * 4 + ["other"]
    assert len(library.search("orchard", ANYONE, top=10).hits) == 6


def test_near_duplicates_collapse_and_what_differs_in_a_fact_does_not(fill: Fill) -> None:
    text = "The orchard renews its contract every spring and asks three suppliers for a price before it signs."
    other = text.replace("orchard", "vineyard").replace("spring", "autumn")
    library = fill(k1=text, k2=text, k3=f"{text}\n", k4=other)
    assert _found(library, "contract price suppliers") == {"k1", "k4"}


def test_ties_come_in_the_same_order_however_the_documents_came_in(open_library: Open, docs: Path) -> None:
    texts = {"k": "orchard one red", "m": "orchard two tan", "p": "orchard six ash"}
    for name, text in texts.items():
        (docs / f"{name}.md").write_text(text)
    orders = []
    for at, names in enumerate(permutations(texts)):
        library = open_library(f"home{at}")
        for name in names:
            library.ingest([docs / f"{name}.md"])
        hits = library.search("orchard", ANYONE).hits
        assert len({round(hit.relevance, 9) for hit in hits}) == 1
        orders.append([(hit.entry.title, hit.passage.id) for hit in hits])
    assert [title for title, _ in orders[0]] == ["k", "m", "p"]
    assert all(order == orders[0] for order in orders)


def test_a_library_that_grew_in_steps_answers_like_one_made_at_once(
    open_library: Open, write: Write, docs: Path
) -> None:
    stepwise, whole = open_library("one"), open_library("two")
    for change in ("", "旧", ""):
        for name, text in PARTS.items():
            write(f"{name}.txt", text + change)
            stepwise.ingest([docs])
    whole.ingest([docs])
    assert stepwise.reindex()
    for question in QUESTIONS:
        assert _ids(stepwise.search(question, ANYONE)) == _ids(whole.search(question, ANYONE))


@pytest.mark.parametrize(
    ("fields", "today", "found"),
    [
        ({"expires": "2026-06-30"}, date(2026, 6, 30), True),
        ({"expires": "2026-06-30"}, date(2026, 7, 1), False),
        ({"effective": "2026-07-02"}, date(2026, 7, 1), False),
        ({"effective": "2026-07-02"}, date(2026, 7, 2), True),
        ({"effective": "2026-01-01", "expires": "2026-12-31"}, date(2026, 7, 1), True),
    ],
)
def test_a_document_is_found_from_the_day_it_takes_effect_to_the_day_it_expires(
    open_library: Open, write: Write, fields: dict[str, str], today: date, found: bool
) -> None:
    library = open_library(today=today)
    library.ingest([write("bulk.jsonl", _lines([{"id": "a", "text": "orchard", **fields}]))])
    assert bool(library.search("orchard", ANYONE).hits) is found


@pytest.mark.parametrize("name", ["old", "Orchard rules"])
def test_a_superseded_document_is_not_found(fill: Fill, name: str) -> None:
    library = fill(
        {"id": "old", "title": "Orchard rules", "text": "orchard rules of old"},
        {"id": "new", "title": "Newer rules", "text": "orchard rules of today", "supersedes": name},
    )
    assert _found(library, "orchard rules") == {"new"}


def test_a_file_is_superseded_by_its_name(library: Library, write: Write, docs: Path) -> None:
    write("old.md", "orchard of old")
    write("new.md", "---\nsupersedes: old.md\n---\norchard of today\n")
    library.ingest([docs])
    assert {hit.entry.title for hit in library.search("orchard", ANYONE).hits} == {"new"}


def test_a_document_of_the_same_title_replaces_the_other_and_not_itself(fill: Fill) -> None:
    library = fill(
        {"id": "2025", "title": "Orchard rules", "text": "orchard rules of old"},
        {"id": "2026", "title": "Orchard rules", "text": "orchard rules of today", "supersedes": "Orchard rules"},
    )
    assert _found(library, "orchard rules") == {"2026"}


def test_only_what_is_in_force_and_readable_supersedes(fill: Fill) -> None:
    library = fill(
        {"id": "old", "text": "orchard rules of old"},
        {"id": "draft", "text": "orchard rules of tomorrow", "supersedes": "old", "effective": "2030-01-01"},
        {"id": "secret", "text": "orchard rules in secret", "supersedes": "old", "audience": ["legal"]},
    )
    assert _found(library, "orchard rules") == {"old"}
    assert _found(library, "orchard rules", Reader("legal")) == {"secret"}


def test_many_documents_out_of_force_do_not_hide_the_one_in_force(fill: Fill) -> None:
    old: list[dict[str, object]] = [
        {"id": f"old{n}", "text": f"orchard price list {n}", "expires": "2026-01-01"} for n in range(300)
    ]
    library = fill(
        *old, {"id": "now", "text": "the price list that the orchard uses this year, among many other words"}
    )
    assert _found(library, "orchard price list") == {"now"}


def test_many_documents_that_company_may_not_see_do_not_hide_the_one_it_may(fill: Fill) -> None:
    closed: list[dict[str, object]] = [
        {"id": f"c{n}", "text": f"orchard price list {n}", "audience": "amy"} for n in range(300)
    ]
    library = fill(
        *closed, {"id": "open", "text": "the price list that the orchard uses this year, among many other words"}
    )
    assert _found(library, "orchard price list", Reader("amy", beside=(Reader("bo"),))) == {"open"}


_NAMES = ("amy", "bo", "sales", "legal")
_GROUPS = [["amy"], ["bo", "sales"], ["legal"], "public", [], ["Amy", "LEGAL "]]
_PEOPLE = st.builds(Reader, st.sampled_from(["", *_NAMES]), st.frozensets(st.sampled_from(_NAMES), max_size=2))
_READERS = st.builds(
    lambda one, beside: Reader(one.person, one.groups, tuple(beside)), _PEOPLE, st.lists(_PEOPLE, max_size=2)
)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Library]:
    folder = tmp_path_factory.mktemp("closed")
    catalogue = SqlCatalogue(f"sqlite:///{folder / 'catalogue.sqlite'}")
    library = Library(catalogue, TantivyIndex(folder), shipped, today=lambda: TODAY)
    documents = [
        {"id": json.dumps(names), "text": f"orchard {at}", "audience": names, "account": f"Account {at}"}
        for at, names in enumerate(_GROUPS)
    ]
    (folder / "bulk.jsonl").write_text(_lines(documents))
    library.ingest([folder / "bulk.jsonl"])
    yield library
    catalogue.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reader=_READERS)
def test_a_document_is_found_by_exactly_those_it_names_alone_and_in_company(closed: Library, reader: Reader) -> None:
    def readable(names: object) -> bool:
        listed = {each.strip().casefold() for each in ([names] if isinstance(names, str) else names)}  # type: ignore[attr-defined]
        present = (reader, *reader.beside)
        return "public" in listed or all(listed & {each.person, *each.groups} for each in present)

    expected = {json.dumps(names) for names in _GROUPS if readable(names)}
    found = closed.search("orchard", reader).hits
    assert {hit.entry.source for hit in found} == expected
    everything = [hit.passage.id for name in _NAMES for hit in closed.search("orchard", Reader(name)).hits]
    assert {entry.source for _, entry in closed.passages(everything, reader).values()} == expected
    assert set(closed.accounts(reader)) == {f"Account {at}" for at, names in enumerate(_GROUPS) if readable(names)}
    for name in _NAMES:
        for hit in closed.search("orchard", Reader(name)).hits:
            assert bool(closed.document(hit.entry.id, reader)) is (hit.entry.source in expected)


def test_without_a_reader_of_ones_own_only_public_documents_are_found(closed: Library) -> None:
    assert _found(closed, "orchard") == {'"public"'}
    assert _found(closed, "orchard", Reader("public", frozenset({"public"}))) == {'"public"'}


def test_a_document_comes_whole_and_in_order(library: Library, write: Write, docs: Path) -> None:
    text = "".join(f"## Part {n}\n\nAsk the orchard about {n}.\n\n" for n in range(12))
    write("a.md", text)
    library.ingest([docs])
    document = library.search("orchard", ANYONE).hits[0].entry.id
    passages = library.document(document, ANYONE)
    assert [each.text for each in passages] == [f"Ask the orchard about {n}." for n in range(12)]
    assert not library.document("none", ANYONE)


def test_reindexing_brings_back_what_was_there(fill: Fill) -> None:
    library = fill(**PARTS)
    before = [_ids(library.search(question, ANYONE)) for question in QUESTIONS]
    assert library.reindex()
    assert library.unindexed() == 0
    assert [_ids(library.search(question, ANYONE)) for question in QUESTIONS] == before


def test_the_version_changes_with_the_knowledge(fill: Fill) -> None:
    library = fill(a="orchard")
    before = library.version()
    assert fill(a="cellar").version() != before


def test_half_a_character_in_a_question_or_a_name_finds_what_the_rest_of_it_finds(fill: Fill) -> None:
    library = fill(a="orchard")
    assert _found(library, "orchard \ud800", Reader("\udcff")) == {"a"}
