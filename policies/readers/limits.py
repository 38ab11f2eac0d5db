"""How much a file may hold, and the one refusal that every reader raises."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(ValueError):
    """A file that cannot be read. Its message is one line that tells an editor what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold at most.

    `max_bytes` is the size of the file in bytes, `max_pages` the number of
    pages of a PDF, `max_unpacked` what a compressed file may unpack to, in
    bytes. `max_characters` is how long the text may be that comes out;
    `max_seconds` of work and `max_memory`, in bytes, are what reading may take.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_pages: int = 500
    max_unpacked: int = 200 * 1024 * 1024
    max_characters: int = 1_000_000
    max_seconds: int = 8
    max_memory: int = 450 * 1024 * 1024

    def check_text(self, text: str) -> str:
        """`text`, unless it is longer than `max_characters`: then raises Unreadable."""
        if len(text) > self.max_characters:
            raise Unreadable(
                f"The file's text is too long ({len(text):,} characters): "
                f"at most {self.max_characters:,} can be read. Split it into issues."
            )
        return text

    def check_size(self, data: bytes) -> None:
        """Raise Unreadable if `data` is empty or larger than `max_bytes`."""
        if not data.strip(b"\0 \t\r\n"):
            raise Unreadable("The file is empty: choose another file.")
        if len(data) > self.max_bytes:
            # Its own size is not said: most callers read one byte more than is allowed.
            raise Unreadable(
                f"The file is too large: at most {self.max_bytes / 2**20:g} MB can be read."
            )
