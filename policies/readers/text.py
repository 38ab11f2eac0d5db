"""Plain text and Markdown: the bytes decoded, the line ends made one.

Nothing else is changed, so that line numbers stay those of the file. How a
text's encoding is weighed is told in `decode`.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

from .limits import Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The ideographs of GB2312, in use by nearly every Chinese text, lie in these rows.
COMMON_ROWS = re.compile("[\u4e00-\u9fff\u3001-\u3011\uff01-\uff1f“”‘’—…·]")
ODD_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
SAMPLE = 8192
UNDECODED = "The text's encoding is not known: save it as UTF-8 and try again."
BINARY = "The file is binary data of no known kind: save it as PDF, .docx, HTML, e-mail or text."


def read(data: bytes) -> str:
    """The text of `data`, its lines ended by a line feed. Raises Unreadable as `decode` does."""
    return decode(data).replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes) -> str:
    """The text of `data`, whatever its encoding, without a byte order mark.

    A byte order mark decides; next UTF-16 by its zero bytes; next UTF-8. What is
    none of these is GB18030 if that makes mostly common Chinese, else
    Windows-1252 if that makes mostly Latin letters. Raises Unreadable for
    binary data and for what fits no encoding.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if utf16 := looks_like_utf16(data):
        return _strict(data, utf16)
    if len(ODD_BYTE.findall(data[:SAMPLE])) * 100 > len(data[:SAMPLE]):
        raise Unreadable(BINARY)
    try:
        return _printable(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _printable(_legacy(data))


def looks_like_utf16(data: bytes) -> str | None:
    """The encoding ("utf-16-le", "utf-16-be") of a text without a mark, by its zero bytes."""
    sample = data[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if odd * 5 > half and even * 20 < odd:
        return "utf-16-le"
    if even * 5 > half and odd * 20 < even:
        return "utf-16-be"
    return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _printable(data.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"The text is damaged: it is not valid {encoding.upper()}.") from error


def _legacy(data: bytes) -> str:
    for encoding, is_plausible in (("gb18030", _is_chinese), ("cp1252", _is_western)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_plausible(text):
            return text
    raise Unreadable(UNDECODED)


def _is_chinese(text: str) -> bool:
    """Whether nine in ten characters beyond ASCII are common in Chinese, and stand together.

    Curly quotes and accents of a western text, misread as GB18030, swallow the
    letter after them and make rare and lone ideographs.
    """
    wide = [index for index, char in enumerate(text) if char > "\x7f"]
    if not wide:
        return False
    common = sum(bool(COMMON_ROWS.match(text[index])) for index in wide)
    paired = sum(after - before == 1 for before, after in pairwise(wide))
    return common * 10 >= len(wide) * 9 and paired * 2 >= len(wide)


def _is_western(text: str) -> bool:
    letters = sum(char.isalpha() or char in " \n\r\t.,;:'\"()-" for char in text)
    return letters * 10 >= len(text) * 8


def _printable(text: str) -> str:
    if len(CONTROLS.findall(text)) * 100 > len(text):
        raise Unreadable(BINARY)
    if not text.strip():
        raise Unreadable("The file holds no text: choose another file.")
    return text
