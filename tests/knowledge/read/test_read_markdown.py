"""Markdown: structure found, not one character changed."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.read import Reading, read


def _read(folder: Path, text: str) -> Reading:
    path = folder / "note.md"
    path.write_bytes(text.encode())
    (reading,) = read(path)
    assert isinstance(reading, Reading)
    assert reading.text == text
    return reading


def _headings(reading: Reading) -> list[tuple[int, str, str]]:
    return [(h.level, h.title, reading.text[h.start : h.end]) for h in reading.headings]


def test_front_matter_becomes_fields_and_is_skipped(tmp_path: Path) -> None:
    block = "title: 续约手册\r\naudience: [sales, 华东]\r\neffective: 2025-01-02\r\n"
    text = f"---\r\n{block}---\r\n正文\r\n"
    reading = _read(tmp_path, text)
    assert reading.title == "续约手册"
    assert reading.fields["audience"] == ["sales", "华东"]
    assert reading.fields["effective"] == date(2025, 1, 2)
    (span,) = reading.skipped
    assert text[span[1] :] == "正文\r\n"


def test_both_kinds_of_headings_are_found_with_their_lines(tmp_path: Path) -> None:
    reading = _read(tmp_path, "# 关系 #\n\n正文\n\n第二章\n===\n\n续约\n---\n### **Next** [step](x.md)\n")
    assert _headings(reading) == [
        (1, "关系", "# 关系 #"),
        (1, "第二章", "第二章\n==="),
        (2, "续约", "续约\n---"),
        (3, "Next step", "### **Next** [step](x.md)"),
    ]
    assert reading.structured
    assert reading.title == "关系"


@pytest.mark.parametrize(
    "text",
    [
        "```\n# 代码\n```\n",
        "~~~~ python\n# 代码\n```\n# 还是代码\n~~~~\n",
        "    # 缩进的代码\n",
        "#没有空格\n",
        "一行\n两行\n---\n",
        "- 列表\n---\n",
        "| a | b |\n|---|---|\n",
        "甲\n\n---\n\n乙\n",
        "<!-- \n# 注释\n-->\n正文\n",
        "####### 七个\n",
        "```\n# 没有结束\n",
    ],
)
def test_what_only_looks_like_a_heading_is_none(tmp_path: Path, text: str) -> None:
    reading = _read(tmp_path, text)
    assert reading.headings == ()
    assert not reading.structured
    assert reading.title == "note"


def test_a_heading_after_a_code_block_counts_again(tmp_path: Path) -> None:
    reading = _read(tmp_path, "```\n# a\n```\n# C#\n")
    assert _headings(reading) == [(1, "C#", "# C#")]


def test_comments_are_skipped_wherever_they_stand(tmp_path: Path) -> None:
    text = "# 标题 <!-- id: 7 -->\n前<!-- 内部\n备注 -->后 `<!-- 代码 -->`\n<!-- 没有结束\n"
    reading = _read(tmp_path, text)
    assert [text[a:b] for a, b in reading.skipped] == ["<!-- id: 7 -->", "<!-- 内部\n备注 -->"]
    assert _headings(reading) == [(1, "标题", "# 标题")]


def test_two_rules_around_a_sentence_are_not_front_matter(tmp_path: Path) -> None:
    reading = _read(tmp_path, "---\n只是一句话\n---\n正文\n")
    assert reading.skipped == ()
    assert dict(reading.fields) == {}


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("a: [1, 2", "front matter is not YAML: .* in line 3"),
        ("- a\n- b", "not a list of `field: value` lines"),
        ("a: &x [1]\nb: *x", "aliases"),
        ("a: !!python/object/apply:os.system [ls]", "not YAML"),
        ("effective: 2025-13-45", "cannot be read"),
        ("a: " + "[" * 600, "nests too much"),
        ("a: " + "1:" * 5000 + "1", "cannot be read"),
    ],
)
def test_front_matter_that_cannot_be_understood_is_refused(tmp_path: Path, block: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        _read(tmp_path, f"---\n{block}\n---\n正文\n")


def test_front_matter_without_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="nothing after the front matter"):
        _read(tmp_path, "---\ntitle: x\n---\n\n")
