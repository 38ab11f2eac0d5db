"""Publishing and withdrawing in the admin: a confirmation first, then `publishing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from policies import publishing
from policies.desk import CHILDREN, missing
from policies.vocabulary import State

from . import source
from .base import DeskAdmin
from .inlines import may_unpublish


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

    def allowed(self, user: Any, model: Any) -> bool:
        """Whether `user` may take this step with records of `model`."""
        return user.has_perm(f"{model._meta.app_label}.{self.permission}_{model._meta.model_name}")


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


class StepForm(forms.Form):
    """What is asked before a step: which records, and the words that go with it."""

    ids = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label="Public note",
        help_text="Shown where the record stood.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Kept in the history, for editors only.",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not step.has_note:
            del self.fields["note"]


def ask(request, step: Step, chosen: Iterable[Any], *, back: str, context: dict[str, Any]):
    """Ask whether to take `step` with the `chosen` records, and take it when confirmed."""
    chosen = list(chosen)
    ready = [record for record in chosen if record.state in step.starts]
    sent = request.POST if "confirmed" in request.POST else None
    ids = ",".join(str(record.pk) for record in chosen)
    form = StepForm(step, sent, initial={"ids": ids})
    if sent is not None and form.is_valid():
        take(request, step, ready, form.cleaned_data)
        return HttpResponseRedirect(back)
    context |= {
        "title": f"{step.verb}?",
        "step": step,
        "form": form,
        "ready": [(record, missing(record), _address(record)) for record in ready],
        "incomplete": sum(bool(missing(record)) for record in ready),
        "skipped": [record for record in chosen if record.state not in step.starts],
        "back": back,
    }
    return TemplateResponse(request, "admin/confirm_step.html", context)


def take(request, step: Step, records: Iterable[Any], words: dict[str, str]) -> None:
    """Take `step` with each record, and say what came of it."""
    note = {"note": words["note"]} if step.has_note else {}
    done = []
    for record in records:
        try:
            step.ends(record, by=request.user, reason=words["reason"], **note)
        except (publishing.NotAllowed, type(record).DoesNotExist) as refusal:
            messages.error(request, str(refusal))
        else:
            done.append(record)
    if len(done) == 1:
        messages.success(request, f"“{done[0]}” is {step.done}.")
    elif done:
        messages.success(request, f"{len(done)} records are {step.done}.")


def _address(record: Any) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


class EditorialAdmin(DeskAdmin):
    """Shows a record's state and offers the steps that its state and the user's rights allow."""

    change_form_template = "admin/editorial_change_form.html"
    actions = ("publish_chosen", "withdraw_chosen")

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_unpublish(request, obj))

    def get_actions(self, request):
        actions = super().get_actions(request)
        for name in ("publish", "withdraw"):
            if not STEPS[name].allowed(request.user, self.model):
                actions.pop(f"{name}_chosen", None)
        return actions

    @admin.action(description="Publish the chosen records …")
    def publish_chosen(self, request, queryset):
        return self._ask(request, STEPS["publish"], queryset)

    @admin.action(description="Withdraw the chosen records …")
    def withdraw_chosen(self, request, queryset):
        return self._ask(request, STEPS["withdraw"], queryset)

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
        keys = {int(key) for key in ids.split(",") if key.isdecimal() and len(key) < 19}
        return self._ask(request, step, self.model._default_manager.filter(pk__in=keys))

    def _ask(self, request, step: Step, queryset):
        if not step.allowed(request.user, self.model):
            raise PermissionDenied
        meta = self.opts
        context = self.admin_site.each_context(request)
        context |= {"opts": meta, "address": self.step_address(step)}
        chosen = queryset.prefetch_related(*CHILDREN[self.model])
        back = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        return ask(request, step, chosen, back=back, context=context)

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        record = kwargs.get("obj")
        context["may_publish"] = STEPS["publish"].allowed(request.user, self.model)
        if record is not None:
            context["steps"] = [
                (step.verb, self.step_address(step, record.pk))
                for step in STEPS.values()
                if record.state in step.starts and step.allowed(request.user, self.model)
            ]
            context["may_publish"] &= record.state in STEPS["publish"].starts
            prefetch_related_objects([record], *CHILDREN[self.model])
            context["record"], context["lacks"] = record, missing(record)
            context["source"] = source.lines_of(record)
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
        if obj.state not in step.starts:
            return None
        messages.success(request, f"“{obj}” is saved. It is not public yet.")
        return HttpResponseRedirect(self.step_address(step, obj.pk))

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_public else None
