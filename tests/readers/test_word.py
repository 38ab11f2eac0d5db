"""Word documents with what authors do to them: headings, tables, nested lists."""

from __future__ import annotations

import io

import pytest
from docx import Document

from policies.readers.reading import read

from .builders import _fill as fill
from .builders import blocks
from .samples import NEWSLETTER
from .test_newsletter import records

LABELS = ("Article:", "Issuing", "Date:")


def word(*, nested: bool = False, table: str | None = None) -> bytes:
    """The newsletter as a Word document; `table` says how its labels stand in one."""
    document = Document()
    for lines in blocks(NEWSLETTER):
        if all(line.startswith("- ") for line in lines):
            for index, line in enumerate(lines):
                style = "List Bullet 2" if nested and index % 2 else "List Bullet"
                fill(document.add_paragraph(style=style), line[2:])
        elif table is not None and lines[0].startswith(LABELS):
            label, _, value = lines[0].partition(":")
            cells = document.add_table(1, 2).rows[0].cells
            fill(cells[0].paragraphs[0], label + table)
            fill(cells[1].paragraphs[0], value.strip())
            document.add_paragraph()
        else:
            heads = len(lines) == 1 and lines[0].isupper() and len(lines[0]) < 20
            for line in lines:
                fill(document.add_paragraph(style="Heading 1" if heads else None), line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("options", [{}, {"nested": True}, {"table": ":"}, {"table": ""}], ids=str)
def test_a_word_document_gives_the_records_however_it_is_set(options):
    assert records(read(word(**options))) == records(NEWSLETTER)
