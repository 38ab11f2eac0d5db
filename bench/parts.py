"""The parts of a page, timed in this process on an index that is warm. Needs Django set up."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bench.http import timed


def parts(query_string: str, number: int = 15) -> dict[str, Any]:
    """What a query finds, and the times of its parts: search, page, rows with passages, facets."""
    from django.http import QueryDict  # noqa: PLC0415

    from policies.facets import facets  # noqa: PLC0415
    from policies.filters import PolicyFilter  # noqa: PLC0415
    from policies.views.lists import PAGE_SIZE, PolicyList  # noqa: PLC0415
    from policies.views.results import fetched  # noqa: PLC0415

    query = QueryDict(query_string)
    start = (int(query.get("page", 1)) - 1) * PAGE_SIZE

    def found() -> Any:
        filterset = PolicyFilter(query)
        return filterset, filterset.ids()

    def ids() -> list[int]:
        return filterset.page(start, start + PAGE_SIZE)

    filterset, matching = found()
    keys, rows = ids(), PolicyList().rows()
    made = {
        "search": lambda: found()[1],
        "page": ids,
        "rows": lambda: fetched(filterset, rows, keys),
        "facets": lambda: facets(filterset, query),
    }
    times = {name: asdict(timed(call, number=number, warm=2)) for name, call in made.items()}
    return {"count": len(matching), "parts": times}
