"""The lexical index: what it holds, what it finds, and how it heals."""

import shutil
from pathlib import Path

import pytest

from integrations.tantivy_index import TantivyIndex
from knowledge.access import ANYONE, Audience, Reader
from knowledge.documents import Entry, Passage
from knowledge.glossary import Glossary
from knowledge.query import understand

Row = tuple[Entry, Passage]
GLOSSARY = Glossary([("renewal", "续约", "續約")])


def _row(name: str, text: str, audience: object = "public", title: str = "") -> Row:
    entry = Entry(id=name, title=title, source=name, language="en", audience=Audience.of(audience), version="1")
    return entry, Passage(id=f"p-{name}", document_id=name, heading="", text=text, start=0, end=len(text))


def _put(index: TantivyIndex, *rows: Row) -> None:
    index.write([entry.id for entry, _ in rows], rows)


def _found(index: TantivyIndex, text: str, reader: Reader = ANYONE, limit: int = 10) -> list[str]:
    _, scored = index.search(understand(text, GLOSSARY), reader, limit)
    return [each.passage for each in scored]


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    made = TantivyIndex(tmp_path)
    made.start_over("ours")
    return made


def test_what_is_written_is_found_and_counted(index: TantivyIndex) -> None:
    _put(index, _row("a", "the orchard in spring"), _row("b", "the cellar in autumn"))
    assert index.size() == 2
    assert _found(index, "orchard") == ["p-a"]
    assert _found(index, "zeppelin") == []
    assert _found(index, "") == []


def test_writing_a_document_again_replaces_it_and_writing_nothing_for_it_removes_it(index: TantivyIndex) -> None:
    _put(index, _row("a", "orchard"), _row("b", "cellar"))
    _put(index, _row("a", "vineyard"))
    assert _found(index, "orchard") == []
    assert _found(index, "vineyard") == ["p-a"]
    index.write(["a", "never"], ())
    assert index.size() == 1
    assert _found(index, "vineyard") == []


def test_writing_the_same_twice_changes_nothing(index: TantivyIndex) -> None:
    for _ in range(3):
        _put(index, _row("a", "orchard"), _row("b", "cellar"))
    assert index.size() == 2


def test_two_who_opened_the_index_while_it_was_empty_do_not_write_twice(index: TantivyIndex, tmp_path: Path) -> None:
    other = TantivyIndex(tmp_path)
    assert other.size() == 0
    _put(index, _row("a", "orchard"))
    _put(other, _row("a", "orchard"))
    assert other.size() == index.size() == 1


def test_only_documents_for_the_asker_and_all_beside_are_looked_at(index: TantivyIndex) -> None:
    _put(
        index,
        _row("a", "orchard", "amy"),
        _row("b", "orchard", ["amy", "bo"]),
        _row("c", "orchard"),
        _row("d", "orchard", []),
    )
    assert set(_found(index, "orchard")) == {"p-c"}
    assert set(_found(index, "orchard", Reader("Amy"))) == {"p-a", "p-b", "p-c"}
    assert set(_found(index, "orchard", Reader("amy", beside=(Reader("bo"),)))) == {"p-b", "p-c"}
    both = Reader("amy", beside=(Reader("bo", beside=(Reader("cy"),)),))
    assert set(_found(index, "orchard", both)) == {"p-c"}


def test_audience_does_not_change_a_score(index: TantivyIndex) -> None:
    _put(index, _row("a", "orchard", "amy"), _row("b", "orchard"))
    _, scored = index.search(understand("orchard", GLOSSARY), Reader("amy"), 10)
    assert len({each.relevance for each in scored}) == 1


