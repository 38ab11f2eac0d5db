"""The source text as numbered, cleaned lines.

This is the one place that says what a line is and when it is blank; every
placement and leftover counts lines as they are counted here. What a line
means is left to `rows`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BREAK = re.compile(r"\r\n|\n|\r")
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
SPACES = re.compile(r"\s+")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&])")
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Characters between which a wrapped line is joined without a space.
WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60“”—…]")

# "small- and medium-sized"
SUSPENDED = re.compile(r"(?:and|or|to)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, as cleaned; `gap` says that a blank line stands before it."""

    number: int
    text: str
    indent: int
    gap: bool


def clean(raw: str) -> str:
    """The text without invisible characters and Markdown escapes, each run of space made one."""
    visible = SPACES.sub(" ", INVISIBLE.sub("", raw)).strip()
    return ESCAPED.sub(r"\1", visible) if "\\" in visible else visible


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that hold something, numbered from 1.

    Lines end with a line feed, a carriage return or both. A line is blank when
    nothing is left of it after `clean`.
    """
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(BREAK.split(text), start=1):
        cleaned = clean(raw)
        if not cleaned:
            gap = True
            continue
        expanded = raw.expandtabs(4)
        lines.append(Line(number, cleaned, len(expanded) - len(expanded.lstrip()), gap))
        gap = False
    return lines


def join(first: str, second: str) -> str:
    """Two parts of one paragraph as one text."""
    return f"{first}{glue(first, second)}{second}"


def glue(first: str, second: str) -> str:
    """What stands between two parts of a paragraph: a space, or nothing.

    Nothing stands between Chinese characters and behind a hyphen that goes on with a word,
    whether it only divides the word or belongs to it ("high-" and "tech").
    """
    if not first or not second:
        return ""
    wide = WIDE.match(first[-1]) and WIDE.match(second[0])
    if wide and (HAN.match(first[-1]) or HAN.match(second[0])):
        return ""
    divided = first[-1] == "-" and first[-2:-1].isalpha() and second[0].islower()
    return "" if divided and not SUSPENDED.match(second) else " "
