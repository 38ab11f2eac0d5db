"""Which kind a file is, by its content, and reading it."""

from __future__ import annotations

import io
import re
import zipfile

from .docx import read_docx
from .failures import Limits, Unreadable
from .html import read_html
from .mail import read_mail
from .pdf import read_pdf
from .text import decode

_HTML = re.compile(rb"<(?:!doctype html|html|head|body|div|p|table)\b", re.IGNORECASE)
_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|mime-version|message-id|content-type)"
    rb":[^\n]*\n",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", re.IGNORECASE)
_FOREIGN = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF file",
}
_READ = "Save it as PDF, Word (.docx), HTML, e-mail or text."


def kind_of(data: bytes, name: str = "") -> str:
    """ "pdf", "docx", "html", "eml" or "text"; raises Unreadable for a file of another kind."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("The file is empty.")
    for start, what in _FOREIGN.items():
        if data.startswith(start):
            raise Unreadable(f"This is {what}. {_READ}")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _archive_kind(data)
    head = data[:4096].replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n ")
    ending = name.rpartition(".")[2].lower()
    if ending in ("txt", "md", "text"):
        return "text"
    if _HEADER.match(head) and (ending == "eml" or _is_message(head)):
        return "eml"
    if ending in ("html", "htm") or _HTML.search(head.replace(b"\0", b"")):
        return "html"
    return "text"


def read(data: bytes, *, name: str = "", limits: Limits = Limits()) -> str:  # noqa: B008
    """The text of the file `data`, with Markdown links.

    `name` only decides between kinds of text. Raises Unreadable, and nothing else.
    """
    if len(data) > limits.max_bytes:
        raise Unreadable(
            f"The file has more than {limits.max_bytes / 2**20:.0f} MB, the most that is read."
        )
    kind = kind_of(data, name)
    if kind == "pdf":
        return read_pdf(data, limits)
    if kind == "docx":
        return read_docx(data, limits)
    if kind == "eml":
        return read_mail(data, lambda content: read(content, limits=limits))
    if kind == "html":
        return read_html(_decode_html(data))
    return decode(data)


def _decode_html(data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    if named:
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _is_message(head: bytes) -> bool:
    return len(re.findall(rb"^[A-Za-z-]+:", head.partition(b"\n\n")[0], re.MULTILINE)) > 1


def _archive_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("The file is a damaged archive or Word file. Save it again.") from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        raise Unreadable(f"This is an Excel file. {_READ}")
    raise Unreadable(f"This is an archive. Unpack it first. {_READ}")
