"""Files as they come: their kinds, encodings and sizes, and what is refused."""

import codecs
import io
import time
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from openpyxl import Workbook

from policies.bulk import Unreadable
from policies.bulk.files import read

from .sheets import changed

HEADINGS = {"title_en", "title_zh", "announced"}


def known(heading: str) -> bool:
    return heading in HEADINGS


def cells(data: bytes) -> list[list[str]]:
    sheet = read(data, known)
    return [sheet.headings, *(row.cells for row in sheet.rows)]


def workbook(rows, formats=()) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for place, shown in formats:
        sheet[place].number_format = shown
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as problem:
        read(data, known)
    return str(problem.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_encoding_and_with_the_usual_separators(separator, encoding):
    lines = [["title_en", "title_zh"], ["Lathes; mills, and drills", "关于车床的通知"]]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert cells(text.encode(encoding)) == lines


def test_rows_keep_their_numbers_past_empty_ones():
    sheet = read(b"title_en\n\nA\n,,\n\nB\n", known)
    assert [(row.number, row.cells[0]) for row in sheet.rows] == [(3, "A"), (6, "B")]


def test_a_line_break_within_a_cell_does_not_end_a_row():
    sheet = read(b'title_en,title_zh\n"A\nB",C\nD,E\n', known)
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ["A\nB", "C"]), (3, ["D", "E"])]


def test_cells_of_a_workbook_are_read_as_they_are_shown():
    rows = [
        ["title_en", "announced", "title_zh"],
        ["Day", date(2024, 4, 26), 1200],
        ["Month", date(2024, 4, 1), 0.1],
        ["Year", date(2024, 1, 1), 1.25],
        ["Number", 2024, 0.25],
        [7, None, True],
    ]
    formats = [("B2", "dd/mm/yyyy"), ("B3", 'yyyy"年"m"月"'), ("B4", "yyyy"), ("C5", "0%")]
    assert cells(workbook(rows, formats)) == [
        ["title_en", "announced", "title_zh"],
        ["Day", "2024-04-26", "1200"],
        ["Month", "2024-04", "0.1"],
        ["Year", "2024", "1.25"],
        ["Number", "2024", "25%"],
        ["7", "", "TRUE"],
    ]


def test_a_formula_in_a_workbook_is_wrong_and_not_read_as_text():
    sheet = read(workbook([["title_en", "title_zh"], ["=1+1", "A"], ["#N/A", "B"]]), known)
    assert "formula" in sheet.rows[0].wrong[0]
    assert "error" in sheet.rows[1].wrong[0]


def test_only_the_first_sheet_of_a_workbook_is_read():
    book = Workbook()
    book.active.append(["title_en"])
    book.active.append(["A"])
    book.create_sheet("Columns").append(["B"])
    book.active = 1
    out = io.BytesIO()
    book.save(out)
    assert cells(out.getvalue()) == [["title_en"], ["A"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\0\0\0\0", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (b"\x89PNG\r\n\x1a\n....", "an image (PNG)"),
        (b"<html><table><tr><td>title_en</td></tr></table></html>", "web page"),
        (b"\x80\x04\x95pickle\x94.", "no sheet"),
        (bytes(range(256)) * 9, "no sheet"),
        (b"PK\x03\x04 cut short", "damaged"),
        (b'title_en\n"A" and "B"\n', "quotation marks"),
        (b"title_en\n", "no rows"),
        (b",,\nA,B,C\n", "no headings"),
    ],
)
def test_what_is_no_sheet_gets_a_line_that_says_so(data, words):
    assert words in refused(data)


def test_a_word_file_is_named():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "Word file" in refused(out.getvalue())


GOOD = workbook([["title_en", "title_zh"], ["A", "B"]])


def with_rows(more: bytes) -> bytes:
    """The workbook with more rows below its own, as XML."""
    end = b"</sheetData>"
    return changed(
        GOOD, lambda name, part: part.replace(end, more + end) if "heet1" in name else part
    )


def cell(row: int, text: str = "C") -> bytes:
    written = f'<c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{row}">{written}</row>'.encode()


@pytest.mark.parametrize(
    "rows",
    [cell(60_000), cell(1_048_576), b"<row/>" * 100_000, b'<row ht="20"><c/></row>' * 60_000],
)
def test_a_sheet_that_goes_on_too_far_is_refused_at_once(rows):
    begun = time.process_time()
    assert "goes on past row 20,000" in refused(with_rows(rows))
    assert time.process_time() - begun < 4


def test_a_csv_that_goes_on_too_far_is_refused():
    assert "goes on past row 20,000" in refused(b"title_en\nA\n" + b",\n" * 30_000)


