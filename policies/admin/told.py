"""What a dry run found, gathered for one page: same words once, with the cells they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from policies.bulk import Look

from .base import change_address

SHOWN_ROWS = 50
SHOWN_TOLD = 200
SHOWN_PLACES = 8


@dataclass(slots=True)
class Told:
    """Words about one column, and the rows that they are about."""

    column: str
    letter: str
    words: str
    rows: list[int] = field(default_factory=list)

    @property
    def places(self) -> str:
        """The cells in words, the first of them only; the row where the column is not there."""
        cells = [f"{self.letter}{row}" if self.letter else f"row {row}" for row in self.rows]
        shown = ", ".join(cells[:SHOWN_PLACES])
        more = len(cells) - SHOWN_PLACES
        return f"{shown} and {more} more" if more > 0 else shown


def told(look: Look) -> dict[str, Any]:
    """The context of the page that shows `look`."""
    rows = look.result.rows
    gathered = partial(_gathered, look.letters)
    errors = gathered(
        (row.number, column, words)
        for row in rows
        if row.validation_error
        for column, found in row.validation_error.message_dict.items()
        for words in found
    )
    notices = gathered((row.number, *notice) for row in rows for notice in row.notices)
    twins = [(row, _change_address(row.twin_record)) for row in rows if row.twin]
    shown = [row for row in rows if row.is_new() or row.is_update()]
    return {
        "errors": errors[:SHOWN_TOLD],
        "more_errors": max(len(errors) - SHOWN_TOLD, 0),
        "wrong_rows": sum(bool(row.validation_error) for row in rows),
        "notices": notices[:SHOWN_TOLD],
        "more_notices": max(len(notices) - SHOWN_TOLD, 0),
        "twins": twins[:SHOWN_TOLD],
        "more_twins": max(len(twins) - SHOWN_TOLD, 0),
        "rows": [(row, _change_address(row.instance)) for row in shown[:SHOWN_ROWS]],
        "more_rows": max(len(shown) - SHOWN_ROWS, 0),
        "new": sum(row.is_new() for row in rows),
        "changed": sum(row.is_update() for row in rows),
        "unchanged": sum(row.is_skip() for row in rows),
        "corrections": sum(row.is_update() and row.is_public for row in rows),
    }


def _gathered(letters: dict[str, str], found: Iterable[tuple[int, str, str]]) -> list[Told]:
    by_words: dict[tuple[str, str], Told] = {}
    for number, column, words in found:
        new = Told(column, letters.get(column, ""), words)
        by_words.setdefault((column, words), new).rows.append(number)
    return list(by_words.values())


def _change_address(record: Any) -> str:
    if record is None or record.pk is None:
        return ""
    return change_address(record)
