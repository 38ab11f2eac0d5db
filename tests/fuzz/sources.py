"""Whole files of every kind to begin with: the parser's cases as PDF, Word, HTML, e-mail, text."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

from reportlab import rl_config

from tests.readers.builders import as_docx, as_eml, as_html, as_pdf
from tests.readers.samples import NEWSLETTER

CASES = Path(__file__).parents[1] / "newsletter" / "cases"
LONGEST = 6_000
BOUNDARY = re.compile(rb"={15}\d+==")
KINDS = ("pdf", "docx", "html", "eml", "txt")


@cache
def texts() -> list[str]:
    """The texts of the parser's cases, none of them long, and the readers' sample."""
    found = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.txt"))]
    return [*(text for text in found if len(text) < LONGEST), NEWSLETTER]


@cache
def file_of(kind: str, number: int) -> bytes:
    """A file of `kind` with one of the texts; the same for the same number."""
    text = texts()[number % len(texts())]
    if kind == "pdf":
        return _pdf(text, compressed=bool(number % 2))
    if kind == "docx":
        return repacked(parts_of(as_docx(text)))
    if kind == "html":
        return as_html(text)
    if kind == "eml":
        return BOUNDARY.sub(b"=====the-boundary=====", as_eml(text))
    return text.encode()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(parts: dict[str, bytes]) -> bytes:
    """Parts as a Word file, without the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _pdf(text: str, *, compressed: bool) -> bytes:
    kept, rl_config.pageCompression = rl_config.pageCompression, int(compressed)
    try:
        return as_pdf(text)
    finally:
        rl_config.pageCompression = kept
