"""What a form of the desk shows, as plain values: by them two versions are told apart.

A value is the text, the list of keys or the yes or no that a browser sends for an
unchanged field. So what a form was opened on, what stands in the database now and what
an editor typed can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

Values = dict[str, Any]
SALT = "policies.admin.snapshots"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A record as its form shows it: its fields, its rows by prefix and key, its state."""

    fields: Values
    rows: dict[str, dict[str, Values]]
    state: str = ""
    at: str = field(default="", compare=False)

    def token(self, record: Any) -> str:
        """The snapshot for a hidden field of the form of `record`, signed."""
        told = {"of": _of(record), "fields": self.fields, "rows": self.rows, "state": self.state}
        told["at"] = timezone.now().isoformat()
        return signing.dumps(told, salt=SALT, compress=True)


def read_token(token: str, record: Any) -> Snapshot | None:
    """The snapshot that `token` holds; None where it is none of `record`."""
    try:
        told = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if told.pop("of") != _of(record):
        return None
    return Snapshot(**told)


def _of(record: Any) -> str:
    return f"{record._meta.label_lower} {record.pk}"


def taken(form: forms.BaseForm, formsets: Iterable[Any], state: str) -> Snapshot:
    """What these forms show as long as nobody has typed into them."""
    rows = {
        formset.prefix: {
            str(row.instance.pk): shown(row, own_names(formset)) for row in formset.initial_forms
        }
        for formset in formsets
        if own_names(formset)
    }
    return Snapshot(shown(form, list(form.fields)), rows, state)


def own_names(formset: Any) -> list[str]:
    """The fields that an editor fills in a row of `formset`; none where all is fixed."""
    unwanted = {formset.model._meta.pk.name, formset.fk.name, "DELETE", "ORDER"}
    return [name for name in formset.empty_form.fields if name not in unwanted]


def shown(form: forms.BaseForm, names: Iterable[str]) -> Values:
    """The values that an untouched `form` shows in the fields of these names."""
    return {name: plain(form.fields[name], form[name].value()) for name in names}


def typed(form: forms.BaseForm, names: Iterable[str], data: Any, prefix: str = "") -> Values:
    """The values of these fields in what a browser sent."""
    return {
        name: plain(
            form.fields[name],
            form.fields[name].widget.value_from_datadict(
                data, {}, f"{prefix}-{name}" if prefix else name
            ),
        )
        for name in names
    }


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as a browser sent it; without a key it is new."""

    key: str
    values: Values
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser sent, with the untouched forms that say how to read it."""

    data: Any
    form: Any
    formsets: list[Any]

    def fields(self) -> Values:
        """The values of the record's own fields."""
        return typed(self.form, self.form.fields, self.data)

    def rows(self, formset: Any) -> list[SentRow]:
        """The rows of `formset`."""
        return sent_rows(formset, self.data)


MOST_ROWS = 1000


def sent_rows(formset: Any, data: Any) -> list[SentRow]:
    """The rows of `formset` in what a browser sent."""
    total = data.get(f"{formset.prefix}-TOTAL_FORMS", "")
    if not (total.isdecimal() and len(total) < 6):
        return []
    names, form, key = own_names(formset), formset.empty_form, formset.model._meta.pk.name
    prefixes = [f"{formset.prefix}-{number}" for number in range(min(int(total), MOST_ROWS))]
    return [
        SentRow(
            data.get(f"{prefix}-{key}", ""),
            typed(form, names, data, prefix),
            forms.CheckboxInput().value_from_datadict(data, MultiValueDict(), f"{prefix}-DELETE"),
        )
        for prefix in prefixes
    ]


def plain(field: forms.Field, value: Any) -> Any:
    """`value` of `field` as a browser sends it: a text, a sorted list of keys, or yes or no."""
    if isinstance(field, forms.BooleanField):
        return bool(value)
    value = field.prepare_value(value)
    widget: Any = getattr(field.widget, "widget", field.widget)
    if getattr(widget, "allow_multiple_selected", False):
        return sorted(str(key) for key in value or [])
    text = widget.format_value(value)
    if isinstance(text, list):
        text = text[0] if text else ""
    return (text or "").replace("\r\n", "\n")
