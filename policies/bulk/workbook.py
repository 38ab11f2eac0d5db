"""Reads and writes .xlsx: every cell as the text that an editor sees, and no formula.

A workbook is a zip of XML that somebody uploads, so what it unpacks to is
measured before it is opened, and again while its cells are read. Only its first
sheet is read.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from policies.readers import Unreadable
from policies.xmltext import LONGEST_CELL, escaped

from . import firstsheet
from .sheet import NO_HEADINGS, Row, letter

MAX_UNPACKED = 150 * 1024 * 1024
MAX_PARTS = 2000
MAX_COLUMNS = 1000
# How many tags a part may hold: reading one takes some three millionths of a second,
# one of the styles five times as long. 10,000 policies with every cell filled are 2 million.
MAX_TAGS = 4_000_000
MAX_STYLE_TAGS = 500_000
STYLES = "xl/styles.xml"
HEAD, CHUNK = 4096, 1024 * 1024
# Excel writes a character that XML cannot hold with seven.
LONGEST_WRITTEN = 7 * LONGEST_CELL
LONGEST_FORMAT = 255
DAMAGED = "The workbook is damaged: open it in Excel, save it anew and try again."
BOMB = "The workbook unpacks to far more than a sheet holds and is refused: save it anew."
FORMULA = "The cell holds a formula: copy the column and paste it as values."
LONG = f"The cell holds more than the {LONGEST_CELL:,} characters that a cell of Excel can hold."
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,13})(?:\.\d{0,3}[1-9])?", re.ASCII)
TRUSTED_DIGITS = 15


class TooLong(ValueError):
    """A text that does not fit into a cell; the message says what to do instead."""


def read(data: bytes) -> tuple[list[str], Iterator[Row]]:
    """The headings and the rows of the first sheet. Raises Unreadable for what is no workbook."""
    _check(data)
    rows = _rows(data)
    first = next(rows, Row(1, []))
    if first.number != 1:
        raise Unreadable(NO_HEADINGS)
    if first.wrong:
        raise Unreadable("The headings hold formulas: write the names of the columns.")
    return [cell.strip() for cell in first.cells], rows


def _check(data: bytes) -> None:
    """Refuse a workbook that unpacks to too much, has a password, or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unreadable(BOMB)
            for part in parts:
                if part.flag_bits & 1:
                    raise Unreadable("The workbook has a password: save it without one.")
                if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise Unreadable(DAMAGED)
                _check_part(archive, part)
    except (
        zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError,
    ) as problem:  # fmt: skip
        raise Unreadable(DAMAGED) from problem


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    most = MAX_STYLE_TAGS if part.filename == STYLES else MAX_TAGS
    tags = 0
    with archive.open(part) as stream:
        head = stream.read(HEAD)
        if b"<!DOCTYPE" in head and part.filename.endswith((".xml", ".rels")):
            raise Unreadable(DAMAGED)
        for chunk in chain([head], iter(partial(stream.read, CHUNK), b"")):
            tags += chunk.count(b"<")
            if tags > most:
                raise Unreadable(BOMB)


def _rows(data: bytes) -> Iterator[Row]:
    """The rows that are written; those left out are passed over."""
    held = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, cells in firstsheet.rows(data):
                row = _row(number, cells)
                held += sum(map(len, row.cells))
                if held > MAX_UNPACKED:
                    raise Unreadable(BOMB)
                yield row
    except Unreadable:
        raise
    except (
        InvalidFileException, ParseError, zipfile.BadZipFile, zlib.error, SyntaxError, KeyError,
        ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, OverflowError,
        RecursionError,
    ) as problem:  # fmt: skip
        raise Unreadable(DAMAGED) from problem


