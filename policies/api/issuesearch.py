"""Newsletter issues, newest first: all, or those in which what is searched for stands."""

from __future__ import annotations

from django.http import QueryDict

from policies.filters import EventFilter, PolicyFilter, TrackerFilterSet
from policies.models import NewsletterIssue
from policies.search.walking import Mark

from .searches import Search


class IssueSearch(Search):
    """Issues by the words of their policies and events, as on the page of issues."""

    parameters = ("q", "exact")

    def __init__(self, query: QueryDict) -> None:
        policies: TrackerFilterSet = PolicyFilter(query)
        self.errors = list(policies.errors_by_parameter)
        self.is_complete = True
        self.notices = policies.query.notices if policies.query else []
        rows = NewsletterIssue.objects.published().order_by("-published_on", "-pk")
        self._rows = [(str(day), key) for key, day in rows.values_list("pk", "published_on")]
        if not self.errors and policies.query is not None and not policies.query.is_empty:
            searches: list[TrackerFilterSet] = [policies, EventFilter(query)]
            days = {day for search in searches for day in _days(search)}
            self._rows = [row for row in self._rows if row[0] in days]
            self.is_complete = not any(search.found.is_partial for search in searches)
        self.count = len(self._rows)

    def piece(self, size: int, mark: Mark | None) -> tuple[list[int], Mark | None]:
        rest = [row for row in self._rows if mark is None or row < mark.key]
        taken = rest[:size]
        following = Mark(0, taken[-1]) if len(rest) > size else None
        return [key for _, key in taken], following


def _days(search: TrackerFilterSet) -> list[str]:
    """The days of the issues in which something found stands."""
    issues, found = search.found.held.values.get("issue", {}), search.ids()
    return [day for day, ids in issues.items() if ids.intersect(found)]