def test_rarer_words_weigh_more_and_the_query_says_what_is_known(index: TantivyIndex) -> None:
    _put(index, _row("a", "orchard spring"), _row("b", "cellar spring"), _row("c", "spring"), _row("d", "meadow"))
    query, scored = index.search(understand("orchard spring zeppelin", GLOSSARY), ANYONE, 10)
    weight = {each.terms[0]: each for each in query.groups}
    assert weight["orchard"].idf > weight["spring"].idf
    assert [weight[term].known for term in ("orchard", "spring", "zeppelin")] == [True, True, False]
    assert scored[0].passage == "p-a"


def test_more_mentions_in_fewer_words_score_higher(index: TantivyIndex) -> None:
    _put(
        index,
        _row("once", "orchard " + "plain words about other things " * 4),
        _row("short", "orchard plain words"),
        _row("twice", "orchard plain orchard"),
    )
    assert _found(index, "orchard") == ["p-twice", "p-short", "p-once"]


def test_a_translation_is_found_with_the_askers_own_word(index: TantivyIndex) -> None:
    _put(index, _row("zh", "续约要早开始"), _row("hant", "續約要早開始"), _row("en", "start renewals early"))
    assert set(_found(index, "renewal")) == {"p-zh", "p-hant", "p-en"}
    assert set(_found(index, "續約")) == {"p-zh", "p-hant", "p-en"}


def test_the_title_is_searched_with_the_text(index: TantivyIndex) -> None:
    _put(index, _row("a", "ask first", title="Orchard"))
    assert _found(index, "orchard") == ["p-a"]


def test_equal_scores_come_in_the_order_of_the_passage_ids(tmp_path: Path) -> None:
    for names in ("abc", "cba", "bca"):
        index = TantivyIndex(tmp_path / names)
        index.start_over("ours")
        for name in names:
            _put(index, _row(name, "orchard"))
        assert _found(index, "orchard") == ["p-a", "p-b", "p-c"]


def test_another_process_reads_what_was_written(index: TantivyIndex, tmp_path: Path) -> None:
    other = TantivyIndex(tmp_path)
    _put(index, _row("a", "orchard"))
    assert other.size() == 1
    assert _found(other, "orchard") == ["p-a"]


def test_one_owner_at_a_time(index: TantivyIndex, tmp_path: Path) -> None:
    other = TantivyIndex(tmp_path)
    with index.owner(0) as mine:
        assert mine
        with other.owner(0) as theirs:
            assert not theirs
    with other.owner(0) as theirs:
        assert theirs


def test_an_index_belongs_to_one_catalogue(index: TantivyIndex, tmp_path: Path) -> None:
    _put(index, _row("a", "orchard"))
    assert index.belongs_to("ours")
    assert TantivyIndex(tmp_path).belongs_to("ours")
    assert not index.belongs_to("theirs")
    index.start_over("theirs")
    assert index.belongs_to("theirs")
    assert index.size() == 0


def _segments(tmp_path: Path) -> list[Path]:
    return [each for each in tmp_path.glob("lexical-*/*") if each.suffix in (".store", ".term", ".idx")]


@pytest.mark.parametrize("damage", ["segment gone", "segment cut", "meta cut", "meta gone", "folder gone"])
def test_a_damaged_index_is_nobodys_and_empty_until_it_starts_over(
    index: TantivyIndex, tmp_path: Path, damage: str
) -> None:
    _put(index, _row("a", "orchard"))
    (folder,) = (each for each in tmp_path.glob("lexical-*") if each.is_dir())
    assert _segments(tmp_path)
    if damage == "folder gone":
        shutil.rmtree(folder)
    for each in _segments(tmp_path) if damage.startswith("segment") else ():
        each.unlink() if damage.endswith("gone") else each.write_bytes(b"")
    if damage.startswith("meta"):
        (folder / "meta.json").unlink() if damage.endswith("gone") else (folder / "meta.json").write_bytes(b"{")
    again = TantivyIndex(tmp_path)
    assert not again.belongs_to("ours")
    assert _found(again, "orchard") == []
    again.start_over("ours")
    _put(again, _row("a", "orchard"))
    assert _found(again, "orchard") == ["p-a"]
