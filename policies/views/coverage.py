"""What the newsletter covered, over any search of policies."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from policies.coverage import covered, others
from policies.facets import chips
from policies.filters import PolicyFilter, TrackerFilterSet
from policies.languages import month_alone
from policies.searchhelp import help_for
from policies.views.kept import kept


class Coverage(TemplateView):
    """Tables of policies whose empty cells can be seen; every number leads to its list."""

    template_name = "policies/coverage.html"

    get = kept(TemplateView.get)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset: TrackerFilterSet = PolicyFilter(query)
        errors = filterset.errors_by_parameter
        return (
            super().get_context_data(**kwargs)
            | {
                "title": _("Coverage"),
                "errors": errors,
                "filterset": filterset,
                "chips": chips(filterset, query),
                "month_names": [*(month_alone(date(2024, n, 1)) for n in range(1, 13)), "?"],
                "others": [] if errors or query else list(others()),
            }
            | ({} if errors else _counted(filterset, query))
        )


def _counted(filterset: TrackerFilterSet, query: QueryDict) -> dict[str, Any]:
    """The tables of a good search; of one that finds nothing what would help instead."""
    found = filterset.ids()
    told = {"is_partial": filterset.found.is_partial}
    if query and not found:
        return told | {"count": 0, "help": help_for(filterset, query)}
    return told | covered(filterset, query)
