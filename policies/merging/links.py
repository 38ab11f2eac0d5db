"""What leads to a record: every column of every table, read from the models.

A relation that somebody adds is taken along without a line here. Columns that
name a record without a foreign key cannot be seen; those are `FormerSlug`, which a
merge takes along by name, and what stays with the record that was: its versions in
public, its history, earlier merges.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models
from django.db.models import Q

LINK = models.ForeignKey


def links(model: type[models.Model]) -> dict[type[models.Model], list[LINK]]:
    """By table, the columns that lead to records of `model`, those of many-to-many among them.

    What does nothing when a record goes is history, and stays.
    """
    found: dict[type[models.Model], list[LINK]] = defaultdict(list)
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.field.model is None:
            continue
        if relation.on_delete is not models.DO_NOTHING:
            found[relation.related_model].append(relation.field)
    return dict(sorted(found.items(), key=lambda pair: pair[0]._meta.label))


def rows_of(table: type[models.Model], columns: list[LINK], record: models.Model) -> list[Any]:
    """The rows of `table` that lead to `record` by any of the columns."""
    leads = Q(pk__in=[])
    for column in columns:
        leads |= Q(**{column.name: record})
    return list(table._base_manager.filter(leads).order_by("pk"))


def owned(columns: list[LINK]) -> bool:
    """Whether the rows are parts of the record: they go with it when it is deleted."""
    made = columns[0].model._meta.auto_created
    return not made and all(column.remote_field.on_delete is models.CASCADE for column in columns)


def sources(through: type[models.Model]) -> dict[str, type[models.Model]]:
    """The column of a many-to-many table that leads to the record with the history."""
    declares: Any = through._meta.auto_created
    return {
        field.m2m_column_name(): declares
        for field in declares._meta.many_to_many
        if field.remote_field.through is through
    }


def unique_sets(table: type[models.Model]) -> list[tuple[str, ...]]:
    """The sets of columns, by attribute, of which no two rows are alike."""
    sets: list[tuple[str, ...]] = [
        (column.name,) for column in table._meta.concrete_fields if column.unique
    ]
    sets += [tuple(names) for names in table._meta.unique_together]
    sets += [tuple(c.fields) for c in table._meta.total_unique_constraints]
    return [
        tuple(table._meta.get_field(name).attname for name in names)  # type: ignore[union-attr]
        for names in sets
        if names != (table._meta.pk.name,)
    ]