def test_empty_rows_at_the_end_of_a_sheet_do_not_matter():
    blank = b"".join(b'<row r="%d" ht="20"><c/></row>' % number for number in range(3, 10_000))
    last = b'<row r="1048576" ht="12.8"/>'
    assert cells(with_rows(blank + last)) == [["title_en", "title_zh"], ["A", "B"]]


def test_rows_of_a_workbook_keep_their_numbers_past_those_left_out():
    sheet = read(with_rows(cell(7) + cell(300)), known)
    assert [(row.number, row.cells[0]) for row in sheet.rows] == [(2, "A"), (7, "C"), (300, "C")]


def test_a_workbook_whose_rows_run_backwards_is_damaged():
    assert "damaged" in refused(with_rows(cell(5) + cell(4)))


def test_a_workbook_that_begins_below_its_first_row_has_no_headings():
    data = changed(GOOD, lambda name, part: part.replace(b'<row r="1"', b'<row r="2"', 1))
    data = changed(data, lambda name, part: part.replace(b'</row><row r="2"', b'</row><row r="3"'))
    assert "no headings" in refused(data)


def test_one_formula_for_thousands_of_cells_costs_no_more_than_it_takes():
    shared = '<row r="{0}"><c r="A{0}"><f t="shared" si="0">{1}</f></c></row>'
    long = "+".join(["B1"] * 20_000)
    rows = "".join(shared.format(row, long if row == 3 else "") for row in range(3, 3_000))
    begun = time.process_time()
    sheet = read(with_rows(rows.encode()), known)
    assert time.process_time() - begun < 4
    assert all("formula" in row.wrong[0] for row in sheet.rows[1:])


def test_a_text_longer_than_a_cell_is_wrong():
    sheet = read(with_rows(cell(3, "x" * 300_000)), known)
    assert "32,767" in sheet.rows[1].wrong[0]


def test_a_workbook_of_too_many_tags_is_refused_before_it_is_read():
    data = changed(GOOD, lambda name, part: part + b"<x/>" * 5_000_000 if "heet1" in name else part)
    begun = time.process_time()
    assert "unpacks to far more" in refused(data)
    assert time.process_time() - begun < 4


@pytest.mark.parametrize("kept", ["\0", "\ud800"])
def test_a_character_that_no_database_keeps_is_named_in_its_cell(kept):
    sheet = read(with_rows(cell(3, f"C_x{ord(kept):04X}_")), known)
    assert f"U+{ord(kept):04X}" in sheet.rows[1].wrong[0]
    assert sheet.rows[1].cells == ["C\ufffd"]


def test_a_null_character_in_a_csv_is_named_in_its_cell():
    sheet = read(codecs.BOM_UTF8 + b"title_\0en,title_zh\nA,B\0\n", known)
    assert list(sheet.rows[0].wrong) == [1]
    assert sheet.headings[0] == "title_\ufffden"


def test_a_bomb_is_refused_before_it_goes_off():
    data = changed(GOOD, lambda name, part: part + b" " * 90_000_000 if "xl/w" in name else part)
    data = changed(data, lambda name, part: part + b" " * 90_000_000 if "styles" in name else part)
    assert len(data) < 1_000_000
    assert "unpacks to far more" in refused(data)


def test_entities_in_a_workbook_are_refused():
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
    data = changed(GOOD, lambda name, part: entity if "sheet1" in name else part)
    assert "damaged" in refused(data)


@pytest.mark.parametrize("gone", ["Content_Types", "sheet1", "xl/workbook.xml", "styles"])
def test_a_workbook_that_lacks_a_part_is_read_or_refused(gone):
    data = changed(GOOD, lambda name, part: None if gone in name else part)
    with suppress(Unreadable):
        read(data, known)


@pytest.mark.parametrize("place", range(60, len(GOOD), 331))
def test_a_damaged_workbook_is_read_or_refused(place):
    data = GOOD[:place] + bytes([GOOD[place] ^ 0x5A]) + GOOD[place + 1 :]
    for damaged in (data, GOOD[:place]):
        with suppress(Unreadable):
            read(damaged, known)


def test_a_file_that_is_too_large_says_how_large_it_may_be(settings):
    settings.SHEET_MAX_BYTES = 1024
    assert "at most 0.000976562 MB" in refused(b"title_en\n" + b"A\n" * 1000)


def test_a_sheet_of_too_many_rows_is_to_be_divided(settings):
    settings.SHEET_MAX_ROWS = 3
    assert read(b"title_en\nA\n\nB\nC\n", known)
    assert "more than 3 rows" in refused(b"title_en\nA\nB\nC\nD\n")
