"""What an editor should look at in an item, and doubts that show only in the whole issue.

`doubts` says for one item what is missing or may be wrong, each with the field
that it is about. The parser's warnings say the same of figures and counts of
bodies, and besides what shows between items.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .document import TARGET, TOP, Item, Point, Warning  # noqa: A004
from .issuers import OTHERS, split_bodies
from .lines import Line
from .links import LinkLines, find_links, is_lost, unaddressed, unlinked
from .numbers import WORDS, chinese_value
from .points import LONGEST
from .quantities import has_lone_digits, has_unread_digits, has_unread_multiple

TITLE, DATE, QUANTITY, LINK, COUNT = "title_zh", "date", "quantity", "link", "count"

# Where a summary says who else issued, in characters from its start.
OPENING = 600
_BODIES = "agencies|bodies|departments|ministries|authorities|organs|regulators|institutions"
# "Seven agencies led by MIIT", at the head of a sentence: so many in all.
IN_ALL = re.compile(
    rf"^(?:[\w -]{{1,60}}: )?(?P<count>\w{{1,12}}) (?:(?:central|government|state|party) )?"
    rf"(?:{_BODIES})\b(?! of)",
    re.IGNORECASE,
)
# 工业和信息化部等七部门: seven in all, the one named among them.
IN_ALL_ZH = re.compile(
    r"等(?P<count>[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})(?:个|家)?"
    r"(?:部门|部委|单位|机构|机关|部)"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in an item to look at: where it stands, which field, what kind, in words."""

    line: int
    section: str
    position: int
    field: str
    kind: str
    text: str


def doubts(item: Item, source: Sequence[str] = ()) -> tuple[Doubt, ...]:
    """The doubts about one item, in the order of its fields.

    With the lines of the `source`, a doubt about a link names the line that the link
    stands on; else that of its bullet or item.
    """
    found = [*_missing(item), *_unlinked(item, source), *_figures(item), *_counts(item)]
    return tuple(
        Doubt(line, item.section, item.position, field, kind, text)
        for line, field, kind, text in found
    )


def link_doubts(lines: Iterable[Line]) -> list[Warning]:
    """A warning for each line with links that have no address, and for what is no address."""
    found = []
    for line in lines:
        printed = [address for _, address in unaddressed(line.text)]
        for wrong in dict.fromkeys(address for address in printed if not is_lost(address)):
            found.append(Warning(line.number, no_address(wrong)))
        count = sum(is_lost(address) for address in printed)
        if count:
            links = (
                "a link without an address" if count == 1 else f"{count} links without an address"
            )
            found.append(Warning(line.number, links))
    return found


def no_address(printed: str) -> str:
    """That what stands as an address leads nowhere on the web."""
    return f"“{printed[:120]}” is no web address"


def item_doubts(items: Sequence[Item]) -> list[Warning]:
    """Warnings about figures, counts of bodies, repeated headlines and dates out of order."""
    found: list[Warning] = []
    seen: dict[str, int] = {}
    for item in items:
        found += [Warning(line, text) for line, _, _, text in _target_figures(item)]
        found += [Warning(line, text) for line, _, _, text in _counts(item)]
        key = item.headline.casefold()
        if key and key in seen:
            found.append(Warning(item.lines[0], f"the headline stands at line {seen[key]} already"))
        seen.setdefault(key, item.lines[0])
    return found + _order_doubts(items)


# The line, the field, the kind and the words of a doubt.
Found = Iterator[tuple[int, str, str, str]]


def _missing(item: Item) -> Found:
    line = item.lines[0]
    # A short note prints no title of the document.
    if item.section == TOP and not item.title_zh:
        yield line, "title_zh", TITLE, "the document has no Chinese title"
    if item.date is None:
        yield line, "date", DATE, "the item has no date"


def _unlinked(item: Item, source_lines: Sequence[str]) -> Found:
    line = item.lines[0]
    places = LinkLines(source_lines, *item.lines)
    in_texts = list(_unlinked_texts(item, places))
    if (item.title_en or item.title_zh) and not item.url:
        yield line, "url", LINK, "the document has no address"
    for source in item.sources:
        if not source.url:
            at = places.take(source.label) or line
            yield at, "sources", LINK, f"the source “{source.label}” has no address"
    yield from in_texts


def _unlinked_texts(item: Item, places: LinkLines) -> Found:
    line = item.lines[0]
    texts = [(line, "summary", item.summary), (line, "comment", item.comment)]
    texts += [(point.lines[0], "points", point.text) for point in item.points]
    for at, field, text in texts:
        for link in find_links(text):
            if not link.url:
                found = places.take(link.label) or at
                yield found, field, LINK, f"the link “{link.label.strip(' *_')}” has no address"


def _figures(item: Item) -> Found:
    yield from _target_figures(item)
    for point in item.points:
        if point.quantities or not _is_readable(point) or _is_unread_target(point):
            continue
        if has_lone_digits(point.text) or has_unread_multiple(point.text):
            yield point.lines[0], "points", QUANTITY, "a bullet has a figure that is not understood"


def _target_figures(item: Item) -> Found:
    for point in item.points:
        if _is_unread_target(point):
            yield point.lines[0], "points", QUANTITY, "a target has a figure that is not understood"


def _is_unread_target(point: Point) -> bool:
    if point.kind != TARGET or not _is_readable(point):
        return False
    return has_unread_digits(point.text) or has_unread_multiple(point.text)


def _is_readable(point: Point) -> bool:
    return len(point.text) <= LONGEST


def _counts(item: Item) -> Found:
    """Where the text speaks of more or fewer bodies than are listed; notes have no list."""
    if item.section != TOP or not item.issuing_bodies:
        return
    named = len(item.issuing_bodies)
    for said in (_others(item), *_in_all(item)):
        if said and named not in said[1]:
            text = f"{said[0]}, the list names {named}"
            yield item.lines[0], "issuing_bodies", COUNT, text


Said = tuple[str, tuple[int, ...]]


def _others(item: Item) -> Said | None:
    """What is said of others ("and eight other agencies"), and the lengths of a list that agree."""
    match = OTHERS.search(item.summary, 0, OPENING)
    if not match:
        return None
    word = (match["count"] or "").casefold()
    count = _number(word)
    before = item.summary[: match.start()].rsplit(". ", 1)[-1]
    listed = len(split_bodies(before.strip(" ,")))
    in_brackets = before.count("(") > before.count(")")
    if count is None or in_brackets:
        return None
    return f"the summary speaks of {word} other bodies", (count + 1, count + listed)


def _in_all(item: Item) -> Iterator[Said]:
    """What is said of all together ("seven agencies", 等七部门), whoever is named before."""
    for where, text in (("Chinese title", item.title_zh), ("summary", item.summary[:OPENING])):
        match = IN_ALL_ZH.search(text)
        count = chinese_value(match["count"]) if match else None
        if count:
            yield f"the {where} speaks of {count} bodies in all", (count,)
    for where, text in (("headline", item.headline), ("summary", unlinked(item.summary[:OPENING]))):
        match = IN_ALL.match(text)
        count = _number(match["count"].casefold()) if match else None
        if count and count > 1:
            yield f"the {where} speaks of {count} bodies in all", (count,)


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) < 4 else WORDS.get(word)


def _order_doubts(items: Sequence[Item]) -> list[Warning]:
    found = []
    for before, item in pairwise(items):
        if item.section == TOP or before.section != item.section or not (before.date and item.date):
            continue
        if item.date.value < before.date.value:
            found.append(Warning(item.lines[0], "the note is dated before the one above it"))
    return found
