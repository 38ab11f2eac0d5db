"""Tables: .csv as it is read, .xlsx by way of a file, neither with a formula that comes alive."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from policies.bulk.csvfile import asleep

from .columns import Column, columns
from .found import EXPORTED, Exported, Taken
from .related import related, targets

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
    return _csv(taken.kind, taken.fields())


def as_targets(taken: Taken) -> Iterator[str]:
    """The targets of the policies found, as a table to be joined to theirs."""
    return _csv(EXPORTED["targets"], targets(taken))


def _csv(kind: Exported, records: Iterator[dict[str, Any]]) -> Iterator[str]:
    made = columns(kind.model)
    rows = ([column.read(fields[column.field]) for column in made] for fields in records)
    return lines([[column.name for column in made]], rows)


def lines(*parts: Iterable[list[str]]) -> Iterator[str]:
    """Rows as a .csv that spreadsheets read, in parts of some lines each."""
    writer: Any = csv.writer(_Line())
    waiting = [BOM]
    for row in chain.from_iterable(parts):
        waiting.append(writer.writerow(map(asleep, row)))
        if len(waiting) >= FLUSHED:
            yield "".join(waiting)
            waiting = []
    yield "".join(waiting)


def as_workbook(taken: Taken) -> Iterator[bytes]:
    """The workbook: a sheet of the records, of policies also what hangs on them, and one that
    explains the columns.

    A workbook is a zip whose parts are known at its end only; it is written to disk
    row by row, not held.
    """
    book = Workbook(write_only=True)
    kinds = []
    for kind, records in [(taken.kind, taken.fields()), *related(taken)]:
        _fill(book.create_sheet(kind.name.capitalize()), columns(kind.model), records)
        kinds.append(kind)
    _explain(book, kinds, taken)
    with TemporaryFile() as out:
        book.save(out)
        out.seek(0)
        while part := out.read(PART):
            yield part


def _fill(sheet: Any, made: list[Column], records: Iterator[dict[str, Any]]) -> None:
    sheet.freeze_panes = "B2"
    for number, column in enumerate(made, 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column.type, WIDTH)
    sheet.append([_heading(sheet, column.name) for column in made])
    for fields in records:
        sheet.append([_cell(sheet, column, column.read(fields[column.field])) for column in made])


def _explain(book: Workbook, kinds: list[Exported], taken: Taken) -> None:
    sheet = book.create_sheet("Columns")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", (12, 28, 100, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_heading(sheet, text) for text in ("Sheet", "Column", "Meaning", "Type")])
    for kind in kinds:
        for one in columns(kind.model):
            row = (kind.name.capitalize(), one.name, one.meaning, one.type)
            sheet.append([_text(sheet, text) for text in row])
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
