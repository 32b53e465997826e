"""A folder of files that nobody sane would send, and everybody receives one day."""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

from tests.knowledge.read import documents
from tests.knowledge.read.hostile_payloads import payloads
from tests.knowledge.read.pdf_writer import pdf_bytes

_SPARSE = 200 * 2**20
_CUTS = 12
_FLIPS = 8


def write_hostile_files(folder: Path) -> list[Path]:
    """Write more than 300 files, links and pipes below `folder`; the same ones every time."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in _files():
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    return paths + list(_unusual(folder))


def whole_documents() -> dict[str, bytes]:
    """One sound document in every format, by its suffix."""
    text = "大客户经营：先识别决策者，再安排拜访，最后确认下一步。\nKey account plan.\n" * 4
    lines = [{"id": f"d{n}", "title": "案例", "text": text, "account": "甲"} for n in range(5)]
    return {
        "txt": text.encode("gb18030"),
        "md": f"---\ntitle: 手册\naccount: 甲\n---\n# 关系\n\n{text}\n二\n==\n".encode(),
        "html": documents.html_bytes(),
        "csv": '名称,等级\n甲公司,"A,1"\n乙公司,B\n'.encode(),
        "jsonl": "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode(),
        "eml": documents.eml_bytes(attachments={"计划.docx": documents.docx_bytes()}),
        "pdf": pdf_bytes(["第一页 客户计划", "Second page"]),
        "docx": documents.docx_bytes(),
        "pptx": documents.pptx_bytes(),
        "xlsx": documents.xlsx_bytes(),
        "xls": documents.xls_bytes(),
        "ods": documents.ods_bytes(),
    }


def _files() -> Iterator[tuple[str, bytes]]:
    yield from _truncated()
    yield from _flipped()
    yield from _misnamed()
    yield from _random()
    yield from _badly_encoded()
    yield from payloads()


def _truncated() -> Iterator[tuple[str, bytes]]:
    for suffix, data in whole_documents().items():
        for cut in range(_CUTS):
            yield f"cut-{cut:02}.{suffix}", data[: len(data) * cut // _CUTS]


def _flipped() -> Iterator[tuple[str, bytes]]:
    chance = random.Random(1)
    for suffix, data in whole_documents().items():
        for turn in range(_FLIPS):
            damaged = bytearray(data)
            for _ in range(1 + turn * 3):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            yield f"flipped-{turn}.{suffix}", bytes(damaged)


def _misnamed() -> Iterator[tuple[str, bytes]]:
    for content, data in whole_documents().items():
        for suffix in ("txt", "md", "pdf", "docx", "jsonl", "eml", "doc"):
            if suffix != content:
                yield f"really-{content}.{suffix}", data


def _random() -> Iterator[tuple[str, bytes]]:
    chance = random.Random(2)
    for suffix in whole_documents():
        yield f"random.{suffix}", chance.randbytes(20_000)
        yield f"random-without-zeros.{suffix}", chance.randbytes(2_000).replace(b"\0", b"\1")
        yield f"empty.{suffix}", b""
        yield f"blank.{suffix}", b"\xef\xbb\xbf \r\n\t\n"
    for name, magic in (
        ("pdf", b"%PDF-1.7\n"),
        ("zip", b"PK\x03\x04"),
        ("ole", documents.ole_bytes("")),
    ):
        yield f"random-after-{name}.docx", magic + chance.randbytes(20_000)


def _badly_encoded() -> Iterator[tuple[str, bytes]]:
    text = "客户管理的问题，需要在这个季度解决。" * 5
    for encoding in (
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-7",
        "hz",
        "big5",
        "gb18030",
    ):
        yield f"encoded-{encoding}.txt", text.encode(encoding, "ignore")
    for encoding, foreign in (
        ("shift_jis", "売上管理システムの導入について説明します"),
        ("euc-kr", "고객 관리 시스템 도입"),
        ("koi8-r", "Управление клиентами"),
        ("cp1252", "Déjà vu – “naïve” façade"),
    ):
        yield f"encoded-{encoding}.txt", (foreign * 5).encode(encoding)
    utf8 = text.encode()
    yield "utf8-damaged-inside.txt", utf8[:100] + b"\xff\xfe" + utf8[100:]
    yield "utf8-and-gb18030.txt", utf8 + text.encode("gb18030")
    yield "utf16-mark-and-odd-length.txt", b"\xff\xfe" + text.encode("utf-16-le") + b"\x00"
    yield "surrogates.txt", b"\xed\xa0\x80\xed\xb0\x80" * 10
    yield "zeros-inside.md", utf8 + b"\0\0" + utf8
    yield "only-zeros.txt", bytes(5_000)
    yield "only-controls.txt", bytes(range(1, 32)) * 20
    yield "false-charset.html", b'<meta charset="no-such-thing"><p>' + text.encode("gb18030")
    yield "false-codec.html", b'<meta charset="base64"><p>' + text.encode("gb18030")
    yield "directions.txt", "\u202e\u2066abc\u2069\u202c\ufeff\u200b客户".encode()
    yield "combining.txt", ("a" + "\u0301" * 50_000).encode()


def _unusual(folder: Path) -> Iterator[Path]:
    """What is no regular file, or more of one than there is on the disk."""
    sparse = folder / "sparse.txt"
    with sparse.open("wb") as stream:
        stream.truncate(_SPARSE)
    yield sparse
    (folder / "folder.pdf").mkdir(exist_ok=True)
    yield folder / "folder.pdf"
    outside = folder.parent / f"{folder.name}-outside.txt"
    outside.write_text("秘密：不在资料夹里", encoding="utf-8")
    targets = {
        "to-outside.txt": outside,
        "to-device.txt": Path("/dev/zero"),
        "to-nothing.md": folder / "nothing.md",
        "loop-a.md": folder / "loop-b.md",
        "loop-b.md": folder / "loop-a.md",
        "to-itself": folder,
        "to-parent": folder.parent,
    }
    for name, target in targets.items():
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        yield link
    pipe = folder / "pipe.txt"
    if not pipe.exists():
        os.mkfifo(pipe)
    yield pipe
