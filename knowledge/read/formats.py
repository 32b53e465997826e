"""Which format a file really has: its first bytes decide, its suffix where they say nothing."""

import re

from knowledge.errors import Unreadable

BY_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".eml": "eml",
    ".pdf": "pdf",
    ".docx": "zip",
    ".docm": "zip",
    ".pptx": "zip",
    ".pptm": "zip",
    ".xlsx": "zip",
    ".xlsm": "zip",
    ".xlsb": "zip",
    ".ods": "zip",
    ".doc": "ole",
    ".ppt": "ole",
    ".xls": "ole",
}
_BINARY = {"pdf": "a PDF file", "zip": "an Office file", "ole": "an old Office file"}
_ARCHIVE = "a compressed archive, not a document: unpack it first"
_FOREIGN = {
    b"\x89PNG\r\n": "a picture, not a document",
    b"\xff\xd8\xff": "a picture, not a document",
    b"GIF87a": "a picture, not a document",
    b"GIF89a": "a picture, not a document",
    b"II*\0": "a picture, not a document",
    b"MM\0*": "a picture, not a document",
    b"\x1f\x8b\x08": _ARCHIVE,
    b"Rar!\x1a": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"\xfd7zXZ": _ARCHIVE,
    b"\x7fELF": "a program, not a document",
    b"SQLite format 3\0": "a database, not a document",
    b"{\\rtf": "a Rich Text file: save it as .docx",
    b"%!PS": "a PostScript file: save it as .pdf",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)


def format_of(data: bytes, suffix: str) -> str:
    """The name of the reader for `data`: what its bytes say, else what its suffix says.

    "zip" and "ole" stand for the two Office containers. Raises Unreadable for an empty file, for
    bytes of a kind that is no document, and for a PDF or Office suffix on anything else.
    """
    named = BY_SUFFIX.get(suffix.lower(), "text")
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        raise Unreadable("empty")
    foreign = next((kind for magic, kind in _FOREIGN.items() if data.startswith(magic)), None)
    if foreign:
        raise Unreadable(foreign)
    found = _signature(data, named)
    if found is None and named in _BINARY:
        raise Unreadable(f"not {_BINARY[named]}: damaged, or another kind of file")
    return found or named


def _signature(data: bytes, named: str) -> str | None:
    if data.startswith(b"%PDF-") or (named == "pdf" and b"%PDF-" in data[:1024]):
        return "pdf"
    if data.startswith(_ZIP):
        return "zip"
    if data.startswith(_OLE):
        return "ole"
    return "html" if named != "eml" and _PAGE.match(_bare(data[:4096])) else None


def _bare(start: bytes) -> bytes:
    """Without a byte order mark, and without the zeros that UTF-16 puts between letters."""
    for mark in _BOMS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"")
