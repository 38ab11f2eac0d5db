"""Publishing and withdrawing in the admin: a confirmation first, then `publishing`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from policies import publishing
from policies.vocabulary import State


@dataclass(frozen=True, slots=True)
class Step:
    """One way from state to state, as the admin offers it."""

    name: str
    verb: str
    done: str
    permission: str
    starts: tuple[str, ...]
    ends: Callable[..., Any]
    has_note: bool = False


STEPS = {
    step.name: step
    for step in (
        Step(
            "publish", "Publish", "published", "publish",
            (State.IN_REVIEW, State.WITHDRAWN), publishing.publish,
        ),
        Step(
            "withdraw", "Withdraw", "withdrawn", "withdraw",
            (State.PUBLISHED,), publishing.withdraw, True,
        ),
        Step(
            "send_back", "Back to review", "back in review", "publish",
            (State.WITHDRAWN,), publishing.send_back,
        ),
    )
}  # fmt: skip


class EditorialAdmin(admin.ModelAdmin):
    """Shows a record's state and offers the steps that its state and the user's rights allow."""

    change_form_template = "admin/editorial_change_form.html"
    actions = ("publish_chosen", "withdraw_chosen")

    def has_step_permission(self, request, step: Step) -> bool:
        name = self.opts.model_name
        return request.user.has_perm(f"{self.opts.app_label}.{step.permission}_{name}")

    def get_actions(self, request):
        actions = super().get_actions(request)
        for name in ("publish", "withdraw"):
            if not self.has_step_permission(request, STEPS[name]):
                actions.pop(f"{name}_chosen", None)
        return actions

    @admin.action(description="Publish the chosen records …")
    def publish_chosen(self, request, queryset):
        return self._confirm(request, queryset, STEPS["publish"])

    @admin.action(description="Withdraw the chosen records …")
    def withdraw_chosen(self, request, queryset):
        return self._confirm(request, queryset, STEPS["withdraw"])

    def _confirm(self, request, queryset, step: Step):
        keys = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        address = reverse(f"admin:{self._address_name}", args=[step.name])
        return HttpResponseRedirect(f"{address}?ids={keys}")

    @property
    def _address_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_step"

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        return [path("step/<slug:name>/", view, name=self._address_name), *super().get_urls()]

    def step_view(self, request, name: str):
        """Ask whether to take a step with the records `ids`, and take it when confirmed."""
        step = STEPS.get(name)
        if step is None or not self.has_step_permission(request, step):
            raise PermissionDenied
        keys = [key for key in request.GET.get("ids", "").split(",") if key.isdigit()]
        chosen = self.model._default_manager.filter(pk__in=keys)
        ready = [record for record in chosen if record.state in step.starts]
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        if request.method == "POST":
            self._take(request, step, ready)
            return HttpResponseRedirect(back)
        context = self.admin_site.each_context(request) | {
            "title": f"{step.verb}?",
            "opts": self.opts,
            "step": step,
            "ready": [(record, self.lacks(record)) for record in ready],
            "skipped": [record for record in chosen if record.state not in step.starts],
            "back": back,
        }
        return TemplateResponse(request, "admin/confirm_step.html", context)

    def _take(self, request, step: Step, records) -> None:
        note = {"note": request.POST.get("note", "").strip()} if step.has_note else {}
        reason = request.POST.get("reason", "").strip()
        for record in records:
            try:
                step.ends(record, by=request.user, reason=reason, **note)
            except publishing.NotAllowed as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, f"“{record}” is {step.done}.")

    def lacks(self, record) -> list[str]:
        """What is still missing on `record`, in words."""
        return []

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        record = kwargs.get("obj")
        if record is not None:
            address = f"admin:{self._address_name}"
            context["steps"] = [
                (step.verb, f"{reverse(address, args=[step.name])}?ids={record.pk}")
                for step in STEPS.values()
                if record.state in step.starts and self.has_step_permission(request, step)
            ]
            context["lacks"] = self.lacks(record)
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_public else None
