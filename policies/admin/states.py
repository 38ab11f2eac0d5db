"""The state of a record in the admin: shown on forms and lists, changed by `steps` alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from policies import publishing
from policies.desk import CHILDREN, missing

from . import source
from .base import DeskAdmin
from .inlines import may_unpublish
from .steps import MOST, STEPS, Step, ask


class Scheduled(admin.SimpleListFilter):
    """Records that are to be published by themselves."""

    title = "schedule"
    parameter_name = "scheduled"

    def lookups(self, request, model_admin):
        return [("yes", "To be published"), ("overdue", "Time has passed")]

    def queryset(self, request, queryset):
        if self.value() == "overdue":
            return queryset.filter(publish_at__lte=timezone.now())
        return queryset.filter(publish_at__isnull=False) if self.value() else queryset


class EditorialAdmin(DeskAdmin):
    """Shows a record's state and offers the steps that its state and the user's rights allow."""

    change_form_template = "admin/editorial_change_form.html"
    actions = ("publish_chosen", "unschedule_chosen", "withdraw_chosen")

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_unpublish(request, obj))

    def get_actions(self, request):
        actions = super().get_actions(request)
        for name in ("publish", "unschedule", "withdraw"):
            if not STEPS[name].allowed(request.user, self.model):
                actions.pop(f"{name}_chosen", None)
        return actions

    @admin.action(description="Publish the chosen records …")
    def publish_chosen(self, request, queryset):
        return self._ask(request, STEPS["publish"], queryset)

    @admin.action(description="Take the chosen records off the schedule …")
    def unschedule_chosen(self, request, queryset):
        return self._ask(request, STEPS["unschedule"], queryset)

    @admin.action(description="Withdraw the chosen records …")
    def withdraw_chosen(self, request, queryset):
        return self._ask(request, STEPS["withdraw"], queryset)

    @admin.display(description="state", ordering="state")
    def standing(self, record) -> str:
        """The state, and when it is to end by itself."""
        if record.publish_at is None:
            return record.get_state_display()
        return f"{record.get_state_display()}, to be published on " + publishing.in_words(
            record.publish_at
        )

    def step_address(self, step: Step, *keys: int) -> str:
        """Where `step` is confirmed for the records with these keys."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_step"
        address = reverse(name, args=[step.name])
        return f"{address}?ids={','.join(map(str, keys))}" if keys else address

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        return [path("step/<slug:name>/", view, name=name), *super().get_urls()]

    def step_view(self, request, name: str):
        """Confirm and take the step `name` with the records `ids`."""
        step = STEPS.get(name)
        if step is None or not step.allowed(request.user, self.model):
            raise PermissionDenied
        ids = request.POST.get("ids") or request.GET.get("ids", "")
        plain = [key.removeprefix(f"{self.opts.model_name}-") for key in ids.split(",")]
        keys = {int(key) for key in plain if key.isdecimal() and len(key) < 19}
        return self._ask(request, step, self.model._default_manager.filter(pk__in=keys))

    def _ask(self, request, step: Step, queryset):
        if not step.allowed(request.user, self.model):
            raise PermissionDenied
        meta = self.opts
        context = self.admin_site.each_context(request)
        context |= {"opts": meta, "address": self.step_address(step)}
        chosen = queryset.prefetch_related(*CHILDREN[self.model])[: MOST + 1]
        back = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        return ask(request, step, chosen, back=back, context=context)

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        record = kwargs.get("obj")
        context["may_publish"] = STEPS["publish"].allowed(request.user, self.model)
        if record is not None:
            context["steps"] = [
                (step.verb, self.step_address(step, record.pk))
                for step in STEPS.values()
                if step.fits(record) and step.allowed(request.user, self.model)
            ]
            context["may_publish"] &= STEPS["publish"].fits(record)
            prefetch_related_objects([record], *CHILDREN[self.model])
            context["record"], context["lacks"] = record, missing(record)
            context["source"] = source.lines_of(record)
            targets = record.targets.all() if hasattr(record, "targets") else []
            context["asking"] = [target for target in targets if target.is_overdue]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return self._then_publish(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._then_publish(request, obj) or super().response_change(request, obj)

    def _then_publish(self, request, obj):
        step = STEPS["publish"]
        if "_publish" not in request.POST or not step.allowed(request.user, self.model):
            return None
        if not step.fits(obj):
            return None
        messages.success(request, f"“{obj}” is saved. It is not public yet.")
        return HttpResponseRedirect(self.step_address(step, obj.pk))

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_public else None
