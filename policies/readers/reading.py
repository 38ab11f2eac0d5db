"""From the kind of a file to its reader.

The readers know nothing of each other; an e-mail's attachments come back here.
Who reads a file from elsewhere calls `apart.read`, which calls this in a child.
"""

from __future__ import annotations

from . import docx, html, mail, pdf, text
from .kinds import kind_of
from .limits import Limits, Unreadable

DEFAULT = Limits()


def read(data: bytes, *, name: str = "", limits: Limits = DEFAULT) -> str:
    """The text of the file `data`, its links as Markdown, its lines ended by a line feed.

    `name` is the file's name; its ending decides only between kinds of text.
    Raises Unreadable, and nothing else, for what cannot be read.
    """
    limits.check_size(data)
    return limits.check_text(_read(data, kind_of(data, name), limits))


def _read(data: bytes, kind: str, limits: Limits) -> str:
    if kind == "pdf":
        return pdf.read(data, limits)
    if kind == "docx":
        return docx.read(data, limits)
    if kind == "html":
        return html.read(data)
    if kind == "eml":
        return mail.read(data, lambda part, title: _attached(part, title, limits))
    return text.read(data)


def _attached(data: bytes, name: str, limits: Limits) -> str | None:
    """The text of an e-mail's attachment, or None if it is none that can be read."""
    try:
        if kind_of(data, name) == "eml":
            return None
        return read(data, name=name, limits=limits)
    except Unreadable:
        return None
