"""All that the tables hold, for comparing before and after."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from policies.search.rebuilding import faults

# What may differ after a merge was taken back: history, the merge itself, counters, versions.
ASIDE = {"Merge", "SearchState", "SearchChange", "PublicVersion"}


def tables() -> dict[str, list[dict[str, Any]]]:
    """The rows of every table by the model's name, history aside."""
    found = {}
    for model in apps.get_app_config("policies").get_models(include_auto_created=True):
        name = model.__name__
        if name not in ASIDE and not name.startswith("Historical"):
            rows = [_plain(row) for row in model._base_manager.order_by().values()]
            found[name] = sorted(rows, key=repr)
    return found


def history() -> dict[str, set[int]]:
    """The keys of all versions by the model's name."""
    return {
        model.__name__: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_app_config("policies").get_models()
        if model.__name__.startswith("Historical")
    }


def differences(before: dict, after: dict) -> dict[str, list[list[dict[str, Any]]]]:
    """By table, rows that were there and are no longer, and rows that were not."""
    return {
        name: [
            [row for row in before[name] if row not in after[name]],
            [row for row in after[name] if row not in before[name]],
        ]
        for name in before
        if before[name] != after[name]
    }


def index_faults() -> list[str]:
    """What `verify_search` would say."""
    return list(faults(lambda *_: None))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()}
