"""What is written into a file is what is read from it, whatever it is."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from policies.bulk import csvfile, workbook
from policies.bulk.files import read
from policies.bulk.workbook import TooLong

ODD = st.sampled_from(
    ["=1+1", "'=1", "''@x", "+49", "-5", "@A", "\t=1", "007", "_x000B_", "_x005F_x000B_", "\x0b",
     "\r", "\r\n", '"', '""', "，", ";", "国务院", "🚂", "＝1", "\ufffe", "1e5", "TRUE", "2024-04",
     " a ", "\n"]
)  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
CELL = st.one_of(TEXT, ODD, st.lists(ODD, max_size=3).map("".join))
ROWS = st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=4)
HEADINGS = ["title_en", "title_zh"]


def back(data: bytes, rows: list[list[str]]) -> None:
    sheet = read(data, lambda heading: heading in HEADINGS)
    given = [row for row in rows if any(cell.strip() for cell in row)]
    assert [[*row.cells, "", ""][:2] for row in sheet.rows] == given
    assert not any(row.wrong for row in sheet.rows)


@given(ROWS)
@example([["=cmd|' /C calc'!A0", "'=1"]])
def test_a_csv_gives_back_every_text(rows):
    rows = [["x", "x"], *rows]
    back(csvfile.write(HEADINGS, rows), rows)


@given(ROWS)
@example([["_x000d_", "_x_x0041_"]])
def test_a_workbook_gives_back_every_text(rows):
    rows = [["x", "x"], *rows]
    back(workbook.write(HEADINGS, rows), rows)


@given(st.lists(CELL, min_size=1, max_size=4))
def test_nothing_in_a_file_is_taken_for_a_formula(texts):
    written = csvfile.write(HEADINGS, [[text, "x"] for text in texts]).decode("utf-8-sig")
    for record in list(csvfile.csv.reader(io.StringIO(written, newline="")))[1:]:
        live = record[0][:1] in set("=+-@\t\r\n＝＋－＠") and record[0] != ""
        assert not live or csvfile.NUMBER.fullmatch(record[0])
    book = load_workbook(io.BytesIO(workbook.write(HEADINGS, [[text, "x"] for text in texts])))
    assert not any(cell.data_type == "f" for row in book["Records"] for cell in row)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12)))
def test_a_number_in_a_workbook_stays_exact(value):
    text = f"{value.normalize():f}"
    rows = [["x", text]]
    back(workbook.write(HEADINGS, rows, numbers=[1]), rows)


def test_a_number_in_a_workbook_can_be_summed():
    book = load_workbook(io.BytesIO(workbook.write(HEADINGS, [["x", "25.5"]], numbers=[1])))
    assert book["Records"]["B2"].value == 25.5


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut():
    rows = [["x", "A" * 32_767]]
    back(workbook.write(HEADINGS, rows), rows)
    with pytest.raises(TooLong, match="as CSV"):
        workbook.write(HEADINGS, [["x", "A" * 32_768]])
    rows = [["x", "长" * 190_000]]
    back(csvfile.write(HEADINGS, rows), rows)
