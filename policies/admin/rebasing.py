"""What an editor sent, moved onto the version that stands in the database now.

A value that the editor had not touched becomes the other's; one that they changed stays
theirs. Rows that others added come in, rows that others removed go out, unless the
editor changed them: those become new rows, so that nothing typed is lost.
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from .snapshots import Sent, SentRow, Snapshot, Values, own_names


def rebased(sent: Sent, opened: Snapshot, now: Snapshot) -> QueryDict:
    """What was sent, as a form that was opened on `now` would have sent it."""
    moved = sent.data.copy()
    for name, value in merged(opened.fields, now.fields, sent.fields()).items():
        _put(moved, name, value)
    for formset in sent.formsets:
        prefix = f"{formset.prefix}-"
        for name in [name for name in moved if name.startswith(prefix)]:
            del moved[name]
        before = opened.rows.get(formset.prefix, {})
        if own_names(formset):
            rows = _rows(before, now.rows[formset.prefix], sent.rows(formset))
        else:
            rows = [SentRow(str(row.instance.pk), {}, False) for row in formset.initial_forms]
        _put_rows(moved, formset, rows)
    moved._mutable = False
    return moved


def merged(before: Values, now: Values, mine: Values) -> Values:
    """`now`, with what is in `mine` wherever that is not what was there `before`."""
    return {
        name: value if mine.get(name) == before.get(name) else mine.get(name)
        for name, value in now.items()
    }


def _rows(before: dict[str, Values], now: dict[str, Values], sent: list[SentRow]) -> list[SentRow]:
    """The rows there now as the editor wants them, then the editor's new ones."""
    mine = {row.key: row for row in sent if row.key}
    kept = [
        SentRow(
            key,
            merged(before.get(key, {}), values, mine[key].values) if key in mine else values,
            key in mine and mine[key].is_removed,
        )
        for key, values in now.items()
    ]
    new = [
        SentRow("", row.values, row.is_removed)
        for row in sent
        if row.key not in now and (not row.key or is_kept(before, row))
    ]
    return kept + new


def is_kept(before: dict[str, Values], row: SentRow) -> bool:
    """Whether a row that somebody removed meanwhile had been changed by the editor."""
    return not row.is_removed and row.values != before.get(row.key)


def _put_rows(data: QueryDict, formset: Any, rows: list[SentRow]) -> None:
    prefix, key = formset.prefix, formset.model._meta.pk.name
    for number, row in enumerate(rows):
        if row.key:
            data[f"{prefix}-{number}-{key}"] = row.key
        if row.is_removed:
            data[f"{prefix}-{number}-DELETE"] = "on"
        for name, value in row.values.items():
            _put(data, f"{prefix}-{number}-{name}", value)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(bool(row.key) for row in rows))
    data[f"{prefix}-MIN_NUM_FORMS"], data[f"{prefix}-MAX_NUM_FORMS"] = "0", "1000"


def _put(data: QueryDict, name: str, value: Any) -> None:
    data.pop(name, None)
    if isinstance(value, list):
        data.setlist(name, value)
    elif value is True:
        data[name] = "on"
    elif value is not False:
        data[name] = value
