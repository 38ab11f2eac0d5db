"""Rows of one form that exchange what only one of them may have: a body, another policy.

Saved one after the other, the first would be refused for what the second still has.
"""

from __future__ import annotations

from typing import Any


def make_room(forms: list[Any]) -> None:
    """Let the rows of these `forms` be saved in any order; within a transaction.

    A row whose place another takes is put where it goes at once, past the signals. It is
    to be saved as well: so its history has one change, and the index hears of it.
    """
    sets = [
        constraint.fields
        for form in forms[:1]
        for constraint in form.instance._meta.total_unique_constraints
    ]
    taken = {(names, _key(form, names)) for form in forms for names in sets}
    moved = [
        form.instance
        for form in forms
        if any(
            _key(form, names, form.initial) != _key(form, names)
            and (names, _key(form, names, form.initial)) in taken
            for names in sets
        )
    ]
    if moved:
        manager = type(moved[0])._base_manager
        rows = manager.filter(pk__in=[row.pk for row in moved])
        rows._raw_delete(rows.db)
        manager.bulk_create(moved)


def _key(form: Any, names: tuple[str, ...], before: dict[str, Any] | None = None) -> tuple:
    """What the row has in columns that are unique together; with `before`, what it had."""
    row = form.instance
    return tuple(
        before[name]
        if before and name in before
        else getattr(row, row._meta.get_field(name).attname)
        for name in names
    )
