"""Which files a folder holds, and what the folders around them say."""

import os
import re
from pathlib import Path

import pytest

from knowledge.folders import Found, Refused, forget_defaults, walk
from tests.conftest import Write


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_defaults()


def _found(root: Path) -> list[str]:
    return [Path(each.source).relative_to(root).as_posix() for each in walk(root) if isinstance(each, Found)]


def _refused(root: Path) -> dict[str, str]:
    return {os.path.relpath(each.source, root): each.reason for each in walk(root) if isinstance(each, Refused)}


def _defaults(path: Path) -> dict[str, object]:
    (found,) = walk(path)
    assert isinstance(found, Found), found
    return dict(found.defaults)


def test_files_come_in_order_of_names_without_hidden_ones_and_defaults(docs: Path, write: Write) -> None:
    for name in ("b.md", "a/2.md", "a/1.md", ".hidden.md", ".git/x.md", "_library.yaml", "a/_library.yaml"):
        write(name, "")
    assert _found(docs) == ["b.md", "a/1.md", "a/2.md"]
    assert _refused(docs) == {}


def test_a_single_file_is_found_under_the_name_it_was_given(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.md", "x")
    monkeypatch.chdir(path.parent)
    (found,) = walk(Path("a.md"))
    assert found.source == "a.md"


def test_the_nearest_folder_has_the_last_word(docs: Path, write: Write) -> None:
    write("_library.yaml", "kind: playbook\naccount: Outer\naudience: [sales]\n")
    write("in/_library.yaml", "kind: case_history\n")
    assert _defaults(write("in/a.md", "x")) == {"kind": "case_history", "account": "Outer", "audience": ["sales"]}
    assert _defaults(write("b.md", "x")) == {"kind": "playbook", "account": "Outer", "audience": ["sales"]}


def test_a_name_without_a_value_does_not_undo_what_the_folder_above_says(write: Write) -> None:
    write("_library.yaml", "audience: [sales]\n")
    write("in/_library.yaml", "audience:\nkind:\n")
    assert _defaults(write("in/a.md", "x")) == {"audience": ["sales"]}


def test_an_empty_defaults_file_says_nothing(write: Write) -> None:
    write("_library.yaml", "# later\n")
    assert _defaults(write("a.md", "x")) == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("audiense: [sales]\n", "audiense.*not known"),
        ("1: x\n", "says 1, which is not known"),
        ("- audience\n", "name: value"),
        ("audience: [sales\n", "cannot be read"),
        ("effective: 2025-13-45\n", "cannot be read"),
        ("account: " + "[" * 900, "cannot be read"),
        ("account: !!python/object/apply:os.getcwd []\n", "cannot be read"),
    ],
)
def test_a_folder_whose_defaults_cannot_be_understood_is_refused_whole(
    docs: Path, write: Write, text: str, reason: str
) -> None:
    write("in/_library.yaml", text)
    write("in/deep/a.md", "x")
    write("b.md", "x")
    assert _found(docs) == ["b.md"]
    (why,) = _refused(docs).values()
    assert re.search(reason, why)
    assert "\n" not in why


def test_defaults_that_are_not_utf8_are_refused(docs: Path, write: Write) -> None:
    write("a.md", "x")
    (docs / "_library.yaml").write_bytes("account: 客户".encode("gb18030"))
    assert list(_refused(docs)) == ["a.md"]


def test_links_that_lead_out_of_the_folder_are_not_followed(docs: Path, write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.md").write_text("secret")
    (docs / "file.md").symlink_to(tmp_path / "secret" / "s.md")
    (docs / "folder").symlink_to(tmp_path / "secret")
    (docs / "up").symlink_to(docs.parent)
    (docs / "inside.md").symlink_to(write("a.md", "x"))
    assert _found(docs) == ["a.md", "inside.md"]
    assert set(_refused(docs)) == {"file.md", "folder", "up"}


def test_links_in_a_circle_end_nothing(docs: Path, write: Write) -> None:
    write("a.md", "x")
    (docs / "one.md").symlink_to(docs / "two.md")
    (docs / "two.md").symlink_to(docs / "one.md")
    (docs / "self").symlink_to(docs / "self")
    assert "a.md" in _found(docs)


def test_a_name_that_is_not_utf8_is_refused_in_words_that_can_be_printed(docs: Path, write: Write) -> None:
    write("a.md", "x")
    Path(os.fsdecode(os.fsencode(docs) + b"/" + "客户".encode("gb18030") + b".md")).write_text("x")
    assert _found(docs) == ["a.md"]
    ((name, reason),) = _refused(docs).items()
    assert name.encode("utf-8")
    assert "rename" in reason


def test_a_folder_that_cannot_be_opened_is_named(docs: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.md", "x")
    write("closed/b.md", "x")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert _found(docs) == ["a.md"]
    assert _refused(docs) == {"closed": "cannot be opened: Permission denied"}
