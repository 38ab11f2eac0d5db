"""Opens an uploaded sheet by what it holds, whatever its name: .csv and .xlsx, nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from django.conf import settings

from policies.readers import Unreadable
from policies.readers.archive import archive_kind
from policies.readers.kinds import FOREIGN, HTML, PROGRAM
from policies.xmltext import unwritable

from . import csvfile, workbook
from .sheet import NO_HEADINGS, Row, Sheet

ADVICE = "Save the sheet as .xlsx or .csv and try again."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
HEAD = 4096
# How many rows are looked at for each that may hold something: sheets end in empty ones.
EMPTY_ROWS = 2
# What no database keeps as text.
NEVER_KEPT = re.compile("[\0\ud800-\udfff]")
INSTEAD = "\ufffd"


def read(data: bytes, known: Callable[[str], bool]) -> Sheet:
    """The sheet in `data`; `known` says whether a heading names a column.

    Raises Unreadable, with one line for the editor, for what is no sheet, is
    damaged or holds too much.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("The file is empty: choose another file.")
    if len(data) > settings.SHEET_MAX_BYTES:
        raise Unreadable(
            f"The file is too large: at most {settings.SHEET_MAX_BYTES / 2**20:g} MB can be read."
            " Divide it into several sheets."
        )
    if data.startswith(ZIP):
        kind = archive_kind(data)
        if kind != "a spreadsheet (.xlsx)":
            kind = "a Word file (.docx)" if kind == "docx" else kind
            raise Unreadable(f"The file is {kind}, not a sheet. {ADVICE}")
        headings, rows = workbook.read(data)
    else:
        _refuse_foreign(data)
        headings, rows = csvfile.read(data, known)
    return _limited(headings, rows)


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(OLE):
        raise Unreadable(
            "The file is an old Excel file (.xls) or one with a password. "
            "Save it as .xlsx without a password and try again."
        )
    kinds = [kind for magic, kind in FOREIGN if data.startswith(magic)]
    if PROGRAM.match(data[:HEAD]):
        kinds.append("a program")
    if data[:HEAD].lstrip().startswith(b"%PDF-"):
        kinds.append("a PDF")
    if HTML.match(data[:HEAD].decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n")):
        kinds.append("a web page, even if it is called .xls")
    if kinds:
        raise Unreadable(f"The file is {kinds[0]}, not a sheet. {ADVICE}")


def _limited(headings: list[str], rows: Iterable[Row]) -> Sheet:
    kept: list[Row] = []
    most = EMPTY_ROWS * settings.SHEET_MAX_ROWS
    for looked_at, row in enumerate(rows, 1):
        is_blank = row.is_blank
        if looked_at >= most or (row.number > most and not is_blank):
            raise Unreadable(
                f"The sheet goes on past row {most:,}, the last one that is looked at: delete "
                "the empty rows, or divide it into several sheets."
            )
        if is_blank:
            continue
        if len(kept) == settings.SHEET_MAX_ROWS:
            raise Unreadable(
                f"The sheet has more than {settings.SHEET_MAX_ROWS:,} rows: "
                "divide it into several sheets."
            )
        _mark_never_kept(row)
        kept.append(row)
    headings = [NEVER_KEPT.sub(INSTEAD, heading) for heading in headings]
    if not any(heading.strip() for heading in headings):
        raise Unreadable(NO_HEADINGS)
    if not kept:
        raise Unreadable("The sheet has no rows below its headings.")
    return Sheet(headings, kept)


def _mark_never_kept(row: Row) -> None:
    """Name the cells that hold what no database keeps, and take it out of them."""
    for place, cell in enumerate(row.cells):
        if NEVER_KEPT.search(cell):
            row.wrong.setdefault(place, unwritable(cell))
            row.cells[place] = NEVER_KEPT.sub(INSTEAD, cell)
