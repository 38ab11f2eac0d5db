"""Which records say something else than in their last version.

A new address of a record that they name is no change of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps

from policies.formerslugs import led_to
from policies.models import PublicVersion

from .essence import different
from .kinds import Kept


def corrected_since(
    kept: Kept, last: Mapping[int, PublicVersion], states: Mapping[int, dict[str, Any]]
) -> set[int]:
    """The ids of the public records in `states` that differ from their `last` versions.

    Asks nothing where nothing differs, and as much for many as for one.
    """
    found = {
        key
        for key, state in states.items()
        if key in last and different(kept.fields, last[key].fields, state)
    }
    renamed = renamed_slugs([last[key].fields for key in found])
    return {
        key
        for key in found
        if different(kept.fields, with_slugs(last[key].fields, renamed), states[key])
    }


def references_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every reference to another record that stands in public fields."""
    if isinstance(value, dict):
        if "kind" in value and "slug" in value and "address" in value:
            yield value
        for inner in value.values():
            yield from references_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references_in(inner)


def renamed_slugs(states: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Of the records named there by a slug that they had once: today's slugs, by kind and slug."""
    if not states:
        return {}
    named = {(row["kind"], row["slug"]) for state in states for row in references_in(state)}
    found: dict[tuple[str, str], str] = {}
    for kind, keys in led_to(named).items():
        model: Any = apps.get_model("policies", kind)
        rows = model._base_manager.filter(pk__in=keys.values()).values_list("pk", "slug")
        today = dict(rows)
        found |= {(kind, old): today[key] for old, key in keys.items() if key in today}
    return found


def with_slugs(value: Any, renamed: dict[tuple[str, str], str]) -> Any:
    """Public fields with today's slugs in their references.

    Entries of a list that name one record since two were merged are one entry.
    """
    if not renamed:
        return value
    if isinstance(value, list):
        rows = [with_slugs(inner, renamed) for inner in value]
        return rows if rows == value else _once(rows)
    if not isinstance(value, dict):
        return value
    inner = {name: with_slugs(part, renamed) for name, part in value.items()}
    key = (value.get("kind"), value.get("slug"))
    if isinstance(key[0], str) and key in renamed:
        inner["slug"] = renamed[key]
    return inner


def _once(rows: list[Any]) -> list[Any]:
    """Each entry once; a flag that one of several had stays."""
    found: dict[str, Any] = {}
    for row in rows:
        same = found.setdefault(_identity(row), row)
        if same is not row:
            found[_identity(row)] = same | {
                name: part for name, part in row.items() if part is True
            }
    return list(found.values())


def _identity(row: Any) -> str:
    """What makes an entry another one: whom it names, not by which name, and what it says."""
    if not isinstance(row, dict):
        return repr(row)
    if "kind" in row and "slug" in row:
        return repr((row["kind"], row["slug"]))
    parts = sorted((name, part) for name, part in row.items() if not isinstance(part, bool))
    return repr([(name, _identity(part)) for name, part in parts])
