"""Tables as .csv, with no formula that comes alive."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from policies.bulk.csvfile import asleep

from .columns import columns
from .found import EXPORTED, Exported, Taken
from .related import targets

BOM = "\ufeff"
FLUSHED = 100


class _Line:
    """Takes what csv writes and gives it back."""

    def write(self, text: str) -> str:
        return text


def as_csv(taken: Taken) -> Iterator[str]:
    """The table in parts of some lines each."""
    return _csv(taken.kind, taken.fields())


def as_targets(taken: Taken) -> Iterator[str]:
    """The targets of the policies found, as a table to be joined to theirs."""
    return _csv(EXPORTED["targets"], targets(taken))


def _csv(kind: Exported, records: Iterator[dict[str, Any]]) -> Iterator[str]:
    made = columns(kind.model)
    rows = ([column.read(fields[column.field]) for column in made] for fields in records)
    return lines([[column.name for column in made]], rows)


def lines(*parts: Iterable[list[str]]) -> Iterator[str]:
    """Rows as a .csv that spreadsheets read, in parts of some lines each."""
    writer: Any = csv.writer(_Line())
    waiting = [BOM]
    for row in chain.from_iterable(parts):
        waiting.append(writer.writerow(map(asleep, row)))
        if len(waiting) >= FLUSHED:
            yield "".join(waiting)
            waiting = []
    yield "".join(waiting)
