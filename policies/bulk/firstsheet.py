"""The first sheet of a workbook, row after row as it is written.

openpyxl makes up the rows and cells that a sheet leaves out, works out shared
formulas and walks through every sheet to learn its size. A sheet of a few
kilobytes can keep it busy for hours so; here a row costs what stands in it.
What the cells mean is left to `workbook`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from policies.readers import Unreadable

# As many cells as a row of Excel can have.
WIDEST = 16_384


def rows(data: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The number of each row and its cells.

    Raises Unreadable where no sheet has cells, and whatever openpyxl raises for a damaged
    workbook.
    """
    reader = _Opened(io.BytesIO(data), read_only=True, keep_links=False)
    reader.read()
    if not reader.wb.worksheets:
        raise Unreadable("The workbook has no sheet with cells.")
    yield from _walked(reader.wb.worksheets[0])


class _Opened(ExcelReader):
    """A workbook of which only the first sheet with cells is opened."""

    def read_worksheets(self) -> None:
        for sheet, place in self.parser.find_sheets():
            if place.target in self.valid_files and "chartsheet" not in place.Type:
                opened = ReadOnlyWorksheet(self.wb, sheet.name, place.target, self.shared_strings)
                self.wb._sheets.append(opened)
                return


class _Cells(WorkSheetParser):
    """Reads rows; of a formula it tells only that it is one."""

    def parse_formula(self, element: Any) -> str:
        return "="


def _walked(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    book, last = sheet.parent, 0
    with sheet._get_source() as source:
        parser = _Cells(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _, element in iterparse(source):
            if element.tag != ROW_TAG:
                continue
            if len(element) > WIDEST:
                raise ValueError(f"A row holds {len(element)} cells.")
            number, cells = parser.parse_row(element)
            element.clear()
            if number <= last:
                raise ValueError(f"Row {number} stands below row {last}.")
            last = number
            yield number, [ReadOnlyCell(sheet, **cell) for cell in cells]
