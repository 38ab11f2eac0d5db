"""Stores a parsed issue as records in review, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from typing import Any

from policies.models import CorporateEvent, NewsletterIssue, Policy
from policies.newsletter import Item, ParsedIssue
from policies.newsletter.document import CORPORATE_NEWS, POLICY_NEWS, TOP
from policies.registry import BodyRegistry
from policies.search.indexing import batch
from policies.vocabulary import Section

from .duplicates import Duplicate, likely_duplicates
from .merge import Difference, merge
from .printed import current_event, current_policy, printed_event, printed_policy

Record = Policy | CorporateEvent
_SECTIONS = {Section.TOP: (TOP,), Section.NEWS: (POLICY_NEWS,)}


class NoDate(ValueError):
    """The issue names no date of publication, so its records cannot be kept apart."""


@dataclass(slots=True)
class Report:
    """What storing an issue did, and what an editor has to look at."""

    issue: NewsletterIssue
    added: list[Record] = field(default_factory=list)
    updated: list[Record] = field(default_factory=list)
    unchanged: list[Record] = field(default_factory=list)
    missing: list[Record] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)


@batch()
def store(
    parsed: ParsedIssue, *, text: str, data: bytes = b"", name: str = "", by: Any = None
) -> Report:
    """Store `parsed`, read from `text` of the file `name` holding `data`; `by` is who imports.

    Raises NoDate for an issue without a date of publication.
    """
    if parsed.published is None:
        raise NoDate("The issue names no date of publication, so it cannot be stored.")
    digest = hashlib.sha256(data or text.encode()).hexdigest()
    issue = _issue(parsed, parsed.published, by)
    report = Report(issue)
    if issue.source_sha256 == digest:
        report.unchanged = [*issue.policies.all(), *issue.events.all()]
        return report
    issue.source_text, issue.source_name, issue.source_sha256 = text, name, digest
    issue.leftovers = [asdict(row) for row in parsed.leftovers]
    issue.warnings = [asdict(row) for row in parsed.warnings]
    issue.save()
    registry = BodyRegistry()
    _store_items(report, parsed.items, registry)
    report.duplicates = likely_duplicates(report.added)
    report.unresolved = sorted(
        {
            printed
            for item in parsed.items
            for printed in item.issuing_bodies
            if registry.resolve(printed) is None
        }
    )
    return report


def _issue(parsed: ParsedIssue, published: date, by: Any) -> NewsletterIssue:
    issue, _ = NewsletterIssue.objects.get_or_create(
        publisher=parsed.publisher or "Unknown publisher",
        published_on=published,
        defaults={"title": parsed.title or "Untitled issue", "imported_by": by},
    )
    issue.title = parsed.title or issue.title
    issue.period_start, issue.period_end = parsed.period_start, parsed.period_end
    issue.contributors = [asdict(person) for person in parsed.people]
    return issue


def _store_items(report: Report, items: Iterable[Item], registry: BodyRegistry) -> None:
    for section in Section:
        own = [i for i in items if i.section in _SECTIONS[section]]
        present = list(report.issue.policies.filter(section=section))
        _store_section(report, own, present, registry)
    own = [item for item in items if item.section == CORPORATE_NEWS]
    _store_section(report, own, list(report.issue.events.all()), registry)


def _store_section(report: Report, items: list[Item], present: list, registry) -> None:
    pairs = _pairs(items, present)
    for item in items:
        record = pairs.get(item.position) or _new(report.issue, item)
        values = printed_policy if isinstance(record, Policy) else printed_event
        comes = values(item)
        new = record.pk is None
        place = (item.position, *item.lines)
        moved = (record.position, record.first_line, record.last_line) != place
        record.position, record.first_line, record.last_line = place
        changed, differences = merge(record, _stands(record, comes), comes, registry)
        if moved and not changed:
            record.save()
        report.differences += differences
        (report.added if new else report.updated if changed else report.unchanged).append(record)
    kept = {record.pk for record in pairs.values()}
    report.missing += [record for record in present if record.pk not in kept]


def _stands(record: Record, comes: dict[str, Any]) -> dict[str, Any]:
    if record.pk is None:
        return dict.fromkeys(comes)
    return current_policy(record) if isinstance(record, Policy) else current_event(record)


def _new(issue: NewsletterIssue, item: Item) -> Record:
    if item.section == CORPORATE_NEWS:
        return CorporateEvent(issue=issue)
    section = Section.TOP if item.section == TOP else Section.NEWS
    return Policy(issue=issue, section=section)


def _pairs(items: list[Item], present: list) -> dict[int, Record]:
    """The record that an earlier version of each item became: by its words, else by its place."""
    pairs: dict[int, Record] = {}
    free = list(present)

    def pair(item: Item, fits: Callable[[Record], bool]) -> None:
        found = next((record for record in free if fits(record)), None)
        if found is not None and item.position not in pairs:
            pairs[item.position] = found
            free.remove(found)

    for item in items:
        said = [("title_zh", item.title_zh), ("headline", item.headline)]
        said += [("summary", item.summary), ("text", item.summary)]
        for name, words in said:
            if words:
                pair(item, partial(_says, name=name, words=words))
    for item in items:
        pair(item, partial(_stands_at, position=item.position))
    return pairs


def _says(record: Record, *, name: str, words: str) -> bool:
    return record.imported.get(name) == words


def _stands_at(record: Record, *, position: int) -> bool:
    return record.position == position
