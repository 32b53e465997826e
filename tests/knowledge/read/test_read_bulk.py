"""Bulk files: a document a line."""

import json
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.read import Failure, Limits, Reading, read


def _write(folder: Path, *lines: object, encoding: str = "utf-8") -> Path:
    path = folder / "bulk.jsonl"
    written = (x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
    path.write_bytes("\n".join(written).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_line_is_a_document_named_by_its_id(tmp_path: Path, encoding: str) -> None:
    text = "  客户在三月提出异议，\r\n我们需要重新安排下一步的行动。\n"
    line = {"id": "c-1", "title": "案例", "text": text, "account": "甲", "audience": ["华东"]}
    path = _write(tmp_path, line, {"id": 2, "text": "second", "expires": "2026-01-01"})
    path = _write(tmp_path, line, {"id": 2, "text": "second", "expires": "2026-01-01"}, encoding=encoding)
    first, second = read(path)
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.part, first.title, first.text) == ("c-1", "案例", text)
    assert dict(first.fields) == {"account": "甲", "audience": ["华东"]}
    assert (second.part, second.title, dict(second.fields)) == ("2", "2", {"expires": "2026-01-01"})


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        {"id": "a", "text": "one"},
        "{broken",
        "",
        [1],
        {"text": "no id"},
        {"id": "b", "text": " "},
        {"id": "c", "text": 3},
        {"id": "a", "text": "again"},
        '{"id": "deep", "text": ' + "[" * 100_000,
        {"id": "z", "text": "last"},
    )
    pieces = list(read(path))
    assert [(p.part, p.text) for p in pieces if isinstance(p, Reading)] == [
        ("a", "one"),
        ("z", "last"),
    ]
    failures = {p.part: p.reason for p in pieces if isinstance(p, Failure)}
    assert failures["line 2"].startswith("not JSON")
    assert failures["line 4"] == "not a JSON object"
    assert failures["line 5"] == "no id"
    assert failures["b"] == failures["c"] == "no text"
    assert failures["a"] == "line 8 uses an id that an earlier line has"
    assert failures["line 9"] == "nested too deep"


def test_broken_characters_cost_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bulk.jsonl"
    good = '{"id": "%s", "text": "客户"}\n'
    path.write_bytes((good % "a").encode() + b'{"id": "b", "text": "\xff"}\n' + (good % "c").encode())
    assert [(type(p), p.part) for p in read(path)] == [
        (Reading, "a"),
        (Failure, "line 2"),
        (Reading, "c"),
    ]


def test_half_characters_and_zeros_are_replaced_one_for_one(tmp_path: Path) -> None:
    (reading,) = read(_write(tmp_path, '{"id": "a", "text": "x\\ud800y\\u0000z"}'))
    assert isinstance(reading, Reading)
    assert reading.text == "x\ufffdy\ufffdz"


@pytest.mark.parametrize("lines", [["[1]"], ["{"] * 3, ['{"id": "a"}'] * 200])
def test_a_file_without_a_document_is_refused_with_the_first_reason(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(Unreadable, match="no document in it; "):
        read(_write(tmp_path, *lines))


def test_more_documents_than_allowed_are_left_out_and_said_so(tmp_path: Path) -> None:
    path = _write(tmp_path, *({"id": n, "text": "x"} for n in range(5)))
    pieces = list(read(path, Limits(max_parts=3)))
    assert [p.part for p in pieces] == ["0", "1", "2", ""]
    assert isinstance(pieces[-1], Failure)
    assert "more than 3 documents" in pieces[-1].reason


def test_a_big_file_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    path = _write(tmp_path, *({"id": n, "text": "客户" * 100} for n in range(20_000)))
    assert sum(1 for _ in read(path)) == 20_000
