"""What the sheets of all kinds share: a plan first, read and checked without a write.

`import_data(dry_run=True)` makes the plan: for each row whether it is new, what
it changes, what is wrong in which cell, what an editor should know. Carrying it
out is one transaction, and nothing of it is written where a row is wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export.declarative import DeclarativeMetaclass
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult
from rapidfuzz import fuzz, process

from policies.readers import Unreadable
from policies.search.indexing import batch
from policies.vocabulary import State
from policies.xmltext import unwritable

from . import writing
from .columns import Column, same
from .known import Known, by_slug
from .sheet import Sheet, letter

CHUNK = 500
KEY = "slug"


class Planned(RowResult):
    """What a row is going to do, and what an editor should know of it."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[str, str, str]] = []
        self.notices: list[tuple[str, str]] = []
        self.twin: str = ""
        self.twin_record: Any = None
        self.is_public = False
        self.number = 0


class SheetResource(Resource, metaclass=DeclarativeMetaclass):
    """Records of one kind as rows of a sheet: each kind says which columns, and what must hold."""

    model: type[models.Model]
    # Related rows read with the records, for writing them into cells.
    related: tuple[str, ...] = ()

    class Meta:
        skip_diff = True
        use_bulk = True
        batch_size = None
        store_instance = True
        using_db = "default"
        instance_loader_class = BaseInstanceLoader

    def __init__(self, sheet: Sheet | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sheet = sheet
        self.known = Known()
        self.present: dict[str, Any] = {}
        self.seen: dict[int, int] = {}
        self.lock = False

    # Columns

    @property
    def columns(self) -> list[Column]:
        """The columns in the order of the file."""
        return [field for field in self.fields.values() if isinstance(field, Column)]

    def column_called(self, heading: str) -> Column | None:
        """The column that a heading means, by its name or one of its other names."""
        wanted = _folded(heading)
        for column in self.columns:
            if wanted in map(_folded, (column.column_name, *column.also)):
                return column
        return None

    def names(self, sheet: Sheet) -> list[str]:
        """The column that each heading names; one that begins with # is passed over.

        Raises Unreadable for a heading that names none, and for values without a heading.
        """
        names: list[str] = []
        for place, heading in enumerate(sheet.headings):
            if not heading or heading.startswith("#"):
                names.append(f"#{place}")
                continue
            column = self.column_called(heading)
            if column is None:
                raise Unreadable(self._unknown(heading, place))
            if column.column_name in names:
                raise Unreadable(f"Two columns are “{column.column_name}”: keep one of them.")
            names.append(column.column_name)
        for row in sheet.rows:
            for place, cell in enumerate(row.cells):
                if cell.strip() and (place >= len(names) or not sheet.headings[place]):
                    raise Unreadable(
                        f"Cell {letter(place)}{row.number} holds a value, but its column has "
                        "no heading."
                    )
        return names

    def _unknown(self, heading: str, place: int) -> str:
        names = [column.column_name for column in self.columns]
        near = process.extractOne(_folded(heading), names, scorer=fuzz.WRatio, score_cutoff=60)
        return (
            f"Column {letter(place)} is headed “{heading[:60]}”, which is no column of this sheet."
            + (f" Perhaps “{near[0]}”?" if near else "")
            + " Write # before a heading to have its column passed over."
        )

    # Export

    def records(self, queryset: Any) -> Any:
        """`queryset` with all that the cells are made of."""
        return queryset.prefetch_related(*self.related)

    def lines(self, queryset: Any) -> Iterator[list[str]]:
        """The cells of each record, in the order of `queryset`."""
        keys = list(queryset.values_list("pk", flat=True))
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK]
            found = self.records(self.model._base_manager.filter(pk__in=part)).in_bulk()
            for key in part:
                if key in found:
                    yield [column.cell(found[key], self.known) for column in self.columns]

    # The plan

    def import_data(self, dataset: Any, dry_run: bool = False, *args: Any, **kwargs: Any) -> Any:
        """Plan the import of `dataset`; unless `dry_run`, carry it out, all or nothing."""
        if dry_run:
            return self.plan(dataset)
        with batch():
            result = self.plan(dataset, lock=True)
            if not result.has_validation_errors():
                self.carry_out(result, by=kwargs["user"], file=kwargs["file_name"])
            return result

    def plan(self, dataset: Any, *, lock: bool = False) -> Any:
        """What importing `dataset` would do, without a write; `lock` holds its records."""
        self.lock = lock
        result = self.import_data_inner(dataset, True, False, False, False)
        for problem in result.base_errors:
            raise problem.error
        return result

    def carry_out(self, result: Any, *, by: Any, file: str, twins: bool = False) -> None:
        """Write what `result` plans; `twins` says whether records that may be here come too."""
        held = [] if twins else [id(row.instance) for row in result.rows if row.twin]
        new = [record for record in self.create_instances if id(record) not in held]
        reason = f"Imported from {file}"[:100]
        writing.write(self.model, new, self.update_instances, by=by, reason=reason)

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: `carry_out` writes, when the whole sheet is right."""

    bulk_update = bulk_create

    @classmethod
    def get_row_result_class(cls) -> type[Planned]:
        return Planned

    def get_import_id_fields(self) -> list[str]:
        return ["id"]  # So that import-export asks for no column: a sheet of new records has none.

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        slugs = dataset[KEY] if KEY in dataset.headers else []
        records = self.records(self.model._base_manager.all())
        if self.lock:
            records = records.select_for_update(of=("self",)).order_by("pk")
        self.present = by_slug(self.model, slugs, records)
        self.read_ahead(dataset)

    def read_ahead(self, dataset: Any) -> None:
        """Read at once what the rows are going to name."""

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Any, bool]:
        slug = (row.get(KEY) or "").strip()
        if not slug:
            return self.model(), True
        record = self.present.get(slug)
        if record is None:
            text = f"No record has the address “{slug}”. Leave the cell empty for a new record."
            raise ValidationError({KEY: text})
        return record, False

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Planned:
        planned = super().import_row(row, instance_loader, **kwargs)
        for problem in planned.errors:
            raise problem.error
        planned.number = self.row_number(kwargs["row_number"])
        record = planned.instance
        if record is not None and planned.is_valid():
            planned.changes = record.__dict__.get("changes", [])
            planned.notices = self.notices(record, row)
            planned.is_public = not planned.is_new() and self.is_public(record)
        return planned

    def row_number(self, index: int) -> int:
        """The number of a row in the file, where the first one below the headings is 1."""
        return self.sheet.rows[index - 1].number if self.sheet else index + 1

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Set what the row says, in memory. Raises ValidationError with all that is wrong in it."""
        number = self.row_number(kwargs["row_number"])
        wrong = self.sheet.rows[kwargs["row_number"] - 1].wrong if self.sheet else {}
        problems: dict[str, str] = {}
        if instance.pk and self.seen.setdefault(instance.pk, number) != number:
            problems[KEY] = f"Row {self.seen[instance.pk]} is this record already."
        instance.__dict__["changes"] = changes = []
        for place, name in enumerate(row):
            column = self.fields.get(name)
            if not isinstance(column, Column) or column.readonly or name == KEY:
                continue
            try:
                if place in wrong:
                    raise ValueError(wrong[place])
                changes += self._take(column, instance, row[name])
            except ValueError as problem:
                problems[name] = str(problem)
        problems = dict(self.breaches(instance, row)) | problems
        if problems:
            raise ValidationError(problems)

    def _take(self, column: Column, record: Any, cell: str) -> list[tuple[str, str, str]]:
        """Read `cell` into the record; gives what it changes."""
        old = column.cell(record, self.known)
        if record.pk and same(old, cell):
            return []
        if problem := unwritable(cell):
            raise ValueError(problem)
        value = column.read(cell, self.known)
        new = column.show(value, self.known)
        if record.pk and same(old, new):
            return []
        column.put(record, value)
        record.__dict__.setdefault("stored", set()).update(column.stored)
        return [] if same(old, new) else [(column.column_name, old, new)]

    def skip_row(self, instance: Any, original: Any, row: Any, errors: Any = None) -> bool:
        return bool(instance.pk) and not errors and not instance.changes

    def validate_instance(self, instance: Any, errors: Any = None, **kwargs: Any) -> None:
        if errors:
            raise ValidationError(errors)

    # What else must hold; each kind adds its own.

    def breaches(self, record: Any, row: Any) -> Iterable[tuple[str, str]]:
        """What the record breaks as a whole: the column to look at, and why."""
        return []

    def notices(self, record: Any, row: Any) -> list[tuple[str, str]]:
        """What an editor should know of the row and need not change: column and words."""
        state = (row.get("state") or "").strip()
        if state and state != self.state_of(record):
            return [("state", f"“{state}” is not taken over: a sheet changes no state.")]
        return []

    def state_of(self, record: Any) -> str:
        return getattr(record, "state", "")

    def is_public(self, record: Any) -> bool:
        return self.state_of(record) == State.PUBLISHED

    def twin_keys(self, record: Any) -> Iterable[tuple[str, str]]:
        """In what a new record would be the same as another: a field in words, and its value."""
        return []

    def twins(self, keys: set[tuple[str, str]]) -> dict[tuple[str, str], Any]:
        """The records that are here and have one of `keys`."""
        return {}

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Mark the new rows that are like a record, or like an earlier row of the sheet."""
        new = [(row, list(self.twin_keys(row.instance))) for row in result.rows if row.is_new()]
        here = self.twins({key for _, keys in new for key in keys})
        earlier: dict[tuple[str, str], int] = {}
        for row, keys in new:
            for key in keys:
                if key in here:
                    row.twin, row.twin_record = f"The same {key[0]} has", here[key]
                    break
                if key in earlier:
                    row.twin = f"The same {key[0]} stands in row {earlier[key]}"
                    break
            for key in keys:
                earlier.setdefault(key, row.number)


def fingerprint(result: Any) -> str:
    """A word for what a plan would do; another one as soon as it would do anything else."""
    told = [
        (row.number, row.import_type, getattr(row.instance, "pk", None), row.changes, row.notices,
         row.twin, str(row.twin_record or ""), row.is_public)
        for row in result.rows
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _folded(heading: str) -> str:
    return "".join(char for char in heading.casefold() if char.isalnum())
