"""Lines joined to paragraphs and bullets, each on one line of its own.

Where one ends is told in `breaks`, what becomes of a hyphen in `hyphens`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..spaces import IS_HAN, joins_without_space
from .breaks import break_between
from .hyphens import HYPHENS, Hyphens, ends_divided
from .lines import Line
from .measures import measure
from .runs import Runs, as_markdown, joined

TIGHT = re.compile(r"[A-Za-z0-9][\u3400-\u9fff]|[\u3400-\u9fff][A-Za-z0-9]")
LOOSE = re.compile(r"[A-Za-z0-9] [\u3400-\u9fff]|[\u3400-\u9fff] [A-Za-z0-9]")
# "small- and medium-sized"
SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bis)\b")
NUMBER_DASH = re.compile(r"\d[–—-]$|[^\s]/$|[^\s–—][—–]$")


def text_of(lines: Sequence[Line]) -> str:
    """The text of a document from its `lines`."""
    measures = measure(lines)
    joiner = Joiner([line.text for line in lines])
    out: list[str] = []
    block: list[Line] = []
    for line in lines:
        gap = break_between(block, line, measures) if block else ""
        if gap:
            out += [_written(block, joiner), gap]
            block = []
        block.append(line)
    if block:
        out.append(_written(block, joiner))
    return "".join(out)


class Joiner:
    """Puts the lines of a paragraph together, as the document's habits suggest."""

    def __init__(self, texts: list[str]) -> None:
        self._hyphens = Hyphens(texts)
        tight = sum(len(TIGHT.findall(text)) for text in texts)
        loose = sum(len(LOOSE.findall(text)) for text in texts)
        self._tight = tight > loose

    def join(self, before: Runs, after: Runs) -> Runs:
        """Two lines of one paragraph as one."""
        first = before[-1][0]
        second = after[0][0]
        if SUSPENDED.match(second) and first.endswith(tuple(HYPHENS)):
            return joined(before, " ", after)
        if ends_divided(first):
            return joined(before, "", after, cut=int(self._hyphens.divides(first, second)))
        return joined(before, "" if self._is_tight(first, second) else " ", after)

    def _is_tight(self, first: str, second: str) -> bool:
        if joins_without_space(first, second):
            return True
        if NUMBER_DASH.search(first[-3:]):
            return True
        mixed = bool(IS_HAN.match(first[-1])) != bool(IS_HAN.match(second[0]))
        return self._tight and mixed and first[-1].isalnum() and second[0].isalnum()


def _written(block: list[Line], joiner: Joiner) -> str:
    opening = block[0]
    runs = opening.runs
    for line in block[1:]:
        more = line.runs
        if line.bullet and line.bullet.glyphs:
            more = ((line.bullet.mark + " ", ""), *more)
        runs = joiner.join(runs, more)
    text = as_markdown(runs).strip()
    return f"- {text}" if opening.bullet else text
