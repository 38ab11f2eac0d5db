"""Lists in running text, parted where no bracket and no quotation mark is open."""

from __future__ import annotations

import re

OPEN, SHUT = "(（《", ")）》"
SIGNS = re.compile(r'[(（《)）》"“”、，,;；]')


def split_list(text: str, signs: str = "、，,;；") -> list[str]:
    """The parts of `text` between `signs`, with the space at their edges; some may be empty."""
    parts: list[str] = []
    start, depth, quoted = 0, 0, False
    for match in SIGNS.finditer(text):
        sign = match[0]
        if sign == '"':
            quoted = not quoted
        elif sign in "“”":
            quoted = sign == "“"
        elif sign in OPEN:
            depth += 1
        elif sign in SHUT:
            depth = max(0, depth - 1)
        elif depth == 0 and not quoted and sign in signs:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]
