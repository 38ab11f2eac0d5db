"""Which font files the cards are drawn with: those of a setting, else what the system has.

A card is drawn in two weights, and each text in two scripts. Files are looked for at the
places where systems keep them, so that nothing has to be installed but the fonts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings
from PIL import ImageFont

# In a collection, the font is named by its number behind "#".
MAC, WINDOWS = "/System/Library/Fonts", "C:/Windows/Fonts"
CJK = "/usr/share/fonts/opentype/noto"
# The Korean face of Noto has the Latin marks in their own width, the Chinese one full-width.
LATIN = {
    "bold": (
        f"{CJK}/NotoSerifCJK-Bold.ttc#1", "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf",
        f"{MAC}/Supplemental/Georgia Bold.ttf", f"{WINDOWS}/georgiab.ttf",
    ),
    "plain": (
        f"{CJK}/NotoSansCJK-Regular.ttc#1", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        f"{MAC}/Supplemental/Arial.ttf", f"{WINDOWS}/arial.ttf",
    ),
}  # fmt: skip
CHINESE = {
    "bold": (
        f"{CJK}/NotoSerifCJK-Bold.ttc#2", f"{CJK}/NotoSansCJK-Bold.ttc#2",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        f"{MAC}/Hiragino Sans GB.ttc#2", f"{MAC}/STHeiti Medium.ttc#1", f"{WINDOWS}/msyhbd.ttc",
        f"{WINDOWS}/simhei.ttf",
    ),
    "plain": (
        f"{CJK}/NotoSansCJK-Regular.ttc#2", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        f"{MAC}/Hiragino Sans GB.ttc#0", f"{MAC}/STHeiti Light.ttc#1", f"{WINDOWS}/msyh.ttc",
        f"{WINDOWS}/simsun.ttc",
    ),
}  # fmt: skip
PROBES = {"latin": "A", "chinese": "政"}
# No font has a picture of this, so each draws what it draws for what it lacks.
NOWHERE = "\U0010fffd"


@dataclass(frozen=True, slots=True)
class Face:
    """The files that texts of one weight are drawn with; None where there is none."""

    latin: str | None
    chinese: str | None


def face(weight: str) -> Face:
    """The files for texts that are `bold` or `plain`."""
    own = tuple(filter(None, settings.CARD_FONTS))
    return Face(
        _first(own or LATIN[weight], PROBES["latin"]),
        _first(own or CHINESE[weight], PROBES["chinese"]),
    )


@lru_cache(maxsize=256)
def sized(name: str | None, size: int) -> ImageFont.FreeTypeFont:
    """A font in a size; Pillow's own, which has Latin letters, where there is no file."""
    if name is None:
        return cast(ImageFont.FreeTypeFont, ImageFont.load_default(size))
    path, _, number = name.partition("#")
    return ImageFont.truetype(path, size, index=int(number or 0))


@cache
def _first(names: tuple[str, ...], probe: str) -> str | None:
    return next((name for name in names if _has(name, probe)), None)


def _has(name: str, probe: str) -> bool:
    if not Path(name.partition("#")[0]).is_file():
        return False
    try:
        font = sized(name, 20)
    except (OSError, ValueError):
        return False
    return bytes(font.getmask(probe)) != bytes(font.getmask(NOWHERE))
