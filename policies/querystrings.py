"""Query strings taken apart and put together again."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import QueryDict

PAGE = "page"


def pairs(query: QueryDict) -> list[tuple[str, str]]:
    """Each parameter with each of its values, but for the page."""
    return [(name, value) for name, given in query.lists() if name != PAGE for value in given]


def rest(query: QueryDict, *without: str, **changed: str) -> str:
    """A query string without its page and the parameters `without`.

    The parameters `changed` have the value given there, or go where that is empty.
    """
    kept = query.copy()
    for name in (PAGE, *without):
        kept.pop(name, None)
    for name, value in changed.items():
        if value:
            kept[name] = value
        else:
            kept.pop(name, None)
    return kept.urlencode()


def rest_by(query: QueryDict, name: str) -> Callable[[str], str]:
    """What gives `rest` with each value of the parameter `name`, for links of the hundred."""
    before = rest(query, name)
    return lambda value: "&".join(filter(None, (before, urlencode({name: value}))))


def joined(address: str, query: str) -> str:
    """An address with a query string, if there is one."""
    return f"{address}?{query}" if query else address
