"""When two Chinese titles are one document's: a slip is none of it, another number is.

The seventh batch is not the sixth, and the plan to 2027 not the one to 2026.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein

from policies.newsletter.numbers import chinese_value

# Two Chinese titles that differ in at most so many characters may be one document's.
TITLE_SLIPS = 2
# A title shorter than this is too short for a slip to be a sign of anything.
SHORTEST_TITLE = 8
_NUMERAL = re.compile(
    r"\d+|[〇零一二两三四五六七八九十百千]+|[甲乙丙丁]|(?<![a-z])[ivx]+(?![a-z])", re.IGNORECASE
)


def is_same_title(one: str, other: str) -> bool:
    """Whether the titles differ by slips alone, and in no number, year or ordinal."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_TITLE:
        return False
    slips = Levenshtein.distance(one, other, score_cutoff=TITLE_SLIPS)
    return slips <= TITLE_SLIPS and numerals(one) == numerals(other)


def numerals(title: str) -> list[int | str]:
    """The numbers in a title in their order, the same for 七 and 7."""
    found = _NUMERAL.findall(normalize("NFKC", title))
    return [chinese_value(numeral) or numeral.casefold() for numeral in found]
