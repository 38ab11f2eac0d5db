"""One record with everything known about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.generic import DetailView

from policies.models import (
    Company,
    CorporateEvent,
    FormerSlug,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyRelation,
    Sector,
    Target,
    Term,
)
from policies.trees import with_descendants
from policies.vocabulary import State

NEIGHBOURS = 5


class Record(DetailView):
    """A public record; a former slug redirects, a withdrawn record says so."""

    context_object_name = "record"

    def get_queryset(self):
        return self.model.objects.published()

    def dispatch(self, request, *args: Any, **kwargs: Any):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            return self._elsewhere(request, kwargs.get("slug", ""))

    def _elsewhere(self, request, slug: str):
        kind = self.model._meta.model_name
        former = FormerSlug.objects.filter(kind=kind, slug=slug).first()
        if former is not None:
            found = self.get_queryset().filter(pk=former.record_id).first()
            if found is not None:
                return redirect(found, permanent=True)
        withdrawn = hasattr(self.model, "withdrawn_note") and (
            self.model.objects.filter(slug=slug, state=State.WITHDRAWN).first()
        )
        if withdrawn:
            context = {"note": withdrawn.withdrawn_note}
            return render(request, "policies/withdrawn.html", context, status=410)
        raise Http404(f"No public {kind} is called “{slug}”.")


class PolicyDetail(Record):
    model = Policy
    template_name = "policies/policy.html"

    def get_queryset(self):
        return (
            Policy.objects.published()
            .select_related("issue")
            .prefetch_related(
                "issuers__body", "sectors", "regions", "provisions", "targets", "amounts",
                "sources",
                Prefetch("answered_by", CorporateEvent.objects.published(), "public_answers"),
            )
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policy, public = self.object, Policy.objects.published()
        bodies = [row.body_id for row in policy.issuers.all() if row.body_id]
        others = public.exclude(pk=policy.pk)
        return super().get_context_data(**kwargs) | {
            "same_bodies": others.filter(
                pk__in=public.filter(bodies__in=bodies).values("pk")
            )[:NEIGHBOURS],
            "same_sectors": others.filter(
                pk__in=public.filter(sectors__in=policy.sectors.all()).values("pk")
            )[:NEIGHBOURS],
            "relations": PolicyRelation.objects.published()
            .filter(policy=policy)
            .select_related("other"),
            "related_from": PolicyRelation.objects.published()
            .filter(other=policy)
            .select_related("policy"),
        }  # fmt: skip


class TargetDetail(Record):
    model = Target
    template_name = "policies/target.html"

    def get_queryset(self):
        return Target.objects.published().select_related("policy__issue")


class EventDetail(Record):
    model = CorporateEvent
    template_name = "policies/event.html"

    def get_queryset(self):
        return (
            CorporateEvent.objects.published()
            .select_related("issue")
            .prefetch_related(
                "companies", "sectors", "regions", "amounts", "sources",
                Prefetch("answers", Policy.objects.published(), "public_answers"),
            )
        )  # fmt: skip


class CompanyDetail(Record):
    model = Company
    template_name = "policies/company.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        events = CorporateEvent.objects.published().filter(companies=self.object)
        return super().get_context_data(**kwargs) | {"events": events}


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
        own = (
            Policy.objects.published().filter(bodies=self.object).prefetch_related("issuers__body")
        )
        policies = list(own.distinct())
        return super().get_context_data(**kwargs) | {
            "alone": [policy for policy in policies if len(policy.issuers.all()) == 1],
            "jointly": [policy for policy in policies if len(policy.issuers.all()) > 1],
        }


class SectorDetail(Registered):
    model = Sector
    template_name = "policies/sector.html"

    def get_queryset(self):
        return Sector.objects.select_related("parent").prefetch_related("children", "terms")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        below = with_descendants(Sector, [self.object.slug])
        policies = Policy.objects.filter(sectors__in=below).values("pk")
        events = CorporateEvent.objects.filter(sectors__in=below).values("pk")
        return super().get_context_data(**kwargs) | {
            "policies": Policy.objects.published()
            .filter(pk__in=policies)
            .prefetch_related("issuers__body", "sectors"),
            "events": CorporateEvent.objects.published()
            .filter(pk__in=events)
            .prefetch_related("companies"),
        }


class TermDetail(Registered):
    model = Term
    template_name = "policies/term.html"


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
        if issue is None:
            raise Http404("No issue has this date.")
        return issue

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policies = (
            Policy.objects.published()
            .filter(issue=self.object)
            .order_by("position")
            .prefetch_related("issuers__body", "provisions", "targets", "sources")
        )
        return super().get_context_data(**kwargs) | {
            "top": [policy for policy in policies if policy.section == "top"],
            "news": [policy for policy in policies if policy.section == "news"],
            "events": CorporateEvent.objects.published()
            .filter(issue=self.object)
            .order_by("position")
            .prefetch_related("sources"),
        }
