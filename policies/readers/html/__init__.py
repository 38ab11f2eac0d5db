"""Web pages, and whatever other readers turn into HTML first.

`tree` builds the document with a limit on its size and depth, `walk` turns it
into text. Scripts never run: what is not text is dropped.
"""

from __future__ import annotations

from bs4.dammit import EncodingDetector

from ..limits import Unreadable
from ..text import BOMS, decode, looks_like_utf16
from .tree import parse
from .walk import text_of

HEAD = 4096
CHINESE = {"gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312"}


def read(data: bytes) -> str:
    """The text of a page of HTML. Raises Unreadable if it has none or cannot be taken apart."""
    return read_markup(_decode(data))


def read_markup(markup: str, *, folds: bool = True) -> str:
    """The text of HTML that is decoded already; `folds` as in `walk.text_of`."""
    text = text_of(parse(markup), folds=folds)
    if not text.strip():
        raise Unreadable("The document holds no text: choose another file.")
    return text


def _decode(data: bytes) -> str:
    """The page decoded: byte order mark, then UTF-8 if it is valid, then what the page declares."""
    if looks_like_utf16(data) or any(data.startswith(mark) for mark, _ in BOMS):
        return decode(data)
    declared = EncodingDetector.find_declared_encoding(data[:HEAD], is_html=True)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared:
        encoding = "gb18030" if declared.lower() in CHINESE else declared
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):  # no such encoding, or not in this one
            pass
    return decode(data)
