"""The kinds of record that the API has: their names in addresses, their search, what is public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from policies.filters import (
    BodyFilter,
    EventFilter,
    PolicyFilter,
    SectorFilter,
    TargetFilter,
    TermFilter,
)
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
from policies.records import FIELDS, Field
from policies.versions.kinds import Kept, kept_of

from .companysearch import CompanySearch
from .issuesearch import IssueSearch
from .searches import Search, searching


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its name in addresses, its schema's name, the page of its list."""

    name: str
    schema: str
    noun: str
    list_name: str
    search: type[Search]
    public: Callable[[], QuerySet]

    @property
    def model(self) -> Any:
        return self.public().model

    @property
    def fields(self) -> tuple[Field, ...]:
        """The public fields of such a record."""
        return FIELDS[self.model]

    @property
    def kept(self) -> Kept | None:
        """Its versions, where such are kept."""
        return kept_of(self.model)


def _issues() -> QuerySet:
    return NewsletterIssue.objects.published().defer("source_text", "leftovers", "warnings")


KINDS = {
    kind.name: kind
    for kind in (
        Kind("policies", "Policy", "policy", "policy_list", searching(PolicyFilter),
             lambda: Policy.objects.published().defer("imported", "note")),
        Kind("targets", "Target", "target", "target_list", searching(TargetFilter),
             Target.objects.published),
        Kind("events", "Event", "corporate event", "event_list", searching(EventFilter),
             lambda: CorporateEvent.objects.published().defer("imported", "note")),
        Kind("bodies", "Body", "issuing body", "body_list", searching(BodyFilter),
             IssuingBody.objects.all),
        Kind("companies", "Company", "company", "company_list", CompanySearch,
             Company.objects.published),
        Kind("sectors", "Sector", "sector", "sector_list", searching(SectorFilter),
             Sector.objects.all),
        Kind("issues", "Issue", "newsletter issue", "issue_list", IssueSearch, _issues),
        Kind("terms", "Term", "term", "glossary", searching(TermFilter), Term.objects.all),
    )
}  # fmt: skip
FACETED = tuple(name for name, kind in KINDS.items() if kind.search.facets)
