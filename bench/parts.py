"""The parts of a page, timed in this process on an index that is warm. Needs Django set up.

`counts` is what GROUP BY and tantivy give too, the number of each value of each facet;
`facets` has names, order and addresses besides.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bench.http import timed


def parts(query_string: str, number: int = 15) -> dict[str, Any]:
    """What a query finds, and the times of its parts: search, page, rows, counts, facets."""
    from django.http import QueryDict  # noqa: PLC0415

    from policies.facets import facets  # noqa: PLC0415
    from policies.filters import PolicyFilter  # noqa: PLC0415
    from policies.views.lists import PolicyList  # noqa: PLC0415
    from policies.views.results import fetched  # noqa: PLC0415

    query = QueryDict(query_string)
    length = PolicyList.page_size
    start = (int(query.get("page", 1)) - 1) * length

    def found() -> Any:
        filterset = PolicyFilter(query)
        return filterset, filterset.ids()

    def ids() -> list[int]:
        return filterset.page(start, start + length)

    filterset, matching = found()
    keys, rows = ids(), PolicyList().rows()

    def counts() -> list[dict[str, int]]:
        held = filterset.found.held.values
        return [
            {
                key: number
                for key, ids in held.get(filterset.filters[name].field_name, {}).items()
                if (number := matched.intersection_cardinality(ids))
            }
            for name in filterset.facets
            for matched in [filterset.ids(name, f"not_{name}")]
        ]

    made = {
        "search": lambda: found()[1],
        "page": ids,
        "rows": lambda: fetched(filterset, rows, keys),
        "counts": counts,
        "facets": lambda: facets(filterset, query),
    }
    times = {name: asdict(timed(call, number=number, warm=2)) for name, call in made.items()}
    return {"count": len(matching), "parts": times}
