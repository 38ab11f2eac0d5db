"""The rows that are edited on a record's own page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from policies.models import (
    Amount,
    BodyAlias,
    BodySuccession,
    Deadline,
    PolicyIssuer,
    PolicyRelation,
    PromisedDocument,
    Provision,
    SourceLink,
    Target,
)
from policies.models.names import name_key

from .base import SHORT_TEXTS, Choosing
from .exchanging import make_room
from .forms import Known, PlainNumbersForm, PreciseDatesForm
from .targets import StatusForm


class RowForm(PlainNumbersForm):
    """A row whose place may be left empty, and whose link is shown without a query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields.get("position")
        if place is not None:
            place.required = False
            if self.instance.pk is None:
                self.initial["position"] = None
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", None)
            if isinstance(widget, Known):
                widget.known = self.instance._state.fields_cache.get(name)


class TargetRowForm(RowForm, StatusForm):
    """A target among a policy's rows."""


class Named(forms.BaseInlineFormSet):
    """Rows whose fields say what they are, for those who do not see the heads of the columns.

    They can be saved in any order.
    """

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", capfirst(field.label or ""))

    def save_existing_objects(self, commit=True):
        """As elsewhere; rows go before others take their place, and two may exchange theirs."""
        self.changed_objects, self.deleted_objects = [], []
        rows = [form for form in self.initial_forms if form.instance.pk]
        going = [form for form in rows if form in self.deleted_forms]
        changed = [form for form in rows if form not in going and form.has_changed()]
        for form in going:
            self.deleted_objects.append(form.instance)
            self.delete_existing(form.instance, commit=commit)
        if commit:
            make_room(changed)
        self.changed_objects = [(form.instance, form.changed_data) for form in changed]
        if not commit:
            self.saved_forms += changed
        return [self.save_existing(form, form.instance, commit=commit) for form in changed]


class InOrder(Named):
    """Rows without a place come after the others."""

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if self._stays(form)]
        last = max((form.instance.position or 0 for form in rows), default=0)
        for form in rows:
            if form.instance.position is None:
                last += 1
                form.instance.position = last

    def _stays(self, form) -> bool:
        if form in self.deleted_forms or not hasattr(form, "cleaned_data"):
            return False
        return bool(form.instance.pk or form.has_changed())


class IssuerRows(InOrder):
    """Each body once, one lead at most."""

    def get_unique_error_message(self, unique_check):
        return "A body is listed twice among the issuers."

    def clean(self) -> None:
        super().clean()
        leads = [form for form in self.forms if self._stays(form) and form.instance.is_lead]
        if len(leads) > 1:
            raise ValidationError("Only one body can lead.")


class RelationRows(Named):
    """Each relation once."""

    def get_unique_error_message(self, unique_check):
        return "A relation is listed twice."


class AliasRows(Named):
    """Each name once, whatever its case and width."""

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            if form in self.deleted_forms or not getattr(form, "cleaned_data", {}).get("name"):
                continue
            key = name_key(form.cleaned_data["name"])
            if key in seen:
                raise ValidationError(f"“{form.cleaned_data['name']}” is listed twice.")
            seen.add(key)


class Rows(Choosing, admin.TabularInline):
    """Rows in a table, none of them empty from the start."""

    extra = 0
    formset: Any = Named
    view_on_site = False
    formfield_overrides = SHORT_TEXTS
    named_by: tuple[str, ...] = ()

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related(*self.named_by) if self.named_by else rows


class Issuers(Rows):
    model = PolicyIssuer
    form = RowForm
    formset = IssuerRows
    named_by = autocomplete_fields = ("body",)
    fields = ("position", "body", "printed", "is_lead")
    verbose_name_plural = "issuing bodies, in printed order"
    verbose_name = "issuing body"


class Provisions(Rows):
    model = Provision
    form = RowForm
    formset = InOrder
    fields = ("position", "kind", "heading", "text")
    verbose_name_plural = "provisions: bullets that are no targets"


class Targets(admin.StackedInline):
    model = Target
    form = TargetRowForm
    formset = InOrder
    extra = 0
    view_on_site = False
    formfield_overrides = SHORT_TEXTS
    verbose_name_plural = "targets: what is to be reached"
    fields = (
        ("position", "heading"),
        "text",
        ("metric", "comparator"),
        ("value", "unit", "baseline_year", "baseline_value"),
        ("due_on", "due_precision"),
        ("status", "status_checked_on", "evidence_url", "status_note"),
    )

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_unpublish(request, obj))


class Deadlines(Rows):
    model = Deadline
    form = PreciseDatesForm
    fields = ("kind", "closes_on", "closes_precision", "text")
    verbose_name_plural = "deadlines: until when to comment or to apply"


class Amounts(Rows):
    model = Amount
    form = RowForm
    formset = InOrder
    fields = ("position", "value", "currency", "eur", "purpose")


class Sources(Rows):
    model = SourceLink
    form = RowForm
    formset = InOrder
    fields = ("position", "label", "publisher", "url", "archived_url")
    verbose_name_plural = "sources"


class Relations(Rows):
    model = PolicyRelation
    form = RowForm
    formset = RelationRows
    fk_name = "policy"
    autocomplete_fields = ("other",)
    named_by = ("policy", "other")
    fields = ("kind", "other", "note")
    verbose_name_plural = "relations: this policy …"


class PromiseForm(RowForm, PreciseDatesForm):
    """A promised document: its date as exactly as typed."""


class Promises(Rows):
    model = PromisedDocument
    form = PromiseForm
    fk_name = "policy"
    autocomplete_fields = ("fulfilled_by",)
    named_by = ("policy", "fulfilled_by")
    fields = ("text", "expected_on", "expected_precision", "fulfilled_by")
    verbose_name_plural = "promised documents: what the text announces"


class RelationsFrom(Rows):
    """What other policies say of this one; changed on their pages."""

    model = PolicyRelation
    fk_name = "other"
    named_by = ("policy", "other")
    fields = readonly_fields = ("from_policy", "kind", "note")
    can_delete = False
    verbose_name_plural = "named by other policies"

    @admin.display(description="that policy")
    def from_policy(self, row) -> str:
        address = f"admin:{self.opts.app_label}_policy_change"
        return format_html(
            '<a href="{}">{}</a>', reverse(address, args=[row.policy_id]), row.policy
        )

    def has_add_permission(self, request, obj=None):
        return False


class Aliases(Rows):
    model = BodyAlias
    formset = AliasRows
    fields = ("name", "language", "note")
    verbose_name_plural = "other names"
    verbose_name = "other name"


class Successions(Rows):
    model = BodySuccession
    form = RowForm
    fk_name = "predecessor"
    autocomplete_fields = ("successor",)
    named_by = ("predecessor", "successor")
    verbose_name = "successor"
    verbose_name_plural = "followed by"


class Precessions(Rows):
    model = BodySuccession
    form = RowForm
    fk_name = "successor"
    autocomplete_fields = ("predecessor",)
    named_by = ("predecessor", "successor")
    verbose_name = "predecessor"
    verbose_name_plural = "follows"


def may_unpublish(request, record) -> bool:
    """Whether the user may take something public away from `record`."""
    return not record.is_public or request.user.has_perm(
        f"{record._meta.app_label}.withdraw_{record._meta.model_name}"
    )
