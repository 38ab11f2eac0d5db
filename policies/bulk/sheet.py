"""A sheet as it was read: headings, and rows of texts with their numbers in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

import tablib

NO_HEADINGS = "The first row holds no headings: it has to name the columns."


@dataclass(slots=True)
class Row:
    """One line of a sheet below the headings; `wrong` says by column what no text is."""

    number: int
    cells: list[str]
    wrong: dict[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return not self.wrong and not any(cell.strip() for cell in self.cells)


@dataclass(slots=True)
class Sheet:
    """The headings as written and the rows that hold anything."""

    headings: list[str]
    rows: list[Row]

    def dataset(self, columns: list[str]) -> tablib.Dataset:
        """The rows as import-export reads them, under the names of `columns`."""
        width = len(columns)
        data = tablib.Dataset(headers=columns)
        for row in self.rows:
            data.append((row.cells + [""] * width)[:width])
        return data


def letter(index: int) -> str:
    """The letters over the column `index`, counted from 0: A, B … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
