"""Carries steps out: through the models, so that history and index follow by themselves.

Rows of many-to-many tables are moved as they are, which no signal tells of; the
records that hold the relations are saved after that. So their history has the
relations as they came to be, and the index reads them anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector
from django.utils.text import Truncator

from .links import sources
from .rows import Step, as_plain, column_of, columns, kept_values, label, stamps, whole

LONGEST_REASON = 100
AT_ONCE = 500
Row = tuple[type[models.Model], int]


class LeftBehind(RuntimeError):
    """A record about to go is still named by rows that would go with it."""


class Writer:
    """Takes steps around one `record`, which comes first or goes last."""

    def __init__(self, record: tuple[str, int], *, by: Any, reason: str) -> None:
        self._record = record
        self._by = by
        self._reason = Truncator(reason).chars(LONGEST_REASON)
        self._owners: set[Row] = set()
        self._wrote: list[Step] = []

    @transaction.atomic
    def write(self, steps: Iterable[Step]) -> list[Step]:
        """Take `steps` and give them as they were taken, with what saving set by itself.

        Rows go before others move into their place and come when it is free. What leads
        to a row that goes is led elsewhere before that.
        """
        by_phase: dict[str, list[Step]] = defaultdict(list)
        for step in steps:
            by_phase[self._phase(step)].append(step)
        for step in by_phase["record comes"]:
            self._come(step)
        going = {step.place for step in by_phase["goes"]}
        leading = [step for step in by_phase["changes"] if _leads_to(step, going)]
        for step, row in _with_rows(leading):
            self._change(step, row)
        for step, row in _with_rows(by_phase["goes"]):
            self._go(step, row)
        others = [step for step in by_phase["changes"] if step not in leading]
        for step, row in _with_rows(others):
            self._change(step, row)
        for step in by_phase["comes"]:
            self._come(step)
        self._save_owners(by_phase["is saved"])
        for step, row in _with_rows(by_phase["record goes"]):
            self._go(step, row)
        return self._wrote

    def _phase(self, step: Step) -> str:
        prefix = "record " if step.place == self._record else ""
        if step.before is None:
            return f"{prefix}comes"
        if step.after is None:
            return f"{prefix}goes"
        alike = step.model == self._record[0] or step.table._meta.many_to_many
        return "is saved" if alike else "changes"

    def _go(self, step: Step, row: Any) -> None:
        self._tell_owners(row)
        if along := gone_along(row):
            raise LeftBehind(f"{step.model} {step.key} would take along {along}")
        self._sign(row).delete()
        self._wrote.append(step)

    def _change(self, step: Step, row: Any) -> None:
        self._tell_owners(row)
        was, becomes = step.before or {}, step.after or {}
        before = {name: was.get(name, _plain(row, name)) for name in stamps(step.table)}
        for name, value in kept_values(step.table, becomes).items():
            setattr(row, name, value)
        self._sign(row).save()
        after = self._stamp(step, row)
        self._tell_owners(row)
        self._wrote.append(Step(step.model, step.key, was | before, becomes | after))

    def _come(self, step: Step) -> None:
        row = step.table(pk=step.key, **kept_values(step.table, step.after or {}))
        self._sign(row).save(force_insert=True)
        self._stamp(step, row)
        self._tell_owners(row)
        self._wrote.append(Step(step.model, row.pk, None, whole(row)))

    def _stamp(self, step: Step, row: Any) -> dict[str, Any]:
        """Set the columns that saving sets by itself to what the step says of them, if it does."""
        said = {n: v for n, v in (step.after or {}).items() if n in stamps(step.table)}
        if said:
            values = kept_values(step.table, said)
            step.table._base_manager.filter(pk=row.pk).update(**values)
            for name, value in values.items():
                setattr(row, name, value)
        return {name: _plain(row, name) for name in stamps(step.table)}

    def _save_owners(self, steps: list[Step]) -> None:
        known = {step.place for step in steps}
        for table, key in sorted(self._owners, key=lambda row: (label(row[0]), row[1])):
            if (label(table), key) not in known | {self._record}:
                steps.append(Step(label(table), key, {}, {}))
        for step, row in _with_rows(steps):
            self._change(step, row)
        self._save_the_record()

    def _save_the_record(self) -> None:
        """Let the record that came have its relations in its history."""
        came = next((s for s in self._wrote if s.place == self._record), None)
        if came is None or (came.table, self._record[1]) not in self._owners:
            return
        row = came.table._base_manager.get(pk=self._record[1])
        self._sign(row).save()
        self._stamp(came, row)

    def _tell_owners(self, row: Any) -> None:
        if type(row)._meta.auto_created:
            for column, table in sources(type(row)).items():
                self._owners.add((table, getattr(row, column)))

    def _sign(self, row: Any) -> Any:
        row._history_user, row._change_reason = self._by, self._reason
        return row


def _led_to(column: Any) -> type[models.Model] | None:
    """The table whose rows a column names, if it names any."""
    return column.related_model if column.is_relation else None


def _leads_to(step: Step, going: set[tuple[str, int | None]]) -> bool:
    """Whether the row of `step` leads to one of the rows that go."""
    before = step.before or {}
    return any(
        (label(there), int(before[column.attname])) in going
        for column in columns(step.table)
        if (there := _led_to(column)) and before.get(column.attname) is not None
    )


def _with_rows(steps: list[Step]) -> Iterator[tuple[Step, Any]]:
    """Each step with its row, read many at once and locked in the order of their keys.

    A row is saved with all its columns: nobody else may change it between. Raises
    IntegrityError where one is gone.
    """
    by_table: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_table[step.model].append(step)
    for name, group in by_table.items():
        table: Any = apps.get_model(name)
        for start in range(0, len(group), AT_ONCE):
            part = group[start : start + AT_ONCE]
            keys = [step.key for step in part]
            locked = table._base_manager.select_for_update().order_by("pk").filter(pk__in=keys)
            rows = {row.pk: row for row in locked}
            if gone := set(keys) - set(rows):
                raise IntegrityError(f"{name} {gone} is no longer there")
            yield from ((step, rows[step.key]) for step in part)


def _plain(row: Any, name: str) -> Any:
    return as_plain(column_of(type(row), name), getattr(row, name))


def gone_along(row: Any) -> list[Any]:
    """What would be deleted or emptied together with `row`."""
    collector = Collector(using=row._state.db, origin=row)
    collector.collect([row])
    groups: list[Any] = [*collector.data.values(), *collector.fast_deletes]
    groups += [rows for sets in collector.field_updates.values() for rows in sets]
    return [other for group in groups for other in group if other != row]
