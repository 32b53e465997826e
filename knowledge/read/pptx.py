"""Presentations: every slide a page, its title a heading, its notes under it."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.errors import Unreadable
from knowledge.read.draft import Draft, one_line
from knowledge.read.limits import Limits
from knowledge.read.reading import Reading


def read_pptx(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading, a Page a slide ("1", "2"...); speaker notes stand under a heading "Notes"."""
    presentation = _opened(data)
    draft = Draft(limits)
    for number, slide in enumerate(presentation.slides, start=1):
        draft.page(str(number))
        _slide(draft, slide)
    stated = str(presentation.core_properties.title or "").strip()
    if stated == "PowerPoint Presentation":
        stated = ""
    yield draft.reading(stated or draft.first_heading() or title)


def _opened(data: bytes) -> Any:
    import pptx
    from lxml.etree import LxmlError

    try:
        return pptx.Presentation(io.BytesIO(data))
    except (KeyError, ValueError, AttributeError, LxmlError):
        raise Unreadable("not an ordinary PowerPoint file: open it and save it as .pptx") from None


def _slide(draft: Draft, slide: Any) -> None:
    title = slide.shapes.title
    if title is not None:
        draft.heading(title.text_frame.text, 1)
    for shape in _shapes(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            _shape(draft, shape)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        draft.heading("Notes", 2)
        draft.line(notes.text)


def _shapes(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes, those in groups included."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _shape(draft: Draft, shape: Any) -> None:
    if shape.has_text_frame:
        draft.line(shape.text_frame.text)
    elif getattr(shape, "has_table", False):
        for row in shape.table.rows:
            cells = (one_line(cell.text) for cell in row.cells)
            draft.line(" | ".join(cell for cell in cells if cell))
