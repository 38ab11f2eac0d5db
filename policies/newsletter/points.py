"""The bullets of a summary, with the lead-in that gives them a meaning and a deadline.

Turns the blocks of the summary part into paragraphs and points. Figures are
left to `quantities`, dates to `deadlines`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .dates import PreciseDate
from .deadlines import find_deadlines, heading_deadline
from .document import CHANGE, CRITERION, MEASURE, OTHER, SCOPE, TARGET, Point
from .marks import undecorated
from .paragraphs import Block
from .quantities import find_quantities

KIND_WORDS = (
    (TARGET, r"targets?|goals?|aims?|objectives?|ambitions?|milestones?|目标"),
    (CRITERION, r"criteri(?:a|on)|requirements?|conditions?|must|prerequisites?|条件|要求"),
    (CHANGE, r"changes?|amendments?|revisions?|amended|revised|变化|修改"),
    (MEASURE, r"measures?|steps?|actions?|tasks?|instruments?|incentives?|措施|任务"),
    (SCOPE, r"areas?|scope|fields?|sectors?|industries|domains?|services|regions?|领域|范围"),
)
KINDS = [
    (kind, re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.I)) for kind, words in KIND_WORDS
]
FOLLOWING = re.compile(r"\bfollowing (?:[\w-]{1,30} ){0,3}?(?=[\w-])", re.IGNORECASE)
SENTENCE_START = re.compile(
    r"(?:[.!?][”\"’)\]]{0,2} (?=[“\"‘(\[]?[A-Z0-9\u3400-\u9fff])|[。！？]”?)"
)
LONGEST = 5000
HEADING = 80
_ABBREVIATIONS = (
    "e.g. i.e. etc. no. co. ltd. vs. approx. dr. mr. st. u.s. u.k. inc. corp. jan. feb. aug. sept."
    " oct. nov."
)
ABBREVIATIONS = set(_ABBREVIATIONS.split())


@dataclass(slots=True)
class Summary:
    """A summary part as read: its paragraphs, its points, and where each line went."""

    paragraphs: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    placements: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs, parted by blank lines."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class LeadIn:
    """The sentence before bullets, with the meaning and deadline that it gives them."""

    text: str = ""
    kind: str = OTHER
    due: PreciseDate | None = None


def read_summary(blocks: Sequence[Block]) -> Summary:
    """The paragraphs and points in the blocks of one summary."""
    summary = Summary()
    lead_in = LeadIn()
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        point = f"points[{len(summary.points)}]"
        if block.bullet:
            summary.placements += [(line, point) for line, _ in block.starts]
            summary.points.append(make_point(block, lead_in, len(summary.paragraphs)))
            continue
        lead_in = LeadIn()
        cut = len(block.text)
        if following and following.bullet and is_lead_in(block.text):
            cut = lead_in_start(block.text)
            lead_in = read_lead_in(block.text[cut:].replace("**", "").strip(":：*_ "))
        body = block.text[:cut].strip()
        if body:
            summary.paragraphs.append(body)
        for line, start in block.starts:
            summary.placements.append((line, "summary" if body and start < cut else point))
    return summary


def make_point(block: Block, lead_in: LeadIn, after_paragraph: int) -> Point:
    """One bullet as a point; its own deadline wins over that of the lead-in.

    Beyond 5,000 characters it is no bullet, and its figures are not read.
    """
    readable = block.text if len(block.text) <= LONGEST else ""
    own = find_deadlines(readable)
    return Point(
        text=block.text,
        heading=lead_in.text,
        kind=lead_in.kind,
        due=own[0] if own else lead_in.due,
        quantities=find_quantities(readable),
        after_paragraph=after_paragraph,
        lines=block.lines,
    )


def is_lead_in(text: str) -> bool:
    """Whether a paragraph before bullets leads in to them: by a colon, or as a heading in bold."""
    if text.rstrip("*_ ").endswith((":", "：")):
        return True
    return len(text) <= HEADING and undecorated(text) != text


def read_lead_in(text: str) -> LeadIn:
    """A lead-in with what it says of its bullets."""
    due, kind = heading_deadline(text), kind_of(text)
    return LeadIn(text, TARGET if due and kind in (OTHER, CRITERION) else kind, due)


def kind_of(heading: str) -> str:
    """What bullets under a lead-in are: targets, criteria, changes, measures, scope or other.

    The noun after "the following" counts first, else the first kind of the
    list that is named anywhere.
    """
    for match in FOLLOWING.finditer(heading):
        words = " ".join(heading[match.end() : match.end() + 120].split()[:4])
        named = [(found.start(), kind) for kind, regex in KINDS if (found := regex.search(words))]
        if named:
            return min(named)[1]
    return next((kind for kind, regex in KINDS if regex.search(heading)), OTHER)


def lead_in_start(text: str) -> int:
    """Where the last sentence of a paragraph begins."""
    start = 0
    for match in SENTENCE_START.finditer(text, max(0, len(text) - LONGEST)):
        word = text[max(0, match.start() - 8) : match.start() + 1].rsplit(" ", 1)[-1].casefold()
        initial = len(word) == 2 and word[0].isalpha()
        if match.end() < len(text) and word.lstrip("(") not in ABBREVIATIONS and not initial:
            start = match.end()
    return start
