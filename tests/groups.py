"""The groups that migrations make, put back after a test whose rows were flushed."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

_held: dict[str, list[tuple[str, str, str]]] = {}


def remember_groups() -> None:
    """Note the groups of a database that was just migrated, with what they may."""
    for group in Group.objects.all():
        _held[group.name] = [permission.natural_key() for permission in group.permissions.all()]


def put_groups_back() -> None:
    """Make the groups again that are gone."""
    for name, allowed in _held.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(Permission.objects.get_by_natural_key(*key) for key in allowed)
