"""Tables: delimited files and workbooks."""

from datetime import date, datetime
from pathlib import Path

import pytest

from knowledge.errors import Unreadable
from knowledge.read import Limits, Reading, read
from tests.knowledge.read import documents


def _read(path: Path, data: bytes, limits: Limits | None = None) -> Reading:
    path.write_bytes(data)
    (reading,) = read(path, limits)
    assert isinstance(reading, Reading)
    return reading


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_row_is_a_line_that_names_its_columns(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["客户", "等级", "备注"], ["甲公司", "A", "三月，续约"], ["乙公司", "", "联系人"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    reading = _read(tmp_path / "客户.csv", data)
    assert reading.text == "客户: 甲公司; 等级: A; 备注: 三月，续约\n客户: 乙公司; 备注: 联系人\n"
    assert reading.title == "客户"


def test_quotes_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    reading = _read(tmp_path / "a.csv", b'a,b\n"x, ""y""","1\n2"\n')
    assert reading.text == 'a: x, "y"; b: 1 2\n'


def test_fields_longer_than_the_usual_limit_are_read(tmp_path: Path) -> None:
    reading = _read(tmp_path / "a.csv", b"a,b\n1," + b"x" * 300_000)
    assert len(reading.text) > 300_000


def test_a_formula_is_text(tmp_path: Path) -> None:
    reading = _read(tmp_path / "a.csv", b"a,b\n=1+1,@SUM(A1)\n")
    assert reading.text == "a: =1+1; b: @SUM(A1)\n"


def test_a_header_alone_is_still_a_line(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.csv", b"name,level\n").text == "name | level\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"," * 1_000_000, "columns"),
        (b"\n".join([b"a," * 30_000] * 2), "columns"),
        (b"h" * 100_000 + b",b\n" + b"1,2\n" * 2_000, "characters of text"),
    ],
)
def test_tables_out_of_all_proportion_are_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        _read(tmp_path / "a.csv", data)


def test_every_sheet_is_a_page_under_its_name(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "客户": [
            ["名称", "金额", "日期"],
            ["甲公司", 3.0, date(2025, 3, 1)],
            ["乙公司", 0.15, None],
        ],
        "Plan": [
            ["2025 plan"],
            ["Step", "Done"],
            ["Call", True],
            ["Visit", datetime(2025, 1, 2, 9)],
        ],
        "空": [],
    }
    reading = _read(tmp_path / "a.xlsx", documents.xlsx_bytes(sheets))
    assert reading.text == (
        "客户\n名称: 甲公司; 金额: 3; 日期: 2025-03-01\n名称: 乙公司; 金额: 0.15\n"
        "Plan\n2025 plan\nStep: Call; Done: TRUE\nStep: Visit; Done: 2025-01-02 09:00:00\n"
    )
    assert [page.label for page in reading.pages] == ["客户", "Plan"]
    assert [reading.text[h.start : h.end] for h in reading.headings] == ["客户", "Plan"]
    assert [reading.text[page.start :][:2] for page in reading.pages] == ["客户", "Pl"]


def test_a_formula_counts_with_its_stored_value_and_hidden_sheets_do_not_count(
    tmp_path: Path,
) -> None:
    data = documents.workbook_with_formula_and_hidden_sheet()
    assert _read(tmp_path / "a.xlsx", data).text == "Shown\na: 2; b: 40\n"


@pytest.mark.parametrize("name", ["a.xls", "a.ods", "a.xlsx", "a.txt"])
@pytest.mark.parametrize("data", [documents.xls_bytes(), documents.ods_bytes()])
def test_the_other_workbook_formats_are_read_whatever_they_are_called(tmp_path: Path, name: str, data: bytes) -> None:
    assert _read(tmp_path / name, data).text == "客户\n名称: 甲公司; 等级: A\n"
