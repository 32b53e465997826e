"""Plain text and its encodings."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import Unreadable
from knowledge.read import Limits, Reading, read

_FILES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
_ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(
    lambda text: text.replace("\ufeff", "").strip() and text[0] != "\ufeff"
)
_CHINESE = (
    "大客户经营的关键在于先识别决策者，再安排拜访。每个季度我们都要和客户一起回顾目标、问题与下一步的行动，"
    "并且把结论写进计划里。如果对方的负责人换了，就要重新开始建立信任。"
)
_TRADITIONAL = (
    "大客戶經營的關鍵在於先識別決策者，再安排拜訪。每個季度我們都要和客戶一起回顧目標、問題與下一步的行動，"
    "並且把結論寫進計畫裡。如果對方的負責人換了，就要重新開始建立信任。"
)


def _read(folder: Path, data: bytes, name: str = "笔记.txt") -> Reading:
    path = folder / name
    path.write_bytes(data)
    (reading,) = read(path)
    assert isinstance(reading, Reading)
    return reading


@_FILES
@given(text=_ANY, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_unicode_text_comes_back_exactly(tmp_path: Path, text: str, encoding: str) -> None:
    assert _read(tmp_path, text.encode(encoding)).text == text


@_FILES
@given(
    start=st.integers(0, len(_CHINESE) - 50),
    extra=st.text(st.sampled_from("客户计划ABC 123，。\r\n\t“”—%"), max_size=40),
    encoding=st.sampled_from(["gb18030", "big5"]),
)
def test_fifty_chinese_characters_are_enough_to_tell_the_encoding(
    tmp_path: Path, start: int, extra: str, encoding: str
) -> None:
    whole = _CHINESE if encoding == "gb18030" else _TRADITIONAL
    text = whole[start : start + 50] + extra.encode(encoding, "ignore").decode(encoding)
    assert _read(tmp_path, text.encode(encoding)).text == text


def test_traditional_characters_in_gb18030_are_not_taken_for_big5(tmp_path: Path) -> None:
    assert _read(tmp_path, _TRADITIONAL.encode("gb18030")).text == _TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le"])
def test_a_last_character_cut_in_half_is_left_out(tmp_path: Path, encoding: str) -> None:
    text = _TRADITIONAL if encoding == "big5" else _CHINESE
    text = text.rstrip("。")
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    assert _read(tmp_path, mark + text.encode(encoding)[:-1]).text == text[:-1]


def test_western_text_is_read_when_it_is_mostly_ascii(tmp_path: Path) -> None:
    text = "The client’s café – “naïve” façade – costs 5 € more than Müller’s plan, they said."
    assert _read(tmp_path, text.encode("cp1252")).text == text


def test_a_text_has_its_file_name_for_a_title_and_no_guessed_structure(tmp_path: Path) -> None:
    reading = _read(tmp_path, "第一章 关系\n\n正文".encode(), "手册 v2.txt")
    assert reading.title == "手册 v2"
    assert reading.headings == ()
    assert not reading.structured
    assert reading.part == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n", "empty"),
        ("\u3000\u3000\n".encode(), "empty"),
        (b"abc\0def", "binary data, not text"),
        ("客户".encode("utf-16-le") + b"\0\0", "binary data, not text"),
        ("客户经营".encode() + b"\xff" + "手册".encode(), "damaged text"),
        ("売上管理システムの導入".encode("shift_jis"), "unknown text encoding"),
        ("Управление клиентами".encode("koi8-r"), "unknown text encoding"),
        (b"\xff\xfe\x00\xd8a\x00", "damaged text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        _read(tmp_path, data)


def test_a_text_longer_than_allowed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("x" * 101, encoding="utf-8")
    with pytest.raises(Unreadable, match="more than 100 characters"):
        read(path, Limits(max_text=100))
    with pytest.raises(Unreadable, match="larger than"):
        read(path, Limits(max_bytes=100))
