"""Words divided at the end of a line of a PDF are made whole, compounds stay compounds."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from policies.readers.pdf.hyphens import Hyphens, ends_divided
from policies.readers.reading import read

LINES = ["The semiconductor plan for high-tech firms and small- and medium-sized yards"] * 3


@pytest.mark.parametrize(
    ("before", "after", "divides"),
    [
        ("a semi-", "conductor", True),
        ("for high-", "tech firms", False),
        ("the develop-", "ment of", True),
        ("a carbon-", "based", False),
        ("the 2024-", "2026 plan", False),
        ("its AI-", "industry", False),
        ("in Guang-", "Dong", False),
        ("soft\u00ad", "ware", True),
    ],
)
def test_a_hyphen_divides_or_belongs_by_the_words_beside_it(before, after, divides):
    assert Hyphens(LINES).divides(before, after) is divides


@pytest.mark.parametrize(
    ("text", "divided"), [("semi-", True), ("5-", True), ("said -", False), ("-", False)]
)
def test_a_dash_behind_a_space_divides_nothing(text, divided):
    assert ends_divided(text) is divided


def test_a_pdf_with_divided_words_reads_as_if_they_were_not():
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    lines = [
        "The ministry wants semi-",
        "conductor makers and high-",
        "tech firms to invest in soft-",
        "ware, and in small- and medium-",
        "sized yards, for the develop-",
        "ment of ports.",
    ]
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    assert read(out.getvalue()).strip() == (
        "The ministry wants semiconductor makers and high-tech firms to invest in software, "
        "and in small- and medium-sized yards, for the development of ports."
    )
