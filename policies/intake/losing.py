"""What a newer file would lose of a record: a value that it lacks, an address that it lost.

A file that says nothing of a field is no correction of it. Such a change stays
undone unless an editor takes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policies.newsletter.links import find_links

EMPTY: tuple[Any, ...] = ("", None, [])


def loses(field: str, stands: Any, comes: Any) -> bool:
    """Whether `comes` has nothing where `stands` has something, or a link without its address."""
    if stands in EMPTY or comes in EMPTY:
        return stands not in EMPTY
    here, there = dict(_links(field, stands)), list(_links(field, comes))
    kept = {label for label, url in there if url}
    return any(here.get(label) for label, url in there if not url and label not in kept)


def _links(field: str, value: Any) -> Iterator[tuple[str, str]]:
    """The words of each link in `value` with its address."""
    if field == "sources":
        yield from ((label, url) for label, url in value)
        return
    texts = [row["text"] for row in value] if field == "points" else [value]
    for text in texts:
        if isinstance(text, str):
            yield from ((link.label, link.url) for link in find_links(text))
