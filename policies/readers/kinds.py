"""What kind a file is, by its content.

The ending of its name decides only between kinds that are all text. Whether
the file is whole and readable is left to the reader of its kind.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from .archive import archive_kind
from .limits import Unreadable
from .text import decode, looks_like_utf16
from .words import words

# Where a PDF reader still looks for the mark of a PDF, in bytes.
PDF_REACH = 1024
HEAD = 4096

FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Office file (.doc, .xls)"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF87a", "an image (GIF)"),
    (b"GIF89a", "an image (GIF)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a compressed archive (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive (7z)"),
    (b"Rar!\x1a\x07", "a compressed archive (RAR)"),
    (b"BZh9", "a compressed archive (bzip2)"),
    (b"\xfd7zXZ\0", "a compressed archive (xz)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"%!PS", "a PostScript file"),
)
PROGRAM = re.compile(rb"MZ.{0,512}?(?:PE\0\0|This program|DOS mode)", re.DOTALL)
HTML = re.compile(
    r"<!doctype\s{1,9}html|<(?:html|head|body|meta|title|style|table|div|article|section"
    r"|main|p|h[1-6]|ul|ol|span|font|center)(?=[\s>/])",
    re.IGNORECASE,
)
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:(?:[ \t]|$)")
MAIL_HEADERS = words(
    "from to subject date message-id mime-version received return-path content-type",
    "delivered-to reply-to sender content-transfer-encoding x-mailer dkim-signature cc",
)
ENDINGS = {".html": "html", ".htm": "html", ".xhtml": "html", ".eml": "eml"}
ADVICE = "save it as PDF, .docx, HTML, e-mail or text"


def kind_of(data: bytes, name: str = "") -> str:
    """Which reader `data` needs: "pdf", "docx", "html", "eml" or "text".

    Raises Unreadable for an empty file and for one of another kind, which is named.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("The file is empty: choose another file.")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    for magic, foreign in FOREIGN:
        if data.startswith(magic):
            raise Unreadable(f"The file is {foreign}, which cannot be read: {ADVICE}.")
    if PROGRAM.match(data[:HEAD]):
        raise Unreadable(f"The file is a program, which cannot be read: {ADVICE}.")
    if _is_pdf(data):
        return "pdf"
    return _text_kind(data, name)


def _is_pdf(data: bytes) -> bool:
    """Whether the mark of a PDF opens the file, or stands after some bytes that are no text."""
    mark = data.find(b"%PDF-", 0, PDF_REACH)
    before = data[: max(mark, 0)].strip(b"\0 \r\n\t")
    return mark >= 0 and (not before or not before.isascii())


def _zip_kind(data: bytes) -> str:
    kind = archive_kind(data)
    if kind == "docx":
        return kind
    raise Unreadable(f"The file is {kind}, which cannot be read: {ADVICE}.")


def _text_kind(data: bytes, name: str) -> str:
    start = (
        data.lstrip(b"\xef\xbb\xbf \t\r\n")[:HEAD] if not looks_like_utf16(data) else data[:HEAD]
    )
    head = _peek(start)
    ending = PurePath(name.lower()).suffix if len(name) < HEAD else ""
    if head.startswith("<") and HTML.search(head):
        return "html"
    if _is_mail(head):
        return "eml"
    if ending in ENDINGS and (ending == ".eml" or HTML.search(head)):
        return ENDINGS[ending]
    if not ending and len(HTML.findall(head)) > 2:
        return "html"
    return "text"


def _peek(start: bytes) -> str:
    """The start of a text, whatever its encoding: only its ASCII letters matter here."""
    if looks_like_utf16(start):
        return decode(start[: len(start) // 2 * 2]).lstrip("\ufeff \t\r\n")
    return start.decode("latin-1")


def _is_mail(head: str) -> bool:
    """Whether the text opens with headers of an e-mail, two of them well known."""
    if head.startswith("From "):
        head = head.partition("\n")[2]
    known: set[str] = set()
    for line in head.splitlines():
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        if not HEADER.match(line):
            return False
        field = line.partition(":")[0].lower()
        known |= {field} & MAIL_HEADERS
    return len(known) >= 2
