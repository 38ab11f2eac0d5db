"""What two records say side by side, and which of it the kept one is to say.

Columns that only mean something together are chosen together: a date with its
precision, the place in an issue with the values that came from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from policies.models import CorporateEvent, Policy
from policies.models.dates import Precise

from .refusals import leads_back
from .rows import columns, stamps

KEPT, GONE, BOTH = "kept", "gone", "both"
ORIGIN = ("issue_id", "section", "position", "first_line", "last_line", "imported")
# Told apart from other fields: an address stays, other names are joined by `names`.
APART = ("slug", "aliases")
NOTE = "note"
Choices = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """What is chosen at once: its columns by attribute, and what each record says there."""

    name: str
    label: str
    columns: tuple[str, ...]
    kept: dict[str, Any]
    gone: dict[str, Any]
    kept_words: str
    gone_words: str
    options: tuple[str, ...]
    default: str

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return self.kept == self.gone

    def chosen(self, choice: str) -> dict[str, Any]:
        """The values of the columns under `choice`; the default's where it is not an option."""
        choice = choice if choice in self.options else self.default
        if choice == BOTH:
            (name,) = self.columns
            return {name: f"{self.kept[name]}\n\n{self.gone[name]}"}
        return self.gone if choice == GONE else self.kept


def parts(kept: Any, gone: Any) -> list[Part]:
    """All that is to be chosen between two records of one model, in the order of its fields."""
    return [_part(kept, gone, names) for names in _together(type(kept))]


def chosen_values(found: list[Part], choices: Choices) -> dict[str, Any]:
    """The kept record's values by attribute, under `choices` by the names of parts."""
    values: dict[str, Any] = {}
    for part in found:
        values |= part.chosen(choices.get(part.name, part.default))
    return values


def _together(model: Any) -> Iterator[tuple[str, ...]]:
    dates = {f"{name}_on": name for name in getattr(model, "precise_dates", ())}
    origin = tuple(name for name in ORIGIN if model in (Policy, CorporateEvent))
    here = [column.attname for column in columns(model)]
    for column in columns(model):
        name = column.attname
        if name in dates:
            yield name, f"{dates[name]}_precision"
        elif name in origin[:1]:
            yield tuple(each for each in origin if each in here)
        elif column.editable and not (
            name in origin or name in APART or name in stamps(model) or name.endswith("_precision")
        ):
            yield (name,)


def _part(kept: Any, gone: Any, names: tuple[str, ...]) -> Part:
    column = next(c for c in columns(type(kept)) if c.attname == names[0])
    own, others = _said(kept, gone, names), _said(gone, kept, names)
    if column.related_model is type(kept):
        others = {n: own[n] if leads_back(kept, gone, k) else k for n, k in others.items()}
    empty = [all(_empty(kept, name, said[name]) for name in names[:1]) for said in (own, others)]
    options, default = (KEPT, GONE), GONE if empty[0] and not empty[1] else KEPT
    if isinstance(column, models.TextField) and not any(empty):
        options = (KEPT, GONE, BOTH)  # type: ignore[assignment]
        default = BOTH if names == (NOTE,) and type(kept) in (Policy, CorporateEvent) else KEPT
    return Part(
        column.name,
        "reported in" if names[0] == "issue_id" else str(column.verbose_name),
        names,
        own,
        others,
        _words(kept, column, own),
        _words(gone, column, others),
        options,
        default,
    )


def _said(record: Any, other: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """What `record` says; what it says of the other, it says of what the other leads to."""
    values = {name: getattr(record, name) for name in names}
    for column in columns(type(record)):
        name = column.attname
        if name in values and column.related_model is type(record) and values[name] == other.pk:
            after = getattr(other, name)
            values[name] = None if after == record.pk else after
    return values


def _empty(record: Any, name: str, value: Any) -> bool:
    """Whether a value says nothing: none, or the word for what nobody chose."""
    column = next(c for c in columns(type(record)) if c.attname == name)
    return value in (None, "", [], {}) or bool(column.choices and value == column.default)


def _words(record: Any, column: Any, values: dict[str, Any]) -> str:
    value = values[column.attname]
    if column.name.removesuffix("_on") in getattr(record, "precise_dates", ()):
        return str(Precise(column.name.removesuffix("_on")).__get__(record) or "")
    if value is None or value == "":
        return ""
    if column.is_relation:
        there = column.related_model._base_manager.filter(pk=value).first()
        return _place(record, there) if column.attname == "issue_id" else str(there or "")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return str(value)


def _place(record: Any, issue: Any) -> str:
    section = f"{record.get_section_display()} " if isinstance(record, Policy) else ""
    return f"{issue}: {section.lower()}{record.position}{lines_of(record)}"


def lines_of(record: Any) -> str:
    """The lines of its issue that a record came from, after a comma; nothing for none."""
    first, last = record.first_line, record.last_line
    if not first:
        return ""
    return f", line {first}" if first == last else f", lines {first} to {last}"
