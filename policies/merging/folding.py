"""Rows that would say the same twice when two records become one.

Where the database allows one of them only, or where both say the very same, the
kept record's row stays and takes over what only the other says. The other goes; its
values stay in the merge, so that parting the two brings it back.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models

from .links import LINK, owned, unique_sets
from .rows import columns, stamps

# Where a row stands and how it is called does not make it another row.
PLACES = ("position", "after_paragraph", "slug")


class Doubles:
    """The kept record's rows of one table, asked for the one that equals another's."""

    def __init__(self, table: Any, links: list[LINK], standing: list[Any]) -> None:
        self._links = [link.attname for link in links]
        self._sets = [names for names in unique_sets(table) if set(names) & set(self._links)]
        self._content = self._names(table) if owned(links) else ()
        self._unique = {
            (names, key): row
            for names in self._sets
            for row in standing
            if (key := _key(row, names, {})) is not None
        }
        self._alike: dict[tuple, list[Any]] = defaultdict(list)
        for row in standing if self._content else ():
            self._alike[self._said(row, {})].append(row)

    def of(self, row: Any, moved: dict[str, Any]) -> Any | None:
        """The row that `row` would repeat once its columns are `moved`."""
        for names in self._sets:
            key = _key(row, names, moved)
            if key is not None and (names, key) in self._unique:
                return self._unique[names, key]
        alike = self._alike.get(self._said(row, moved)) if self._content else None
        return alike.pop(0) if alike else None

    def _names(self, table: Any) -> tuple[str, ...]:
        apart = {*PLACES, *stamps(table)}
        return tuple(column.attname for column in columns(table) if column.attname not in apart)

    def _said(self, row: Any, moved: dict[str, Any]) -> tuple:
        return tuple(moved.get(name, getattr(row, name)) for name in self._content)


def _key(row: Any, names: tuple[str, ...], moved: dict[str, Any]) -> tuple | None:
    """The row's values in unique columns; None where one is empty: then no two are alike."""
    values = tuple(moved.get(name, getattr(row, name)) for name in names)
    return None if None in values else values


def taken_over(stays: Any, goes: Any, links: list[LINK]) -> dict[str, Any]:
    """What the row that stays takes from the one that goes, by attribute.

    What only that one says; two different texts, one after the other where there
    is room. A mark such as “lead” stays where either has it.
    """
    found = {}
    apart = {*PLACES, *stamps(type(stays)), *(link.attname for link in links)}
    for column in columns(type(stays)):
        name = column.attname
        own, other = getattr(stays, name), getattr(goes, name)
        if name in apart or own == other or other in (None, "", False):
            continue
        if own in (None, "", False):
            found[name] = other
        elif isinstance(column, models.CharField | models.TextField) and not column.choices:
            joined = f"{own}; {other}"
            if column.max_length is None or len(joined) <= column.max_length:
                found[name] = joined
    return found
