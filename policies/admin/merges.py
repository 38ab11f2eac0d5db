"""The merges that were made, in the admin: listed, told and undone.

What stands in the way of undoing one is `policies.merging`'s.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from policies import merging
from policies.models import Merge

from .base import OnlyRead
from .history import SHOWN, ToldHistory, entries
from .merging import TOO_LATE


class OfKind(admin.SimpleListFilter):
    """Merges of one kind of record."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        kinds = sorted(set(Merge.objects.order_by().values_list("kind", flat=True)))
        return [(kind, _in_words(kind)) for kind in kinds]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


def _in_words(kind: str) -> str:
    return str(apps.get_model("policies", kind)._meta.verbose_name)


@admin.register(Merge)
class MergeAdmin(OnlyRead, admin.ModelAdmin):
    """What was merged, by whom, and the way back."""

    list_display = ("kept", "gone", "of_kind", "merged_at", "merged_by", "standing")
    list_display_links = ("kept",)
    list_select_related = ("merged_by", "undone_by")
    list_per_page = 50
    search_fields = ("kept_name", "gone_name")
    date_hierarchy = "merged_at"
    list_filter = (OfKind,)
    change_form_template = "admin/merging/change_form.html"
    fields = (
        ("kept", "gone"), "of_kind", ("merged_at", "merged_by"),
        ("undone_at", "undone_by"),
    )  # fmt: skip

    def may_undo(self, request) -> bool:
        """Whether the user may part two records again."""
        return request.user.has_perm("policies.change_merge")

    @admin.display(description="kind")
    def of_kind(self, merge) -> str:
        return _in_words(merge.kind)

    @admin.display(description="kept", ordering="kept_name")
    def kept(self, merge) -> str:
        return merge.kept_name

    @admin.display(description="went into it", ordering="gone_name")
    def gone(self, merge) -> str:
        return merge.gone_name

    @admin.display(description="undone")
    def standing(self, merge) -> str:
        if merge.undone_at is None:
            return ""
        return f"{merge.undone_at:%Y-%m-%d} by {merge.undone_by or 'the tracker itself'}"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:key>/undo/", view(self.undo_view), name="policies_merge_undo"),
            path("<int:key>/past/", view(self.past_view), name="policies_merge_past"),
            *super().get_urls(),
        ]

    def _merge(self, request, key: int) -> Merge:
        if not self.has_view_permission(request):
            raise PermissionDenied
        merge = self.get_object(request, str(key))
        if merge is None:
            raise Http404
        return merge

    def undo_view(self, request, key: int):
        """Say what undoing a merge does and what stands in its way; undo it when confirmed."""
        merge = self._merge(request, key)
        if not self.may_undo(request):
            raise PermissionDenied
        kept = self._kept_address(merge)
        if request.method == "POST":
            try:
                merging.part(merge, by=request.user, anyway="anyway" in request.POST)
            except IntegrityError:
                messages.error(request, TOO_LATE)
            except merging.Refused:
                messages.warning(request, "Nothing was undone. Please read what stands in the way.")
            else:
                text = f"“{merge.kept_name}” and “{merge.gone_name}” are two records again."
                messages.success(request, text)
                return HttpResponseRedirect(kept)
        context = self.admin_site.each_context(request) | {
            "title": "Undo a merge",
            "opts": self.opts,
            "merge": merge,
            "kind": self.of_kind(merge),
            "kept_address": kept,
            "look": merging.look(merge),
        }
        return TemplateResponse(request, "admin/merging/undo.html", context)

    def _kept_address(self, merge: Merge) -> str:
        return reverse(f"admin:policies_{merge.kind}_change", args=[merge.kept_id])

    def past_view(self, request, key: int):
        """The history of the record that went, as it was when it was merged."""
        merge = self._merge(request, key)
        model = apps.get_model("policies", merge.kind)
        keeper = self.admin_site.get_model_admin(model)
        if not isinstance(keeper, ToldHistory):
            raise Http404
        told = entries(model, merge.gone_id, keeper.history_rows)
        context = self.admin_site.each_context(request) | {
            "title": f"History of “{merge.gone_name}”",
            "opts": self.opts,
            "object": merge,
            "merge": merge,
            "entries": told[:SHOWN],
            "more": len(told) - SHOWN,
        }
        return TemplateResponse(request, "admin/merging/past.html", context)

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        merge = kwargs.get("obj")
        if merge is not None:
            model = apps.get_model("policies", merge.kind)
            keeper = self.admin_site.get_model_admin(model)
            context["told"] = isinstance(keeper, ToldHistory)
            context["may_undo"] = self.may_undo(request) and merge.undone_at is None
        return super().render_change_form(request, context, *args, **kwargs)
