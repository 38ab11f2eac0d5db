"""Companies, which can be ordered by what they did: a figure that no order of the index holds."""

from __future__ import annotations

from typing import Any

from policies.filters import CompanyFilter
from policies.search.walking import Mark

from .searches import FilteredSearch, searching

BY_NAME = "name"


class CompanySearch(searching(CompanyFilter)):  # type: ignore[misc]
    """Companies in the order of their page; a place is a figure and, among equals, a name."""

    def piece(self, size: int, mark: Mark | None) -> tuple[list[int], Mark | None]:
        filterset: Any = self.filterset
        orders = filterset.found.held.orders
        if filterset.order not in ("-events", *filterset.sums):
            return FilteredSearch.piece(self, size, mark)
        ids = filterset.page(0, self.count)
        figures = filterset.figures(ids)
        ranks = [_rank(figures.get(key)) for key in ids]
        start = 0
        if mark:
            own, name = _rank(mark.key[0]), mark.key[1:]
            start = sum(rank < own for rank in ranks)
            alike = [key for key, rank in zip(ids, ranks, strict=True) if rank == own]
            start += orders.behind(BY_NAME, alike, name)
        taken = ids[start : start + size]
        last = orders.key(BY_NAME, taken[-1]) if start + size < len(ids) else None
        return taken, last and Mark(0, (_plain(figures.get(taken[-1])), *last))


def _plain(figure: Any) -> float | None:
    return None if figure is None else float(figure)


def _rank(figure: Any) -> tuple[bool, float]:
    """The larger the figure the earlier; without one, last."""
    return figure is None, -(_plain(figure) or 0)