def _row(number: int, cells: Iterable[Any]) -> Row:
    row = Row(number, [])
    for cell in cells:
        index, kind = cell.column - 1, cell.data_type
        if not 0 <= index < MAX_COLUMNS or (cell.value is None and kind != "e"):
            continue
        row.cells += [""] * (index + 1 - len(row.cells))
        if kind == "f":
            row.wrong[index] = FORMULA
        elif kind == "e":
            row.wrong[index] = f"The cell shows an error of Excel’s ({str(cell.value)[:20]})."
        elif isinstance(cell.value, str) and len(cell.value) > LONGEST_WRITTEN:
            row.wrong[index] = LONG
            continue
        row.cells[index] = "" if cell.value is None else _text(cell)
    while row.cells and not row.cells[-1] and len(row.cells) - 1 not in row.wrong:
        row.cells.pop()
    return row


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, str):
        return ESCAPE.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return _day(value, cell.number_format)
    if isinstance(value, date | time | timedelta):
        return str(value)
    return _number(value, cell.number_format)


def _bare(shown_as: str | None) -> str:
    """A number format without the words in it."""
    return IN_QUOTES.sub("", (shown_as or "")[:LONGEST_FORMAT])


def _day(value: datetime, shown_as: str | None) -> str:
    """A date cell as exactly as it is shown: one shown as “Apr 2024” names a month."""
    shown = _bare(shown_as).lower()
    if value.time() != time():
        return value.isoformat(" ")
    if "y" in shown and "d" not in shown:
        return f"{value.year:04}-{value.month:02}" if "m" in shown else f"{value.year:04}"
    return value.date().isoformat()


def _number(value: float, shown_as: str | None) -> str:
    """A number with the fifteen digits that Excel keeps, a percentage as it is shown."""
    number = Decimal(str(value) if isinstance(value, int) else f"{value:.{TRUSTED_DIGITS}g}")
    percent = "%" in _bare(shown_as)
    number = number * 100 if percent else number
    return f"{number.normalize():f}{'%' if percent else ''}"


def write(
    headings: list[str],
    rows: Iterable[list[str]],
    *,
    numbers: Iterable[int] = (),
    widths: Iterable[int] = (),
    guide: list[list[str]] | None = None,
) -> bytes:
    """A workbook of text cells; in the columns `numbers`, of numbers where they stay exact.

    `guide` becomes a second sheet. Raises TooLong where a text is longer than a
    cell can be.
    """
    written = [[_escaped(text) for text in row] for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Records")
    sheet.freeze_panes = "B2"
    for index, width in enumerate(widths):
        sheet.column_dimensions[letter(index)].width = width
        sheet.column_dimensions[letter(index)].number_format = "@"
    sheet.append([_heading(sheet, text) for text in headings])
    as_numbers = set(numbers)
    for row in written:
        sheet.append([_cell(sheet, text, index in as_numbers) for index, text in enumerate(row)])
    if guide:
        second = book.create_sheet("Columns")
        second.freeze_panes = "A2"
        for index, width in enumerate((24, 90, 60)):
            second.column_dimensions[letter(index)].width = width
        for number, line in enumerate(guide):
            made = _heading if number == 0 else _wrapped
            second.append([made(second, text) for text in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color="F1EEE7")
    cell.number_format = "@"
    return cell


def _wrapped(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, _escaped(text), False)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _escaped(text: str) -> str:
    """`text` as XML holds it. Raises TooLong."""
    written = escaped(text)
    if len(written) > LONGEST_CELL:
        raise TooLong(
            f"A text is longer ({len(text):,} characters) than a cell of Excel can be "
            f"({LONGEST_CELL:,}): download the records as CSV."
        )
    return written


def _cell(sheet: Any, text: str, as_number: bool) -> Any:
    if as_number and PLAIN_NUMBER.fullmatch(text) and _digits(text) <= TRUSTED_DIGITS:
        return WriteOnlyCell(sheet, Decimal(text))
    cell = WriteOnlyCell(sheet, text)
    if cell.data_type == "f":
        cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text.replace(".", "").lstrip("-0")))
