"""Documents that policies announce and that nobody has issued yet."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from policies.models import PromisedDocument
from policies.paging import turned

PAGE = 100


class PromisedList(TemplateView):
    """Open promises of public policies, those that are due first on top."""

    template_name = "policies/promised.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        public = PromisedDocument.objects.published().open()
        rows = public.select_related("policy").defer("policy__imported", "policy__comment")
        page, wrong = turned(rows, PAGE, query)
        errors = [
            (name, _("There is no filter “%(name)s” here.") % {"name": name})
            for name in query
            if name != "page"
        ]
        return super().get_context_data(**kwargs) | {
            "page": page,
            "count": page.paginator.count,
            "errors": errors + wrong,
            "today": localdate(),
        }
