"""PDF to text: paragraphs and hyperlinks, without running headers, footers and page numbers."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from .failures import Limits, Unreadable
from .paragraphs import Line, joined

_PAGE_NUMBER = re.compile(r"^(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?$", re.IGNORECASE)
# Lines in this part of a page, from the top or the bottom, may be running ones.
_MARGIN = 0.1


@dataclass(slots=True)
class _Row:
    line: Line
    in_margin: bool


def read_pdf(data: bytes, limits: Limits) -> str:
    """The text of the PDF `data`; raises Unreadable for encrypted, damaged and scanned ones."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > limits.max_pages:
                raise Unreadable(
                    f"The PDF has {len(document.pages)} pages; at most {limits.max_pages} are read."
                )
            pages = []
            for number, page in enumerate(document.pages):
                pages.append(_rows(page, number))
                page.close()
    except Unreadable:
        raise
    except (PDFPasswordIncorrect, PdfminerException) as error:
        if "PasswordIncorrect" in repr(error):
            raise Unreadable("The PDF is protected by a password. Save it without one.") from None
        raise Unreadable("The PDF is damaged. Export or download it again.") from None
    except Exception as error:
        # pdfminer raises whatever a broken file makes it trip over.
        raise Unreadable("The PDF is damaged. Export or download it again.") from error
    text = joined(_without_running_lines(pages))
    if not text.strip():
        raise Unreadable("The PDF holds no text, only pictures. Run text recognition on it first.")
    return text


def _rows(page: Any, number: int) -> list[_Row]:
    words = page.extract_words(
        extra_attrs=["size"], keep_blank_chars=False, use_text_flow=False, x_tolerance_ratio=0.15
    )
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (round(w["bottom"]), w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and rows[-1][-1]["top"] <= middle <= rows[-1][-1]["bottom"]:
            rows[-1].append(word)
        else:
            rows.append([word])
    links = [link for link in page.hyperlinks if link.get("uri")]
    return [_row(sorted(row, key=lambda w: w["x0"]), links, page, number) for row in rows]


def _row(words: list[dict[str, Any]], links: list, page: Any, number: int) -> _Row:
    top, bottom = min(w["top"] for w in words), max(w["bottom"] for w in words)
    line = Line(
        pieces=[(_gap(words, n) + word["text"], _uri(word, links)) for n, word in enumerate(words)],
        page=number,
        top=float(top),
        bottom=float(bottom),
        left=float(words[0]["x0"]),
        right=float(words[-1]["x1"]),
        size=float(max(w["size"] for w in words)),
    )
    height = float(page.height)
    return _Row(line, top < height * _MARGIN or bottom > height * (1 - _MARGIN))


def _gap(words: list[dict[str, Any]], number: int) -> str:
    if number == 0:
        return ""
    before, word = words[number - 1], words[number]
    return " " if word["x0"] - before["x1"] > 0.12 * word["size"] else ""


def _uri(word: dict[str, Any], links: list) -> str:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    for link in links:
        if link["x0"] <= x <= link["x1"] and link["top"] <= y <= link["bottom"]:
            return str(link["uri"])
    return ""


def _without_running_lines(pages: list[list[_Row]]) -> list[Line]:
    def shape(row: _Row) -> str:
        return re.sub(r"\d+", "0", row.line.plain)

    seen = Counter(name for page in pages for name in {shape(r) for r in page if r.in_margin})
    kept, first_shown = [], set()
    for page in pages:
        for row in page:
            if row.in_margin and len(pages) > 1:
                if _PAGE_NUMBER.match(row.line.plain):
                    continue
                name = shape(row)
                if seen[name] > 1:
                    masthead = row.line.page == 0 and name not in first_shown
                    first_shown.add(name)
                    if not masthead or row.line.top > 400:
                        continue
            kept.append(row.line)
    return kept
