"""When a document takes effect, where a sentence says so."""

from __future__ import annotations

import re

from .dates import PreciseDate
from .datewords import YEAR, date_at
from .periods import Times, coming, with_year

TRIGGER = re.compile(
    r"(?<![\w])(?:(?:into|in) (?:effect|force)|takes? effect|took effect|taking effect|effective"
    r"|implemented|entry into force|appl(?:y|ies))"
    r"(?: \w{2,12}){0,2}?,?"
    r" (?:on|from|as of|as from|starting(?: on| from)?|beginning(?: on)?|since|in|by)"
    r" (?:the )?|自 ?(?=(?:19|20)[0-9]{2} ?年[^。]{0,12}起)"
    r"|(?<![\w])(?:effective|takes? effect|took effect|in effect) (?=[A-Z0-9])",
    re.IGNORECASE,
)
YEAR_HERE = re.compile(YEAR)
PAST = re.compile(r"\b(?:took|came|went|been|was|were|has|have|since)\b", re.IGNORECASE)
REACH = 16
# "Implemented in 2023" tells of the past; these verbs need a day that begins.
WEAK = re.compile(r"(?:implemented|appl).{0,30} (?:in|by|since) (?:the )?$", re.IGNORECASE)


def find_effective(text: str, times: Times) -> PreciseDate | None:
    """The date from which `text` says that the document is in effect, or None.

    A year that is not printed comes from the issue's `times` and from whether the sentence
    speaks of the past.
    """
    for match in TRIGGER.finditer(text):
        if WEAK.match(match[0]):
            continue
        found = date_at(text, match.end())
        if found:
            told = text[max(0, match.start() - REACH) : match.end()]
            return (with_year if PAST.search(told) else coming)(found, times)
        year = YEAR_HERE.match(text, match.end())
        if year:
            return PreciseDate.of(int(year[0]))
    return None
