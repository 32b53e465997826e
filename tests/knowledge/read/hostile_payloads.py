"""Files built to hang, swell or mislead a reader."""

import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

from tests.knowledge.read import documents
from tests.knowledge.read.pdf_writer import encrypted_pdf_bytes, pdf_bytes


def payloads() -> Iterator[tuple[str, bytes]]:
    """File names with their bytes."""
    yield from _bombs()
    yield from _archives()
    yield from _markup()
    yield from _tables_and_lines()
    yield from _messages()


def _bombs() -> Iterator[tuple[str, bytes]]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    outside = '<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://localhost:9/x">'
    parts = (
        ("docx", "word/document.xml", documents.docx_bytes()),
        ("pptx", "ppt/presentation.xml", documents.pptx_bytes()),
        ("xlsx", "xl/workbook.xml", documents.xlsx_bytes()),
    )
    for suffix, part, archive in parts:
        for name, entities, use in (("laughs", laughs, "&l9;"), ("outside", outside, "&x;&y;")):
            xml = f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><d a="&l9;">{use}</d>'
            yield f"xml-{name}.{suffix}", documents.replaced(archive, part, xml)
        yield f"zeros-inside.{suffix}", documents.replaced(archive, part, bytes(60 * 2**20))
        deep = "<a>" * 50_000 + "</a>" * 50_000
        yield f"deep-xml.{suffix}", documents.replaced(archive, part, deep)
        yield f"not-xml.{suffix}", documents.replaced(archive, part, b"\0\1\2" * 50)
    yield "laughs.html", f"<!DOCTYPE html [{laughs}]><p>&l9;&l9;</p>".encode()
    yield "outside.html", f"<!DOCTYPE html [{outside}]><p>&x;</p>".encode()
    yield "laughs.md", b"---\na: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b]\n---\ntext\n"
    yield "laughs.txt", f"<!DOCTYPE d [{laughs}]><d>&l9;</d>".encode()


def _archives() -> Iterator[tuple[str, bytes]]:
    layer = documents.zip_bytes({"0.txt": bytes(10 * 2**20)})
    for depth in range(4):
        layer = documents.zip_bytes({f"{depth}-{copy}.zip": layer for copy in range(4)})
    yield "zip-in-zip.docx", layer
    yield "crowd.docx", documents.zip_bytes({f"word/{n}.xml": "x" for n in range(21_000)})
    yield "climber.docx", documents.zip_bytes({"../../etc/x": "x", "/word/document.xml": "x"})
    yield "plain.zip.docx", documents.zip_bytes({"readme.txt": "hello"})
    yield "empty-zip.docx", documents.zip_bytes({})
    yield "locked.docx", _locked(documents.docx_bytes())
    yield "understated.xlsx", _understated(documents.xlsx_bytes())
    yield "two-names.docx", _two_of_one_name()
    yield "encrypted.docx", documents.ole_bytes("EncryptedPackage")
    yield "old.doc", documents.ole_bytes("WordDocument")
    yield "old.ppt", documents.ole_bytes("PowerPoint Document")
    yield "outlook.doc", documents.ole_bytes("__properties_version1.0")
    yield "encrypted.pdf", encrypted_pdf_bytes()
    yield "scanned.pdf", pdf_bytes([""])
    yield "a-million-pages.pdf", pdf_bytes(["x"]).replace(b"/Count 1", b"/Count 1000000")
    yield "own-parent.pdf", pdf_bytes(["x"]).replace(b"[10 0 R]", b"[2 0 R ]")
    yield (
        "deep-arrays.pdf",
        b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer<</Root 1 0 R>>",
    )


def _locked(archive: bytes) -> bytes:
    """Every member marked as encrypted."""
    marked = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(signature, at + 4)
    return bytes(marked)


def _understated(archive: bytes) -> bytes:
    """Members that expand to more than their entries say."""
    big = bytearray(documents.replaced(archive, "xl/sharedStrings.xml", b" " * 2**22))
    size = (2**22).to_bytes(4, "little")
    return bytes(big.replace(size, (100).to_bytes(4, "little")))


def _two_of_one_name() -> bytes:
    packed = io.BytesIO(documents.docx_bytes())
    with zipfile.ZipFile(packed, "a") as archive:
        info = zipfile.ZipInfo("word/document.xmk")
        archive.writestr(info, "<x/>")
    return packed.getvalue().replace(b"word/document.xmk", b"word/document.xml")


