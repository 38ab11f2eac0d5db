"""A page's glyphs as letters.

Fonts name their glyphs badly: ligatures, the radicals that Chromium writes for
the Chinese characters of the same shape, letters without any name. What is
put right here needs no second look later on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from ..spaces import visible

UNNAMED = re.compile(r"\(cid:\d{1,6}\)")
COMPATIBLE = re.compile("[\ufb00-\ufb06\u2f00-\u2fd5\u2e9f\u2ef3]")
BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
SOFT_HYPHEN = "\u00ad"
# Radicals that Unicode does not map itself (EquivalentUnifiedIdeograph.txt), each before the
# character it stands for; and the dash that Chromium takes for an en dash of Noto CJK.
PAIRS = (
    "⺎兀⺒巳⺝月⺟母⺠民⺩王⺫目⺭示⺮竹⺯糸⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦"
    "⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
RADICALS = dict(zip(PAIRS[::2], PAIRS[1::2], strict=True)) | {"\u2012": "–"}


class Glyph(NamedTuple):
    """One or more letters set at once; `base` is the line they stand on, from the page's top."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool


def glyphs_of(chars: Iterable[dict[str, Any]], height: float, *, turned: bool) -> list[Glyph]:
    """The glyphs of a page `height` points high; `turned` if the page as a whole is rotated.

    Letters that stand across, such as a stamp at the edge, are left out.
    """
    glyphs = []
    for char in chars:
        text = letters(char["text"])
        if not text or not (char["upright"] or turned):
            continue
        base = float(char["bottom"]) if turned else height - float(char["matrix"][5])
        bold = BOLD.search(str(char["fontname"])) is not None
        size = float(char["size"])
        if size > 0:
            glyphs.append(Glyph(text, float(char["x0"]), float(char["x1"]), base, size, bold))
    return glyphs


def letters(text: str) -> str:
    """What a glyph stands for; the replacement character where its font does not say."""
    if text == SOFT_HYPHEN:
        return text
    if len(text) > 4 and UNNAMED.fullmatch(text):
        return "\ufffd"
    text = RADICALS.get(text, text)
    if COMPATIBLE.search(text):
        text = unicodedata.normalize("NFKC", text)
    return visible(text.replace("\t", " ").replace("\n", " "))
