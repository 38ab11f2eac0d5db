"""Word documents: unpacked with care, made HTML by mammoth, read as HTML.

Headers, footers and images are not part of the text; deleted text and
comments of reviewers are left out, as mammoth does.
"""

from __future__ import annotations

import io
import zipfile

import mammoth

from . import html
from .archive import DAMAGED, xml_parts
from .limits import Limits, Unreadable

# Each tag costs about a kilobyte in memory while it is read.
MAX_TAGS = 200_000
MAX_XML = 40 * 1024 * 1024
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
b =>
"""


def read(data: bytes, limits: Limits) -> str:
    """The text of a .docx file. Raises Unreadable for a damaged, locked or oversized one."""
    parts = xml_parts(data, limits)
    _check(parts)
    return html.read_markup(_as_html(_repacked(parts)), folds=False)


def _check(parts: dict[str, bytes]) -> None:
    if "word/document.xml" not in parts:
        raise Unreadable(DAMAGED)
    if sum(map(len, parts.values())) > MAX_XML:
        raise Unreadable("The Word file is too large to be a newsletter: save its text as PDF.")
    if sum(part.count(b"<") for part in parts.values()) > MAX_TAGS:
        raise Unreadable("The Word file is too complex to be a newsletter: save it as PDF.")
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise Unreadable(DAMAGED)


def _repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts as an archive again: what mammoth opens holds nothing that was not counted."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    packed.seek(0)
    return packed


def _as_html(file: io.BytesIO) -> str:
    try:
        result = mammoth.convert_to_html(file, style_map=STYLES, convert_image=_no_image)
    except MemoryError:
        raise
    except Exception as error:  # mammoth raises whatever its parts raise
        raise Unreadable(DAMAGED) from error
    return str(result.value)


@mammoth.images.img_element
def _no_image(image: object) -> dict[str, str]:
    return {}
