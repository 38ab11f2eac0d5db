"""Merging in the admin: two records side by side, one of them to be kept.

What a merge does is `policies.merging`'s; those that were made are in `merges`.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from policies import merging
from policies.models import Merge

from .history import ToldHistory

NAMED = 12
TOO_LATE = "Nothing was done: somebody changed the same in this very moment. Please look again."
CHOICES = {"kept": "Keep", "gone": "Take", "both": "Both, one after the other"}
CHANGED = (
    "Nothing was merged: one of the two was changed while you looked. Please look at both again."
)


class MergeForm(forms.Form):
    """Which of the two is kept, and field by field what it is to say."""

    kept = forms.IntegerField(widget=forms.HiddenInput)
    gone = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    aware = forms.BooleanField(
        label="I know that readers will no longer find it.",
        error_messages={"required": "Tick this if you mean it, or swap the two."},
    )

    def __init__(self, kept: Any, gone: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "kept": kept.pk,
            "gone": gone.pk,
            "seen": merging.fingerprint(kept, gone),
        }
        if not merging.goes_from_the_public(kept, gone):
            del self.fields["aware"]
        self.parts = merging.parts(kept, gone)
        for part in self.parts:
            if not part.same:
                self.fields[f"part-{part.name}"] = forms.ChoiceField(
                    choices=[(name, CHOICES[name]) for name in part.options],
                    initial=part.default,
                    required=False,
                )

    def compared(self) -> list[dict[str, Any]]:
        """The parts that differ, with both texts told apart and what is chosen."""
        return [
            {
                "part": part,
                "name": f"part-{part.name}",
                "chosen": self[f"part-{part.name}"].value() or part.default,
                "texts": merging.told_apart(part.kept_words, part.gone_words),
            }
            for part in self.parts
            if not part.same
        ]

    def choices(self) -> dict[str, str]:
        """What was chosen, by part."""
        return {
            part.name: self.cleaned_data[f"part-{part.name}"]
            for part in self.parts
            if self.cleaned_data.get(f"part-{part.name}")
        }


class Mergeable(admin.ModelAdmin):
    """A list with an action to merge two records, and a history that says what was merged."""

    object_history_template = "admin/merging/object_history.html"

    def may_merge(self, request) -> bool:
        """Whether the user may make two records one: add a merge, change one, lose the other."""
        return request.user.has_perm("policies.add_merge") and all(
            request.user.has_perm(f"policies.{verb}_{self.opts.model_name}")
            for verb in ("change", "delete")
        )

    def get_actions(self, request):
        actions = super().get_actions(request)
        if actions and self.may_merge(request):
            actions["merge_chosen"] = self.get_action("merge_chosen")
        return actions

    @admin.action(description="Merge two chosen records …")
    def merge_chosen(self, request, queryset):
        chosen = list(queryset.order_by("pk")[:3])
        if len(chosen) != 2:
            words = "two records: the one to keep and the one that is the same"
            messages.warning(request, f"Nothing was merged. Choose just {words}.")
            return None
        chosen.sort(key=lambda record: not getattr(record, "is_public", False))
        kept, gone = chosen
        return HttpResponseRedirect(self.merge_address(kept, gone))

    def merge_address(self, kept: Any = None, gone: Any = None) -> str:
        """Where two records are merged."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge")
        return f"{address}?{urlencode({'kept': kept.pk, 'gone': gone.pk})}" if kept else address

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name=name), *super().get_urls()]

    def merge_view(self, request):
        """Show two records side by side, and merge them when confirmed."""
        if not self.may_merge(request):
            raise PermissionDenied
        given = request.POST if request.method == "POST" else request.GET
        kept, gone = (self._one_of_two(given.get(name)) for name in ("kept", "gone"))
        if kept is None or gone is None or kept == gone:
            messages.warning(request, "Nothing was merged. Choose two records of the list.")
            return HttpResponseRedirect(self._merge_list())
        form = MergeForm(kept, gone, request.POST if request.method == "POST" else None)
        refused: tuple[str, ...] = ()
        if form.is_bound and form.is_valid():
            if form.cleaned_data["seen"] != merging.fingerprint(kept, gone):
                messages.warning(request, CHANGED)
                return HttpResponseRedirect(self.merge_address(kept, gone))
            try:
                done = merging.merge(kept, gone, choices=form.choices(), by=request.user)
            except merging.Refused as refusal:
                refused = refusal.reasons
            except IntegrityError:
                refused = (TOO_LATE,)
            else:
                return self._merged(request, done, kept)
        return self._merge_asked(request, kept, gone, form, refused)

    def _one_of_two(self, key: str | None) -> Any:
        if not key or not key.isascii() or not key.isdecimal() or len(key) > 18:
            return None
        return self.model._base_manager.filter(pk=key).first()

    def _merge_list(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _merged(self, request, done: Merge, kept: Any):
        self.log_change(request, kept, f"Merged with “{done.gone_name}”.")
        text = "“{}” and “{}” are one record now. <a href='{}'>Undo</a>"
        undo = reverse("admin:policies_merge_undo", args=[done.pk])
        messages.success(request, format_html(text, done.kept_name, done.gone_name, undo))
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[done.kept_id]))

    def _merge_asked(
        self, request, kept: Any, gone: Any, form: MergeForm, refused: tuple[str, ...]
    ):
        plan = None
        try:
            choices = form.choices() if form.is_bound and form.is_valid() else {}
            plan = merging.make_plan(kept, gone, choices)
        except merging.Refused as refusal:
            refused = refusal.reasons
        context = self.admin_site.each_context(request) | {
            "title": "Merge two records",
            "opts": self.opts,
            "back": self._merge_list(),
            "address": self.merge_address(),
            "swap": self.merge_address(gone, kept),
            "kept": kept,
            "gone": gone,
            "change_address": f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
            "form": form,
            "alike": [part for part in form.parts if part.same and part.kept_words],
            "plan": plan,
            "folded": plan and [merging.said(row, self.model) for row in plan.folded[:NAMED]],
            "moved": plan and [(n, merging.tied(t, self.model, n)) for t, n in plan.moved.items()],
            "cautions": merging.cautions(kept, gone),
            "refused": refused,
        }
        return TemplateResponse(request, "admin/merging/merge.html", context)

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, object_id)
        merges = merging.merges_into(record) if record is not None else []
        told = isinstance(self, ToldHistory)
        extra = (extra_context or {}) | {"merges": merges, "told": told}
        response = super().history_view(request, object_id, extra)
        if told and merges and isinstance(response, TemplateResponse):
            response.template_name = "admin/merging/history.html"
            response.context_data = (response.context_data or {}) | extra
        return response
