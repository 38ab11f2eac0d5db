"""Targets in the admin: what became of each, and a reminder once its date has come."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.timezone import localdate

from policies.vocabulary import TargetStatus

from .forms import PreciseDatesForm

BUTTON = "_became"


class StatusForm(PreciseDatesForm):
    """A target's form: whoever sets the status has checked it today, unless they say otherwise."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "status" in self.changed_data and "status_checked_on" not in self.changed_data:
            cleaned["status_checked_on"] = localdate()
        return cleaned


class Settling(admin.ModelAdmin):
    """An admin of targets that asks for a look at the status, and settles it with a button."""

    form = StatusForm
    change_form_template = "admin/target_change_form.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As elsewhere; a button that names a status sets it, as checked today."""
        became = request.POST.get(BUTTON)
        if request.method == "POST" and became in TargetStatus.values:
            given = request.POST.copy()
            given["status"], given["status_checked_on"] = became, localdate().isoformat()
            request.POST = given
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        target = kwargs.get("obj")
        if target is not None and self.has_change_permission(request, target):
            context["asks"] = target.is_overdue
            context["outcomes"] = [
                (status, "Still open, checked today" if status == "open" else label)
                for status, label in TargetStatus.choices
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="checked", ordering="status_checked_on")
    def checked(self, target) -> str:
        return str(target.status_checked_on or "")
