"""Mail messages and what is attached to them."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.read import Failure, Limits, Reading, read
from tests.knowledge.read import documents


def _pieces(folder: Path, data: bytes, limits: Limits | None = None) -> list[Reading | Failure]:
    path = folder / "邮件.eml"
    path.write_bytes(data)
    return list(read(path, limits))


def _text(piece: Reading | Failure) -> str:
    assert isinstance(piece, Reading), piece
    return piece.text


def test_sender_and_date_are_fields_and_never_text(tmp_path: Path) -> None:
    (reading,) = _pieces(tmp_path, documents.eml_bytes("王总：\n三月续约。\n> 旧邮件\n"))
    assert _text(reading) == "王总：\n三月续约。\n> 旧邮件\n"
    assert isinstance(reading, Reading)
    assert reading.title == "续约安排"
    assert dict(reading.fields) == {
        "from": "张三 <zhang@example.com>",
        "date": "2025-11-03T10:00:00+08:00",
    }


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030", "big5"])
def test_short_bodies_are_decoded_with_the_charset_they_state(tmp_path: Path, charset: str) -> None:
    (reading,) = _pieces(
        tmp_path,
        documents.message("鲸\n" if charset != "big5" else "鯨\n", charset=charset).as_bytes(),
    )
    assert _text(reading) in ("鲸\n", "鯨\n")


def test_raw_chinese_in_headers_and_body_is_read(tmp_path: Path) -> None:
    data = "Subject: 关于客户的续约问题\nFrom: 李四 <li@example.com>\n\n我们在三月和客户谈续约的问题\n"
    (reading,) = _pieces(tmp_path, data.encode("gb18030"))
    assert reading == Reading(
        title="关于客户的续约问题",
        text="我们在三月和客户谈续约的问题\n",
        fields={"from": "李四 <li@example.com>"},
    )


def test_plain_text_is_preferred_to_the_same_in_html(tmp_path: Path) -> None:
    mail = documents.message("纯文本\n")
    mail.add_alternative("<p>网页</p>", subtype="html")
    assert [_text(piece) for piece in _pieces(tmp_path, mail.as_bytes())] == ["纯文本\n"]


def test_a_message_of_html_alone_is_read_as_a_page(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "周报"
    mail.set_content("<h1>标题</h1><p>网页</p><script>x</script>", subtype="html", charset="gb2312")
    (reading,) = _pieces(tmp_path, mail.as_bytes())
    assert isinstance(reading, Reading)
    assert (reading.title, reading.text, len(reading.headings)) == ("周报", "标题\n网页\n", 1)


def test_every_attachment_is_a_document_and_a_bad_one_a_failure(tmp_path: Path) -> None:
    inner = documents.message("转发的正文\n", {"内.csv": b"a,b\n1,2\n"})
    attachments: dict[str, bytes | EmailMessage] = {
        "计划.docx": documents.docx_bytes(),
        "坏.pdf": b"%PDF-1.4 nothing",
        "logo.png": b"\x89PNG\r\n\x1a\n",
        "../../笔记.txt": "笔记的内容在这里".encode("gb18030"),
        "转发.eml": inner,
        "bulk.jsonl": b'{"id": "x", "text": "y"}\n{',
    }
    pieces = _pieces(tmp_path, documents.eml_bytes("正文\n", attachments))
    assert {piece.part: _text(piece) for piece in pieces if isinstance(piece, Reading)} == {
        "": "正文\n",
        "计划.docx": _text(pieces[1]),
        "笔记.txt": "笔记的内容在这里",
        "转发.eml": "转发的正文\n",
        "转发.eml/内.csv": "a: 1; b: 2\n",
        "bulk.jsonl/x": "y",
    }
    failures = {piece.part: piece.reason for piece in pieces if isinstance(piece, Failure)}
    assert list(failures) == ["坏.pdf", "bulk.jsonl/line 2"]
    assert failures["坏.pdf"] == "a damaged PDF file"


def test_attachments_of_one_name_are_told_apart(tmp_path: Path) -> None:
    mail = documents.message("正文\n")
    for text in ("one", "two"):
        mail.add_attachment(text, filename="a.txt")
    parts = [piece.part for piece in _pieces(tmp_path, mail.as_bytes())]
    assert parts == ["", "a.txt", "a.txt (2)"]


def test_messages_are_opened_to_a_limited_depth(tmp_path: Path) -> None:
    mail = documents.message("最里面\n")
    for _ in range(5):
        outer = documents.message("外面\n")
        outer.add_attachment(mail, filename="in.eml")
        mail = outer
    *readings, last = _pieces(tmp_path, mail.as_bytes(), Limits(max_depth=2))
    assert [piece.part for piece in readings] == ["", "in.eml", "in.eml/in.eml"]
    assert last == Failure("in.eml/in.eml/in.eml", "nested more than 2 messages deep")


def test_all_attachments_together_are_bounded(tmp_path: Path) -> None:
    attachments: dict[str, bytes | EmailMessage] = {f"{n}.csv": b"h" * 900 + b",b\n" + b"1,2\n" * 100 for n in range(9)}
    limits = Limits(max_text=100_000, max_bytes=200_000)
    pieces = _pieces(tmp_path, documents.eml_bytes("x\n", attachments), limits)
    assert 1 < len(pieces) < 5
    assert isinstance(pieces[-1], Failure)
    assert "the rest is left out" in pieces[-1].reason


def test_a_body_that_cannot_be_decoded_does_not_lose_the_attachments(tmp_path: Path) -> None:
    mail = documents.message("placeholder\n", {"a.txt": b"attached"}, charset="utf-8")
    data = mail.as_bytes().replace(b"placeholder", "売上管理システムの導入".encode("shift_jis"))
    body, attached = _pieces(tmp_path, data.replace(b'charset="utf-8"', b'charset="x"'))
    assert isinstance(body, Failure)
    assert "unknown text encoding" in body.reason
    assert _text(attached) == "attached"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"just words\n", "not a mail message"),
        (b"Subject: x\n\n\n", "no text in it"),
        (b"Subject: x\n\n\0\n", "binary data"),
        (b"Subject: x\nContent-Type: message/rfc822\n\n" * 3_000, "nested too deep"),
    ],
)
def test_what_is_no_message_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        _pieces(tmp_path, data)
