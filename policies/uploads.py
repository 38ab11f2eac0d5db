"""Takes uploaded files in memory, up to what any form takes, so that none ever lies on the disk.

A larger file is cut one byte past that: enough for its form to refuse it by its size,
however long it goes on.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemory(MemoryFileUploadHandler):
    """Django's, for files of every size that is allowed; there is none on the disk behind it."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.left = 1 + max(settings.NEWSLETTER_MAX_BYTES, settings.SHEET_MAX_BYTES)
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        taken = raw_data[: self.left]
        self.left -= len(taken)
        super().receive_data_chunk(taken, start)
        return None
