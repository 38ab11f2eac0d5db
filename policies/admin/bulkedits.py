"""Changing many records of a list: what is to change, a preview of each record, then all of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from policies import bulkedits
from policies.bulkedits import ADD, LINKS, REMOVE, REPLACE, VALUES, Edit

from .forms import KnownMultiple, possible_keys

MOST = 2000
LEAVE, EMPTY = "", "none"
HOWS = [
    (LEAVE, "Leave as they are"), (ADD, "Add these"), (REMOVE, "Remove these"),
    (REPLACE, "Replace by these"),
]  # fmt: skip
CHANGED = "Nothing was changed: the records are not as they were shown. Please look again."
TOO_LATE = "Nothing was changed: somebody saved the same in this very moment. Please look again."


class BulkForm(forms.Form):
    """The fields of a kind of record that many can share; what is left empty stays as it is."""

    ids = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, model: Any, site: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = model
        for name in VALUES[model]:
            self.fields[name] = _value_field(model._meta.get_field(name))
        for name in LINKS[model]:
            column = model._meta.get_field(name)
            label = str(column.verbose_name).capitalize()
            self.fields[f"{name}_how"] = forms.ChoiceField(
                label=label, choices=HOWS, required=False
            )
            self.fields[name] = forms.ModelMultipleChoiceField(
                column.related_model._default_manager.all(),
                label=f"Which {column.verbose_name}",
                required=False,
                widget=KnownMultiple(column, site),
            )
        self.fields["reason"] = forms.CharField(
            label="Reason",
            help_text="Kept in the history of each record, for editors only.",
            required=False,
            max_length=85,
            widget=forms.TextInput(attrs={"class": "vTextField"}),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in LINKS[self.model]:
            how, given = cleaned.get(f"{name}_how"), cleaned.get(name)
            if given and not how:
                self.add_error(f"{name}_how", "Say what to do with those that you chose.")
            if how in (ADD, REMOVE) and not given:
                self.add_error(name, "Choose at least one.")
        if not self.errors and not self.edit():
            raise forms.ValidationError("Say what is to change: everything is left as it is.")
        return cleaned

    def edit(self) -> Edit:
        """What is to change."""
        cleaned = self.cleaned_data
        values = {
            name: "" if cleaned[name] == EMPTY else cleaned[name]
            for name in VALUES[self.model]
            if cleaned.get(name)
        }
        links = {
            name: (cleaned[f"{name}_how"], list(cleaned[name]))
            for name in LINKS[self.model]
            if cleaned.get(f"{name}_how")
        }
        return Edit(values, links)

    def rows(self) -> list[list[Any]]:
        """The fields as they stand on the page: what belongs together in one row."""
        values = [[self[name]] for name in VALUES[self.model]]
        links = [[self[f"{name}_how"], self[name]] for name in LINKS[self.model]]
        return [*values, *links, [self["reason"]]]


def _value_field(column: Any) -> forms.Field:
    if column.choices:
        empty = [(EMPTY, "None (empty it)")] if column.blank else []
        choices = [(LEAVE, "Leave as it is"), *column.flatchoices, *empty]
        label = str(column.verbose_name).capitalize()
        return forms.ChoiceField(label=label, choices=choices, required=False)
    built = column.formfield(required=False)
    built.help_text = f"Left empty: stays as it is. {column.help_text}"
    if isinstance(built, forms.URLField):
        built.widget = AdminURLFieldWidget()
    else:
        built.widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    return built


class BulkEditable(admin.ModelAdmin):
    """A list with an action that changes many records at once."""

    def get_actions(self, request):
        actions = super().get_actions(request)
        if actions and self.has_change_permission(request):
            actions["change_chosen"] = self.get_action("change_chosen")
        return actions

    @admin.action(description="Change the chosen records …")
    def change_chosen(self, request, queryset):
        keys = list(queryset.order_by("pk").values_list("pk", flat=True).distinct()[: MOST + 1])
        if len(keys) > MOST:
            messages.warning(request, f"Choose at most {MOST:,} records at once.")
            return None
        ids = ",".join(map(str, keys))
        return self._bulk_asked(
            request, BulkForm(self.model, self.admin_site, initial={"ids": ids})
        )

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_bulk"
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("bulk/", view, name=name), *super().get_urls()]

    def bulk_view(self, request):
        """Ask what to change, show what that changes, and change it when confirmed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(self._bulk_list())
        form = BulkForm(self.model, self.admin_site, request.POST)
        if not form.is_valid() or "again" in request.POST:
            return self._bulk_asked(request, form)
        edit, keys = form.edit(), self._bulk_keys(form)
        foreseen = bulkedits.foresee(bulkedits.chosen(self.model, keys), edit)
        mark = bulkedits.mark(foreseen)
        if "confirmed" in request.POST:
            if form.cleaned_data["seen"] == mark:
                return self._bulk_changed(request, form, keys)
            messages.warning(request, CHANGED)
        return self._bulk_shown(request, form, foreseen, mark)

    def _bulk_keys(self, form: BulkForm) -> list[int]:
        given = str(form["ids"].value() or "").split(",")
        return [int(key) for key in possible_keys(given)][:MOST]

    def _bulk_list(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _bulk_changed(self, request, form: BulkForm, keys: list[int]):
        reason = form.cleaned_data["reason"]
        try:
            number = bulkedits.change(self.model, keys, form.edit(), by=request.user, reason=reason)
        except bulkedits.Refused as refusal:
            for record, why in refusal.refusals[:20]:
                messages.error(request, f"“{record}”: {' '.join(why)}")
            messages.error(request, "Nothing was changed.")
        except IntegrityError:
            messages.error(request, TOO_LATE)
        else:
            messages.success(
                request, f"{number} record{'s are' if number != 1 else ' is'} changed."
            )
            return HttpResponseRedirect(self._bulk_list())
        return self._bulk_asked(request, form)

    def _bulk_page(self, request, template: str, form: BulkForm, **more: Any):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_bulk"
        context = self.admin_site.each_context(request) | {
            "title": "Change many records",
            "opts": self.opts,
            "back": self._bulk_list(),
            "address": reverse(name),
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, f"admin/bulkedits/{template}.html", context | more)

    def _bulk_asked(self, request, form: BulkForm):
        return self._bulk_page(request, "ask", form, number=len(self._bulk_keys(form)))

    def _bulk_shown(self, request, form: BulkForm, foreseen: list[Any], mark: str):
        changing = [each for each in foreseen if each.changes and not each.refusals]
        return self._bulk_page(
            request,
            "preview",
            form,
            changing=changing,
            public=sum(_is_public(each.record) for each in changing),
            refused=[each for each in foreseen if each.refusals],
            alike=[each.record for each in foreseen if not each.changes],
            mark=mark,
            sent=[(k, v) for k, vs in request.POST.lists() for v in vs if k in form.fields],
            change_address=f"admin:{self.opts.app_label}_{self.opts.model_name}_change",
        )


def _is_public(record: Any) -> bool:
    return getattr(record, "policy", record).is_public
