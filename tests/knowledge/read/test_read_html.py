"""Web pages."""

from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.read import Reading, read
from tests.knowledge.read import documents


def _read(folder: Path, data: bytes, name: str = "page.html") -> Reading:
    path = folder / name
    path.write_bytes(data)
    (reading,) = read(path)
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_a_page_is_its_text_without_the_site_around_it(tmp_path: Path, charset: str) -> None:
    reading = _read(tmp_path, documents.html_bytes(charset))
    assert reading.text == (
        "续约案例\n客户在三月提出异议，详见。\n第二行\nResult\n- one\n- 二\n季度 | 金额\nQ1 | 30 万\na\n  b\n"
    )
    assert reading.title == "客户成功 | 案例"
    assert reading.structured
    assert [(h.level, reading.text[h.start : h.end]) for h in reading.headings] == [
        (1, "续约案例"),
        (2, "Result"),
    ]


def test_a_declared_encoding_decides_where_the_text_is_too_short_to_tell(tmp_path: Path) -> None:
    page = b'<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>'
    assert _read(tmp_path, page + "鯨魚".encode("big5")).text == "鯨魚\n"


def test_a_false_declaration_is_not_believed(tmp_path: Path) -> None:
    page = '<meta charset="gb2312"><p>客户的计划'.encode()
    assert _read(tmp_path, page).text == "客户的计划\n"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<table><tr><td><h2>a</h2><p>b</p><td>c</table>", "a\nb\nc\n"),
        ("<table><tr><td><table><tr><td>1<td>2</table><td>x</table>", "1 | 2\nx\n"),
        ("<table><tr><td>one<tr><td>two</table>", "one\ntwo\n"),
        ("<table><tr><td><p>a</p><p>b</p><td>c</table>", "a b | c\n"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc\n"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n- b\n- c\n"),
        ("<p>see <b>this</b>\n and <i>that</i>", "see this and that\n"),
        ("<h2>a<br>b</h2>c", "a b\nc\n"),
        ("a &lt;b&gt; &amp; &#23458;", "a <b> & 客\n"),
        ("<form><p>long text of a page wrapped in a form</p></form>x", None),
        ("<ruby>客<rt>kè</rt></ruby>", "客\n"),
        ("<p>a<span hidden>b</span><span style='visibility:hidden'>c</span></p>", "a\n"),
    ],
)
def test_elements_become_lines(tmp_path: Path, body: str, text: str | None) -> None:
    expected = text or "long text of a page wrapped in a form\nx\n"
    assert _read(tmp_path, f"<!doctype html><body>{body}".encode()).text == expected


def test_without_a_title_the_first_heading_is_one(tmp_path: Path) -> None:
    assert _read(tmp_path, "<h2>b</h2><h1>客户</h1>".encode()).title == "客户"
    assert _read(tmp_path, b"<p>x", "stem.htm").title == "stem"


@pytest.mark.parametrize("name", ["page.doc", "page.pdf", "page.txt", "page.docx"])
def test_a_page_under_another_name_is_read_as_a_page(tmp_path: Path, name: str) -> None:
    assert _read(tmp_path, documents.html_bytes(), name).text.startswith("续约案例\n")


def test_ten_thousand_nested_elements_are_read(tmp_path: Path) -> None:
    assert _read(tmp_path, b"<div>" * 10_000 + b"x").text == "x\n"


@pytest.mark.parametrize("page", [b"<nav>a</nav>", b"<script>x</script>", b"<html></html>"])
def test_a_page_without_text_is_refused(tmp_path: Path, page: bytes) -> None:
    with pytest.raises(Unreadable, match="no text in it"):
        _read(tmp_path, page)
