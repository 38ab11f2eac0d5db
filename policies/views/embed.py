"""Lists and charts for frames on other sites: small, and every link opens the full page.

A frame takes the query string of the list. Links in it are those of the full page, which
stands as their base, so a mark leads there to what it counts.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from policies.charts import horizon, spread
from policies.facets import chips
from policies.languages import is_chinese
from policies.sharing.addresses import in_chinese
from policies.sharing.framing import framed
from policies.views.kept import kept
from policies.views.results import fetched

# So many records stand in a frame.
SHOWN = 10


class Frame(TemplateView):
    """What all frames share: the search of the list `of`, which is called `list_name`."""

    of: Any = None
    list_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return framed(super().dispatch(request, *args, **kwargs))

    @kept
    def get(self, request, *args: Any, **kwargs: Any):
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, listed = self.request.GET, reverse(self.list_name)
        filterset = self.of.filterset_class(query)
        errors = list(filterset.errors_by_parameter)
        if "page" in query:
            errors.append(("page", _("A frame has one page.")))
        count = 0 if errors else len(filterset.ids())
        address = f"{listed}?{query.urlencode()}" if query else listed
        full = self.request.build_absolute_uri(address)
        context = super().get_context_data(**kwargs) | {
            "title": self.of.title,
            # Links in a drawing do not go by the base of the page.
            "is_framed": True,
            "base": listed,
            # A frame fixes the language; the full page opens in the same.
            "full": in_chinese(full) if is_chinese() else full,
            "errors": errors,
            "count": count,
            "counted": self.of.noun if count == 1 else self.of.nouns,
            "chips": chips(filterset, query),
            "is_partial": not errors and filterset.found.is_partial,
        }
        return context if errors else context | self.shown(filterset, count)

    def shown(self, filterset: Any, count: int) -> dict[str, Any]:
        """What a frame shows of a search without errors."""
        raise NotImplementedError


class ListFrame(Frame):
    """The first records of a list, in its order."""

    template_name = "embed/list.html"

    def shown(self, filterset: Any, count: int) -> dict[str, Any]:
        keys = filterset.page(0, SHOWN)
        return {
            "rows": fetched(filterset, self.of().rows(), keys),
            "row_template": self.of.row_template,
            "more": max(0, count - SHOWN),
        }


class TimeFrame(Frame):
    """What a search finds over time."""

    template_name = "embed/over_time.html"

    def shown(self, filterset: Any, count: int) -> dict[str, Any]:
        return {"spread": spread(filterset, self.request.GET)}


class HorizonFrame(Frame):
    """The targets of a search by the year in which they fall due."""

    template_name = "embed/horizon.html"

    def shown(self, filterset: Any, count: int) -> dict[str, Any]:
        query = self.request.GET
        return {"chart": horizon(filterset, query, query.get("split") or "status")}
