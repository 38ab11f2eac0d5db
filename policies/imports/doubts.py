"""What an editor should look at before an issue is stored, each beside the field that it is about.

A doubt is settled when an editor answered it or said that it may stay. Few
of them keep an issue from being stored; those are blocking.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.text import Truncator

from policies.intake.merge import Change
from policies.models import Policy
from policies.newsletter import ParsedIssue
from policies.newsletter import doubts as doubts_in
from policies.newsletter.document import TOP
from policies.newsletter.document import Warning as Doubtful
from policies.newsletter.links import without_address

from .bodies import Naming
from .choices import digest, short
from .fields import LABELS, figure_in_words, kinds_of, model_of
from .outcomes import Outcome, link_in

BODY, ISSUER, TWIN, DIFFERENCE = "body", "issuer", "twin", "difference"
TITLE, DATE, QUANTITY, LINK, COUNT = "title_zh", "date", "quantity", "link", "count"
LENGTH, HEAD, OTHER = "length", "head", "other"
RECORD, LOST, TWICE, SINCE = "record", "lost", "twice", "since"
# In what an item and a policy are the same where the item was merged into it before.
BEFORE = "item before"
# In the order in which the summary lists them, each with its words for one and for several.
WORDS = {
    HEAD: ("question about the issue", "questions about the issue"),
    LENGTH: ("text that is too long", "texts that are too long"),
    RECORD: ("item whose record is uncertain", "items whose record is uncertain"),
    LOST: ("record to update that is gone", "records to update that are gone"),
    TWICE: ("record that two items would update", "records that two items would update"),
    SINCE: ("value that changed since you decided", "values that changed since you decided"),
    TWIN: ("likely duplicate", "likely duplicates"),
    DIFFERENCE: ("difference to an editor’s words", "differences to editors’ words"),
    BODY: ("unknown body", "unknown bodies"),
    ISSUER: ("item without a body", "items without a body"),
    COUNT: ("count of bodies that disagrees", "counts of bodies that disagree"),
    TITLE: ("missing Chinese title", "missing Chinese titles"),
    DATE: ("missing date", "missing dates"),
    QUANTITY: ("figure not understood", "figures not understood"),
    LINK: ("link without an address", "links without an address"),
    OTHER: ("other doubt", "other doubts"),
}
# What the item's fields ask for themselves: each link, and what is missing.
ASKED = re.compile(
    r"links? without an address"
    r"|the document has no Chinese title|the item names no document"
    r"|the (?:item|note) has no date"
    r"|the (?:item|note's first sentence) names no issuing body"
)
# What the parser says of a printed date, with its words; the item's date tells it.
NO_DATE = re.compile(r"the (?:note's )?date is no date")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at; `key` names the item, or is empty for the whole issue.

    `answer` says what an editor typed, where that answers it; `link` is the number of a
    bullet's link without an address, with that of its bullet.
    """

    id: str
    key: str
    field: str
    kind: str
    text: str
    line: int | None = None
    settled: bool = False
    blocks: bool = False
    answer: str = ""
    link: str = ""

    @property
    def may_stay(self) -> bool:
        """Whether an editor may say that it stays so."""
        return not self.blocks or self.kind in (LOST, SINCE)

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"doubt-{self.key or 'issue'}-{short(self.id)}"


class Read:
    """What the parser doubted besides single fields, by the item that the line went into."""

    def __init__(self, parsed: ParsedIssue) -> None:
        self.of_item: dict[int, list[Doubtful]] = defaultdict(list)
        self.of_issue: list[Doubtful] = []
        said = {(one.line, one.text) for item in parsed.items for one in doubts_in(item)}
        places = {row.line: row.field for row in parsed.placements}
        for warning in parsed.warnings:
            if (warning.line, warning.text) in said or ASKED.search(warning.text):
                continue
            found = re.match(r"items\[(\d+)\]", places.get(warning.line or 0, ""))
            if found:
                self.of_item[int(found[1])].append(warning)
            else:
                self.of_issue.append(warning)


def item_doubts(
    outcome: Outcome,
    naming: Naming,
    twins: Mapping[int, str],
    read: Iterable[Doubtful],
    source: Sequence[str],
) -> list[Doubt]:
    """The doubts about one item, settled ones among them; `source` are the lines of the text."""
    found = [
        *_about_record(outcome, twins),
        *_about_fields(outcome, naming),
        *_about_date(outcome, read),
        *_about_links(outcome),
        *_as_printed(outcome, source),
        *_between(outcome, read),
    ]
    settled = outcome.choices.settled
    return [
        doubt if doubt.settled or doubt.blocks or doubt.id not in settled else _settled(doubt)
        for doubt in found
    ]


def _settled(doubt: Doubt) -> Doubt:
    return replace(doubt, settled=True)


