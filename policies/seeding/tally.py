"""What seeding did, counted; and the rule by which it does it.

A row is added once and follows its fixture until an editor changes or deletes
it. From then on it is left alone.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import models

from policies.models import SeededRow


class Tally(Counter):
    """Counts of (what, "added" | "changed" | "left alone")."""

    def __init__(self) -> None:
        super().__init__()
        self._given: dict[tuple[str, str], dict[str, Any]] | None = None

    def lines(self) -> list[str]:
        """One line for each kind of thing."""
        kinds = sorted({kind for kind, _ in self})
        return [
            f"{kind}: {self[kind, 'added']} added, {self[kind, 'changed']} changed, "
            f"{self[kind, 'left alone']} left alone"
            for kind in kinds
        ]

    def put(self, model: type[models.Model], key: dict[str, Any], values: dict[str, Any]) -> Any:
        """The record of `model` found by `key`, with `values` unless an editor had a hand in it.

        None where an editor deleted it.
        """
        kind, name = str(model._meta.verbose_name_plural), _name(key)
        given, comes = self._last(model, name), _plain(values)
        record = model._base_manager.filter(**key).first()
        if record is None and given is None:
            record = model(**key, **values)
            self._write(model, name, record, comes)
            self[kind, "added"] += 1
        elif record is not None and given == _held(record, values) != comes:
            for field, value in values.items():
                setattr(record, field, value)
            self._write(model, name, record, comes)
            self[kind, "changed"] += 1
        else:
            self[kind, "left alone"] += 1
        return record

    def _last(self, model: type[models.Model], name: str) -> dict[str, Any] | None:
        if self._given is None:
            self._given = {(row.kind, row.key): row.values for row in SeededRow.objects.all()}
        return self._given.get((model._meta.model_name or "", name))

    def _write(
        self, model: type[models.Model], name: str, record: models.Model, comes: dict[str, Any]
    ) -> None:
        record.save()
        kind = model._meta.model_name or ""
        SeededRow.objects.update_or_create(kind=kind, key=name, defaults={"values": comes})


def _name(key: dict[str, Any]) -> str:
    return " ".join(str(getattr(value, "slug", value)) for value in key.values())


def _held(record: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    return _plain({field: getattr(record, field) for field in values})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them; a related record by its slug."""
    return {field: getattr(value, "slug", value) for field, value in values.items()}
