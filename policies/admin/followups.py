"""Follow-ups at the desk: proposals on a policy's form, a page of all, an editor's answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from policies.followups import FollowUps, ask_again, decline, link, proposed
from policies.models import DeclinedFollowUp, Policy
from policies.vocabulary import State

# How long after its publication a policy still stands on the page.
RECENT = timedelta(days=60)
PER_PAGE = 20
LARGEST_KEY = 2**63 - 1


class FollowsUp:
    """Mixed into the admin of policies."""

    admin_site: Any

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("follow-ups/", guarded(followups_page), name="policies_policy_followups"),
            path("<int:pk>/follow-ups/", guarded(answer_followup), name="policies_policy_followup"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        policy = kwargs.get("obj")
        if policy is not None and may_answer(request.user) and not context.get("is_popup"):
            context["followups"] = proposed(policy)
            context["declined"] = DeclinedFollowUp.objects.filter(policy=policy).select_related(
                "earlier"
            )
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def may_answer(user: Any) -> bool:
    """Whether `user` may link policies."""
    return user.has_perms(["policies.change_policy", "policies.add_policyrelation"])


def followups_page(request):
    """The records in review or published of late, with the earlier ones that they may update."""
    if not may_answer(request.user):
        raise PermissionDenied
    recent = timezone.now() - RECENT
    records = Policy.objects.filter(
        Q(state=State.IN_REVIEW) | Q(state=State.PUBLISHED, published_at__gte=recent)
    ).order_by("-announced_on", "-pk")
    page = Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
    asked = FollowUps(list(page))
    found = [(policy, asked.of(policy)) for policy in page]
    context = {
        "title": "Follow-ups to decide",
        "opts": Policy._meta,
        "page": page,
        "waiting": [(policy, followups) for policy, followups in found if followups],
    }
    return TemplateResponse(
        request, "admin/followups.html", admin.site.each_context(request) | context
    )


def answer_followup(request, pk: int):
    """Link a policy to an earlier one as proposed, or say no, or take a no back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not may_answer(request.user):
        raise PermissionDenied
    policy = get_object_or_404(Policy, pk=min(pk, LARGEST_KEY))
    key = request.POST.get("earlier", "")
    known = key.isdecimal() and len(key) < 19
    earlier = get_object_or_404(Policy, pk=int(key) if known else 0)
    _take(request, policy, earlier)
    if request.POST.get("page", "").isdecimal():
        address = reverse("admin:policies_policy_followups")
        return HttpResponseRedirect(f"{address}?page={int(request.POST['page'][:6])}")
    return HttpResponseRedirect(reverse("admin:policies_policy_change", args=[policy.pk]))


def _take(request, policy: Policy, earlier: Policy) -> None:
    answer = request.POST.get("answer")
    if answer == "again":
        ask_again(policy, earlier)
        messages.success(request, f"“{earlier}” may be proposed again.")
        return
    found = next((one for one in proposed(policy) if one.earlier.pk == earlier.pk), None)
    if found is None:
        messages.info(request, f"“{earlier}” is not proposed any more: somebody answered it.")
    elif answer == "link":
        link(policy, found, by=request.user)
        messages.success(request, f"Linked: “{policy}” {found.verb} “{earlier}”.")
    elif answer == "no":
        decline(policy, earlier, by=request.user)
        messages.success(request, f"“{earlier}” is not proposed again for “{policy}”.")
    else:
        messages.error(request, "Nothing was changed: choose “Link” or “No”.")
