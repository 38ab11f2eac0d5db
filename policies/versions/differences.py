"""What changed between two versions of a record, field by field, as plain data for pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from policies.records import Field

from .essence import different, essence, row_essence
from .wording import Piece, wording

TEXTS = ("text", "chinese", "markdown")
EMPTY: tuple[Any, ...] = (None, "", [])
ROW_WORDS = {"gone": _("removed"), "new": _("added"), "changed": _("changed")}
# So many characters are told in a line.
SHORT = 120


@dataclass(frozen=True, slots=True)
class Change:
    """A field that changed, from what to what.

    Texts that stood before and after have `pieces` besides, rows and references `rows`.
    """

    field: Field
    old: Any
    new: Any
    pieces: tuple[Piece, ...] = ()
    rows: tuple[RowChange, ...] = ()

    @property
    def is_order(self) -> bool:
        """Whether nothing changed but the order of the rows."""
        return self.field.type == "rows" and not self.rows

    @property
    def is_empty_before(self) -> bool:
        return self.old in EMPTY

    @property
    def is_empty_after(self) -> bool:
        return self.new in EMPTY

    @property
    def is_short(self) -> bool:
        """Whether it can be told in a line."""
        words = (self.old, self.new) if self.field.type in (*TEXTS, "link") else ()
        return self.field.type != "rows" and all(len(text) <= SHORT for text in words)

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """How many rows came, went and changed."""
        kinds = Counter(row.kind for row in self.rows)
        return [(word, kinds[kind]) for kind, word in ROW_WORDS.items() if kinds[kind]]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row or a reference that went, came, or changed in some of its fields."""

    kind: str
    row: dict[str, Any]
    changes: tuple[Change, ...] = ()


def changes(fields: tuple[Field, ...], old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The fields that say something else in `new` than in `old`."""
    return [
        change(field, old[field.name], new[field.name]) for field in different(fields, old, new)
    ]


def change(field: Field, old: Any, new: Any) -> Change:
    """One field that changed."""
    if field.type in TEXTS and old and new:
        return Change(field, old, new, pieces=tuple(wording(old, new)))
    if field.type == "references":
        return Change(field, old, new, rows=tuple(_references(old, new)))
    if field.type == "rows":
        return Change(field, old, new, rows=tuple(_rows(field, old, new)))
    return Change(field, old, new)


def _references(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[RowChange]:
    was, is_now = ({row["slug"] for row in rows} for rows in (old, new))
    yield from (RowChange("gone", row) for row in old if row["slug"] not in is_now)
    yield from (RowChange("new", row) for row in new if row["slug"] not in was)


def _rows(
    field: Field, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> Iterator[RowChange]:
    for before, after in _pairs(field, old, new):
        if after is None:
            yield RowChange("gone", before or {})
        elif before is None:
            yield RowChange("new", after)
        elif inner := changes(field.parts, before, after):
            yield RowChange("changed", after, tuple(inner))


def _pairs(
    field: Field, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Each row before with the row that it became: by its slug, else the same, else alike."""
    left, came = list(old), list(new)
    for same in (_same_slug, _same_words, _alike):
        for after in list(came):
            before = next((row for row in left if same(field, row, after)), None)
            if before is not None:
                left.remove(before)
                came.remove(after)
                yield before, after
    yield from ((row, None) for row in left)
    yield from ((None, row) for row in came)


def _same_slug(field: Field, old: dict[str, Any], new: dict[str, Any]) -> bool:
    return bool(old.get("slug")) and old.get("slug") == new.get("slug")


def _same_words(field: Field, old: dict[str, Any], new: dict[str, Any]) -> bool:
    return row_essence(field, old) == row_essence(field, new)


def _alike(field: Field, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether one of two rows without a slug became the other: what tells them is the same."""
    if "slug" in new:
        return False
    telling = [
        part
        for part in field.parts
        if part.type in ("reference", *TEXTS, "link") and new.get(part.name)
    ]
    return any(
        essence(part, old.get(part.name)) == essence(part, new[part.name]) for part in telling
    )
