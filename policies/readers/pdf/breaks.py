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
LABEL = re.compile(r"[A-Z]\w{0,20}(?: \w{1,20}){0,2}:\s")
CAPITALS = re.compile(r"[A-Z]{5,}(?: [A-Z0-9&]{1,20}){0,4}")
# From usual leading to a gap that surely parts paragraphs and one that may, in leadings.
GAP, SLIGHT = 1.3, 1.12
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
    if IS_HAN.search(before.text + line.text):
        ratio /= measures.stretch
    wide = ratio > GAP
    if is_bullet(block, line, measures, apart=ratio > SLIGHT):
        return "\n" if block[0].bullet else "\n\n"
    if wide:
        return "\n\n"
    if before.bold and not line.opens_bold and not goes_on(line.text):
        return "\n\n"
    if _is_new(block, line, measures):
        return _narrow(block, line)
    slight = ratio > SLIGHT and ends_sentence(before.text) and not goes_on(line.text)
    return "\n\n" if slight else ""


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
    """Whether the first word of `line` would have fitted behind `before`.

    Lines may have been wrapped at a width in points or at a number of letters;
    the word must have fitted by both.
    """
    size = before.size
    first, letters = line.first, len(line.text.partition(" ")[0])
    if IS_WIDE.match(line.text[0]):
        first, letters = min(first, 2 * size), min(letters, 2)
    if len(before.text) + 1 + letters > measures.letters:
        return False
    return before.x1 + 0.3 * size + first < measures.right - 0.5 * size


def _is_new(block: list[Line], line: Line, measures: Measures) -> bool:
    """Whether a paragraph begins at `line` without a gap before it."""
    before = block[-1]
    if LEADER.search(before.text):
        return True
    if LABEL.match(line.text) and (ends_sentence(before.text) or _is_labelled(block)):
        return True
    number, first = NUMBERED.match(line.text), NUMBERED.match(block[0].text)
    if number and first and int(number[1]) == int(first[1]) + 1:
        return True
    if _hangs_back(block, line):
        return True
    if first and _is_heading(before, measures) and _is_heading(line, measures):
        return False
    if before.text.endswith((" -", " –", " —", ",", "(")):
        return False
    if goes_on(line.text) and not ends_sentence(before.text):
        return False
    return is_short(before, line, measures)


def _is_heading(line: Line, measures: Measures) -> bool:
    return line.bold or line.size > 1.08 * measures.size


def _is_labelled(block: list[Line]) -> bool:
    """Whether the lines are an entry such as "Date: May 2", which another may follow."""
    return LABEL.match(block[0].text) is not None or block[-1].text.endswith(")")


def _hangs_back(block: list[Line], line: Line) -> bool:
    """Whether `line` stands left of the text of the bullet before it, whose lines hang."""
    bullet = block[0].bullet
    if not bullet or bullet.x0 > block[0].x0 - SAME_PLACE:
        return False
    hangs = len(block) > 1 and block[1].x0 > block[0].x0 - SAME_PLACE
    return hangs and line.x0 < block[0].x0 - SAME_PLACE


def _narrow(block: list[Line], line: Line) -> str:
    """The break where no gap shows one: lines of a list or an address stay together."""
    alone = len(block) == 1 and not block[0].bullet
    return "\n" if alone and not block[0].text.endswith((".", "。")) else "\n\n"


def _over_page(block: list[Line], line: Line, measures: Measures) -> str:
    """What parts two lines between which a page ends, where no gap can show."""
    before = block[-1]
    if abs(before.size - line.size) > 0.08 * min(before.size, line.size):
        return "\n\n"
    if line.bullet and (line.bullet.certain or not goes_on(line.text)):
        return "\n" if block[0].bullet else "\n\n"
    if before.bold != line.bold and not goes_on(line.text):
        return "\n\n"
    if CAPITALS.fullmatch(line.text) and not before.text.isupper():
        return "\n\n"
    if LEADER.search(before.text):
        return "\n"
    if _hangs(block, line):
        return ""
    if LABEL.match(line.text) or NUMBERED.match(line.text) or _hangs_back(block, line):
        return "\n\n"
    if ends_sentence(before.text):
        return "\n\n"
    if goes_on(line.text) or IS_HAN.match(line.text):
        return ""
    return "\n\n" if is_short(before, line, measures) else ""


def _hangs(block: list[Line], line: Line) -> bool:
    """Whether `line` is set in from the bullet before it, as that bullet's own text is."""
    bullet = block[0].bullet
    if not bullet:
        return False
    return abs(line.x0 - block[0].x0) < SAME_PLACE < line.x0 - bullet.x0
