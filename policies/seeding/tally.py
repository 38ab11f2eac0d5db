"""What seeding did, counted."""

from collections import Counter
from typing import Any

from django.db import models


class Tally(Counter):
    """Counts of (what, "added" | "changed" | "left alone")."""

    def lines(self) -> list[str]:
        """One line for each kind of thing."""
        kinds = sorted({kind for kind, _ in self})
        return [
            f"{kind}: {self[kind, 'added']} added, {self[kind, 'changed']} changed, "
            f"{self[kind, 'left alone']} left alone"
            for kind in kinds
        ]

    def put(self, model: type[models.Model], key: dict[str, Any], values: dict[str, Any]) -> Any:
        """The record of `model` found by `key`, holding `values`; saved only when it differs."""
        kind = str(model._meta.verbose_name_plural)
        record = model._base_manager.filter(**key).first()
        if record is None:
            record = model(**key, **values)
            record.save()
            self[kind, "added"] += 1
        elif any(getattr(record, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(record, name, value)
            record.save()
            self[kind, "changed"] += 1
        else:
            self[kind, "left alone"] += 1
        return record
