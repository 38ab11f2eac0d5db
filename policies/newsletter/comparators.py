"""The words around a figure that say how it is to be compared.

"by over", "to at least", "no more than", "about" before it; "or more", "lower than" after
it; "compared to 2023" names the year that a change starts from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .directions import DOWN, UP, direction_of
from .document import ABOUT, AT_LEAST, AT_MOST, BY, EXACTLY

WINDOW = 48
MORE = (
    "more than|over|at least|above|exceeding|exceeds?|surpass(?:ing|es)?|no less than|not less than"
    "|no fewer than|not fewer than|upwards of|a minimum of|minimum|greater than|in excess of"
    "|beyond|higher than|≥|>=|>|不低于|不少于|超过|至少"
)
LESS = (
    "less than|fewer than|under|below|at most|no more than|not more than|no greater than|within"
    "|not exceeding|not exceed|a maximum of|up to|lower than|as many as|≤|<=|<|不超过|至多|低于"
)
NEAR = (
    "about|around|roughly|approximately|approx\\.?|some|nearly|almost|close to|an estimated"
    "|circa|ca\\.|~|≈|约|大约|左右"
)
CHANGE = (
    "by|(?:increase|growth|rise|decrease|decline|reduction|drop|cut|fall|improvement|gain)s? of"
    "|(?:increas|reduc|decreas|rais|declin)(?:e|es|ed|ing)|grow(?:s|ing)?|grew|ris(?:e|es|ing)|rose"
    "|cut(?:s|ting)?|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|(?:lower|shorten)(?:s|ed|ing)?"
    "|shrink(?:s|ing)?"
)
BEFORE = re.compile(
    rf"(?:(?<![\w])(?P<change>{CHANGE}) )?(?:an? (?:additional|further|average of) )?"
    rf"(?:(?:(?<![\w])|(?=[^\w]))(?:(?P<less>{LESS})|(?P<more>{MORE})|(?P<near>{NEAR})) ?)?\[?$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r" (?:(?P<more>or (?:more|above|higher|over)|and (?:above|more))"
    r"|(?P<less>or (?:less|below|lower|fewer|under)))(?![\w])|(?P<most>以内|以下)|(?P<least>以上)",
    re.IGNORECASE,
)
# "15 percent lower than in 2020" says by how much, not which level.
BEYOND = re.compile(
    r" (?:(?:(?P<down>lower|less|fewer|shorter|smaller)|(?P<up>higher|more|longer|larger|greater))"
    r" than(?!\w)|(?:(?P<below>below)|above) (?:the )?"
    r"(?:(?:19|20)[0-9]{2}(?![0-9-])|levels?(?!\w)))",
    re.IGNORECASE,
)
# "a reduction in noise of at least"
NOUN_IN = re.compile(
    r"(?<![\w-])(?P<change>increase|growth|rise|decrease|decline|reduction|drop|cut|fall)s? in"
    r" [^.;:,]{1,60}? of $",
    re.IGNORECASE,
)
# The words that BEFORE can end with: a cheap look before the search.
LAST = re.compile(
    r"(?:than|over|least|above|below|under|by|of|exceed\w{0,3}|surpass\w{0,3}|minimum|maximum|beyond"
    r"|most|within|close to|up to|many as|about|around|roughly|approx\w{0,6}\.?|some|nearly|almost"
    r"|estimated|circa|ca\.|additional|further|grew|rose|fell"
    r"|(?:increas|reduc|decreas|declin|rais|grow|ris|cut|fall|drop|lower|shorten|shrink)\w{0,4}|[≥>=≤<~≈于过少多约右])"
    r" ?\[?$",
    re.IGNORECASE,
)
BASELINE = re.compile(
    r"[^.;。；]{0,60}?(?:compared (?:to|with)|relative to|versus|vs\.?|from|over|against|than in"
    r"|than|on|above|below)(?: the| its| their)?"
    r"(?: levels?(?: of| in)?| year| figure of| value of)? "
    r"(?P<year>(?:19|20)[0-9]{2})(?![0-9-])(?: levels?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparator, where its words begin, and which way a change goes (empty for a level)."""

    comparator: str
    start: int
    way: str = ""


def compared(way: str, bound: str) -> str:
    """The comparator of a figure with this bound, for a change that goes this way or a level."""
    if not way:
        return bound
    return f"{way} by {bound}" if bound in (AT_LEAST, AT_MOST) else BY


def comparison_before(text: str, position: int) -> Comparison:
    """How the figure at `position` is compared, by the words before it."""
    begin = max(0, position - WINDOW)
    window = text[begin:position]
    match = BEFORE.search(window) if LAST.search(window[-16:]) else None
    if match is None or match.start() == len(window):
        return Comparison(EXACTLY, position)
    kinds = {"less": AT_MOST, "more": AT_LEAST, "near": ABOUT}
    name = next((name for name in kinds if match[name]), "")
    bound, start = kinds.get(name, EXACTLY), begin + match.start(name or 0)
    if match["change"]:
        return _change(text, begin + match.start("change"), begin + match.end("change"), bound)
    noun = NOUN_IN.search(text, max(0, start - 80), start)
    if noun:
        return _change(text, noun.start("change"), noun.end("change"), bound)
    return Comparison(bound, start) if name else Comparison(EXACTLY, position)


def _change(text: str, start: int, end: int, bound: str) -> Comparison:
    way, is_denied = direction_of(text, start, end)
    if is_denied:
        # "must not rise by more than"
        bound = {AT_LEAST: AT_MOST, AT_MOST: AT_LEAST}.get(bound, bound)
    return Comparison(compared(way, bound), start, way)


def comparator_after(text: str, position: int) -> tuple[str, int] | None:
    """The comparator that follows a figure ("or more") and where it ends, or None."""
    match = AFTER.match(text, position)
    if not match:
        return None
    least = match["more"] or match["least"]
    return (AT_LEAST if least else AT_MOST), match.end()


def way_after(text: str, position: int) -> str:
    """Which way a figure goes that is told as a distance ("lower than"); empty for others."""
    match = BEYOND.match(text, position)
    return "" if match is None else DOWN if match["down"] or match["below"] else UP


def baseline_after(text: str, position: int, end: int) -> tuple[int, int] | None:
    """The year that the change is counted from, and where it ends, looking up to `end`."""
    if "19" not in text[position:end] and "20" not in text[position:end]:
        return None
    match = BASELINE.match(text, position, end)
    return (int(match["year"]), match.end()) if match else None
