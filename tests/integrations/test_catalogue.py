"""The catalogue keeps what it was given, in one transaction each, whoever else is at it."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from integrations.catalogue import SqlCatalogue
from knowledge.access import ANYONE, Audience, Reader
from knowledge.documents import Document, Entry, Kind, Passage
from knowledge.errors import StoreError
from knowledge.mapping import Edit
from knowledge.ports import Counts, File, Given
from tests.conftest import TODAY


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'deep' / 'catalogue.sqlite'}"


@pytest.fixture
def catalogue(url: str) -> Iterator[SqlCatalogue]:
    opened = SqlCatalogue(url)
    yield opened
    opened.close()


def _document(name: str, text: str = "orchard", **fields: object) -> tuple[Document, list[Passage]]:
    stated: dict[str, object] = {"title": name, "source": f"docs/{name}.md", "language": "en", "version": text}
    document = Document(id=name, text=text, **{**stated, **fields})  # type: ignore[arg-type]
    return document, [Passage(id=f"{name}-{text}", document_id=name, heading="", text=text, start=0, end=len(text))]


def test_a_document_comes_back_as_it_went_in(catalogue: SqlCatalogue) -> None:
    document = Document(
        id="1",
        title="拜访",
        kind=Kind.CASE_HISTORY,
        source="a.md",
        language="zh-Hans",
        account="甲公司",
        audience=Audience.of(["legal", "amy"]),
        effective=date(2026, 1, 1),
        expires=date(2026, 12, 31),
        supersedes="old.md",
        version="v",
        text="一二三四五六",
    )
    passages = [
        Passage(id="b", document_id="1", heading="二", text="五六", start=4, end=6, contents=True),
        Passage(
            id="a", document_id="1", heading="一 › 二", text="二三", start=1, end=3, page="7", edits=(Edit(0, 1, "+"),)
        ),
    ]
    catalogue.save("/a.md", [(document, passages)])
    found = catalogue.find(["a", "b", "none"], Reader("amy"), TODAY)
    assert {name: passage for name, (passage, _) in found.items()} == {each.id: each for each in passages}
    entry = Entry(**{name: getattr(document, name) for name in Entry.__dataclass_fields__})
    assert {entry for _, entry in found.values()} == {entry}
    assert catalogue.passages_of(["1"], Reader("legal")) == {"1": [passages[1], passages[0]]}
    assert catalogue.passages_of(["1"], ANYONE) == {}


def test_saving_again_replaces_a_document_with_its_passages(catalogue: SqlCatalogue) -> None:
    catalogue.save("/a", [_document("a", "old"), _document("b", "other")])
    catalogue.save("/a", [_document("a", "new")])
    assert set(catalogue.find(["a-old", "a-new", "b-other"], ANYONE, TODAY)) == {"a-new", "b-other"}
    assert catalogue.versions("/a") == {"a": "new", "b": "other"}


def test_finishing_a_file_drops_what_is_no_longer_in_it(catalogue: SqlCatalogue) -> None:
    catalogue.save("/a", [_document("a"), _document("b"), _document("c")])
    assert catalogue.finish("/a", "print", {"a", "c"}) == 1
    assert catalogue.versions("/a") == {"a": "orchard", "c": "orchard"}
    assert catalogue.files("/a") == {"/a": File("print", 2)}
    assert catalogue.find(["b-orchard"], ANYONE, TODAY) == {}


def test_a_file_is_known_from_its_first_document_on_and_unfinished_until_it_is_wholly_in(
    catalogue: SqlCatalogue,
) -> None:
    catalogue.save("/a", [_document("a")])
    assert catalogue.files("/a") == {"/a": File("", 0)}
    catalogue.finish("/a", "print", {"a"})
    catalogue.save("/a", [_document("a", "new")])
    assert catalogue.files("/a")["/a"].fingerprint == ""
    assert catalogue.forget(["/a"]) == 1


def test_files_are_listed_at_and_below_a_path_and_nowhere_else(catalogue: SqlCatalogue) -> None:
    for name in ("/d/a", "/d/e/b", "/d2/c", "/d%/x", "/d_/y", "/d"):
        catalogue.finish(name, "p", [])
    assert set(catalogue.files("/d")) == {"/d", "/d/a", "/d/e/b"}
    assert set(catalogue.files("/d/")) == {"/d/a", "/d/e/b"} | ({"/d"} & set(catalogue.files("/d/")))
    assert set(catalogue.files("/d%")) == {"/d%/x"}
    assert set(catalogue.files("/d_")) == {"/d_/y"}
    assert len(catalogue.files("/")) == 6


def test_forgetting_a_file_forgets_its_documents_and_notes_them(catalogue: SqlCatalogue) -> None:
    catalogue.save("/a", [_document("a")])
    catalogue.finish("/a", "p", {"a"})
    catalogue.applied(catalogue.pending(10))
    assert catalogue.forget(["/a", "/never"]) == 1
    assert catalogue.counts() == Counts(documents=0, passages=0, pending=1)
    assert list(catalogue.pending(10)) == ["a"]
    assert list(catalogue.indexable(["a"])) == []


def test_what_was_said_of_a_path_is_kept_and_replaced(catalogue: SqlCatalogue) -> None:
    said = Given(Kind.PLAYBOOK, "甲", Audience.of([]))
    catalogue.remember_root("/a", Given())
    catalogue.remember_root("/a", said)
    catalogue.remember_root("/b", Given())
    assert catalogue.roots() == {"/a": said, "/b": Given()}


def test_a_change_made_while_the_index_is_written_stays_noted(catalogue: SqlCatalogue) -> None:
    catalogue.save("/a", [_document("a", "one"), _document("b", "one")])
    taken = catalogue.pending(10)
    assert list(taken) == ["a", "b"]
    catalogue.save("/a", [_document("a", "two")])
    catalogue.applied(taken)
    assert list(catalogue.pending(10)) == ["a"]
    catalogue.applied(catalogue.pending(10))
    assert catalogue.pending(10) == {}
    catalogue.applied({})


def test_the_oldest_changes_are_handed_out_first_and_no_more_than_asked(catalogue: SqlCatalogue) -> None:
    for name in "cab":
        catalogue.save("/a", [_document(name)])
    assert list(catalogue.pending(2)) == ["c", "a"]
    catalogue.note_all()
    assert set(catalogue.pending(10)) == set("abc")


def test_more_ids_than_one_statement_takes_are_found(catalogue: SqlCatalogue) -> None:
    catalogue.save("/a", [_document(f"d{n}") for n in range(1200)])
    assert len(catalogue.find([f"d{n}-orchard" for n in range(1200)], ANYONE, TODAY)) == 1200
    assert len(list(catalogue.indexable([f"d{n}" for n in range(1200)]))) == 1200
    assert catalogue.finish("/a", "p", []) == 1200
    assert catalogue.counts().passages == 0


def test_the_state_changes_with_every_change_and_only_then(catalogue: SqlCatalogue, url: str) -> None:
    states = [catalogue.state()]
    catalogue.save("/a", [_document("a")])
    states.append(catalogue.state())
    catalogue.finish("/a", "p", {"a"})
    assert catalogue.state() == states[-1]
    catalogue.forget(["/a"])
    states.append(catalogue.state())
    assert len(set(states)) == 3
    again = SqlCatalogue(url)
    assert (again.state(), again.identity()) == (states[-1], catalogue.identity())
    again.close()


def test_no_two_catalogues_have_one_identity(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    other = SqlCatalogue(f"sqlite:///{tmp_path / 'other.sqlite'}")
    assert other.identity() != catalogue.identity()
    other.close()


def test_accounts_are_named_to_those_who_may_read_of_them(catalogue: SqlCatalogue) -> None:
    catalogue.save(
        "/a",
        [
            _document("a", account="Orchard"),
            _document("b", account="Orchard", audience=Audience.of("amy")),
            _document("c", account="Cellar", audience=Audience.of("amy")),
            _document("d"),
        ],
    )
    assert list(catalogue.accounts(ANYONE)) == ["Orchard"]
    assert list(catalogue.accounts(Reader("amy"))) == ["Cellar", "Orchard"]


def test_a_failed_save_leaves_everything_as_it_was(catalogue: SqlCatalogue) -> None:
    catalogue.save("/a", [_document("a", "old")])
    document, passages = _document("a", "new")
    with pytest.raises(StoreError, match="the catalogue cannot be used"):
        catalogue.save("/a", [(document, passages * 2)])
    assert set(catalogue.find(["a-old", "a-new"], ANYONE, TODAY)) == {"a-old"}
    assert catalogue.versions("/a") == {"a": "old"}


def test_a_catalogue_that_was_interrupted_while_it_was_made_is_made_again(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(BaseException):
        pass

    def stop() -> None:
        raise Interrupted

    with monkeypatch.context() as patched:
        patched.setattr("integrations.catalogue.uuid4", stop)
        with pytest.raises(Interrupted):
            SqlCatalogue(url)
    with sqlite3.connect(tmp_path / "deep" / "catalogue.sqlite") as left:
        assert left.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    left.close()
    again = SqlCatalogue(url)
    again.save("/a", [_document("a")])
    again.close()


def test_several_who_open_a_new_catalogue_at_once_get_the_same_one(url: str) -> None:
    identities: list[str] = []

    def opened() -> None:
        catalogue = SqlCatalogue(url)
        identities.append(catalogue.identity())
        catalogue.close()

    threads = [threading.Thread(target=opened) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(identities) == 6
    assert len(set(identities)) == 1


def test_a_catalogue_of_another_version_is_refused_with_what_to_do(catalogue: SqlCatalogue, url: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE about SET value = '0' WHERE name = 'schema'")
    database.close()
    with pytest.raises(StoreError, match="another version.*COACH_HOME"):
        SqlCatalogue(url)


@pytest.mark.parametrize("data", [b"not a database, whatever its name says" * 40, b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.sqlite").write_bytes(data)
    with pytest.raises(StoreError) as refused:
        SqlCatalogue(f"sqlite:///{tmp_path / 'x.sqlite'}")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("wrong", ["nonsense", "oracle+nothing://x", "postgresql+nodriver://x/y"])
def test_a_url_that_names_no_database_is_refused_in_one_line(wrong: str) -> None:
    with pytest.raises(StoreError, match="COACH_DATABASE_URL"):
        SqlCatalogue(wrong)


def test_many_threads_that_ask_for_the_state_at_once_do_not_wait_for_each_other_for_ever(
    catalogue: SqlCatalogue,
) -> None:
    ready, found = threading.Barrier(24), []

    def ask() -> None:
        ready.wait()
        found.append(catalogue.state())

    threads = [threading.Thread(target=ask) for _ in range(24)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)
    assert len(found) == 24
    assert len(set(found)) == 1
