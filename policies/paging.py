"""Pages of what was found: the one that the address asks for, and what is wrong with that."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext

from policies.querystrings import PAGE


def past_the_end(asked: str, last: int) -> str:
    """What is said of a page that is not there."""
    told = {"page": asked, "last": last}
    return gettext("There is no page “%(page)s”; the last one is %(last)d.") % told


def turned(found: Any, size: int, query: QueryDict) -> tuple[Any, list[tuple[str, str]]]:
    """The page that is asked for, else the nearest; an error by its parameter where it is none.

    `found` is anything with a length that can be sliced.
    """
    paginator = Paginator(found, size)
    page, asked = paginator.get_page(query.get(PAGE)), query.get(PAGE, "1")
    wrong = [] if asked == str(page.number) else [(PAGE, past_the_end(asked, paginator.num_pages))]
    return page, wrong
