"""White space and marks that only lay text out, as all readers treat them."""

from __future__ import annotations

import re

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WIDE = HAN + "\u3000-\u3004\u3008-\u303f\uff00-\uff60"
IS_HAN = re.compile(f"[{HAN}]")
IS_WIDE = re.compile(f"[{WIDE}]")
SPACE = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
OPENING = frozenset("([{（《〈「『【")
CLOSING = frozenset(")]},.;:!?%）》〉」』】，。；：、！？")
BLANKS = re.compile(r"\n{3,}")


def visible(text: str) -> str:
    """`text` without soft hyphens, zero-width marks and control characters."""
    return INVISIBLE.sub("", text)


def folded(text: str) -> str:
    """`text` on one line, each run of space made one."""
    return SPACE.sub(" ", text).strip()


def joins_without_space(before: str, after: str) -> bool:
    """Whether a line that ends with `before` goes on with `after` without a space between."""
    if not before or not after:
        return True
    first, second = before[-1], after[0]
    if first in OPENING or second in CLOSING or (first, second) == ("]", "("):
        return True
    if IS_WIDE.match(first) and IS_WIDE.match(second):
        return True
    if IS_HAN.match(first) or IS_HAN.match(second):
        return first in "“‘—…" or second in "”’—…"
    return False


def tidy(text: str) -> str:
    """`text` without space at line ends, at most one blank line in a row, ended by a line feed."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return BLANKS.sub("\n\n", lines).strip("\n") + "\n"
