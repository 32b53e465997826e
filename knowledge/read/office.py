"""The two containers of Office files: what is inside, and which reader wants it."""

from collections.abc import Iterator

from knowledge.errors import Unreadable
from knowledge.read.archive import members, start_of
from knowledge.read.docx import read_docx
from knowledge.read.limits import Limits
from knowledge.read.pptx import read_pptx
from knowledge.read.reading import Reading
from knowledge.read.xlsx import read_xlsx

_ENCRYPTED = "encrypted, needs a password"
_MAIN_PARTS = {
    "word/document.xml": read_docx,
    "ppt/presentation.xml": read_pptx,
    "xl/workbook.xml": read_xlsx,
    "xl/workbook.bin": read_xlsx,
}
_OLD_STREAMS = {
    "EncryptedPackage": _ENCRYPTED,
    "WordDocument": "old binary Office format: save it as .docx",
    "PowerPoint Document": "old binary Office format: save it as .pptx",
    "__properties_version1.0": "an Outlook message: save it as .eml",
}


def read_zip(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading of a .docx, .pptx, .xlsx or .ods. Raises Unreadable for any other archive."""
    inside = members(data, limits)
    for part, reader in _MAIN_PARTS.items():
        if part in inside:
            return reader(data, title, limits)
    if b"opendocument" in start_of(data, "mimetype"):
        return _open_document(data, title, limits)
    raise Unreadable("an archive, not a document: unpack it first")


def read_ole(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading of an .xls. Raises Unreadable for the other old formats, saying which it is."""
    for stream, reason in _OLD_STREAMS.items():
        if stream.encode("utf-16-le") in data:
            raise Unreadable(reason)
    return read_xlsx(data, title, limits)


def _open_document(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    if b"encryption-data" in start_of(data, "META-INF/manifest.xml"):
        raise Unreadable(_ENCRYPTED)
    if b"spreadsheet" not in start_of(data, "mimetype"):
        raise Unreadable("an OpenDocument file: save it as .docx or .pptx")
    return read_xlsx(data, title, limits)
