"""Lineages at the desk: proposals on a target's form, a page of all, an editor's answers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import path
from django.views.decorators.http import require_POST

from policies import lineage
from policies.models import DeclinedTargetLink, DroppedTarget, Policy, Target, TargetLink

from .answering import about, back, named, of_late, waiting_page
from .base import DeskAdmin
from .history import ToldHistory


class InLineage:
    """Mixed into the admin of targets."""

    admin_site: Any

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("lineage/", guarded(lineage_page), name="policies_target_lineages"),
            path("<int:pk>/lineage/", guarded(answer), name="policies_target_lineage"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        target = kwargs.get("obj")
        if target is not None and may_link(request.user) and not context.get("is_popup"):
            context |= _boxed(target)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def may_link(user: Any) -> bool:
    """Whether `user` may say which targets measure the same."""
    return user.has_perms(["policies.change_target", "policies.add_targetlink"])


def _boxed(target: Target) -> dict[str, Any]:
    """What the form of a target shows of its lineage."""
    said = DeclinedTargetLink.objects.filter(Q(target=target) | Q(other=target))
    declined = [row.other if row.target_id == target.pk else row.target for row in
                said.select_related("target__policy", "other__policy")]  # fmt: skip
    return {
        "proposals": lineage.proposed(target),
        "successors": lineage.successors(target),
        "linked": _linked(target),
        "drops": target.drops.select_related("policy"),
        "declined_targets": declined,
    }


def _linked(target: Target) -> list[tuple[TargetLink, Target, bool]]:
    """The links of a target with their other ends, and whether these came before."""
    rows = TargetLink.objects.filter(Q(later=target) | Q(earlier=target))
    rows = rows.select_related("later__policy", "earlier__policy").order_by("pk")
    return [
        (row, row.earlier, True) if row.later_id == target.pk else (row, row.later, False)
        for row in rows
    ]


def lineage_page(request):
    """The targets in review or published of late, with those that may measure the same."""
    if not may_link(request.user):
        raise PermissionDenied
    targets = Target.objects.filter(of_late("policy__")).select_related("policy").order_by("-pk")
    return waiting_page(
        request,
        targets,
        lineage.Proposals,
        title="Target lineages to decide",
        template="admin/lineages.html",
    )


@require_POST
def answer(request, pk: int):
    """Take an editor's answer about a target: link, no, dropped, or one of them taken back."""
    target = about(Target, pk, is_allowed=may_link(request.user))
    take = ANSWERS.get(request.POST.get("answer", ""))
    if take is None:
        messages.error(request, "Nothing was changed: choose one of the buttons.")
    else:
        messages.success(request, take(request, target))
    return back(request, target, "policies_target_lineages")


def _link(request, target: Target) -> str:
    other = named(request, Target, "other")
    found = next((one for one in lineage.proposed(target) if one.other == other), None)
    if found is None:
        return f"“{other}” is not proposed any more: somebody answered it."
    earlier, later = (other, target) if found.is_earlier else (target, other)
    lineage.link(earlier=earlier, later=later, by=request.user, because=found.because)
    return f"Linked with “{other}”."


def _decline(request, target: Target) -> str:
    other = named(request, Target, "other")
    lineage.decline(target, other, by=request.user)
    return f"“{other}” is not proposed again for “{target}”."


def _ask_again(request, target: Target) -> str:
    other = named(request, Target, "other")
    lineage.ask_again(target, other)
    return f"“{other}” may be proposed again."


def _unlink(request, target: Target) -> str:
    if not request.user.has_perm("policies.delete_targetlink"):
        raise PermissionDenied
    lineage.unlink(named(request, TargetLink, "row"), by=request.user)
    return "The link is taken back."


def _drop(request, target: Target) -> str:
    if not request.user.has_perm("policies.add_droppedtarget"):
        raise PermissionDenied
    policy = named(request, Policy, "policy")
    if policy not in lineage.successors(target):
        return f"“{policy}” is not asked about any more: somebody answered it."
    lineage.drop(target, policy, by=request.user)
    return f"“{policy}” no longer names “{target}”."


def _take_back(request, target: Target) -> str:
    if not request.user.has_perm("policies.delete_droppedtarget"):
        raise PermissionDenied
    lineage.take_back(named(request, DroppedTarget, "row"), by=request.user)
    return "That it was dropped is taken back."


ANSWERS = {
    "link": _link,
    "no": _decline,
    "again": _ask_again,
    "unlink": _unlink,
    "dropped": _drop,
    "keep": _take_back,
}


@admin.register(TargetLink)
class TargetLinkAdmin(ToldHistory, DeskAdmin):
    """For links that nobody proposed, and for their notes."""

    list_display = ("later", "earlier", "note")
    list_select_related = ("later", "earlier")
    search_fields = ("later__text", "later__metric", "earlier__text", "earlier__metric")
    autocomplete_fields = ("later", "earlier")
    fields = ("later", "earlier", "note")


@admin.register(DroppedTarget)
class DroppedTargetAdmin(ToldHistory, DeskAdmin):
    """For documents that no relation names as following, and for notes."""

    list_display = ("target", "policy", "note")
    list_select_related = ("target", "policy")
    search_fields = ("target__text", "target__metric", "policy__title_en", "policy__title_zh")
    autocomplete_fields = ("target", "policy")
    fields = ("target", "policy", "note")
