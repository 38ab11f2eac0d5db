"""How well proposals meet what an editor chose: counts, and the figures made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Measure:
    """Proposed and chosen values, counted over items."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def count(self, proposed: Iterable[str], chosen: Iterable[str]) -> None:
        """Add one item."""
        proposed, chosen = set(proposed), set(chosen)
        self.right += len(proposed & chosen)
        self.wrong += len(proposed - chosen)
        self.missed += len(chosen - proposed)

    @property
    def precision(self) -> float:
        """How much of what is proposed is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """How much of what is right is proposed."""
        return self.right / max(1, self.right + self.missed)

    def __str__(self) -> str:
        return f"precision {self.precision:.2f}, recall {self.recall:.2f}"
