"""When a document takes effect, where a sentence says so."""

from __future__ import annotations

import re

from .dates import PreciseDate
from .datewords import YEAR, date_at

TRIGGER = re.compile(
    r"(?<![\w])(?:(?:into|in) (?:effect|force)|takes? effect|took effect|taking effect|effective"
    r"|implemented|entry into force|appl(?:y|ies))"
    r"(?: \w{2,12}){0,2}?,?"
    r" (?:on|from|as of|as from|starting(?: on| from)?|beginning(?: on)?|since|in|by)"
    r" (?:the )?|自 ?(?=(?:19|20)[0-9]{2} ?年[^。]{0,12}起)|(?<![\w])effective (?=[A-Z0-9])",
    re.IGNORECASE,
)
YEAR_HERE = re.compile(YEAR)
# "Implemented in 2023" tells of the past; these verbs need a day that begins.
WEAK = re.compile(r"(?:implemented|appl).{0,30} (?:in|by|since) (?:the )?$", re.IGNORECASE)


def find_effective(text: str) -> PreciseDate | None:
    """The date from which `text` says that the document is in effect, or None."""
    for match in TRIGGER.finditer(text):
        if WEAK.match(match[0]):
            continue
        found = date_at(text, match.end())
        if found:
            return found.precise()
        year = YEAR_HERE.match(text, match.end())
        if year:
            return PreciseDate.of(int(year[0]))
    return None
