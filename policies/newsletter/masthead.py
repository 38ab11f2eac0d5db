"""The head of an issue: its title, publisher, date and reporting period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .dates import DAY, PreciseDate
from .datewords import DATE, MONTH, find_dates
from .document import Leftover
from .document import Warning as Doubt
from .drafts import Piece
from .lines import join
from .links import unlinked
from .marks import undecorated
from .periods import PERIOD, Times, read_period

RANGE = re.compile(
    rf"(?:from )?(?:{MONTH} ?[0-9]{{1,2}}|[0-9]{{1,2}}(?: {MONTH})?)(?:,? [0-9]{{4}})?"
)
DASH = re.compile(r" ?(?:-|–|—|to|until) ?", re.IGNORECASE)
FILLER = re.compile(
    r"\b(?:published|issue|date|dated|of|on|no|vol|from|the|edition|update)\b|\W|[0-9]", re.I
)
TITLE_LINES = 4
LONGEST = 90


@dataclass(slots=True)
class Masthead:
    """What the head of the issue says."""

    title: str = ""
    first_line: str = ""
    times: Times = field(default_factory=Times)
    placements: list[tuple[int, str]] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    warnings: list[Doubt] = field(default_factory=list)


def read_masthead(pieces: Sequence[Piece]) -> Masthead:
    """The title, date and period in the lines before the first heading or item."""
    head = Masthead()
    printed: PreciseDate | None = None
    period = ""
    titles: list[str] = []
    for lines in _unwrapped(pieces):
        text = undecorated(unlinked(" ".join(piece.text for piece in lines)))
        date_text, found = _split_period(text) if len(text) <= 2 * LONGEST else (text, "")
        words = next(find_dates(date_text), None) if len(text) <= 2 * LONGEST else None
        said = words.precise() if words else None
        rest = FILLER.sub("", DATE.sub("", date_text))
        name = ""
        if found and not period:
            period, name = found, "published" if said else "period"
            printed = printed or said
        elif said and printed is None and len(rest) <= 3:
            printed, name = said, "published"
        elif _is_title(text, titles):
            if said and printed is None:
                printed, text = said, DATE.sub("", text, count=1).strip(" ,|–—-()")
            titles.append(text)
            name = "title"
        _place(head, lines, name)
    head.first_line = titles[0] if len(titles) > 1 else ""
    for title in titles:
        head.title = join(head.title, title)
    head.times = _times(printed, period, head)
    return head


def names_period(text: str) -> bool:
    """Whether a line, wherever it stands, names the day and the period of the issue."""
    return len(text) <= LONGEST and bool(PERIOD.search(text) and DATE.search(text))


def _unwrapped(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The lines, one that leaves a bracket open together with the next."""
    made: list[list[Piece]] = []
    for piece in pieces:
        before = made[-1] if made else []
        is_open = len(before) == 1 and before[0].text.count("(") > before[0].text.count(")")
        if is_open and len(piece.text) <= LONGEST:
            before.append(piece)
        else:
            made.append([piece])
    return made


def _place(head: Masthead, lines: Sequence[Piece], name: str) -> None:
    """Put lines into the field `name`, or leave them over where they fit none."""
    for piece in lines:
        if name:
            head.placements.append((piece.line, name))
            continue
        head.leftovers.append(Leftover(piece.line, piece.text))
        head.warnings.append(Doubt(piece.line, "not understood: stands before the first item"))


def _split_period(text: str) -> tuple[str, str]:
    """The line without its period, and the words of the period."""
    match = PERIOD.search(text)
    if match and (DATE.search(text, match.end()) or re.search(r"[0-9]", text[match.end() :])):
        return text[: match.start()], text[match.end() :].strip(" :：()")
    for first in RANGE.finditer(text):
        dash = DASH.match(text, first.end())
        last = RANGE.match(text, dash.end()) if dash else None
        if last and DATE.search(text, first.start(), last.end()):
            return text[: first.start()] + text[last.end() :], text[first.start() : last.end()]
    return text, ""


def _is_title(text: str, titles: Sequence[str]) -> bool:
    if len(titles) >= TITLE_LINES or len(text) > LONGEST:
        return False
    return not text.endswith((".", ":", ";", "。")) and text[0] not in "-*•"


def _times(printed: PreciseDate | None, period: str, head: Masthead) -> Times:
    line = next((line for line, name in head.placements if name in ("published", "period")), None)
    published = printed.value if printed and printed.precision == DAY else None
    if published is None:
        head.warnings.append(Doubt(line, "the issue names no day of publication"))
    span = read_period(period, printed.value if printed else None) if period else None
    if period and span is None:
        head.warnings.append(Doubt(line, "the reporting period is not understood"))
    if not period:
        head.warnings.append(Doubt(line, "the issue names no reporting period"))
    start, end = span or (None, None)
    return Times(published, start, end, printed)
