"""Zip archives, opened without trusting them.

What an archive says of itself is checked before anything is unpacked, and what
comes out is counted while it comes. What the parts mean is left to `docx`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from .limits import Limits, Unreadable

MAX_MEMBERS = 5000
# How many times its own size a part may unpack to; text of a real document stays below 60.
MAX_RATIO = 250
SMALL = 1024 * 1024
CHUNK = 64 * 1024
# What each entry of an archive's directory begins with.
ENTRY = b"PK\x01\x02"
BOMB = "The Word file unpacks to far more than a document holds and is refused: save it anew."
DAMAGED = "The Word file is damaged: open it in Word, save it anew and try again."
OPEN_DOCUMENT = "an OpenDocument file (.odt, .ods)"


def archive_kind(data: bytes) -> str:
    """What a zip archive is: "docx", or a name of its kind for a message.

    Raises Unreadable for an archive of so many parts that listing them takes long.
    """
    _check_entries(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        # A cut Word file has lost its directory, but still shows its parts' names.
        return "docx" if b"word/" in data or b"[Content_Types].xml" in data else "a damaged archive"
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "a spreadsheet (.xlsx)"
    if any(name.startswith("ppt/") for name in names):
        return "a presentation (.pptx)"
    if "META-INF/container.xml" in names:
        return "an e-book (.epub)"
    return OPEN_DOCUMENT if {"mimetype", "content.xml"} <= names else "a zip archive"


def xml_parts(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The XML parts of an archive by name; other parts, such as images, stay packed.

    Raises Unreadable for a damaged or encrypted archive and for one that would
    unpack to more than `limits.max_unpacked` bytes.
    """
    _check_entries(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(members, limits)
            return dict(_unpack(archive, members, limits))
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(DAMAGED) from error


def _check_entries(data: bytes) -> None:
    """Raise Unreadable for more entries than an archive may have, before they are read."""
    if data.count(ENTRY) > MAX_MEMBERS:
        raise Unreadable(BOMB)


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > MAX_MEMBERS:
        raise Unreadable(BOMB)
    if sum(member.file_size for member in members) > limits.max_unpacked:
        raise Unreadable(BOMB)
    for member in members:
        if member.flag_bits & 1:
            raise Unreadable("The Word file is protected by a password: save it without one.")
        if member.file_size > SMALL and member.file_size > MAX_RATIO * member.compress_size:
            raise Unreadable(BOMB)


def _unpack(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits
) -> Iterator[tuple[str, bytes]]:
    left = limits.max_unpacked
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        out = io.BytesIO()
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise Unreadable(BOMB)
                out.write(chunk)
        yield member.filename, out.getvalue()
