"""Sets of words, written as they are read: in a line, with spaces between."""

from __future__ import annotations


def words(*lines: str) -> frozenset[str]:
    """The words in `lines`."""
    return frozenset(word for line in lines for word in line.split())
