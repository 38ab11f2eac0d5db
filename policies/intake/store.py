"""Stores a parsed issue as records in review, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from policies.models import CorporateEvent, NewsletterIssue, Policy
from policies.newsletter import Item, ParsedIssue
from policies.newsletter.document import CORPORATE_NEWS, TOP
from policies.registry import BodyRegistry
from policies.search.indexing import batch
from policies.vocabulary import Section

from .decisions import UNDECIDED, Decisions, ItemDecisions
from .duplicates import Duplicate, likely_duplicates
from .merge import Difference, merge, standing
from .pairing import item_key, pair
from .printed import printed_event, printed_policy

Record = Policy | CorporateEvent
UNKNOWN_PUBLISHER, UNTITLED = "Unknown publisher", "Untitled issue"


class NoDate(ValueError):
    """The issue names no date of publication, so its records cannot be kept apart."""


@dataclass(slots=True)
class Report:
    """What storing an issue did, and what an editor has to look at.

    `records` has the record of each item by the item's key. `unsure` are records added
    for items that may be another one of the issue, each with that one.
    """

    issue: NewsletterIssue
    added: list[Record] = field(default_factory=list)
    updated: list[Record] = field(default_factory=list)
    unchanged: list[Record] = field(default_factory=list)
    missing: list[Record] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    unsure: list[tuple[Record, Record]] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)


@batch()
def store(
    parsed: ParsedIssue,
    *,
    text: str,
    data: bytes = b"",
    name: str = "",
    by: Any = None,
    decisions: Decisions | None = None,
) -> Report:
    """Store `parsed`, read from `text` of the file `name` holding `data`; `by` is who imports.

    The same bytes again change nothing, unless `decisions` say otherwise. Raises
    NoDate for an issue without a date of publication.
    """
    if parsed.published is None:
        raise NoDate("The issue names no date of publication, so it cannot be stored.")
    digest = hashlib.sha256(data or text.encode()).hexdigest()
    issue = _issue(parsed, parsed.published)
    report = Report(issue)
    if issue.source_sha256 == digest and decisions is None:
        report.unchanged = [*issue.policies.all(), *issue.events.all()]
        return report
    if issue.source_sha256 != digest:
        issue.imported_at, issue.imported_by = timezone.now(), by
    issue.source_text, issue.source_name, issue.source_sha256 = text, name, digest
    issue.leftovers = [asdict(row) for row in parsed.leftovers]
    issue.warnings = [asdict(row) for row in parsed.warnings]
    issue.save()
    decided = decisions or Decisions()
    registry = BodyRegistry(decided.bodies)
    _store_items(report, parsed.items, registry, decided)
    if decisions is None:
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


def _issue(parsed: ParsedIssue, published: date) -> NewsletterIssue:
    issue, _ = NewsletterIssue.objects.get_or_create(
        publisher=parsed.publisher or UNKNOWN_PUBLISHER,
        published_on=published,
        defaults={"title": parsed.title or UNTITLED},
    )
    issue.title = parsed.title or issue.title
    issue.period_start, issue.period_end = parsed.period_start, parsed.period_end
    issue.contributors = [asdict(person) for person in parsed.people]
    return issue


def _store_items(
    report: Report, items: Iterable[Item], registry: BodyRegistry, decided: Decisions
) -> None:
    # Whoever publishes or corrects one of them meanwhile waits, and none of it is lost.
    policies, events = (
        rows.select_for_update().order_by("pk")
        for rows in (report.issue.policies, report.issue.events)
    )
    present: list[Record] = [*policies, *events]
    items = list(items)
    pairs = pair(items, present, decided.records)
    for item in items:
        key = item_key(item)
        own, choices = pairs.sure.get(key), decided.items.get(key, UNDECIDED)
        report.records[key] = _store_item(report, item, own, registry, choices)
    report.unsure += [(report.records[key], may_be) for key, may_be in pairs.unsure.items()]
    written = {(type(record), record.pk) for record in report.records.values()}
    report.missing += [row for row in present if (type(row), row.pk) not in written]
    for record in report.missing:
        # One that an editor entered never stood in the file.
        if record.first_line:
            record.position, record.first_line, record.last_line = 0, None, None
            record.save()


def _store_item(
    report: Report, item: Item, own: Record | None, registry: BodyRegistry, decided: ItemDecisions
) -> Record:
    """Write one item into the record that it had, the one that it updates, or a new one."""
    into = decided.into if own is None else None
    if into is None and decided.into is not None:
        decided = ItemDecisions(decided.typed, decided.take, decided.leave)
    record = own or into or _new(report.issue, item)
    new, moved = record.pk is None, False
    if into is None or into.issue_id == report.issue.pk:
        place = (item.position, *item.lines)
        moved = (record.position, record.first_line, record.last_line) != place
        record.position, record.first_line, record.last_line = place
    comes = printed_policy(item) if isinstance(record, Policy) else printed_event(item)
    stands = dict.fromkeys(comes) if new else standing(record)
    changed, differences = merge(record, stands, comes, registry, decided)
    if moved and not changed:
        record.save()
    report.differences += differences
    (report.added if new else report.updated if changed else report.unchanged).append(record)
    return record


def _new(issue: NewsletterIssue, item: Item) -> Record:
    if item.section == CORPORATE_NEWS:
        return CorporateEvent(issue=issue)
    section = Section.TOP if item.section == TOP else Section.NEWS
    return Policy(issue=issue, section=section)
