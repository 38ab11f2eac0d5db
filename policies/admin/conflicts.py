"""Two editors on one record: the second to save sees what the first changed, and decides.

A form carries the version that it was opened on. Saving locks the record, compares that
version with what stands there now, and asks where they differ: what the editor had not
touched then shows the other's value, what both changed keeps the editor's own. Saving
again, on the new version, is the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse

from .meanwhile import NOTHING, Difference, Teller, differences
from .rebasing import rebased
from .snapshots import Sent, Snapshot, Values, read_token, taken

FIELD = "_opened"
REFUSED = (
    "Nothing is saved yet: this record was changed while you had it open. "
    "Look at what changed, then save again."
)
UNKNOWN = "Nothing is saved yet: the form did not say which version of the record it was opened on."


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What stands in the database at the moment of saving, and what others did to get there."""

    now: Snapshot
    is_asking: bool = False
    is_unknown: bool = False
    differences: tuple[Difference, ...] = ()

    @property
    def clashes(self) -> int:
        """How many values both sides changed."""
        return sum(row.is_clash for row in self.differences)


class Refused(forms.BaseForm):
    """A form that is shown again before it is saved."""

    words = REFUSED

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, self.words)
        return cleaned


class Guarded(admin.ModelAdmin):
    """An admin whose form overwrites nothing that its editor has not seen."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As elsewhere. Saving has to run in a transaction: the record stays locked in it."""
        if request.method == "POST" and object_id is not None:
            known, record = self._locked(request, unquote(object_id))
            if known and record is None and self.has_change_permission(request):
                return self._gone(request, unquote(object_id))
            if record is not None and self.has_change_permission(request, record):
                request.meanwhile = self._compared(request, record)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        words = _refusal(request)
        if not words:
            return form
        kind: Any = type(form)
        return kind(form.__name__, (Refused, form), {"words": words})

    def render_change_form(self, request, context, *args: Any, **kwargs: Any):
        record = kwargs.get("obj")
        if record is not None and self.has_change_permission(request, record):
            meanwhile = getattr(request, "meanwhile", None)
            if meanwhile is None:
                inlines = context["inline_admin_formsets"]
                formsets = [row.formset for row in inlines if row.has_change_permission]
                now = taken(context["adminform"].form, formsets, _state(record))
            else:
                now = meanwhile.now
            context |= {"opened": now.token(record), "meanwhile": meanwhile}
        return super().render_change_form(request, context, *args, **kwargs)

    def _locked(self, request, key: str) -> tuple[bool, Any]:
        """Whether `key` can be one, and its record, which nobody else can change now."""
        try:
            key = self.opts.pk.to_python(key)
        except ValidationError:
            return False, None
        rows = self.model._base_manager.select_for_update(no_key=True)
        there = rows.filter(pk=key).values_list("pk").first()
        return True, there and self.get_object(request, str(key))

    def _compared(self, request, record) -> Meanwhile:
        """What stands there now beside what the form was opened on; it rewrites what was sent."""
        form = self._untouched(request, record)
        formsets = list(self._rows(request, record))
        now = taken(form, formsets, _state(record))
        opened = read_token(request.POST.get(FIELD, ""), record)
        if opened == now:
            return Meanwhile(now)
        is_unknown = opened is None
        opened = opened or now
        teller = Teller(self.model, record.pk, opened.at, request.user)
        sent = Sent(request.POST, form, formsets)
        told = tuple(differences(teller, sent, opened, now))
        request.POST = rebased(sent, opened, now)
        return Meanwhile(now, True, is_unknown, told)

    def _untouched(self, request, record) -> Any:
        names = flatten_fieldsets(self.get_fieldsets(request, record))
        return self.get_form(request, record, change=True, fields=names)(instance=record)

    def _rows(self, request, record):
        """The formsets of the record as they would be shown, rows that can be edited locked."""
        seen: dict[str, int] = {}
        for formset, inline in self.get_formsets_with_inlines(request, record):
            prefix = formset.get_default_prefix()
            seen[prefix] = seen.get(prefix, 0) + 1
            name = prefix if seen[prefix] == 1 else f"{prefix}-{seen[prefix]}"
            if record is not None and not inline.has_change_permission(request, record):
                continue
            rows = inline.get_queryset(request)
            if formset.form.base_fields.keys() - {formset.fk.name}:
                rows = rows.select_for_update(no_key=True, of=("self",))
            yield formset(instance=record, prefix=name, queryset=rows)

    def _gone(self, request, key: str):
        """The record was deleted meanwhile: say so, and give back what was typed."""
        form = self.get_form(request, fields=flatten_fieldsets(self.get_fieldsets(request)))()
        sent = Sent(request.POST, form, list(self._rows(request, None)))
        teller = Teller(self.model, key, "", request.user)
        context = self.admin_site.each_context(request) | {
            "title": f"This {self.opts.verbose_name} was deleted",
            "opts": self.opts,
            "by": teller.deleted(),
            "kept": _in_words(teller, form, sent.fields()),
            "rows": [
                (
                    formset.model._meta.verbose_name,
                    _in_words(teller, formset.empty_form, row.values),
                )
                for formset in sent.formsets
                for row in sent.rows(formset)
            ],
        }
        return TemplateResponse(request, "admin/gone.html", context, status=410)


def _refusal(request) -> str:
    """Why nothing is to be saved now; empty where it is."""
    meanwhile = getattr(request, "meanwhile", None)
    if meanwhile is None or not meanwhile.is_asking:
        return getattr(request, "refused", "")
    return UNKNOWN if meanwhile.is_unknown else REFUSED


def _in_words(teller: Teller, form: Any, values: Values) -> list[tuple[str, str]]:
    """The values that are not empty, with their labels."""
    words = ((form[name].label, teller.words(form.fields[name], values[name])) for name in values)
    return [(label, text) for label, text in words if text not in (NOTHING, "no")]


def _kind(formset: Any) -> str:
    return str(formset.model._meta.verbose_name)


def _state(record: Any) -> str:
    return getattr(record, "state", "")
