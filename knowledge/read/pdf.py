"""PDF: the text layer, page by page."""

import re
from collections.abc import Iterator
from typing import Any

from knowledge.errors import Unreadable
from knowledge.read.draft import Draft
from knowledge.read.limits import Limits
from knowledge.read.reading import Reading

_NO_TEXT = "no text: scanned pages?"
_WRONG_PASSWORD = 4
_MOST_PAGES = 20_000
_PRODUCER_TITLE = re.compile(r"(?i)untitled|microsoft |powerpoint |slide 1$|.*\.(docx?|pptx?|xlsx?)$")
# PDFium puts one of these in the place of a hyphen at a line's end and of the line break after it.
_HYPHENS = str.maketrans({"\x02": "-\n", "\ufffe": "-\n", "\xad": "-"})


def read_pdf(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading with a Page for each page ("1", "2"...); lines break where the page breaks them.

    Raises Unreadable when a password is asked for or no page has a text layer.
    """
    document = _opened(data)
    try:
        draft = Draft(limits)
        if len(document) > _MOST_PAGES:
            raise Unreadable(f"more than {_MOST_PAGES:,} pages")
        for number in range(len(document)):
            draft.page(str(number + 1))
            for line in _page_text(document, number).splitlines():
                draft.line(line)
        yield draft.reading(_stated_title(document) or title, empty=_NO_TEXT)
    finally:
        document.close()


def _opened(data: bytes) -> Any:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _WRONG_PASSWORD:
            raise Unreadable("encrypted, needs a password") from None
        raise Unreadable("a damaged PDF file") from None


def _page_text(document: Any, number: int) -> str:
    """The page's text; "" for a page that is damaged while others may be whole."""
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
    except PdfiumError:
        return ""
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_bounded()).translate(_HYPHENS)
        finally:
            text_page.close()
    finally:
        page.close()


def _stated_title(document: Any) -> str:
    stated = str(document.get_metadata_value("Title")).strip()
    return "" if _PRODUCER_TITLE.match(stated) or len(stated) > 300 else stated
