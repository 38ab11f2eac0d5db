"""By when: the deadline that a bullet or the heading above it names.

"by 2027", "by the end of June 2025", "targets for 2026", "by Q3 2025". A year
that a change is counted from ("compared to 2023") is no deadline.
"""

from __future__ import annotations

import re

from .dates import PreciseDate
from .datewords import YEAR, date_at

LEAD = re.compile(
    r"(?<![\w])(?:by|before|until|till|no later than|not later than)"
    r" (?:or before )?(?:the )?(?:(?:end|close) of |year[- ]end |end[- ]|mid[- ]|late |early )?"
    r"(?:the )?"
    r"(?:year )?|到 ?(?=(?:19|20)[0-9]{2} ?年)|(?=(?:19|20)[0-9]{2} ?年(?:底|末)?前)",
    re.IGNORECASE,
)
AIM = re.compile(
    r"(?<![\w])(?:targets?|goals?|aims?|objectives?|tasks?|ambitions?|milestones?|plans?)"
    r"(?: (?:set|planned|are|is))? (?:for|in|to|through|of) (?:the )?(?:years? |period |end of )?",
    re.IGNORECASE,
)
SPAN = re.compile(rf"({YEAR}) ?(?:-|–|—|to|through) ?({YEAR})")
YEAR_HERE = re.compile(rf"({YEAR})(?![-–—][0-9])")


def find_deadlines(text: str) -> list[PreciseDate]:
    """The deadlines named in a bullet, in order."""
    found = [_date_at(text, match.end()) for match in LEAD.finditer(text)]
    return [date for date in found if date]


def heading_deadline(text: str) -> PreciseDate | None:
    """The deadline that a heading gives to its bullets, or None."""
    found = find_deadlines(text)
    if found:
        return found[0]
    aims = [_date_at(text, match.end()) for match in AIM.finditer(text)]
    return next((date for date in aims if date), None)


def _date_at(text: str, position: int) -> PreciseDate | None:
    words = date_at(text, position)
    if words:
        return words.precise()
    span = SPAN.match(text, position)
    if span:
        return PreciseDate.of(int(span[2]))
    year = YEAR_HERE.match(text, position)
    return PreciseDate.of(int(year[1])) if year else None
