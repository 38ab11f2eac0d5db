"""What a row of a merge is called before an editor, there or gone."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.text import Truncator, capfirst

from policies.models import PolicyIssuer

from .links import sources
from .rows import Step, column_of, kept_values

LONGEST = 80


def named(step: Step, row: Any | None) -> str:
    """The row of `step`: its kind and what it says, from its last version where it is gone."""
    table = step.table
    row = row or _last_known(step)
    if table._meta.auto_created:
        return _link_named(step, row)
    try:
        said = Truncator(str(row)).chars(LONGEST) if row is not None else str(step.key)
    except ObjectDoesNotExist:  # what it is called by is gone, too
        said = str(step.key)
    return f"{capfirst(table._meta.verbose_name)} “{said}”"


def tied(table: Any, model: Any, number: int) -> str:
    """What `number` rows of `table` that lead to records of `model` tie them to."""
    below = " below it" if table is model else ""
    if table is PolicyIssuer or table._meta.auto_created:
        ends = [f.related_model for f in table._meta.concrete_fields if f.is_relation]
        table = next(end for end in ends if end is not model)
    return f"{table._meta.verbose_name if number == 1 else table._meta.verbose_name_plural}{below}"


def said(row: Any, model: Any) -> str:
    """What a row that leads to a record of `model` says; a link is named by its other end."""
    if not type(row)._meta.auto_created:
        return str(row)
    ends = [f for f in row._meta.concrete_fields if f.is_relation and f.related_model is not model]
    return ", ".join(str(getattr(row, end.name)) for end in ends)


def shown(row: Any, name: str) -> str:
    """A column's name, with what stands there now."""
    column = column_of(type(row), name)
    value = getattr(row, column.name)
    if column.choices:
        value = dict(column.flatchoices).get(value, value)
    said = Truncator(" ".join(str(value).split())).chars(LONGEST)
    return (
        f"{column.verbose_name} (now “{said}”)"
        if said and value is not None
        else str(column.verbose_name)
    )


def _last_known(step: Step) -> Any | None:
    if step.before is None or step.after is None or step.table._meta.auto_created:
        return step.table(pk=step.key, **kept_values(step.table, step.after or step.before or {}))
    kept = getattr(step.table, "history", None)
    version = kept.filter(id=step.key).first() if kept is not None else None
    return version and version.instance


def _link_named(step: Step, row: Any | None) -> str:
    """A row of a many-to-many table, by its two ends."""
    owner = next(iter(sources(step.table).values()), None)
    if row is None or owner is None:
        return f"A link of {step.table._meta.verbose_name}"
    ends = [f for f in step.table._meta.concrete_fields if f.is_relation]
    words = []
    for end in ends:
        there = end.related_model._base_manager.filter(pk=getattr(row, end.attname)).first()
        words.append(f"{end.related_model._meta.verbose_name} “{there or 'no longer there'}”")
    return f"The link from {' to '.join(words)}"
