"""What two readings of one newsletter have in common: its lines, as a reader sees them."""

from __future__ import annotations

import re

BULLET = re.compile(r"^[-•*–] ")


def plain_lines(text: str) -> list[str]:
    """The lines of `text` with space folded, bullets made one, italics and tabs dropped."""
    lines = (" ".join(BULLET.sub("- ", line).replace("*", "").split()) for line in text.split("\n"))
    return [line for line in lines if line]


def words(text: str) -> str:
    """All that `text` says, on one line."""
    return " ".join(plain_lines(text))
