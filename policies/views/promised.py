"""Documents that policies announce and that nobody has issued yet."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from policies.models import PromisedDocument

PAGE = 100


class PromisedList(TemplateView):
    """Open promises of public policies, those that are due first on top."""

    template_name = "policies/promised.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        public = PromisedDocument.objects.published().open()
        rows = public.select_related("policy").defer("policy__imported", "policy__comment")
        paginator = Paginator(rows, PAGE)
        page, asked = paginator.get_page(query.get("page")), query.get("page", "1")
        errors = [
            (name, _("There is no filter “%(name)s” here.") % {"name": name})
            for name in query
            if name != "page"
        ]
        if asked != str(page.number):
            said = _("There is no page “%(asked)s”; the last one is %(last)s.")
            errors.append(("page", said % {"asked": asked, "last": paginator.num_pages}))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "count": paginator.count,
            "errors": errors,
            "today": localdate(),
        }
