"""What a Word paragraph's style says about it: heading, title or line of a table of contents."""

import re
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?i)(?:heading|标题|標題)\s*([1-9])$")
_TITLES = {"title", "标题", "標題"}
_CONTENTS = re.compile(r"(?i)(?:toc|目录|目錄)\s*\d")
_MOST_ANCESTORS = 12


@dataclass(frozen=True, slots=True)
class Style:
    """`level` is that of a heading, 0 for body text."""

    level: int = 0
    is_title: bool = False
    is_contents: bool = False


class Styles:
    """The styles of one document, by the ids its paragraphs use."""

    def __init__(self, styles: Any) -> None:
        found = styles.findall(f"{W}style")
        self._elements = {element.get(f"{W}styleId"): element for element in found}
        self._known: dict[str | None, Style] = {None: Style()}

    def of(self, paragraph: Any) -> Style:
        """The style of a `w:p` element; an outline level of its own makes it a heading too."""
        own = _outline_level(paragraph)
        if own:
            return Style(own)
        style_id = _value(paragraph, "pPr", "pStyle")
        if style_id not in self._known:
            self._known[style_id] = self._resolved(style_id)
        return self._known[style_id]

    def _resolved(self, style_id: str | None) -> Style:
        for _ in range(_MOST_ANCESTORS):
            element = self._elements.get(style_id)
            if element is None:
                break
            if (said := _said_by(element)) is not None:
                return said
            style_id = _value(element, "basedOn")
        return Style()


def _said_by(element: Any) -> Style | None:
    name = (_value(element, "name") or "").strip()
    if heading := _HEADING.match(name):
        return Style(int(heading[1]))
    if name.lower() in _TITLES:
        return Style(1, is_title=True)
    if _CONTENTS.match(name):
        return Style(is_contents=True)
    level = _outline_level(element)
    return Style(level) if level else None


def _outline_level(element: Any) -> int:
    stated = _value(element, "pPr", "outlineLvl") or ""
    return int(stated) + 1 if stated.isdecimal() and int(stated) < 9 else 0


def _value(element: Any, *path: str) -> str | None:
    found = element.find("/".join(W + name for name in path))
    return None if found is None else found.get(f"{W}val")
