"""Workbooks: .xlsx, sent while they are written, with no cell that comes alive.

A workbook is a zip of sheets. Each sheet goes into the zip row by row, and the zip
goes out in parts, so that neither is held or kept on disk; what must know all sheets
comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from policies.xmltext import LONGEST_CELL, escaped

from .columns import Column, columns
from .found import Exported, Taken
from .related import related

PART = 16 * 1024
CUT = " … [cut: an Excel cell holds no more; the .csv and .json have all]"
# Excel keeps fifteen digits.
NUMBER = re.compile(r"-?\d{1,15}|-?(?=[\d.]{3,16}$)\d+\.\d+", re.ASCII)
EARLIEST = date(1900, 3, 1)
WIDTH, WIDTHS = 22, {"markdown": 60, "rows": 60, "text": 36, "chinese": 30}
# From so many records on a sheet may pass two gigabytes, which must be said before it begins.
LARGE = 150_000


class _Pipe:
    """Takes what is written and gives it away in parts; nobody can go back in it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        data = b"".join(self.parts)
        self.parts, self.size = [], 0
        return data


class _Rest(ExcelWriter):
    """Writes a workbook but for its sheets, which stand in the archive already."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing, ws._rels = None, ws._writer._rels
        self.manifest.append(ws)


def as_workbook(taken: Taken) -> Iterator[bytes]:
    """The workbook: a sheet of the records, of policies also what hangs on them, and one that
    explains the columns.
    """
    out, book, kinds = _Pipe(), Workbook(write_only=True), list[Exported]()
    archive = ZipFile(out, "w", ZIP_DEFLATED)  # type: ignore[call-overload]
    is_large = len(taken.ids) > LARGE
    for kind, records in [(taken.kind, taken.fields()), *related(taken)]:
        made = columns(kind.model)
        widths = [WIDTHS.get(column.type, WIDTH) for column in made]
        with _sheet(book, archive, kind.name.capitalize(), widths, is_large) as sheet:
            for row in _table(sheet, made, records):
                sheet.append(row)
                if out.size >= PART:
                    yield out.taken()
        kinds.append(kind)
    with _sheet(book, archive, "Columns", [12, 28, 100, 14], False) as sheet:
        for row in _explained(sheet, kinds, taken):
            sheet.append(row)
    book.properties.modified = datetime.now(tz=UTC).replace(tzinfo=None)
    _Rest(book, archive).save()
    yield out.taken()


@contextmanager
def _sheet(
    book: Workbook, archive: ZipFile, title: str, widths: list[int], is_large: bool
) -> Iterator[Any]:
    """A new sheet that takes rows; it is ended however the block ends."""
    sheet: Any = book.create_sheet(title)
    sheet._id = len(book.worksheets)
    sheet.freeze_panes = "A2" if title == "Columns" else "B2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    with archive.open(sheet.path[1:], "w", force_zip64=is_large) as part:
        sheet._writer = WorksheetWriter(sheet, out=part)
        sheet._writer.write_top()
        try:
            yield sheet
        finally:
            sheet.close()


def _table(sheet: Any, made: list[Column], records: Iterator[dict[str, Any]]) -> Iterator[list]:
    yield [_heading(sheet, column.name) for column in made]
    for fields in records:
        yield [_cell(sheet, column, column.read(fields[column.field])) for column in made]


def _explained(sheet: Any, kinds: list[Exported], taken: Taken) -> Iterator[list]:
    yield [_heading(sheet, text) for text in ("Sheet", "Column", "Meaning", "Type")]
    for kind in kinds:
        for one in columns(kind.model):
            row = (kind.name.capitalize(), one.name, one.meaning, one.type)
            yield [_text(sheet, text) for text in row]
    yield []
    yield [_text(sheet, f"Read on {taken.day} from {taken.address}")]


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
    text = escaped(text)
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - len(CUT)] + CUT
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
