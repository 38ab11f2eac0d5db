"""Text as XML can hold it: without what it has no way to write, or escaped as Excel does."""

from __future__ import annotations

import re

# The most characters that a cell of Excel holds.
LONGEST_CELL = 32_767
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What XML cannot hold, and what Excel would read as its escape.
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def writable(text: str) -> str:
    """`text` without the characters that XML has no way to write."""
    return UNWRITABLE.sub("", text)


def unwritable(text: str) -> str:
    """Which character of `text` XML has no way to write, in words; empty where there is none."""
    found = UNWRITABLE.search(text)
    if found is None:
        return ""
    return (
        f"It holds a control character (U+{ord(found[0]):04X}), which no page can show: "
        "delete it, or type the cell anew."
    )


def escaped(text: str) -> str:
    """`text` for a cell of a workbook, which gives it back unchanged."""
    return ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
