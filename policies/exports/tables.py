"""Tables: .csv as it is read, .xlsx by way of a file, neither with a formula that comes alive."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from policies.bulk.csvfile import asleep

from .columns import Column, columns
from .found import Taken

BOM = "\ufeff"
FLUSHED = 100
PART = 64 * 1024
LONGEST_CELL = 32_767
CUT = " … [cut: an Excel cell holds no more; the .csv and .json have all]"
# What XML cannot hold, and what Excel would read as its escape.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# Excel keeps fifteen digits.
NUMBER = re.compile(r"-?\d{1,15}|-?(?=[\d.]{3,16}$)\d+\.\d+", re.ASCII)
EARLIEST = date(1900, 3, 1)
WIDTH, WIDTHS = 22, {"markdown": 60, "rows": 60, "text": 36, "chinese": 30}


class _Line:
    """Takes what csv writes and gives it back."""

    def write(self, text: str) -> str:
        return text


def as_csv(taken: Taken) -> Iterator[str]:
    """The table in parts of some lines each."""
    made = columns(taken.kind.model)
    writer: Any = csv.writer(_Line())
    lines = [BOM, writer.writerow([column.name for column in made])]
    for fields in taken.fields():
        row = [asleep(column.read(fields[column.field])) for column in made]
        lines.append(writer.writerow(row))
        if len(lines) >= FLUSHED:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def as_workbook(taken: Taken) -> Iterator[bytes]:
    """The workbook: a sheet of the records and one that explains its columns.

    A workbook is a zip whose parts are known at its end only; it is written to disk
    row by row, not held.
    """
    made = columns(taken.kind.model)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(taken.kind.name.capitalize())
    sheet.freeze_panes = "B2"
    for number, column in enumerate(made, 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column.type, WIDTH)
    sheet.append([_heading(sheet, column.name) for column in made])
    for fields in taken.fields():
        sheet.append([_cell(sheet, column, column.read(fields[column.field])) for column in made])
    _explain(book, made, taken)
    with TemporaryFile() as out:
        book.save(out)
        out.seek(0)
        while part := out.read(PART):
            yield part


def _explain(book: Workbook, made: list[Column], taken: Taken) -> None:
    sheet = book.create_sheet("Columns")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABC", (28, 100, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_heading(sheet, text) for text in ("Column", "Meaning", "Type")])
    for column in made:
        sheet.append([_text(sheet, text) for text in (column.name, column.meaning, column.type)])
    sheet.append([])
    sheet.append([_text(sheet, f"Read on {taken.day} from {taken.address}")])


def _heading(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, column: Column, text: str) -> Any:
    if not text:
        return None
    if column.type in ("number", "count") and NUMBER.fullmatch(text):
        return Decimal(text)
    if column.type == "day" and (day := date.fromisoformat(text)) >= EARLIEST:
        cell = WriteOnlyCell(sheet, day)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return _text(sheet, text)


def _text(sheet: Any, text: str) -> Any:
    """A cell of text, whatever it begins with."""
    text = UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - len(CUT)] + CUT
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
