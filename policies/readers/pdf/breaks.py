"""Where a paragraph ends: between which two lines, and how wide the break is.

The evidence, strongest first: another page, size or weight; a bullet; a gap;
a line that ends although the next word would have fitted.
"""

from __future__ import annotations

import re

from ..spaces import IS_HAN, IS_WIDE
from .lines import Line
from .measures import Measures, distance

ENDS = (".", "!", "?", ":", "。", "！", "？", "：", ".”", ".“", '."', ".)", "…")
LEADER = re.compile(r"(?:\.{4}|(?:\. ){4}|…{2}|_{4})[\s.]{0,9}\d{1,4}$")
NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s")
# Between usual leading and a gap that is none, in leadings; Chinese letters push lines apart.
GAP, CHINESE_GAP, SLIGHT = 1.3, 1.5, 1.12
SAME_PLACE = 3.0


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends with `text`."""
    return text.rstrip().endswith(ENDS)


def goes_on(text: str) -> bool:
    """Whether `text` opens as the middle of a sentence does."""
    return text[:1].islower() or text[:1] in ",;)”’、，；）%"


def break_between(block: list[Line], line: Line, measures: Measures) -> str:
    """What parts `line` from the lines of `block`: "" for nothing, a line feed, or two."""
    before = block[-1]
    if before.page != line.page:
        return _over_page(block, line, measures)
    if abs(before.size - line.size) > 0.08 * min(before.size, line.size):
        return "\n\n"
    ratio = distance(before, line) / measures.leading
    gap = CHINESE_GAP if IS_HAN.search(before.text + line.text) else GAP
    wide = ratio > gap
    if is_bullet(block, line, measures, apart=wide or ratio > SLIGHT):
        return "\n" if block[0].bullet else "\n\n"
    if wide:
        return "\n\n"
    if before.bold and not line.opens_bold and not goes_on(line.text):
        return "\n\n"
    if _is_new(block, line, measures):
        return _narrow(block, line)
    slight = ratio > SLIGHT and gap == GAP
    return "\n\n" if slight and ends_sentence(before.text) and not goes_on(line.text) else ""


def is_bullet(block: list[Line], line: Line, measures: Measures, *, apart: bool) -> bool:
    """Whether the mark that opens `line` is a bullet and no dash within a sentence."""
    if not line.bullet:
        return False
    if line.bullet.certain or apart:
        return True
    first = block[0].bullet
    if first and first.mark == line.bullet.mark and abs(first.x0 - line.bullet.x0) < SAME_PLACE:
        return True
    return is_short(block[-1], line, measures) and not goes_on(line.text)


def is_short(before: Line, line: Line, measures: Measures) -> bool:
    """Whether the first word of `line` would have fitted behind `before`."""
    size = before.size
    first = line.first
    if IS_WIDE.match(line.text[0]):
        first = min(first, 2 * size)
    return before.x1 + 0.3 * size + first < measures.right - 0.5 * size


def _is_new(block: list[Line], line: Line, measures: Measures) -> bool:
    """Whether a paragraph begins at `line` without a gap before it."""
    before = block[-1]
    if LEADER.search(before.text):
        return True
    number, first = NUMBERED.match(line.text), NUMBERED.match(block[0].text)
    if number and first and int(number[1]) == int(first[1]) + 1:
        return True
    if _hangs_back(block, line):
        return True
    if goes_on(line.text) and not ends_sentence(before.text):
        return False
    return is_short(before, line, measures)


def _hangs_back(block: list[Line], line: Line) -> bool:
    """Whether `line` stands left of the text of the bullet before it, whose lines hang."""
    bullet = block[0].bullet
    if not bullet or len(block) < 2 or block[1].x0 < block[0].x0 - SAME_PLACE:
        return False
    return line.x0 < block[0].x0 - SAME_PLACE


def _narrow(block: list[Line], line: Line) -> str:
    """The break where no gap shows one: lines of a list or an address stay together."""
    alone = len(block) == 1 and not block[0].bullet
    return "\n" if alone and not block[0].text.endswith((".", "。")) else "\n\n"


def _over_page(block: list[Line], line: Line, measures: Measures) -> str:
    before = block[-1]
    if abs(before.size - line.size) > 0.08 * min(before.size, line.size):
        return "\n\n"
    if line.bullet and (line.bullet.certain or not goes_on(line.text)):
        return "\n" if block[0].bullet else "\n\n"
    if before.bold != line.bold and not goes_on(line.text):
        return "\n\n"
    if LEADER.search(before.text):
        return "\n"
    bullet = block[0].bullet
    if bullet and bullet.x0 < block[0].x0 and _hangs_back([block[0], before], line):
        return "\n\n"
    hangs = bullet is not None and abs(line.x0 - block[0].x0) < SAME_PLACE < line.x0 - bullet.x0
    if hangs:
        return ""
    if ends_sentence(before.text):
        return "\n\n"
    if goes_on(line.text) or IS_HAN.match(line.text):
        return ""
    return "\n\n" if is_short(before, line, measures) else ""
