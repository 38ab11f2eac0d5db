"""Why a file cannot be read, in one line for an editor."""

from dataclasses import dataclass


class Unreadable(ValueError):
    """The file cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read: bytes of the file, pages of a PDF, bytes that a DOCX unpacks to."""

    max_bytes: int = 20 * 1024 * 1024
    max_pages: int = 500
    max_unpacked: int = 200 * 1024 * 1024
