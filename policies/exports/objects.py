"""JSON: one object with a list of records, or one record a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .found import Taken


def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_json(taken: Taken) -> Iterator[str]:
    """What was asked, when, how many there are, and the records as `records`."""
    head = {
        "kind": taken.kind.name,
        "address": taken.address,
        "read": taken.day.isoformat(),
        "count": len(taken.ids),
        "complete": not taken.is_partial,
    }
    yield f'{written(head)[:-1]}, "records": ['
    yield from listed(written(fields) for fields in taken.fields())
    yield "\n]}\n"


def as_lines(taken: Taken) -> Iterator[str]:
    for fields in taken.fields():
        yield f"{written(fields)}\n"


def listed(texts: Iterator[str]) -> Iterator[str]:
    """The items of a JSON list, one a line."""
    for number, text in enumerate(texts):
        yield f",\n{text}" if number else f"\n{text}"
