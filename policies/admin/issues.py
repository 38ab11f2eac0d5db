"""Newsletter issues in the admin: what they left over, and publishing all they hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.urls import path, reverse

from policies.desk import CHILDREN
from policies.models import CorporateEvent, NewsletterIssue, Policy
from policies.vocabulary import State

from . import source
from .base import DeskAdmin, public_address
from .forms import PeopleField
from .steps import STEPS, ask, confirmed

PUBLISH = STEPS["publish"]


class IssueForm(forms.ModelForm):
    contributors = PeopleField(
        required=False, help_text="One person a line: the name, then a comma and the role."
    )


@admin.register(NewsletterIssue)
class NewsletterIssueAdmin(DeskAdmin):
    form = IssueForm
    change_form_template = "admin/issue_change_form.html"
    change_list_template = "admin/imports/issues.html"
    list_display = ("title", "published_on", "publisher", "in_review", "imported_at", "imported_by")
    list_select_related = ("imported_by",)
    search_fields = ("title", "publisher", "published_on", "source_name")
    date_hierarchy = "published_on"
    readonly_fields = ("source_name", "source_sha256", "imported_at", "imported_by")
    fieldsets = (
        (
            "As printed",
            {
                "fields": (
                    ("title", "publisher"),
                    ("published_on", "period_start", "period_end"),
                    "contributors",
                )
            },
        ),
        ("Import", {"fields": (("source_name", "imported_at", "imported_by"), "source_sha256")}),
    )

    def get_queryset(self, request):
        waits = {
            f"{name}_waiting": Count(name, Q(**{f"{name}__state": State.IN_REVIEW}), distinct=True)
            for name in ("policies", "events")
        }
        return super().get_queryset(request).annotate(**waits)

    @admin.display(description="in review")
    def in_review(self, issue) -> int:
        return issue.policies_waiting + issue.events_waiting

    def get_urls(self):
        view = self.admin_site.admin_view(self.publish_view)
        own = path("<int:key>/publish/", view, name="policies_newsletterissue_publish")
        return [own, *super().get_urls()]

    def publish_view(self, request, key: int):
        """Confirm and publish all that an issue holds in review."""
        if not self._may_publish(request):
            raise PermissionDenied
        issue = self.get_object(request, str(key))
        if issue is None:
            raise Http404
        context = self.admin_site.each_context(request)
        context |= {"opts": self.opts, "subtitle": str(issue), "address": request.path}
        back = reverse("admin:policies_newsletterissue_change", args=[key])
        chosen = confirmed(request, waiting_in(issue))
        return ask(request, PUBLISH, chosen, back=back, context=context)

    def _may_publish(self, request) -> bool:
        return all(PUBLISH.allowed(request.user, kind) for kind in (Policy, CorporateEvent))

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        issue = kwargs.get("obj")
        if issue is not None:
            waiting = waiting_in(issue)
            context["source"] = source.whole(issue)
            rows = issue.leftovers
            context["leftovers"] = [row for row in rows if not row.get("furniture")]
            context["furniture"] = [row for row in rows if row.get("furniture")]
            context["doubts"] = issue.warnings
            context["waiting"] = len(waiting)
            context["may_publish_all"] = bool(waiting) and self._may_publish(request)
            context["publish_address"] = reverse(
                "admin:policies_newsletterissue_publish", args=[issue.pk]
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, obj):
        return public_address(obj)


def waiting_in(issue: NewsletterIssue) -> list[Policy | CorporateEvent]:
    """What `issue` holds in review, in printed order."""
    policies = issue.policies.filter(state=State.IN_REVIEW).order_by("-section", "position")
    events = issue.events.filter(state=State.IN_REVIEW).order_by("position")
    return [
        *policies.prefetch_related(*CHILDREN[Policy]),
        *events.prefetch_related(*CHILDREN[CorporateEvent]),
    ]
