"""What a list of the API is asked for: a search, of which it gives one page after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from policies.filters import TrackerFilterSet
from policies.search.walking import Mark, piece
from policies.unknownvalues import UNLISTED


class Search:
    """What a query string finds of one kind of record."""

    # Which parameters it knows, and which of its values are counted.
    parameters: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    errors: list[tuple[str, str]]
    count: int
    is_complete: bool
    # What is said of words that were read kindly, as on the page.
    notices: list[str]
    unlisted: Mapping[str, str] = {}

    def __init__(self, query: QueryDict) -> None:
        raise NotImplementedError

    def piece(self, size: int, mark: Mark | None) -> tuple[list[int], Mark | None]:
        """The next ids behind `mark`, and where they end; None where nothing follows."""
        raise NotImplementedError


class FilteredSearch(Search):
    """A search by one of the FilterSets of the pages, in the order of the page."""

    filterset_class: type[TrackerFilterSet]

    def __init__(self, query: QueryDict) -> None:
        self.filterset: TrackerFilterSet = self.filterset_class(query)
        self.errors = list(self.filterset.errors_by_parameter)
        # Those that name no value that could be asked instead, with what was asked.
        self.unlisted = {
            name: error.params["value"]
            for name, wrong in self.filterset.form.errors.as_data().items()
            for error in wrong
            if error.code == UNLISTED
        }
        self.ids = self.filterset.ids()
        self.count = len(self.ids)
        self.notices = self.filterset.query.notices if self.filterset.query else []

    @property
    def is_complete(self) -> bool:  # type: ignore[override]
        """Whether nothing can be missing; a phrase may take too long to look for."""
        return not self.filterset.found.is_partial

    def piece(self, size: int, mark: Mark | None) -> tuple[list[int], Mark | None]:
        return piece(self.filterset.found, self.ids, self.filterset.order, size, mark)


def searching(filterset: Any) -> type[FilteredSearch]:
    """The search by a FilterSet."""
    return type(
        f"{filterset.__name__}Search",
        (FilteredSearch,),
        {
            "filterset_class": filterset,
            "parameters": (*filterset.base_filters, "sort"),
            "facets": filterset.facets,
        },
    )
