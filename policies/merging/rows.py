"""Rows of any table as plain values, and what happens to a row in a merge.

Values are kept as JSON takes them, without loss: a row that is made again is the
same in every column, its key among them.
"""

from __future__ import annotations

import json
from copy import copy
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models

Values = dict[str, Any]


@dataclass(slots=True)
class Step:
    """One row before and after; without `before` it comes, without `after` it goes.

    A row that stays names only the columns that change. The key of a row that
    comes is not known before it is there.
    """

    model: str
    key: int | None
    before: Values | None
    after: Values | None

    @property
    def table(self) -> Any:
        """The model whose row it is."""
        return apps.get_model(self.model)

    @property
    def place(self) -> tuple[str, int | None]:
        """Which row it is."""
        return self.model, self.key

    def turned(self) -> Step:
        """What takes this step back."""
        return Step(self.model, self.key, self.after, self.before)

    def plain(self) -> Values:
        """The step as JSON takes it."""
        return asdict(self)


@dataclass(slots=True)
class Steps:
    """Steps in no order, each row once."""

    found: dict[tuple[str, int | None], Step] = field(default_factory=dict)
    new: list[Step] = field(default_factory=list)

    def __iter__(self):
        return iter([*self.found.values(), *self.new])

    def change(self, row: models.Model, **values: Any) -> None:
        """Say that columns of `row`, by attribute, become `values`."""
        model = type(row)
        if model._meta.auto_created:
            # Both ends, so that a link can be named by them when it is gone.
            values = {
                column.attname: getattr(row, column.attname) for column in columns(model)
            } | values
        step = self.found.setdefault(
            (label(model), row.pk), Step(label(model), row.pk, before={}, after={})
        )
        for name, value in values.items():
            column = column_of(model, name)
            before, after = as_plain(column, getattr(row, name)), as_plain(column, value)
            if name in (step.before or {}) or before != after or model._meta.auto_created:
                step.before.setdefault(name, before)  # type: ignore[union-attr]
                step.after[name] = after  # type: ignore[index]

    def is_going(self, row: models.Model) -> bool:
        """Whether it is said already that `row` goes."""
        step = self.found.get((label(type(row)), row.pk))
        return step is not None and step.after is None

    def so_far(self, row: models.Model) -> models.Model:
        """The row as it stands after the steps so far."""
        step = self.found.get((label(type(row)), row.pk))
        if step is None or step.after is None:
            return row
        standing = copy(row)
        for name, value in kept_values(type(row), step.after).items():
            setattr(standing, name, value)
        return standing

    def come(self, model: type[models.Model], **values: Any) -> None:
        """Say that a row of `model` comes."""
        after = whole(model(**values))
        for name in stamps(model):
            del after[name]
        self.new.append(Step(label(model), None, None, after))

    def go(self, row: models.Model) -> None:
        """Say that `row` goes."""
        step = Step(label(type(row)), row.pk, whole(row), None)
        self.found[step.place] = step


def label(model: type[models.Model]) -> str:
    """A model's name by which it is found again."""
    return model._meta.label_lower


def columns(model: type[models.Model]) -> list[models.Field]:
    """All columns but the key."""
    return [column for column in model._meta.concrete_fields if not column.primary_key]


def column_of(model: type[models.Model], attribute: str) -> models.Field:
    """The column that is kept in `attribute`."""
    return next(column for column in columns(model) if column.attname == attribute)


def stamps(model: type[models.Model]) -> list[str]:
    """Columns that saving sets by itself: when a row was made, when it was changed."""
    return [
        column.attname
        for column in columns(model)
        if getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False)
    ]


def as_plain(column: models.Field, value: Any) -> Any:
    """A value as JSON takes it."""
    if value is None or isinstance(column, models.JSONField):
        return value
    holder = column.model(**{column.attname: value})
    return column.value_to_string(holder)


def as_kept(column: models.Field, value: Any) -> Any:
    """A value of `as_plain` as the column keeps it."""
    if value is None or isinstance(column, models.JSONField):
        return value
    return column.to_python(value)


def whole(row: models.Model) -> Values:
    """All columns of `row` but its key."""
    return {
        column.attname: as_plain(column, getattr(row, column.attname))
        for column in columns(type(row))
    }


def kept_values(model: type[models.Model], values: Values) -> Values:
    """Plain `values` as the columns keep them, by attribute."""
    return {
        column.attname: as_kept(column, values[column.attname])
        for column in columns(model)
        if column.attname in values
    }


def fingerprint(*rows: models.Model) -> str:
    """A mark that differs as soon as a column of a row does."""
    said = json.dumps([(row.pk, whole(row)) for row in rows], sort_keys=True)
    return sha256(said.encode()).hexdigest()
