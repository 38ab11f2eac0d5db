"""From the text of one newsletter issue to a `ParsedIssue`.

Leads the steps; each is written in its own module. See
docs/newsletter-format.md for the grammar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .built import Built
from .document import Item, NotANewsletter, ParsedIssue, Placement, Warning
from .doubts import item_doubts, link_doubts
from .drafts import Outline, TopDraft
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


def parse_issue(text: str) -> ParsedIssue:
    """One newsletter issue as records, with every non-blank line accounted for.

    Raises NotANewsletter where there is no item, and no reporting period or
    dated head with a section heading either.
    """
    lines = read_lines(text)
    outline = sort_lines(lines)
    head = read_masthead(outline.masthead)
    built = _build(outline, measure(lines), head.times)
    if not built and not _has_head(head, outline):
        raise NotANewsletter("no newsletter: neither an item nor a head with a date is found")
    publisher = _publisher(head, outline, built)
    items = _numbered(built, publisher)
    people, people_lines = read_people(outline.people)
    placements = [
        *head.placements,
        *people_lines,
        *((line, "section") for line in outline.headings),
        *((piece.line, "publisher") for piece in outline.imprint),
    ]
    for index, one in enumerate(built):
        placements += [(line, f"items[{index}].{name}") for line, name in one.placements]
    leftovers = [*outline.leftovers, *head.leftovers]
    warnings = [*outline.warnings, *head.warnings, *item_doubts(items)]
    warnings += [warning for one in built for warning in one.warnings]
    known = {leftover.line for leftover in leftovers if leftover.furniture}
    warnings += link_doubts(line for line in lines if line.number not in known)
    return ParsedIssue(
        title=head.title,
        publisher=publisher,
        published=head.times.published,
        period_start=head.times.start,
        period_end=head.times.end,
        people=tuple(people),
        items=items,
        leftovers=tuple(sorted(leftovers, key=lambda leftover: leftover.line)),
        warnings=_in_order(warnings),
        placements=tuple(Placement(line, name) for line, name in sorted(placements)),
    )


def _build(outline: Outline, layout: Layout, times: Times) -> list[Built]:
    return [
        build_top(draft, layout, times)
        if isinstance(draft, TopDraft)
        else build_note(draft, layout, times)
        for draft in outline.items
    ]


def _has_head(head: Masthead, outline: Outline) -> bool:
    return bool(head.times.start or (head.times.published and outline.headings))


def _publisher(head: Masthead, outline: Outline, built: Sequence[Built]) -> str:
    """The publisher by the imprint, else the first line of the masthead, else who comments."""
    if outline.imprint:
        return undecorated(unlinked(outline.imprint[0].text)).split("|")[0].strip()
    if head.first_line:
        return head.first_line
    signers = Counter(one.item.commentator for one in built if one.item.commentator)
    return signers.most_common(1)[0][0] if signers else ""


def _numbered(built: Sequence[Built], publisher: str) -> tuple[Item, ...]:
    """The items with their positions, who comments written as the publisher writes itself."""
    count: Counter[str] = Counter()
    items = []
    for one in built:
        count[one.item.section] += 1
        same = one.item.commentator.casefold() == publisher.casefold()
        commentator = publisher if same and publisher else one.item.commentator
        items.append(
            replace(one.item, position=count[one.item.section], commentator=commentator)
        )
    return tuple(items)


def _in_order(warnings: Iterable[Warning]) -> tuple[Warning, ...]:
    unique = dict.fromkeys(warnings)
    return tuple(sorted(unique, key=lambda warning: (warning.line or 0, warning.text)))
