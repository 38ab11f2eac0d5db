"""What a citation says of a policy, a target, an event or a search, whatever its style.

What is cited is the record's page, by its permanent address; who issued the document
stands as its author. An event is a report about companies, none of which wrote it: its
source is who put out the issue. Nothing is made up: a document without a known issuer
has no author.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from policies.models import CorporateEvent, NewsletterIssue, Target
from policies.models.links import followable
from policies.models.prose import first_words, shown_text
from policies.newsletter.dates import PreciseDate

SITE = "Policy tracker"
GENRES = {"target": "Policy target", "event": "Corporate event", "search": "Data set"}
# What is read with records that are cited, however many.
RELATED: dict[str, tuple[Any, ...]] = {
    "policies": ("issuers__body", "sectors"),
    "targets": ("policy__issuers__body", "policy__sectors"),
    "events": ("companies", Prefetch("issue", NewsletterIssue.objects.only("publisher"))),
}


@dataclass(frozen=True, slots=True)
class Work:
    """What a citation says of a record, whatever its style. Authors come with Chinese names.

    `source` is who put out what a record without an author stands in.
    """

    key: str
    kind: str
    title: str
    title_zh: str
    authors: tuple[tuple[str, str], ...]
    day: PreciseDate | None
    number: str
    genre: str
    address: str
    official: str
    part_of: str = ""
    part_of_zh: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    source: str = ""

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.authors]


def work_of(record: Any, site: str) -> Work:
    """A policy, a target or an event as it is cited."""
    if isinstance(record, Target):
        return _target(record, site)
    return _event(record, site) if isinstance(record, CorporateEvent) else _policy(record, site)


def _policy(record: Any, site: str) -> Work:
    return Work(
        record.slug, "policy", _line(record.display_title), _line(record.title_zh),
        _issuers(record), record.announced or record.document,
        _line(record.document_number), record.get_instrument_display() or "Policy",
        site + record.get_absolute_url(), followable(record.official_url),
        abstract=_line(record.summary),
        keywords=tuple(sector.name_en for sector in record.sectors.all()),
    )  # fmt: skip


def _target(record: Any, site: str) -> Work:
    policy = record.policy
    title = record.metric or first_words(record.text, 14)
    return Work(
        record.slug, "target", title, "", _issuers(policy), policy.announced or policy.document,
        "", GENRES["target"], site + record.get_absolute_url(), followable(policy.official_url),
        part_of=_line(policy.display_title), part_of_zh=_line(policy.title_zh),
        abstract=_due(record),
        keywords=tuple(sector.name_en for sector in policy.sectors.all()),
    )  # fmt: skip


def _due(record: Any) -> str:
    """A target as it was printed and when it falls due, which nothing else in a citation says."""
    return " ".join(filter(None, (_line(record.text), record.due and f"(due {record.due})")))


def _event(record: Any, site: str) -> Work:
    return Work(
        record.slug, "event", _line(record.display_title), "", (), record.happened, "",
        GENRES["event"], site + record.get_absolute_url(), "", abstract=_line(record.text),
        keywords=tuple(str(company) for company in record.companies.all()),
        source=_line(record.issue.publisher) if record.issue else "",
    )  # fmt: skip


def _issuers(policy: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.body.name_en, row.body.name_zh) if row.body else (_line(row.printed), "")
        for row in policy.named_issuers
    )


def _line(text: str) -> str:
    return " ".join(shown_text(text or "").split())
