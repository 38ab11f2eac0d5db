"""Documents that policies announce and that nobody has issued yet, over any search of policies."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from pyroaring import BitMap

from policies.facets import chips
from policies.filters import PolicyFilter
from policies.models import PromisedDocument
from policies.paging import turned
from policies.querystrings import rest
from policies.searchhelp import help_for

PAGE = 100


class PromisingFilter(PolicyFilter):
    """Policies that promise what is not issued yet."""

    @cached_property
    def promises(self) -> list[tuple[int, int]]:
        """The key of each open promise in its order, and that of its policy."""
        return list(PromisedDocument.objects.published().open().values_list("pk", "policy_id"))

    @cached_property
    def let_through(self) -> dict[str, BitMap]:
        """As elsewhere, and those with an open promise."""
        return super().let_through | {"promising": BitMap(policy for _, policy in self.promises)}


class PromisedList(TemplateView):
    """Open promises of the policies that a search finds, those that are due first on top."""

    template_name = "policies/promised.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = PromisingFilter(query)
        found = filterset.ids()
        public = PromisedDocument.objects.published().open()
        keys = [key for key, policy in filterset.promises if policy in found]
        page, errors = turned(keys, PAGE, query, filterset.errors_by_parameter)
        read = public.select_related("policy").defer("policy__imported", "policy__comment")
        promises = read.in_bulk(list(page.object_list))
        page.object_list = [promises[key] for key in page.object_list if key in promises]
        return super().get_context_data(**kwargs) | {
            "title": _("Promised, not yet issued"),
            "page": page,
            "count": len(keys),
            "is_partial": filterset.found.is_partial,
            "errors": errors,
            "filterset": filterset,
            "chips": chips(filterset, query),
            "rest": rest(query, "sort"),
            "listed": 0 if keys else len(filterset.ids("promising")),
            "help": None if keys else help_for(filterset, query),
            "today": localdate(),
        }
