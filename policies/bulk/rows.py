"""Rows that hang on records, made what a sheet wants of them, with their history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone


def settle(
    *,
    present: list[Any],
    wanted: list[Any],
    key: Callable[[Any], Any],
    keeps: tuple[str, ...],
    by: Any,
    reason: str,
) -> None:
    """Make the `present` rows the `wanted` ones: a row of the same `key` stays.

    Of a row that stays, the fields `keeps` are taken over, and nothing else.
    """
    free: dict[Any, list[Any]] = {}
    for row in present:
        free.setdefault(key(row), []).append(row)
    new, moved = [], []
    for row in wanted:
        stays = free.get(key(row))
        if not stays:
            new.append(row)
            continue
        old = stays.pop(0)
        if any(getattr(old, name) != getattr(row, name) for name in keeps):
            for name in keeps:
                setattr(old, name, getattr(row, name))
            moved.append(old)
    gone = [row for rows in free.values() for row in rows]
    for row in (*new, *moved, *gone):
        row._history_user, row._change_reason = by, reason
    _write(new, moved, gone, keeps)


def _write(new: list[Any], moved: list[Any], gone: list[Any], keeps: tuple[str, ...]) -> None:
    now = timezone.now()
    if gone:
        model = type(gone[0])
        kept = model.history.bulk_history_create(gone, default_date=now)
        keys = [version.pk for version in kept]
        model.history.model._base_manager.filter(pk__in=keys).update(history_type="-")
        # Past the signals, which would write each row's end into its history once more.
        rows = model._base_manager.filter(pk__in=[row.pk for row in gone])
        rows._raw_delete(rows.db)
    if moved:
        model = type(moved[0])
        model._base_manager.bulk_update(moved, keeps, batch_size=200)
        model.history.bulk_history_create(moved, update=True, default_date=now)
    if new:
        model = type(new[0])
        model._base_manager.bulk_create(new)
        model.history.bulk_history_create(new, default_date=now)
