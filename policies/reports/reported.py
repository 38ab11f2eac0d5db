"""Which records readers can report on, and which of their fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from policies.formerslugs import called_before
from policies.models import (
    Company,
    CorporateEvent,
    ErrorReport,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Sector,
    Target,
    Term,
)
from policies.records import FIELDS


@dataclass(frozen=True, slots=True)
class Reported:
    """A kind of record as the address of the form has it, and what of it is public."""

    name: str
    model: Any
    public: Callable[[], QuerySet]

    def find(self, slug: str) -> Any:
        """The public record called `slug`, now or formerly; None where there is none."""
        if self.model is NewsletterIssue:
            day = _day(slug)
            return day and self.public().filter(published_on=day).first()
        found = self.public().filter(slug=slug).first()
        if found is None:
            former = called_before(self.model, slug)
            found = former and self.public().filter(pk=former).first()
        return found

    def slug_of(self, record: Any) -> str:
        """How addresses call a record."""
        return record.published_on.isoformat() if self.name == "issue" else record.slug

    def fields(self) -> list[tuple[str, str]]:
        """The public fields that can be wrong, by name, as readers see them called."""
        return [(field.name, _(field.label)) for field in FIELDS[self.model] if field.told]


REPORTED = {
    reported.name: reported
    for reported in (
        Reported("policy", Policy, Policy.objects.published),
        Reported("target", Target, Target.objects.published),
        Reported("event", CorporateEvent, CorporateEvent.objects.published),
        Reported("body", IssuingBody, IssuingBody.objects.all),
        Reported("company", Company, Company.objects.published),
        Reported("sector", Sector, Sector.objects.all),
        Reported("term", Term, Term.objects.all),
        Reported("issue", NewsletterIssue, NewsletterIssue.objects.published),
    )
}


def concerned(report: ErrorReport) -> Any:
    """The record of a report, public or not; None where it was deleted."""
    reported = REPORTED.get(report.kind)
    return reported and reported.model._base_manager.filter(pk=report.record_id).first()


def field_name(report: ErrorReport) -> str:
    """The field that a report concerns, as readers see it called."""
    reported = REPORTED.get(report.kind)
    known = dict(reported.fields()) if reported else {}
    return known.get(report.field, report.field) or _("The record as a whole")


def _day(slug: str) -> date | None:
    try:
        day = date.fromisoformat(slug)
    except ValueError:
        return None
    return day if day.isoformat() == slug else None