def _answered(doubt: Doubt, outcome: Outcome, answer: str) -> Doubt:
    """`doubt`, settled by what was typed, if anything, unless an editor asked again."""
    return replace(
        doubt, answer=answer, settled=bool(answer) and doubt.id not in outcome.choices.asked
    )


def _about_record(outcome: Outcome, twins: Mapping[int, str]) -> Iterable[Doubt]:
    if outcome.likely is not None:
        name = Truncator(str(outcome.likely)).chars(120)
        words = f"It is only partly like the record “{name}” of the issue: say which one it is"
        yield Doubt("record", outcome.key, "", RECORD, words, blocks=True)
    if outcome.own is None:
        # One answer says that an editor has looked; a link may stand in many records.
        is_seen = any(str(key) in outcome.choices.twins for key in twins)
        for key, same in twins.items():
            answered = str(key) in outcome.choices.twins
            words = f"A policy with the same {same} is here already: merge, or keep both"
            if same == BEFORE:
                words = "An earlier file’s item went into another record: merge, or keep both"
            name = f"twin:{key}"
            yield Doubt(name, outcome.key, "", TWIN, words, settled=answered, blocks=not is_seen)
        yield from _about_lost(outcome)
    yield from _since(outcome)
    for change in outcome.undecided:
        words = f"{LABELS[change.field]}: {_why_kept(change)}"
        yield Doubt(f"difference:{change.field}", outcome.key, change.field, DIFFERENCE, words)


def _about_lost(outcome: Outcome) -> Iterable[Doubt]:
    """That the policy which the item was to update was deleted since."""
    key = outcome.choices.into
    if key is not None and outcome.into is None:
        name = f"lost:{key}"
        settled = name in outcome.choices.settled
        words = "The policy that it was to update is not here any more; leave it so for a new one"
        yield Doubt(name, outcome.key, "", LOST, words, settled=settled, blocks=not settled)


def _since(outcome: Outcome) -> Iterable[Doubt]:
    """Fields of the record that somebody changed after it was decided what to write there."""
    for field, stands in outcome.changed_since():
        name = f"{SINCE}:{field}:{digest(stands)}"
        settled = name in outcome.choices.settled
        words = f"{LABELS[field]}: somebody changed the record since you decided"
        if isinstance(stands, str) and stands:
            words += f"; it now has “{Truncator(stands).chars(120)}”"
        words += "; leave it so to write yours all the same"
        yield Doubt(name, outcome.key, "", SINCE, words, settled=settled, blocks=not settled)


def twice(outcomes: Iterable[Outcome]) -> dict[str, Doubt]:
    """By item: that it would update a record that another item updates."""
    found: dict[str, Doubt] = {}
    outcomes = list(outcomes)
    taken = {shown.own.pk for shown in outcomes if isinstance(shown.own, Policy)}
    for shown in outcomes:
        if shown.into is None:
            continue
        if shown.into.pk in taken:
            words = "Another item updates the same record already: keep both here"
            name = f"{TWICE}:{shown.into.pk}"
            found[shown.key] = Doubt(name, shown.key, "", TWICE, words, blocks=True)
        taken.add(shown.into.pk)
    return found


def _why_kept(change: Change) -> str:
    if not change.removes:
        return "an editor wrote it otherwise"
    gone = ", ".join(f"“{Truncator(target.text).chars(80)}”" for target in change.removes[:3])
    more = f" and {len(change.removes) - 3} more" if len(change.removes) > 3 else ""
    return f"the file would take away {gone}{more}, with address and status"


def _about_fields(outcome: Outcome, naming: Naming) -> Iterable[Doubt]:
    key, values, item = outcome.key, outcome.values, outcome.item
    for printed in dict.fromkeys(values.get("bodies", [])):
        if naming.registry.resolve(printed) is None:
            words = f"“{printed}” is not in the registry of bodies"
            answered = naming.is_answered(printed)
            yield Doubt(f"body:{printed}", key, "bodies", BODY, words, settled=answered)
    if not outcome.is_event and not values["bodies"]:
        yield Doubt("issuer", key, "bodies", ISSUER, "No issuing body was read")
    if item.section == TOP and not values["title_zh"]:
        yield Doubt("title_zh", key, "title_zh", TITLE, "No Chinese title was read")
    for kind in kinds_of(item.section):
        limit = getattr(model_of(item.section), kind.name).field.max_length if _plain(kind) else 0
        length = len(values[kind.name]) if limit else 0
        if limit and length > limit:
            words = f"{kind.label} has {length} characters, and at most {limit} fit: shorten it"
            yield Doubt(f"length:{kind.name}", key, kind.name, LENGTH, words, blocks=True)


