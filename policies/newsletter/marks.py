"""Marks at the edge of a line: bullets, numbers, headings, emphasis.

They say how a line is set, not what it says. Which bullet is a point and
which number a headline is left to `rows` and `headlines`.
"""

from __future__ import annotations

import re

# "o" is how Word's round bullet of the second level comes out as text.
BULLET = re.compile(
    r"(?:[-*•–—·●▪◦‣+○■□►➢])(?=[\s*_\[“\"(A-Z\u3400-\u9fff])\s?(?=\S)"
    r"|\(?(?:[a-z]|i{2,3}|iv)\)\s(?=\S)"
    r"|o\s(?=[*_\[“\"(A-Z\u3400-\u9fff])"
)
STARRED = re.compile(r"\*{2,3}\S|\*[^\s*][^*]{0,80}\*")
NUMBER = re.compile(r"(?:\((\d{1,2})\)|(\d{1,2})[.)、．](?!\d))\s?(?=\S)")
HASHES = re.compile(r"#{1,6}\s?(?=[^\s#])")
EMPHASIS = ("***", "___", "**", "__", "*", "_")
RULE = re.compile(r"[-*_=~.•·–—|+#:>\s]+")


def after_bullet(text: str) -> str | None:
    """What follows the bullet mark at the start of `text`, or None if there is no bullet."""
    if STARRED.match(text):
        return None
    match = BULLET.match(text)
    return text[match.end() :] if match else None


def after_number(text: str) -> tuple[int, str] | None:
    """The number at the start of `text` ("1.", "1)", "(1)") and what follows it, or None."""
    match = NUMBER.match(text)
    if not match:
        return None
    return int(match[1] or match[2]), text[match.end() :]


def is_heading_mark(text: str) -> bool:
    """Whether Markdown sets the line as a heading."""
    return HASHES.match(text) is not None


def undecorated(text: str) -> str:
    """The text without the Markdown heading mark and the emphasis that encloses all of it."""
    match = HASHES.match(text)
    if match:
        text = text[match.end() :].rstrip("#").rstrip() or text
    for mark in EMPHASIS:
        inner = text[len(mark) : -len(mark)]
        if text.startswith(mark) and text.endswith(mark) and inner.strip() and mark not in inner:
            return inner.strip()
    return text


def is_rule(text: str) -> bool:
    """Whether the line only draws something: a rule, the edge of a table, a lone bullet."""
    return RULE.fullmatch(text) is not None
