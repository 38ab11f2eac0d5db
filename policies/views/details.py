"""One record with everything known about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.generic import DetailView

from policies.chains import kin_of
from policies.formerslugs import called_before, withdrawn_as
from policies.life import life_of, outlives_its_successor
from policies.lineage import drawing, lineage, mark
from policies.models import (
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Sector,
    Target,
    Term,
)
from policies.phrases import appearance
from policies.search.bodies import ISSUERS
from policies.search.index import current_index
from policies.views import acting, past, reading
from policies.views.newest import in_sectors, newest_events, newest_policies, sharing
from policies.vocabulary import Section

NEIGHBOURS = 5
SHOWN = 10


class Record(DetailView):
    """A public record; a former slug redirects, a withdrawn record says so.

    With `as_of` it is shown as it was on that day.
    """

    context_object_name = "record"

    def get_queryset(self):
        return self.model.objects.published()

    def dispatch(self, request, *args: Any, **kwargs: Any):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            return self._elsewhere(request, kwargs.get("slug", ""))

    def get(self, request, *args: Any, **kwargs: Any):
        if "as_of" in request.GET:
            return past.as_of(request, self.get_object())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | past.marks(self.object)

    def address_of(self, record: Any) -> str:
        """Where this page is for `record`."""
        return record.get_absolute_url()

    def _elsewhere(self, request, slug: str):
        kind = self.model._meta.model_name
        former = called_before(self.model, slug)
        if former is not None:
            found = self.get_queryset().filter(pk=former).first()
            if found is not None:
                query = request.META.get("QUERY_STRING", "")
                address = self.address_of(found)
                return redirect(f"{address}?{query}" if query else address, permanent=True)
        if withdrawn := withdrawn_as(self.model, slug):
            context = {"note": withdrawn.withdrawn_note}
            return render(request, "policies/withdrawn.html", context, status=410)
        raise Http404(f"No public {kind} is called “{slug}”.")


def issue_in_order(issue: NewsletterIssue | None) -> list[Policy | CorporateEvent]:
    """The public records of an issue in the order of print, as its file is today."""
    if issue is None:
        return []
    policies = Policy.objects.published_there().filter(issue=issue).order_by("position", "pk")
    events = CorporateEvent.objects.published_there().filter(issue=issue)
    events = events.order_by("position", "pk")
    rows: list[Policy | CorporateEvent]
    rows = [*sorted(policies, key=lambda row: row.section != Section.TOP), *events]
    return [row for row in rows if not row.stood_earlier]


def beside(record: Policy | CorporateEvent) -> dict[str, Any]:
    """The public records printed just before and just after `record`."""
    rows = issue_in_order(record.issue)
    if record not in rows:
        return {}
    at = rows.index(record)
    return {
        "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None,
    }


class PolicyDetail(Record):
    model = Policy
    template_name = "policies/policy.html"

    def get_queryset(self):
        return (
            Policy.objects.published()
            .select_related("issue")
            .prefetch_related(
                "issuers__body", "sectors", "regions", "provisions", "targets", "amounts",
                "sources", "deadlines",
                Prefetch("answered_by", CorporateEvent.objects.published_there(), "public_answers"),
            )
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policy, index = self.object, current_index()
        held = index.kind("policy")
        bodies = [row.body_id for row in policy.issuers.all() if row.body_id]
        sectors = [sector.pk for sector in policy.sectors.all()]
        same_bodies = sharing(held, "issuer", bodies, but=policy.pk)
        same_sectors = sharing(held, "sector", sectors, but=policy.pk)
        inside = in_sectors(Policy, sectors)
        kin, today = kin_of(policy), localdate()
        mark(policy.targets.all())
        return super().get_context_data(**kwargs) | beside(policy) | {
            "same_bodies": newest_policies(Policy.objects, index, same_bodies, NEIGHBOURS),
            "same_sectors": newest_policies(inside, index, same_sectors, NEIGHBOURS),
            "kin": kin,
            "life": life_of(policy, kin, today),
            "is_outlived": outlives_its_successor(policy, kin, today),
            "today": today,
        } | reading.beside(self.request, [policy])  # fmt: skip


class TargetDetail(Record):
    model = Target
    template_name = "policies/target.html"

    def get_queryset(self):
        return (
            Target.objects.published()
            .select_related("policy__issue")
            .prefetch_related("policy__issuers__body", "policy__sectors")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        of_policy = Target.objects.published().filter(policy=self.object.policy_id)
        others = list(of_policy.exclude(pk=self.object.pk).order_by("position", "pk"))
        mark(others)
        entries = lineage(self.object)
        return super().get_context_data(**kwargs) | {
            "others": others,
            "lineage": entries,
            "chart": drawing(entries),
        }


class EventDetail(Record):
    model = CorporateEvent
    template_name = "policies/event.html"

    def get_queryset(self):
        return (
            CorporateEvent.objects.published()
            .select_related("issue")
            .prefetch_related(
                "companies", "sectors", "regions", "amounts", "sources",
                Prefetch("answers", Policy.objects.published_there(), "public_answers"),
            )
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event, index = self.object, current_index()
        held = index.kind("event")
        companies = [company.pk for company in event.companies.all()]
        sectors = [sector.pk for sector in event.sectors.all()]
        same_companies = sharing(held, "company", companies, but=event.pk)
        same_sectors = sharing(held, "sector", sectors, but=event.pk)
        inside, rows = in_sectors(CorporateEvent, sectors), CorporateEvent.objects
        return super().get_context_data(**kwargs) | beside(event) | {
            "same_companies": newest_events(rows, index, same_companies, NEIGHBOURS),
            "same_sectors": newest_events(inside, index, same_sectors, NEIGHBOURS),
        }  # fmt: skip


class Registered(Record):
    """A record of the registry: public as it is."""

    def get_queryset(self):
        return self.model.objects.all()


class BodyDetail(Registered):
    model = IssuingBody
    template_name = "policies/body.html"

    def get_queryset(self):
        return IssuingBody.objects.select_related("parent").prefetch_related(
            "aliases", "children", "successions__successor", "precessions__predecessor"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | acting.acted(self.object)


class SectorDetail(Registered):
    model = Sector
    template_name = "policies/sector.html"

    def get_queryset(self):
        return Sector.objects.select_related("parent").prefetch_related("children", "terms")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        index, sector = current_index(), self.object.pk
        policies, events = index.kind("policy"), index.kind("event")
        within, happened = policies.value("sector", sector), events.value("sector", sector)
        policy_rows = Policy.objects.prefetch_related(ISSUERS)
        event_rows = CorporateEvent.objects.prefetch_related("companies")
        return super().get_context_data(**kwargs) | {
            "policies": newest_policies(policy_rows, index, within, SHOWN),
            "policy_number": len(within),
            "events": newest_events(event_rows, index, happened, SHOWN),
            "event_number": len(happened),
        }


class TermDetail(Registered):
    model = Term
    template_name = "policies/term.html"

    def get_queryset(self):
        return Term.objects.select_related("sector")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        term = self.object
        same_sector = Term.objects.filter(sector=term.sector_id, sector__isnull=False)
        found = appearance(term)
        first = found.first if found else None
        return super().get_context_data(**kwargs) | {
            "appearance": found,
            "first_policy": first and Policy.objects.published().filter(pk=first).first(),
            "same_sector": same_sector.exclude(pk=term.pk),
            "before": Term.objects.filter(term_en__lt=term.term_en).last(),
            "after": Term.objects.filter(term_en__gt=term.term_en).first(),
        }


class IssueDetail(Record):
    """An issue set again as it was printed."""

    model = NewsletterIssue
    template_name = "policies/issue.html"

    def get_object(self, queryset=None):
        try:
            day = date.fromisoformat(self.kwargs["slug"])
        except ValueError:
            raise Http404("No issue has this date.") from None
        issue = self.get_queryset().filter(published_on=day).first()
        if issue is None or str(day) != self.kwargs["slug"]:
            raise Http404("No issue has this date.")
        return issue

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issue, public = self.object, NewsletterIssue.objects.published()
        policies = (
            Policy.objects.published_there()
            .filter(issue=issue)
            .order_by("position", "pk")
            .prefetch_related("issuers__body", "provisions", "targets", "sources")
        )
        events = (
            CorporateEvent.objects.published_there()
            .filter(issue=issue)
            .order_by("position", "pk")
            .prefetch_related("sources")
        )
        records: list[Policy | CorporateEvent] = [*policies, *events]
        printed = [policy for policy in policies if not policy.stood_earlier]
        return super().get_context_data(**kwargs) | {
            "top": [policy for policy in printed if policy.section == Section.TOP],
            "news": [policy for policy in printed if policy.section == Section.NEWS],
            "events": [event for event in events if not event.stood_earlier],
            "earlier": [record for record in records if record.stood_earlier],
            "before": public.filter(published_on__lt=issue.published_on).first(),
            "after": public.filter(published_on__gt=issue.published_on).last(),
        }
