"""Which bodies issue together, counted from sets of records; no database, no page.

A doer is a body or, where renamed bodies count as one, its line. Doers never
overlap, so a record of two of them is a joint one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from policies.search.index import KindIndex

# So many bodies can be read in one table.
SHOWN = 60
STEPS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """How many records two bodies share; `step` from 0 (none) to 4 (most), 5 on the diagonal."""

    row: int
    column: int
    number: int
    step: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The bodies in an order that shows groups, and what each two share."""

    bodies: list[int]
    rows: list[list[Cell]]
    pairs: list[Cell]
    # Bodies that issued with others but found no place, and those that issued alone only.
    left_over: int
    alone: list[int]


def issued_by(
    held: KindIndex, within: BitMap, lines: Mapping[int, tuple[int, ...]]
) -> dict[int, BitMap]:
    """The records among `within` of each body, or of each line by its last body."""
    found: dict[int, BitMap] = {}
    for key, ids in held.values.get("issuer", {}).items():
        body = int(key)
        shared = ids & within
        if shared:
            first = lines.get(body, (body,))[0]
            found[first] = found[first] | shared if first in found else shared
    return found


def matrix(issued: Mapping[int, BitMap], shown: int = SHOWN) -> Matrix:
    """The matrix of the bodies that share most records with others."""
    joint = _joint(issued.values())
    weights = {body: ids.intersection_cardinality(joint) for body, ids in issued.items()}
    jointly = sorted((b for b, n in weights.items() if n), key=lambda b: (-weights[b], b))
    kept = jointly[:shown]
    shared = {
        (one, other): number
        for at, one in enumerate(kept)
        for other in kept[at + 1 :]
        if (number := issued[one].intersection_cardinality(issued[other]))
    }
    shared |= {(other, one): number for (one, other), number in shared.items()}
    most = max(shared.values(), default=1)
    bodies = _in_groups(kept, shared)
    rows = [[_cell(one, other, issued, shared, most) for other in bodies] for one in bodies]
    pairs = [cell for at, row in enumerate(rows) for cell in row[at + 1 :] if cell.number]
    return Matrix(
        bodies=bodies,
        rows=rows,
        pairs=sorted(pairs, key=lambda cell: -cell.number),
        left_over=len(jointly) - len(kept),
        alone=sorted((b for b, n in weights.items() if not n), key=lambda b: -len(issued[b])),
    )


def _joint(sets: Iterable[BitMap]) -> BitMap:
    """The records that are in two sets or more."""
    once, twice = BitMap(), BitMap()
    for ids in sets:
        twice |= once & ids
        once |= ids
    return twice


def _in_groups(bodies: list[int], shared: Mapping[tuple[int, int], int]) -> list[int]:
    """Each body after the one that it shares most with, starting from the first.

    Where the last placed shares nothing with those that are left, the one before it
    is asked, and so on; then the first of the rest begins a group.
    """
    rest = list(bodies)
    placed: list[int] = []
    while rest:
        following = 0
        for last in reversed(placed):
            numbers = [shared.get((last, body), 0) for body in rest]
            if any(numbers):
                following = numbers.index(max(numbers))
                break
        placed.append(rest.pop(following))
    return placed


def _cell(
    one: int,
    other: int,
    issued: Mapping[int, BitMap],
    shared: Mapping[tuple[int, int], int],
    most: int,
) -> Cell:
    if one == other:
        return Cell(one, other, len(issued[one]), STEPS + 1)
    number = shared.get((one, other), 0)
    return Cell(one, other, number, -(-STEPS * number // most))
