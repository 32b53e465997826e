"""PDF, Word and PowerPoint."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pptx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from knowledge.errors import Unreadable
from knowledge.read import Reading, read
from tests.knowledge.read import documents
from tests.knowledge.read.pdf_writer import encrypted_pdf_bytes, pdf_bytes


def _read(folder: Path, data: bytes, name: str) -> Reading:
    path = folder / name
    path.write_bytes(data)
    (reading,) = read(path)
    assert isinstance(reading, Reading)
    return reading


def _headings(reading: Reading) -> list[tuple[int, str]]:
    assert all(reading.text[h.start : h.end] == h.title for h in reading.headings)
    return [(h.level, h.title) for h in reading.headings]


def test_a_pdf_is_read_page_by_page_with_its_line_breaks(tmp_path: Path) -> None:
    data = pdf_bytes(["大客户经营手册\nrenewal hap-\npens early", "第二页"], title="手册")
    reading = _read(tmp_path, data, "a.pdf")
    assert reading.text == "大客户经营手册\nrenewal hap-\npens early\n第二页\n"
    assert [page.label for page in reading.pages] == ["1", "2"]
    assert reading.text[reading.pages[1].start :] == "第二页\n"
    assert reading.title == "手册"
    assert not reading.structured


def test_a_pdf_titled_by_a_program_has_its_file_name_for_a_title(tmp_path: Path) -> None:
    data = pdf_bytes(["x"], title="Microsoft Word - plan.docx")
    assert _read(tmp_path, data, "账户计划.pdf").title == "账户计划"


def test_a_word_file_keeps_its_order_and_headings(tmp_path: Path) -> None:
    reading = _read(tmp_path, documents.docx_bytes(), "a.docx")
    assert reading.text == (
        "大客户经营手册\n第一章 关系\n先识别决策者，再安排拜访。\n角色 | 任务\n教练 | 引荐\n"
        "Renewal\nStart 90 days before the contract ends.\n"
    )
    assert _headings(reading) == [(1, "大客户经营手册"), (1, "第一章 关系"), (2, "Renewal")]
    assert reading.title == "大客户经营手册"
    assert reading.structured


def _chinese_style(document: Document) -> None:
    style = document.styles.add_style("标题 2", WD_STYLE_TYPE.PARAGRAPH)
    own = document.styles.add_style("公司标题", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = style
    document.add_paragraph("二级", style="标题 2")
    document.add_paragraph("继承", style="公司标题")
    outlined = document.add_paragraph("大纲")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))


def _changes(document: Document) -> None:
    run = "<w:r><w:t xml:space='preserve'>%s</w:t></w:r>"
    body = (
        f"<w:p {nsdecls('w')}>{run % '合同 '}<w:ins>{run % '新增'}</w:ins>"
        "<w:del><w:r><w:delText>旧的</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        f"<w:hyperlink>{run % '链接'}</w:hyperlink></w:p>"
    )
    document.element.body.insert(0, parse_xml(body))


def _content_control(document: Document) -> None:
    inner = "<w:p><w:r><w:t>客户名称</w:t></w:r></w:p>"
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))


def _nested_table(document: Document) -> None:
    outer = document.add_table(1, 2)
    inner = outer.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
    outer.cell(0, 1).text = "丙\n丁"
    framed = document.add_table(1, 1)
    framed.cell(0, 0).text = "框里的一段"


@pytest.mark.parametrize(
    ("change", "text", "headings"),
    [
        (_chinese_style, "二级\n继承\n大纲\n", [(2, "二级"), (2, "继承"), (3, "大纲")]),
        (_changes, "合同 新增链接\n", []),
        (_content_control, "客户名称\n", []),
        (_nested_table, "甲 乙 | 丙 丁\n框里的一段\n", []),
    ],
)
def test_what_people_do_to_word_files(
    tmp_path: Path,
    change: Callable[[Document], None],
    text: str,
    headings: list[tuple[int, str]],
) -> None:
    document = docx.Document()
    change(document)
    packed = io.BytesIO()
    document.save(packed)
    reading = _read(tmp_path, packed.getvalue(), "a.docx")
    assert reading.text == text
    assert _headings(reading) == headings


def test_a_slide_is_a_page_with_its_title_and_notes(tmp_path: Path) -> None:
    reading = _read(tmp_path, documents.pptx_bytes(), "a.pptx")
    assert reading.text == ("账户计划\n目标：三百万\n风险：换人\nNotes\n先讲目标\nNext steps\nCall\n负责人 | 张三\n")
    assert _headings(reading) == [(1, "账户计划"), (2, "Notes"), (1, "Next steps")]
    assert [page.label for page in reading.pages] == ["1", "2"]
    assert reading.text[reading.pages[1].start :].startswith("Next steps")
    assert reading.title == "账户计划"


def test_shapes_in_groups_are_read(tmp_path: Path) -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 10, 10).text_frame.text = "组里的字"
    packed = io.BytesIO()
    presentation.save(packed)
    assert _read(tmp_path, packed.getvalue(), "a.pptx").text == "组里的字\n"


_WORD_PART = "word/document.xml"
_LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", pdf_bytes([""]), r"no text: scanned pages\?"),
        ("a.pdf", encrypted_pdf_bytes(), "encrypted, needs a password"),
        ("a.pdf", b"%PDF-1.4 nothing else", "damaged PDF"),
        ("a.pdf", b"plain words", "not a PDF file"),
        ("a.pdf", pdf_bytes(["x"]).replace(b"/Count 1", b"/Count 99999"), "pages"),
        ("a.docx", documents.docx_bytes()[:-500], "damaged or incomplete Office file"),
        ("a.docx", b"plain words", "not an Office file"),
        ("a.docx", b"\x89PNG\r\n\x1a\n", "a picture, not a document"),
        ("a.pdf", documents.zip_bytes({"a.txt": "x"}), "unpack it first"),
        ("a.docx", documents.ole_bytes("EncryptedPackage"), "encrypted, needs a password"),
        (
            "a.doc",
            documents.ole_bytes("WordDocument"),
            "old binary Office format: save it as .docx",
        ),
        ("a.ppt", documents.ole_bytes("PowerPoint Document"), "old binary Office format"),
        ("a.doc", b"{\\rtf1 x}", "save it as .docx"),
        ("a.docx", documents.replaced(documents.docx_bytes(), _WORD_PART, _LAUGHS), "entity"),
        ("a.docx", documents.replaced(documents.docx_bytes(), _WORD_PART, "<x/>"), "Word"),
        ("a.docx", documents.replaced(documents.docx_bytes(), "x.bin", bytes(2**26)), "50 MB"),
        ("a.docx", documents.replaced(documents.docx_bytes(), "x.bin", bytes(2**22)), "proportion"),
        ("a.docx", documents.zip_bytes({f"{n}": "" for n in range(20_001)}), "20,000 files"),
        ("a.docx", documents.zip_bytes({"mimetype": "x.opendocument.text"}), "OpenDocument"),
    ],
)
def test_files_that_cannot_be_read_are_refused_with_the_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        _read(tmp_path, data, name)


def test_a_word_file_without_words_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    docx.Document().save(packed)
    with pytest.raises(Unreadable, match="no text in it"):
        _read(tmp_path, packed.getvalue(), "a.docx")


@pytest.mark.parametrize("name", ["a.txt", "a.pptx", "a.jsonl", "a.doc"])
def test_the_content_decides_not_the_name(tmp_path: Path, name: str) -> None:
    assert _read(tmp_path, pdf_bytes(["真是 PDF"]), name).pages
    assert _read(tmp_path, documents.docx_bytes(), name).title == "大客户经营手册"
