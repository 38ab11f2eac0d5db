"""From the text of one newsletter issue to a `ParsedIssue`.

Leads the steps; each is written in its own module. See
docs/newsletter-format.md for the grammar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .built import Built
from .document import TOP, NotANewsletter, ParsedIssue, Placement
from .document import Warning as Doubt
from .doubts import item_doubts, link_doubts
from .drafts import Outline, TopDraft
from .labels import COMMENT
from .lines import read_lines
from .links import unlinked
from .marks import undecorated
from .masthead import Masthead, read_masthead
from .notes import build_note
from .outline import sort_lines
from .paragraphs import Layout, measure
from .people import read_people
from .periods import Times
from .topitems import build_top

# A real issue has some 200 lines; what has a thousand times as many is something else.
MOST_LINES = 200_000


def parse_issue(text: str) -> ParsedIssue:
    """One newsletter issue as records, with every non-blank line accounted for.

    Raises NotANewsletter where there is no item, and no reporting period or
    dated head with a section heading either; also for more than 200,000 lines.
    """
    lines = read_lines(text)
    if len(lines) > MOST_LINES:
        raise NotANewsletter(f"no newsletter: {len(lines)} lines are more than an issue can have")
    outline = sort_lines(lines)
    head = read_masthead(outline.masthead)
    if not outline.items and not _has_head(head, outline):
        raise NotANewsletter("no newsletter: neither an item nor a head with a date is found")
    publisher = _publisher(head, outline)
    built = _build(outline, measure(lines), head.times, publisher)
    items = tuple(one.item for one in built)
    people, people_lines, strangers = read_people(outline.people)
    placements = [
        *head.placements,
        *people_lines,
        *((line, "section") for line in outline.headings),
        *((piece.line, "publisher") for piece in outline.imprint),
    ]
    for index, one in enumerate(built):
        placements += [(line, f"items[{index}].{name}") for line, name in one.placements]
    left = [*outline.leftovers, *head.leftovers, *strangers]
    leftovers = sorted(left, key=lambda leftover: leftover.line)
    furniture = {leftover.line for leftover in leftovers if leftover.furniture}
    warnings = [*outline.warnings, *head.warnings, *item_doubts(items)]
    warnings += [Doubt(one.line, "not understood: names nobody") for one in strangers]
    warnings += [warning for one in built for warning in one.warnings]
    warnings += link_doubts(line for line in lines if line.number not in furniture)
    return ParsedIssue(
        title=head.title,
        publisher=publisher,
        published=head.times.published,
        period_start=head.times.start,
        period_end=head.times.end,
        people=tuple(people),
        items=items,
        leftovers=tuple(leftovers),
        warnings=_in_order(warnings),
        placements=tuple(Placement(line, name) for line, name in sorted(placements)),
    )


def _build(outline: Outline, layout: Layout, times: Times, publisher: str) -> list[Built]:
    """The items, each with its position in its section."""
    count: Counter[str] = Counter()
    built = []
    for draft in outline.items:
        section = TOP if isinstance(draft, TopDraft) else draft.section
        count[section] += 1
        at = count[section]
        if isinstance(draft, TopDraft):
            one = build_top(draft, at, layout=layout, times=times, publisher=publisher)
        else:
            one = build_note(draft, at, layout=layout, times=times)
        built.append(one)
    return built


def _has_head(head: Masthead, outline: Outline) -> bool:
    return bool(head.times.start or (head.times.published and outline.headings))


def _publisher(head: Masthead, outline: Outline) -> str:
    """The publisher by the imprint, else the first line of the masthead, else who comments."""
    if outline.imprint:
        return undecorated(unlinked(outline.imprint[0].text)).split("|")[0].strip()
    if head.first_line:
        return head.first_line
    comments = [one.parts.get(COMMENT) for one in outline.items if isinstance(one, TopDraft)]
    signers = Counter(part.signer for part in comments if part and part.signer)
    signer = signers.most_common(1)[0][0] if signers else ""
    return head.title if signer.casefold() == head.title.casefold() else signer


def _in_order(warnings: Iterable[Doubt]) -> tuple[Doubt, ...]:
    unique = dict.fromkeys(warnings)
    return tuple(sorted(unique, key=lambda warning: (warning.line or 0, warning.text)))
