"""Files in: each state of a folder becomes the state of the library, whatever came before."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.access import ANYONE, Audience, Reader
from knowledge.documents import Kind
from knowledge.ingest import Report
from knowledge.library import Library
from knowledge.ports import Given
from tests.conftest import Open, Write

LEGAL = Given(audience=Audience.of("legal"))
LAWYER = Reader("liu", frozenset({"legal"}))


def _counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


def _titles(library: Library, text: str, reader: Reader = ANYONE) -> set[str]:
    return {hit.entry.title for hit in library.search(text, reader).hits}


@pytest.fixture
def ingest(library: Library, docs: Path) -> Callable[..., Report]:
    """Ingest the folder (or a path below it) and check that catalogue and index agree."""

    def run(below: str = "", given: Given | None = None) -> Report:
        report = library.ingest([docs / below], given)
        assert library.unindexed() == 0
        assert library.counts().pending == 0
        return report

    return run


Ingest = Callable[..., Report]


def test_what_did_not_change_is_not_read_again(ingest: Ingest, write: Write, library: Library) -> None:
    write("a.md", "# Apples\nAsk about apples.\n")
    write("bulk.jsonl", '{"id":"1","text":"pears"}\n{"id":"2","text":"plums"}\n')
    assert _counts(ingest()) == (3, 0, 0, 0)
    version = library.version()
    assert _counts(ingest()) == (0, 0, 3, 0)
    assert library.version() == version


def test_a_changed_document_loses_its_stale_passages(ingest: Ingest, write: Write, library: Library) -> None:
    write("a.md", "# Apples\nThe orchard opens in spring.\n")
    ingest()
    old = library.search("orchard spring", ANYONE).hits[0].passage.id
    write("a.md", "# Apples\nThe cellar opens in autumn.\n")
    assert _counts(ingest()) == (0, 1, 0, 0)
    assert _titles(library, "orchard spring") == set()
    assert _titles(library, "cellar autumn") == {"Apples"}
    assert library.passages([old], ANYONE) == {}


def test_one_changed_line_of_a_bulk_file_touches_that_document_only(ingest: Ingest, write: Write) -> None:
    write("bulk.jsonl", '{"id":"1","text":"pears"}\n{"id":"2","text":"plums"}\n{"id":"3","text":"figs"}\n')
    ingest()
    write("bulk.jsonl", '{"id":"1","text":"pears"}\n{"id":"2","text":"dates"}\n{"id":"4","text":"kiwis"}\n')
    report = ingest()
    assert (report.added, report.updated, report.unchanged) == (1, 1, 1)


def test_a_document_that_left_its_bulk_file_is_gone(ingest: Ingest, write: Write, library: Library) -> None:
    write("bulk.jsonl", '{"id":"1","text":"pears"}\n{"id":"2","text":"plums"}\n')
    ingest()
    write("bulk.jsonl", '{"id":"1","text":"pears"}\n')
    ingest()
    assert _titles(library, "plums") == set()
    assert library.counts().documents == 1


def test_a_file_that_was_deleted_is_removed_and_a_whole_folder_too(
    ingest: Ingest, write: Write, library: Library, docs: Path
) -> None:
    for name in ("a.md", "in/b.md", "in/c.md"):
        write(name, f"Words of {name[-4]}: orchard.")
    ingest()
    (docs / "a.md").unlink()
    assert _counts(ingest()) == (0, 0, 2, 1)
    (docs / "in" / "b.md").unlink()
    (docs / "in" / "c.md").unlink()
    (docs / "in").rmdir()
    assert _counts(ingest("in")) == (0, 0, 0, 2)
    assert library.counts().documents == 0
    assert _titles(library, "orchard") == set()


def test_what_lies_outside_the_path_stays(ingest: Ingest, write: Write, library: Library) -> None:
    write("in/a.md", "orchard one")
    write("in-other/b.md", "orchard two")
    ingest()
    (write("in/a.md", "x").parent / "a.md").unlink()
    assert _counts(ingest("in")) == (0, 0, 0, 1)
    assert _titles(library, "orchard") == {"b"}


def test_a_broken_file_is_named_with_its_reason_and_the_rest_goes_on(
    ingest: Ingest, write: Write, docs: Path, library: Library
) -> None:
    write("a.md", "orchard")
    (docs / "b.pdf").write_bytes(b"no pdf")
    (docs / "c.txt").write_bytes(b"\0\1\2")
    write("d.md", "---\nkind: novel\n---\norchard\n")
    write("e.jsonl", '{"id":"1","text":"pears"}\nnot json\n{"id":"2","text":"x","audience":{"a":1}}\n')
    report = ingest()
    failed = {os.path.relpath(source, docs): reason for source, reason in report.failed}
    assert set(failed) == {"b.pdf", "c.txt", "d.md", "e.jsonl#line 2", "e.jsonl#2"}
    assert "novel" in failed["d.md"]
    assert "playbook" in failed["d.md"]
    assert failed["e.jsonl#2"].startswith("audience must be")
    assert all(reason and "\n" not in reason for reason in failed.values())
    assert library.counts().documents == 2
    assert report.added == 2


def test_a_file_that_breaks_keeps_what_it_gave_until_it_is_mended(
    ingest: Ingest, write: Write, docs: Path, library: Library
) -> None:
    write("a.md", "orchard")
    write("b.jsonl", '{"id":"1","text":"pears"}\n{"id":"2","text":"plums"}\n')
    ingest()
    (docs / "a.md").write_bytes(b"\0")
    write("b.jsonl", '{"id":"1","text":"pears"}\n{"id":"2"')
    report = ingest()
    assert len(report.failed) == 2
    assert _titles(library, "orchard") == {"a"}
    assert _titles(library, "plums") == {"2"}
    write("b.jsonl", '{"id":"1","text":"pears"}\n')
    write("a.md", "orchard")
    assert ingest().failed == []
    assert _titles(library, "plums") == set()


def test_a_broken_file_is_tried_again_each_time(ingest: Ingest, write: Write) -> None:
    write("b.jsonl", '{"id":"1","text":"pears"}\nnot json\n')
    assert len(ingest().failed) == 1
    again = ingest()
    assert len(again.failed) == 1
    assert again.unchanged == 1


def test_a_folder_that_cannot_be_opened_for_a_while_keeps_its_documents(
    ingest: Ingest, write: Write, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", "orchard")
    write("closed/b.md", "cellar")
    ingest()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = ingest()
    assert [Path(source).name for source, _ in report.failed] == ["closed"]
    assert report.removed == 0
    assert _titles(library, "cellar") == {"b"}


def test_the_same_file_reached_twice_is_one_document(ingest: Ingest, write: Write, docs: Path) -> None:
    path = write("a.md", "orchard")
    (docs / "b.md").symlink_to(path)
    assert _counts(ingest()) == (1, 0, 0, 0)
    assert _counts(ingest("a.md")) == (0, 0, 1, 0)


def test_a_document_says_who_it_is_for_and_the_folder_speaks_where_it_does_not(
    ingest: Ingest, write: Write, library: Library
) -> None:
    write("_library.yaml", "kind: case_history\naccount: Orchard Ltd\naudience: [legal]\neffective: 2020-01-01\n")
    write("own.md", "---\nkind: account-plan\naccount: Cellar Ltd\naudience: public\n---\nown words\n")
    write("blank.md", "---\naccount:\naudience:\n---\nblank words\n")
    ingest()
    (own,) = library.search("own words", ANYONE).hits
    assert (own.entry.kind, own.entry.account) == (Kind.ACCOUNT_PLAN, "Cellar Ltd")
    assert own.entry.effective == date(2020, 1, 1)
    assert _titles(library, "blank words") == {"own"}
    blank = next(hit.entry for hit in library.search("blank words", LAWYER).hits if hit.entry.title == "blank")
    assert (blank.kind, blank.account, blank.audience) == (Kind.CASE_HISTORY, "Orchard Ltd", LEGAL.audience)


def test_the_command_has_the_last_word(ingest: Ingest, write: Write, library: Library) -> None:
    write("a.md", "---\nkind: playbook\naccount: Own\naudience: public\n---\norchard\n")
    ingest(given=Given(Kind.CASE_HISTORY, "Said", Audience.of("legal")))
    assert _titles(library, "orchard") == set()
    (hit,) = library.search("orchard", LAWYER).hits
    assert (hit.entry.kind, hit.entry.account) == (Kind.CASE_HISTORY, "Said")


def test_a_change_of_the_folders_defaults_reaches_its_documents(ingest: Ingest, write: Write, library: Library) -> None:
    write("a.md", "orchard")
    ingest()
    write("_library.yaml", "audience: [legal]\n")
    assert _counts(ingest()) == (0, 1, 0, 0)
    assert _titles(library, "orchard") == set()
    assert _titles(library, "orchard", LAWYER) == {"a"}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "wiki/page", "https://a b", "<https://a>", "ftp://files"])
def test_a_link_that_is_no_web_address_is_refused(link: str, write: Write, ingest: Ingest) -> None:
    write("a.md", f"---\nlink: {link!r}\n---\norchard\n")
    ((_, reason),) = ingest("").failed
    assert reason == "link must be a web address like https://example.com/page"


@pytest.mark.parametrize(
    ("closed", "again"), [("", ""), ("", "in/a.md"), ("in", ""), ("in/a.md", ""), ("in/a.md", "in")]
)
def test_an_audience_that_is_not_repeated_stays_on_the_path_above_it_and_below_it(
    ingest: Ingest, write: Write, library: Library, closed: str, again: str
) -> None:
    write("in/a.md", "orchard")
    ingest(closed, LEGAL)
    write("in/a.md", "orchard changed")
    ingest(again)
    assert _titles(library, "orchard") == set()
    assert _titles(library, "orchard", LAWYER) == {"a"}


def test_the_latest_word_on_a_folder_counts_for_what_was_said_below_it_before(
    ingest: Ingest, write: Write, library: Library
) -> None:
    write("in/a.md", "orchard")
    ingest("in", Given(audience=Audience.of("public"), account="Orchard Ltd"))
    ingest("", LEGAL)
    ingest()
    assert _titles(library, "orchard") == set()
    (hit,) = library.search("orchard", LAWYER).hits
    assert hit.entry.account == "Orchard Ltd"
    ingest("", Given(audience=Audience.of("public")))
    ingest("in")
    assert _titles(library, "orchard") == {"a"}


@pytest.mark.parametrize("field", ["account", "language", "supersedes"])
def test_half_a_character_in_the_metadata_fails_that_document_only(
    ingest: Ingest, write: Write, library: Library, field: str
) -> None:
    bad, good = json.dumps({"id": "1", "text": "pears", field: "x\ud800"}), '{"id":"2","text":"plums"}'
    write("bulk.jsonl", f"{bad}\n{good}\n")
    report = ingest()
    assert [reason for _, reason in report.failed] == [f"{field} holds a broken character"]
    assert _titles(library, "plums") == {"2"}


def test_the_passages_are_the_files_own_characters(ingest: Ingest, write: Write, library: Library) -> None:
    text = "\ufeff---\r\ntitle: 拜访\r\n---\r\n# 一\r\n先听,再说。\r\n\r\n电话:13800000000\r\n"
    path = write("a.md", "")
    path.write_bytes(text.encode())
    ingest()
    (hit,) = library.search("先听", ANYONE).hits
    decoded = text.removeprefix("\ufeff")
    assert decoded[hit.passage.start : hit.passage.end] == hit.passage.text
    assert hit.passage.repaired().endswith("\r\n\r\n")


def test_a_source_is_the_path_as_ingested_or_the_name_a_bulk_document_gives_itself(
    library: Library, write: Write, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", "orchard one")
    write("b.jsonl", '{"id":"7","text":"orchard two"}\n{"id":"8","text":"orchard three","source":"crm/8"}\n')
    monkeypatch.chdir(docs.parent)
    library.ingest([Path("docs")])
    assert {hit.entry.source for hit in library.search("orchard", ANYONE).hits} == {"docs/a.md", "7", "crm/8"}


def test_progress_is_told_of_every_document(library: Library, write: Write, docs: Path) -> None:
    write("a.md", "orchard")
    write("b.jsonl", '{"id":"1","text":"pears"}\n')
    write("c.pdf", "none")
    told: list[tuple[str, int]] = []
    library.ingest([docs], progress=lambda source, count: told.append((source, count)))
    assert [count for source, count in told if source != "index"] == [1, 2, 3]
    assert told[-1] == ("index", 2)


def test_another_process_sees_what_was_ingested(library: Library, open_library: Open, write: Write, docs: Path) -> None:
    other = open_library()
    write("a.md", "orchard")
    library.ingest([docs])
    assert other.unindexed() == 0
    assert _titles(other, "orchard") == {"a"}
