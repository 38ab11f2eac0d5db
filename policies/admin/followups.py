"""Follow-ups at the desk: proposals on a policy's form, a page of all, an editor's answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.views.decorators.http import require_POST

from policies.followups import FollowUps, ask_again, decline, link, proposed
from policies.models import DeclinedFollowUp, Policy

from .answering import about, back, named, of_late, waiting_page


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
    records = Policy.objects.filter(of_late()).order_by("-announced_on", "-pk")
    return waiting_page(
        request,
        records,
        FollowUps,
        title="Follow-ups to decide",
        template="admin/followups.html",
    )


@require_POST
def answer_followup(request, pk: int):
    """Link a policy to an earlier one as proposed, or say no, or take a no back."""
    policy = about(Policy, pk, is_allowed=may_answer(request.user))
    _take(request, policy, named(request, Policy, "earlier"))
    return back(request, policy, "policies_policy_followups")


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
