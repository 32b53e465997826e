"""Workbooks: .xlsx, .xlsm, .xlsb, .xls and .ods."""

import datetime
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.errors import Unreadable
from knowledge.read.draft import Draft
from knowledge.read.limits import Limits
from knowledge.read.reading import Reading
from knowledge.read.rows import write_rows

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def read_xlsx(data: bytes, title: str, limits: Limits) -> Iterator[Reading]:
    """One Reading: each visible sheet a Page and a heading, its rows as `write_rows` puts them.

    Formulas count with the value that was stored; nothing is calculated.
    """
    workbook = _opened(data)
    draft = Draft(limits)
    for name in _visible_sheets(workbook):
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height:
            draft.page(name)
            draft.heading(name, 1)
            write_rows(draft, ([_cell(value) for value in row] for row in sheet.iter_rows()))
    yield draft.reading(title)


def _opened(data: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise Unreadable("encrypted, needs a password") from None
    except CalamineError:
        raise Unreadable("a damaged workbook") from None


def _visible_sheets(workbook: "CalamineWorkbook") -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
    ]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
    if isinstance(value, datetime.datetime):
        day = value.date().isoformat()
        return day if value.time() == datetime.time() else f"{day} {value.time():%H:%M:%S}"
    return str(value)
