"""Folds characters, so that spellings which mean the same are the same to a search.

Width and compatibility forms, case, accents, traditional Chinese, quotation
marks and dashes. Each character is folded by itself: the fold of a passage is
the same wherever the passage stands, and every folded character can be traced
to the one it came from.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import opencc

# Chinese characters, and the Japanese and Korean ones that are written without spaces like them.
HAN = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
HAN_CHARACTER = re.compile(f"[{HAN}]")
_MARKS = {
    **dict.fromkeys("‘’‚‛ʼ´`′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    # Chinese titles stand in marks that nobody types into a search.
    **dict.fromkeys("《》〈〉「」『』", ""),
}


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


class _Fold(dict[int, str]):
    """Folded characters by code point, each made when first asked for."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _MARKS.get(character)
        if folded is None:
            folded = _fold_character(character)
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if unicodedata.category(character) in {"Mn", "Cf", "Cc"}:
        return "" if not character.isspace() else " "
    plain = unicodedata.normalize("NFKD", character).casefold()
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    if HAN_CHARACTER.match(plain):
        plain = _simplifier().convert(plain)
    return "".join(_MARKS.get(c, c) for c in plain)


_FOLD = _Fold()


def fold(text: str) -> str:
    """`text` folded."""
    return text.translate(_FOLD)


def fold_traced(text: str) -> tuple[str, list[int]]:
    """`text` folded, and for each folded character the place it came from in `text`."""
    if text.isascii() and text.isprintable() and "`" not in text:
        return text.lower(), list(range(len(text)))
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = _FOLD[ord(character)]
        parts.append(folded)
        places += [place] * len(folded)
    return "".join(parts), places
