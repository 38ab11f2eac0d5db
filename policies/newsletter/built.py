"""An item as read, before it has its place among the items of the issue."""

from __future__ import annotations

from dataclasses import dataclass, field

from .document import Item, Leftover
from .document import Warning as Doubt


@dataclass(slots=True)
class Built:
    """An item, the field of each of its lines, and what is doubtful about it."""

    item: Item
    placements: list[tuple[int, str]]
    warnings: list[Doubt] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)

    def doubt(self, line: int, text: str) -> None:
        """Add a warning about a line."""
        self.warnings.append(Doubt(line, text))


def span(placements: list[tuple[int, str]]) -> tuple[int, int]:
    """The first and last line of an item."""
    lines = [line for line, _ in placements]
    return min(lines), max(lines)
