"""Fills an admin form as a browser would: everything that stands in it, and some changes."""

from django.forms import ModelMultipleChoiceField
from django.urls import reverse


def address(record_or_model, page: str, *args) -> str:
    """The admin's address of a page: "changelist", "add", or "change" of a record."""
    meta = record_or_model._meta
    if page not in ("changelist", "add"):
        args = (record_or_model.pk, *args)
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def filled(client, url: str, rows: dict[str, list[dict]] | None = None, **changes) -> dict:
    """What the form at `url` would send, with `changes` and with new `rows` by inline prefix."""
    context = client.get(url).context
    data = _values(context["adminform"].form)
    if context.get("opened"):
        data["_opened"] = context["opened"]
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        data |= _values(formset.management_form)
        for form in formset.initial_forms:
            data |= _values(form)
        new = (rows or {}).get(formset.prefix, [])
        start = len(formset.initial_forms)
        data[f"{formset.prefix}-TOTAL_FORMS"] = start + len(new)
        for number, row in enumerate(new, start):
            empty = _values(formset.empty_form)
            data |= {name.replace("__prefix__", str(number)): empty[name] for name in empty}
            data |= {f"{formset.prefix}-{number}-{name}": value for name, value in row.items()}
    return data | changes


def sent(client, url: str, rows: dict[str, list[dict]] | None = None, **changes):
    """Send the form at `url`; a field whose change is None is left out."""
    data = filled(client, url, rows, **changes)
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def complaints(response) -> str:
    """All that the form complains of, in one text; it must have been shown again."""
    assert response.status_code == 200, response.status_code
    context = response.context
    found = [context["adminform"].form.errors.as_text()]
    for inline in context["inline_admin_formsets"]:
        found += [form.errors.as_text() for form in inline.formset.forms]
        found.append(inline.formset.non_form_errors().as_text())
    return "\n".join(filter(None, found))


def _values(form) -> dict:
    data = {}
    for bound in form:
        value = bound.value()
        if hasattr(bound.field, "prepare_value"):
            value = bound.field.prepare_value(value)
        if value is True:
            value = "on"
        if isinstance(value, str):
            # So browsers send the ends of lines.
            value = value.replace("\n", "\r\n")
        if value is None:
            value = [] if isinstance(bound.field, ModelMultipleChoiceField) else ""
        if value is not False:
            data[bound.html_name] = value
    return data
