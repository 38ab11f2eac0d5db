"""A PDF opened, each page as glyphs, links and small round marks.

All that knows pdfplumber stands here. Lengths are in points, measured from
the page's upper left corner.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import PdfminerException

from ..limits import Limits, Unreadable
from .boxes import Box
from .glyphs import Glyph, glyphs_of
from .streams import check_streams

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

LOCKED = "The PDF is protected by a password: save it without one and try again."
DAMAGED = "The PDF is damaged: open it, save or print it anew as PDF and try again."
# The side of a bullet that is drawn instead of set, in points.
SMALLEST, LARGEST = 1.5, 9.0


@dataclass(slots=True)
class Page:
    """What stands on a page."""

    number: int
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    links: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)


def pages_of(data: bytes, limits: Limits) -> Iterator[Page]:
    """The pages of a PDF. Raises Unreadable for a locked, damaged or too long one."""
    check_streams(data, limits)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > limits.max_pages:
                raise Unreadable(
                    f"The PDF is too long ({len(document.pages)} pages): "
                    f"at most {limits.max_pages} can be read."
                )
            if not document.pages:
                raise Unreadable(DAMAGED)
            for number, page in enumerate(document.pages):
                yield _page(number, page)
                page.close()
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # pdfminer raises whatever a broken file leads it to
        raise Unreadable(LOCKED if _is_locked(error) else DAMAGED) from error


def _page(number: int, page: PlumberPage) -> Page:
    height = float(page.height)
    return Page(
        number=number,
        height=height,
        glyphs=glyphs_of(page.chars, height, turned=bool(page.rotation)),
        links=[box for annotation in page.annots for box in _links(annotation, page)],
        dots=[_box(shape) for shape in page.curves + page.rects if _is_dot(shape)],
    )


def _links(annotation: dict[str, Any], page: PlumberPage) -> Iterator[Box]:
    """The rectangles of a link, one a line."""
    url = _url(annotation)
    if not url:
        return
    quads = annotation["data"].get("QuadPoints")
    if not isinstance(quads, list) or len(quads) % 8 or len(quads) < 16:
        yield _box(annotation, url)
        return
    left, top = page.bbox[0], float(page.height)
    for start in range(0, len(quads), 8):
        xs, ys = quads[start : start + 8 : 2], quads[start + 1 : start + 8 : 2]
        yield Box(min(xs) - left, top - max(ys), max(xs) - left, top - min(ys), url)


def _url(annotation: dict[str, Any]) -> str:
    """Where an annotation leads: an address as written, "#" for an empty place, "" for none."""
    data = annotation["data"]
    uri = annotation.get("uri")
    if uri:
        return "#" if str(uri).startswith("file:") and str(uri).endswith("#") else str(uri)
    place = data.get("Dest")
    return "#" if getattr(place, "name", place) in ("", b"") else ""


def _box(shape: dict[str, Any], url: str = "") -> Box:
    return Box(
        float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]), url
    )


def _is_dot(shape: dict[str, Any]) -> bool:
    wide, high = float(shape["width"]), float(shape["height"])
    if not (SMALLEST <= wide <= LARGEST and SMALLEST <= high <= LARGEST):
        return False
    return 0.7 <= wide / high <= 1.4


def _is_locked(error: BaseException) -> bool:
    reasons = [error, *error.args] if isinstance(error, PdfminerException) else [error]
    return any(isinstance(one, PDFPasswordIncorrect | PDFEncryptionError) for one in reasons)
