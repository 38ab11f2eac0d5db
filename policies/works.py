"""What a citation says of a record or a search, whatever its style.

What is cited is the record's page, by its permanent address; who issued the document
stands as its author. An event is a report about companies, none of which wrote it: its
source is who put out the issue. What only has an entry here, as a body, a company, a
sector or a term, has neither author nor date; its key names its kind, for a sector and a
term may share a slug. Nothing is made up: a document without a
known issuer has no author.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Sector,
    Target,
    Term,
)
from policies.models.links import followable
from policies.models.prose import in_one_line, shown_text
from policies.newsletter.dates import DAY, PreciseDate

SITE = "Policy tracker"
GENRES = {
    "target": "Policy target", "event": "Corporate event", "search": "Data set",
    "body": "Issuing body", "company": "Company", "sector": "Sector", "term": "Glossary term",
    "issue": "Newsletter issue",
}  # fmt: skip
# What is read with records that are cited, however many.
RELATED: dict[str, tuple[Any, ...]] = {
    "policies": ("issuers__body", "sectors"),
    "targets": ("policy__issuers__body", "policy__sectors"),
    "events": ("companies", Prefetch("issue", NewsletterIssue.objects.only("publisher"))),
    "bodies": (),
    "companies": (),
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
    """A record as it is cited."""
    return WORKS[type(record)](record, site)


def _policy(record: Any, site: str) -> Work:
    return Work(
        record.slug, "policy", _line(record.display_title), _line(record.title_zh),
        _issuers(record), record.announced or record.document,
        _line(record.document_number), record.get_instrument_display() or "Policy",
        site + record.get_absolute_url(), followable(record.official_url),
        abstract=in_one_line(record.summary),
        keywords=tuple(sector.name_en for sector in record.sectors.all()),
    )  # fmt: skip


def _target(record: Any, site: str) -> Work:
    policy = record.policy
    return Work(
        record.slug, "target", _line(record.metric) or in_one_line(record.text), "",
        _issuers(policy), policy.announced or policy.document, "",
        GENRES["target"], site + record.get_absolute_url(), followable(policy.official_url),
        part_of=_line(policy.display_title), part_of_zh=_line(policy.title_zh),
        abstract=_due(record),
        keywords=tuple(sector.name_en for sector in policy.sectors.all()),
    )  # fmt: skip


def _due(record: Any) -> str:
    """A target as it was printed and when it falls due, which nothing else in a citation says."""
    return " ".join(filter(None, (in_one_line(record.text), record.due and f"(due {record.due})")))


def _event(record: Any, site: str) -> Work:
    return Work(
        record.slug, "event", _line(record.display_title), "", (), record.happened, "",
        GENRES["event"], site + record.get_absolute_url(), "", abstract=in_one_line(record.text),
        keywords=tuple(str(company) for company in record.companies.all()),
        source=_line(record.issue.publisher) if record.issue else "",
    )  # fmt: skip


def _issue(record: Any, site: str) -> Work:
    return Work(
        f"issue-{record.published_on}", "issue", _line(record.title), "",
        ((_line(record.publisher), ""),), PreciseDate(record.published_on, DAY), "",
        GENRES["issue"], site + record.get_absolute_url(), "",
    )  # fmt: skip


def _body(record: Any, site: str) -> Work:
    return _entry("body", record, site, record.note)


def _company(record: Any, site: str) -> Work:
    # Its note is for editors.
    return _entry("company", record, site, "")


def _sector(record: Any, site: str) -> Work:
    return _entry("sector", record, site, record.definition)


def _term(record: Any, site: str) -> Work:
    return Work(
        f"term-{record.slug}", "term", _line(record.term_en), _line(record.term_zh), (), None, "",
        GENRES["term"], site + record.get_absolute_url(), "",
        abstract=in_one_line(record.definition),
    )  # fmt: skip


def _entry(kind: str, record: Any, site: str, said: str) -> Work:
    return Work(
        f"{kind}-{record.slug}", kind, _line(record.name_en or record.name_zh),
        _line(record.name_zh), (), None, "", GENRES[kind], site + record.get_absolute_url(), "",
        abstract=in_one_line(said),
    )  # fmt: skip


WORKS: dict[Any, Callable[[Any, str], Work]] = {
    Policy: _policy,
    Target: _target,
    CorporateEvent: _event,
    IssuingBody: _body,
    Company: _company,
    Sector: _sector,
    Term: _term,
    NewsletterIssue: _issue,
}


def _issuers(policy: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.body.name_en, row.body.name_zh) if row.body else (_line(row.printed), "")
        for row in policy.named_issuers
    )


def _line(text: str) -> str:
    return " ".join(shown_text(text or "").split())
