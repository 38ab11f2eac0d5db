"""Sheets for tests, made and looked at in a line."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from policies import bulk
from policies.models import Policy


def somebody() -> User:
    return User.objects.get_or_create(username="someone")[0]


def csv_of(rows: list[list[Any]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def seen(rows: list[list[Any]] | bytes, model: Any = Policy, name: str = "list.csv") -> bulk.Look:
    """What a dry run of `rows`, the headings first, shows."""
    data = rows if isinstance(rows, bytes) else csv_of(rows)
    return bulk.look(bulk.SHEETS[model], data, name=name, by=somebody())


def done(look: bulk.Look, model: Any = Policy, **how: Any) -> bulk.Look:
    return bulk.carry_out(bulk.SHEETS[model], look.token, by=somebody(), **how)


def imported(rows: list[list[Any]] | bytes, model: Any = Policy, **how: Any) -> bulk.Look:
    """Look and import; fails with all that is wrong if something is."""
    look = seen(rows, model)
    assert look.token, wrong(look)
    return done(look, model, **how)


def wrong(look: bulk.Look) -> dict[tuple[int, str], str]:
    """What is wrong, by row and column."""
    return {
        (row.number, column): " ".join(words)
        for row in look.result.rows
        if row.validation_error
        for column, words in row.validation_error.message_dict.items()
    }


def notices(look: bulk.Look) -> list[tuple[int, str, str]]:
    return [(row.number, *notice) for row in look.result.rows for notice in row.notices]


def totals(look: bulk.Look) -> tuple[int, int, int, int]:
    """How many rows are new, changed, unchanged and wrong."""
    count = look.result.totals
    return count["new"], count["update"], count["skip"], count["invalid"]


def exported(model: Any = Policy, kind: str = "csv", queryset: Any = None) -> bytes:
    records = model._base_manager.order_by("pk") if queryset is None else queryset
    return bulk.export(bulk.SHEETS[model](), records, kind)


def table(data: bytes) -> list[list[str]]:
    """The cells of an exported .csv, as text."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def changed(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The workbook with its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()
