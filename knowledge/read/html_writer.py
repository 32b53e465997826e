"""Lines, headings and table rows out of the elements of a web page."""

import re
from typing import TYPE_CHECKING

from knowledge.read.draft import Draft

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {"html", "body", "main", "article", "section", "header", "div", "form", "fieldset", "center"}
    | {"p", "br", "hr", "pre", "blockquote", "address", "details", "figure", "figcaption"}
    | {"ul", "ol", "li", "dl", "dt", "dd"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
_CJK = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]\s*(?=[{_CJK}])")


class HtmlWriter:
    """Receives a page's elements and texts in document order and writes them to a draft."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._inline: list[str] = []
        self._bullet = ""
        self._level = 0
        self._cells: list[str] | None = None
        self._data_table: int | None = None
        self._depth = {"article": 0, "main": 0, "pre": 0}

    @property
    def in_article(self) -> bool:
        """Whether the current element belongs to an article, not to the site around it."""
        return self._depth["article"] + self._depth["main"] > 0

    def text(self, text: str) -> None:
        if self._depth["pre"] and self._cells is None:
            *lines, text = text.split("\n")
            for line in lines:
                self._inline.append(line)
                self._flush()
        self._inline.append(text)

    def enter(self, node: "LexborNode") -> None:
        tag = node.tag or ""
        if tag in self._depth:
            self._depth[tag] += 1
        if tag in _HEADINGS and self._cells is None:
            self._flush()
            self._level = _HEADINGS[tag]
        elif tag in _BLOCKS:
            self._break()
        if tag == "li":
            self._bullet = "- "
        elif tag == "table" and self._data_table is None and _holds_data(node):
            self._data_table = node.mem_id
        elif tag == "tr" and self._data_table is not None:
            self._cells = []

    def leave(self, node: "LexborNode") -> None:
        tag = node.tag or ""
        if tag in _HEADINGS and self._cells is None:
            self._flush()
            self._level = 0
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append(self._taken())
        elif tag == "tr" and self._cells is not None:
            self._draft.line(" | ".join(cell for cell in self._cells if cell))
            self._cells = None
        elif tag in _BLOCKS:
            self._break()
        if tag in self._depth:
            self._depth[tag] -= 1
        if tag == "li":
            self._bullet = ""
        elif tag == "table" and node.mem_id == self._data_table:
            self._data_table = None

    def end(self) -> None:
        """Write what no block element has closed."""
        self._flush()

    def _break(self) -> None:
        """A block begins or ends: a new line, but for cells and headings, which have only one."""
        if self._cells is None and not self._level:
            self._flush()
        else:
            self._inline.append("\n")

    def _flush(self) -> None:
        text = self._taken()
        if self._level:
            self._draft.heading(text, self._level)
        elif text.strip():
            self._draft.line(self._bullet + text)
            self._bullet = ""

    def _taken(self) -> str:
        text = "".join(self._inline)
        self._inline.clear()
        if self._depth["pre"] and self._cells is None and not self._level:
            return text
        return " ".join(_BREAK_IN_CHINESE.sub("", text).split())


def _holds_data(table: "LexborNode") -> bool:
    """Whether it is a table of values, not one that lays out a page."""
    # A selector looks at the node itself too, so the table's children are asked.
    for section in table.iter():
        if section.css_first("table, h1, h2, h3, h4, h5, h6") is not None:
            return False
    return any(len(row.css("td, th")) > 1 for row in table.css("tr"))
