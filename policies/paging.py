"""Pages of what was found: the one that the address asks for, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext

from policies.querystrings import PAGE


def past_the_end(asked: str, last: int) -> str:
    """What is said of a page that is not there."""
    told = {"page": asked, "last": last}
    return gettext("There is no page “%(page)s”; the last one is %(last)d.") % told


def no_number(query: QueryDict) -> list[tuple[str, str]]:
    """What is wrong with a page that is no number, by its parameter, wherever one may be named."""
    asked = query.get(PAGE, "1")
    if asked.isdecimal():
        return []
    return [(PAGE, gettext("“%(page)s” is no number of a page.") % {"page": asked})]


def turned(
    found: Any, size: int, query: QueryDict, errors: Iterable[tuple[str, str]] = ()
) -> tuple[Any, list[tuple[str, str]]]:
    """The page that is asked for, else the nearest; with `errors` and what is wrong with the page.

    `found` is anything with a length that can be sliced.
    """
    paginator, told = Paginator(found, size), list(errors)
    page, asked = paginator.get_page(query.get(PAGE)), query.get(PAGE, "1")
    if asked != str(page.number) and PAGE not in dict(told):
        told.append((PAGE, past_the_end(asked, paginator.num_pages)))
    return page, told
