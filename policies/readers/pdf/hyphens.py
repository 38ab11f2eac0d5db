"""Words divided at the end of a line, made whole.

A hyphen at a line's end may divide a word ("semi-conductor") or belong to it
("high-tech"). In this order:

1. a soft hyphen divides;
2. one after a digit, a capital or another hyphen, or before a capital, belongs;
3. the document itself decides, if elsewhere it has the word with the hyphen
   inside a line (belongs) or without (divides);
4. a second part that is no word ("-ment", "-tion") or a first part that is but
   a prefix ("semi-", "inter-") divides;
5. a part that mostly makes compounds ("-based", "high-") belongs, and so it
   does where both parts stand as words in the document;
6. else the document's habit: where many lines were wrapped and hardly any ends
   with a hyphen, the document divides no words and the hyphen belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..words import words

WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
LAST = re.compile(r"([^\s\[\](){}/\"“”‘,;:]+)[-‐\u00ad]$")
FIRST = re.compile(r"[^\W\d_]+")
HYPHENS = "-‐"
SUFFIXES = words(
    "tion tions sion sions ment ments ture tures ing ings ness ity ties ly able ible ance",
    "ances ence ences ers ies ized ised izing ising ization isation tional ment's tive",
    "tives tic tics cal ally ted ting tory sive ous ious ical ism ist ists ship ships cies",
    "ency ation ations nology nologies turing tured ture's ters ered ering ary aries rial",
    "rials cial tial tially lation lations duction ductor ductors mation ness ity's als",
    "ers' es ed er",
)
PREFIXES = words(
    "semi inter intra infra electro hydro photo micro nano macro bio geo tele thermo aero",
    "agri ad com con dis en ex im in ir mis per pre re sub sur trans un de di manu tech",
    "develop gov indus invest pol tem ser ven reg imple sup stan",
)
COMPOUNDS = words(
    "based sized scale scaled term owned level led added tech end quality speed carbon",
    "emission emissions intensive related specific oriented driven made free wide range",
    "party depth funded backed run invested purpose friendly effective to and up off on in",
    "out high low long short medium mid full large small well self non near fast new cross",
    "multi state foreign open public private third first second risk value cost energy data",
    "key pro anti co so all half two three four five single double early late middle world",
    "ever",
)
# From so many wrapped lines on, and below one hyphen in so many of them, step 6 keeps hyphens.
LINES, RARE = 40, 16


class Hyphens:
    """What a document's own words say about the hyphens at the ends of its lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            whole = LAST.sub("", line.rstrip())
            self._words.update(word.casefold() for word in WORD.findall(whole))
        ends = sum(line.rstrip().endswith(tuple(HYPHENS)) for line in lines)
        self._divides = any(line.endswith("\u00ad") for line in lines)
        self._rare = len(lines) >= LINES and ends * RARE < len(lines)

    def divides(self, before: str, after: str) -> bool:
        """Whether the hyphen at the end of `before` only divides a word that `after` ends."""
        if before.endswith("\u00ad"):
            return True
        left, right = LAST.search(before), FIRST.match(after)
        if not left or not right or not right[0][0].islower():
            return False
        first, second = left[1].casefold(), right[0].casefold()
        if not left[1].isalpha() or left[1].isupper():
            return False
        if f"{first}-{second}" in self._words or first + second in self._words:
            return first + second in self._words
        return self._is_no_compound(first, second)

    def _is_no_compound(self, first: str, second: str) -> bool:
        if second in SUFFIXES or first in PREFIXES:
            return True
        if first in COMPOUNDS or second in COMPOUNDS:
            return False
        if min(len(first), len(second)) > 3 and {first, second} <= self._words:
            return False
        return not self._rare or self._divides


def ends_divided(text: str) -> bool:
    """Whether a hyphen ends `text` with a letter or digit before it."""
    return len(text) > 1 and text[-1] in "-‐\u00ad" and text[-2].isalnum()


def words_of(texts: Iterable[str]) -> Hyphens:
    """The hyphens of a document whose lines are `texts`."""
    return Hyphens(list(texts))