def _about_date(outcome: Outcome, read: Iterable[Doubtful]) -> Iterable[Doubt]:
    """That there is no date, or what is printed for one."""
    date = "happened" if outcome.is_event else "announced"
    if not outcome.values[date]:
        said = next((one for one in read if NO_DATE.match(one.text)), None)
        words, line = (_sentence(said.text), said.line) if said else ("No date was read", None)
        yield Doubt("date", outcome.key, date, DATE, words, line)


def _plain(kind) -> bool:
    return kind.input in ("line", "link")


def _about_links(outcome: Outcome) -> Iterable[Doubt]:
    key, values = outcome.key, outcome.values
    if outcome.item.section == TOP and outcome.is_fresh("official_url"):
        titled = values["title_en"] or values["title_zh"]
        if titled and not values["official_url"]:
            yield Doubt("link", key, "official_url", LINK, "The document’s link has no address")
    if outcome.is_fresh("sources"):
        for number, (label, url) in enumerate(values["sources"]):
            if not url:
                words = f"The link “{label}” has no address"
                yield Doubt(f"source:{number}", key, "sources", LINK, words)


def _as_printed(outcome: Outcome, source: Sequence[str]) -> Iterable[Doubt]:
    """What the parser doubts in an item's words; of a record, only where they are new."""
    number, bullets = 0, _links_of_bullets(outcome)
    for doubt in doubts_in(outcome.item, source):
        field = {"issuing_bodies": "bodies"}.get(doubt.field, doubt.field)
        if outcome.is_event and field == "summary":
            field = "text"
        if not outcome.is_fresh(field):
            continue
        words = _sentence(doubt.text)
        if doubt.kind == COUNT:
            answer = "The list was typed." if "bodies" in outcome.choices.values else ""
            yield _answered(Doubt(COUNT, outcome.key, field, COUNT, words), outcome, answer)
        elif doubt.kind == QUANTITY:
            yield from _figures(outcome, doubt.line, words)
        elif doubt.kind == LINK and field in ("summary", "text", "comment", "points"):
            number += 1
            found = Doubt(f"link:{number}", outcome.key, field, LINK, words, doubt.line)
            answer = "The text was typed." if field in outcome.choices.values else ""
            if field == "points":
                link = next(bullets)
                # Where the record has no such bullet, it stands on top.
                found = replace(found, link=link) if link else replace(found, field="")
                url = outcome.choices.links.get(found.link)
                answer = f"Typed: {url}" if url else ""
            yield _answered(found, outcome, answer)


def _links_of_bullets(outcome: Outcome) -> Iterator[str]:
    """The links without an address in bullets as doubted, "" for one whose bullet is no row."""
    rows = {row["position"] for row in outcome.values["points"]}
    for position, point in enumerate(outcome.item.points, 1):
        for number in range(len(without_address(point.text))):
            yield link_in(position, number) if position in rows else ""


def _between(outcome: Outcome, read: Iterable[Doubtful]) -> Iterable[Doubt]:
    """What shows only beside other items: a headline that stands twice, a date out of order."""
    if outcome.own is None:
        for warning in read:
            if NO_DATE.match(warning.text):
                continue
            name = f"{OTHER}:{warning.line}:{warning.text}"
            yield Doubt(name, outcome.key, "", OTHER, _sentence(warning.text), warning.line)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _figures(outcome: Outcome, line: int, words: str) -> Iterable[Doubt]:
    """The first row of the bullet at `line`."""
    for position, point in enumerate(outcome.item.points, 1):
        if point.lines[0] != line:
            continue
        for number, row in enumerate(outcome.values["points"]):
            if row["position"] == position:
                is_typed = str(number) in outcome.choices.figures
                answer = f"Typed: {figure_in_words(row) or 'no figure'}." if is_typed else ""
                name = f"{QUANTITY}:{number}"
                found = Doubt(name, outcome.key, "points", QUANTITY, words, line)
                yield _answered(found, outcome, answer)
                break


def issue_doubts(
    parsed: ParsedIssue, read: Iterable[Doubtful], settled: Iterable[str]
) -> list[Doubt]:
    """The doubts about the whole issue: its head, and lines that no item has."""
    found = []
    if parsed.published is None:
        words = "The day of the issue was not read: type it, or the issue cannot be stored"
        found.append(Doubt("published", "", "published", HEAD, words, blocks=True))
    if not parsed.publisher:
        words = "Who publishes the newsletter was not read: type it, or the issue cannot be stored"
        found.append(Doubt("publisher", "", "publisher", HEAD, words, blocks=True))
    if not parsed.title:
        found.append(Doubt("title", "", "title", HEAD, "No title was read", None))
    for warning in read:
        name = f"{OTHER}:{warning.line}:{warning.text}"
        found.append(Doubt(name, "", "", OTHER, _sentence(warning.text), warning.line))
    answered = set(settled)
    return [_settled(one) if one.id in answered and not one.blocks else one for one in found]