def _markup() -> Iterator[tuple[str, bytes]]:
    for tag in ("div", "b", "table><tr><td", "ul><li", "svg", "blockquote", "template", "form"):
        name = tag.split(">")[0]
        yield f"deep-{name}.html", (f"<{tag}>" * 8_000 + "底").encode()
    yield "misnested.html", b"<a><p><b><table>" * 3_000 + b"x"
    yield "attributes.html", b"<p " + b"".join(b"a%d=1 " % n for n in range(20_000)) + b">x"
    yield "unclosed-tag.html", b"<p " + b"x" * 500_000
    yield "unclosed-comment.html", b"<!--" * 100_000
    yield "unclosed-script.html", b"<script>" * 50_000 + b"x"
    yield "references.html", b"&#x110000;&#0;&#xD800;&bogus;" * 10_000
    yield "only-navigation.html", b"<!doctype html><nav>a</nav><footer>b</footer>"
    yield "comments.md", b"<!-- " * 100_000
    yield "fences.md", b"```\n" * 50_001
    yield "marks.md", b"#" * 300_000 + b"\n" + b"# " + b" " * 300_000 + b"x\n" + b"[" * 300_000
    yield "emphasis.md", b"# " + b"**__~~`" * 50_000 + b"\n" + b"a\n" * 50_000 + b"---\n"
    yield "broken-front-matter.md", b"---\na: [1, 2\nb: }\n---\ntext\n"
    yield "deep-front-matter.md", b"---\na: " + b"[" * 5_000 + b"\n---\ntext\n"
    yield "list-front-matter.md", b"---\n- a\n- b\n---\ntext\n"
    yield "object-front-matter.md", b"---\na: !!python/object/apply:os.system [ls]\n---\ntext\n"
    yield "date-front-matter.md", b"---\neffective: 2025-13-45\n---\ntext\n"
    yield "endless-front-matter.md", b"---\n" + b"a: b\n" * 50_000
    yield "only-front-matter.md", b"---\ntitle: a\n---\n\n"


def _tables_and_lines() -> Iterator[tuple[str, bytes]]:
    yield "million-columns.csv", b"a," * 1_000_000 + b"b\n1\n"
    yield "commas.csv", b"," * 3_000_000
    yield "open-quote.csv", b'a,b\n"' + b"x\n" * 200_000
    yield "quotes.csv", b'"' * 500_001
    yield "long-header.csv", b"h" * 100_000 + b",b\n" + b"1,2\n" * 2_000
    yield "ragged.csv", b"a,b\n" + b"\n".join(b"x," * n for n in range(300))
    yield "formulas.csv", b"a,b\n\"=cmd|' /C calc'!A1\",@SUM(1)\n"
    yield "huge-line.txt", "客".encode() * 2_000_000
    yield "many-lines.txt", b"\n" * 2_000_000 + b"x"
    yield "carriage-returns.txt", b"a\rb\r\nc\n\r" * 1_000
    yield "deep.jsonl", b'{"id":"a","text":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n"
    yield "deep-field.jsonl", b'{"id":"a","text":"x","f":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001
    yield "long-number.jsonl", b'{"id":' + b"9" * 100_000 + b',"text":"x"}\n{"id":"b","text":"y"}\n'
    yield "mixed.jsonl", b'{"id":"a","text":"ok"}\n\xff\xfe\n[]\n{"id":"a","text":"again"}\n{}\n{'
    yield "one-array.jsonl", b'[{"id":"a","text":"x"}]'
    yield "pretty.jsonl", b'{\n  "id": "a",\n  "text": "x"\n}\n' * 100
    yield "surrogates.jsonl", b'{"id":"a","text":"\\ud800 half \\u0000 zero","t\\udfff":1}\n'
    yield "types.jsonl", b'{"id":true,"text":1}\n{"id":null,"text":"x"}\n{"id":1.5,"text":["x"]}\n'
    yield "no-end.jsonl", b'{"id":"a","text":"' + b"x" * 2_000_000


def _messages() -> Iterator[tuple[str, bytes]]:
    nested = documents.message("最里面的正文\n")
    for _ in range(30):
        outer = documents.message("外面\n")
        outer.add_attachment(nested, filename="inner.eml")
        nested = outer
    yield "nested.eml", nested.as_bytes()
    yield "nested-in-vain.eml", b"Subject: x\nContent-Type: message/rfc822\n\n" * 2_000 + b"x"
    boundary = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
    yield "deep-parts.eml", b"Subject: x\n" + b"".join(boundary % (n, n) for n in range(2_000))
    many: dict[str, bytes | EmailMessage] = {f"{n}.txt": "附件".encode() for n in range(300)}
    yield "many-parts.eml", documents.eml_bytes(attachments=many)
    bad: dict[str, bytes | EmailMessage] = {
        "../../etc/passwd.txt": b"climber",
        "bad.pdf": b"%PDF-1.4 nothing",
        "bad.docx": b"PK\x03\x04 nothing",
        "encrypted.pdf": encrypted_pdf_bytes(),
        "picture.png": b"\x89PNG\r\n\x1a\n",
        "empty.txt": b"",
    }
    yield "bad-attachments.eml", documents.eml_bytes(attachments=bad)
    yield "only-bad.eml", documents.eml_bytes("", {"bad.pdf": b"nothing"})
    yield "no-boundary.eml", b"Subject: x\nContent-Type: multipart/mixed\n\ntext\n"
    yield "bad-base64.eml", b"Subject: x\nContent-Transfer-Encoding: base64\n\n!!!!%%%=\n"
    yield "bad-charset.eml", b"Subject: x\nContent-Type: text/plain; charset=no-such\n\nhello\n"
    yield "bad-date.eml", b"Subject: =?x?q?=ZZ?=\nDate: 99 Foo 0000 99:99\nFrom: <<>>,;\n\nhello\n"
    yield "long-subject.eml", b"Subject: " + b"=?utf-8?q?=E5=AE=A2?= " * 50_000 + b"\n\nhello\n"
    yield (
        "headers.eml",
        b"".join(b"X-%d: y\n" % n for n in range(50_000)) + b"Subject: x\n\nhello\n",
    )
