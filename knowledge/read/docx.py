"""Word documents: paragraphs and tables in their order, headings by style."""

import io
from collections.abc import Iterator
from typing import Any

from knowledge.errors import Unreadable
from knowledge.read.docx_styles import Styles, W
from knowledge.read.draft import Draft, one_line
from knowledge.read.limits import Limits
from knowledge.read.reading import Reading

_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
_LEFT_OUT = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "txbxContent", "rt")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read_docx(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading; a table row is a line with " | " between its cells.

    Headers, footers, deleted and hidden text and the table of contents are left out.
    """
    document, body = _opened(data)
    writer = _Writer(Draft(limits), Styles(document.styles.element))
    writer.blocks(body)
    stated = writer.title or str(document.core_properties.title or "").strip()
    yield writer.draft.reading(stated or title)


def _opened(data: bytes) -> tuple[Any, Any]:
    """The document and its body."""
    import docx
    from lxml.etree import LxmlError

    try:
        document: Any = docx.Document(io.BytesIO(data))
        return document, document.element.body[:]
    except (KeyError, ValueError, TypeError, AttributeError, LxmlError):
        raise Unreadable("not an ordinary Word file: open it and save it as .docx") from None


class _Writer:
    """Writes the blocks of a body, of a cell or of a text box to one draft."""

    def __init__(self, draft: Draft, styles: Styles) -> None:
        self.draft, self._styles = draft, styles
        self.title = ""

    def blocks(self, parent: Any) -> None:
        for block in _children(parent, f"{W}p", f"{W}tbl"):
            if block.tag == f"{W}tbl":
                self._table(block)
                continue
            self._paragraph(block)
            for box in _text_boxes(block):
                self.blocks(box)

    def _paragraph(self, paragraph: Any) -> None:
        style, text = self._styles.of(paragraph), _text(paragraph)
        if style.is_title and not self.title:
            self.title = one_line(text)
        if style.level:
            self.draft.heading(text, style.level)
        elif not style.is_contents:
            self.draft.line(text)

    def _table(self, table: Any) -> None:
        for row in _children(table, f"{W}tr"):
            cells = list(_children(row, f"{W}tc"))
            if len(cells) == 1:
                self.blocks(cells[0])
            else:
                texts = [one_line(_text(cell)) for cell in cells]
                self.draft.line(" | ".join(text for text in texts if text))


def _children(parent: Any, *tags: str) -> Iterator[Any]:
    """The children with one of `tags`, content controls and insertions looked into."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(above.tag in _LEFT_OUT for above in box.iterancestors()):
            yield box


def _text(element: Any) -> str:
    """The visible characters below `element`, a newline after each paragraph."""
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _LEFT_OUT and child.find(f"{W}rPr/{W}vanish") is None:
            yield from _pieces(child)
            if child.tag == f"{W}p":
                yield "\n"
