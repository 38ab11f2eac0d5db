"""Reads and writes .csv: any encoding and the usual separators, and no formula comes alive.

A spreadsheet takes a cell that begins with =, +, - or @ for a formula. Such a
text is written with an apostrophe before it, and the apostrophe is taken away
when it is read; so both ways together change nothing.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator

from policies.readers import Unreadable
from policies.readers.text import decode

from .sheet import Row

SEPARATORS = (",", ";", "\t")
LIVE = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
# A text of 200,000 characters is the longest that a record takes.
csv.field_size_limit(1_000_000)


def write(headings: list[str], rows: Iterable[list[str]]) -> bytes:
    """A .csv in UTF-8 that spreadsheets open as such."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([asleep(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read(data: bytes, known: Callable[[str], bool]) -> tuple[list[str], Iterator[Row]]:
    """The headings and the rows; the separator is the one that gives most known headings."""
    text = _decoded(data)
    separator = max(SEPARATORS, key=lambda one: sum(map(known, _first(text, one))))
    records = _records(text, separator)
    headings = [awake(cell).strip() for cell in next(records, (1, []))[1]]
    return headings, (Row(number, [awake(cell) for cell in cells]) for number, cells in records)


def asleep(text: str) -> str:
    """`text` as a spreadsheet leaves it alone."""
    return f"'{text}" if LIVE.match(text) and not NUMBER.fullmatch(text) else text


def awake(cell: str) -> str:
    """The text that `asleep` made harmless."""
    return cell[1:] if cell.startswith("'") and LIVE.match(cell) else cell


def _decoded(data: bytes) -> str:
    try:
        if data.startswith(codecs.BOM_UTF8):
            return data.decode("utf-8-sig")
        return decode(data)
    except (Unreadable, UnicodeDecodeError) as problem:
        raise Unreadable(
            "The file is no sheet that can be read: save it as .xlsx, or as .csv in UTF-8."
        ) from problem


def _first(text: str, separator: str) -> list[str]:
    try:
        return next(_records(text, separator), (1, []))[1]
    except Unreadable:
        return []


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number, as a spreadsheet counts it: an empty line is a row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as problem:
        raise Unreadable(
            f"The quotation marks in line {reader.line_num} of the file do not match ({problem}): "
            "save the sheet as .csv again, or as .xlsx."
        ) from problem
