"""The home page, the plain lists and what the tracker says of itself."""

from typing import Any

from django.views.generic import ListView, TemplateView

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


class Home(TemplateView):
    template_name = "policies/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policies = Policy.objects.published()
        return super().get_context_data(**kwargs) | {
            "counts": [
                ("policy_list", "policies", policies.count()),
                ("target_list", "targets", Target.objects.published().count()),
                ("event_list", "corporate events", CorporateEvent.objects.published().count()),
                ("body_list", "issuing bodies", IssuingBody.objects.count()),
            ],
            "latest": policies.prefetch_related("issuers__body", "sectors")[:5],
            "due": Target.objects.published().filter(due_on__isnull=False)[:5],
            "issue": NewsletterIssue.objects.published().first(),
        }


class About(TemplateView):
    template_name = "policies/about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policies = Policy.objects.published()
        return super().get_context_data(**kwargs) | {
            "issues": NewsletterIssue.objects.published(),
            "total": policies.count(),
            "without_link": policies.filter(official_url="").count(),
            "without_zh": policies.filter(title_zh="").count(),
        }


class CompanyList(ListView):
    template_name = "policies/companies.html"
    context_object_name = "companies"

    def get_queryset(self):
        return Company.objects.published()


class SectorList(ListView):
    template_name = "policies/sectors.html"
    context_object_name = "sectors"

    def get_queryset(self):
        return Sector.objects.filter(parent=None).prefetch_related("children__children")


class IssueList(ListView):
    template_name = "policies/issues.html"
    context_object_name = "issues"

    def get_queryset(self):
        return NewsletterIssue.objects.published()


class Glossary(ListView):
    template_name = "policies/glossary.html"
    context_object_name = "terms"

    def get_queryset(self):
        return Term.objects.all()
