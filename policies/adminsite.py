"""The admin site with the desk on its front page."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.views.i18n import JavaScriptCatalog

from policies.accounts.door import GuardedSite
from policies.desk import PILES, waiting


class IsoCatalog(JavaScriptCatalog):
    """What the calendar beside a date field writes: 2024-04-26, as the fields show it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["formats"]["DATE_INPUT_FORMATS"] = ["%Y-%m-%d"]
        return context


class Choices(AutocompleteJsonView):
    """Suggestions that tell records of like names apart, where their admin says how."""

    def serialize_result(self, obj, to_field_name):
        told = getattr(self.model_admin, "told_apart", str)
        return super().serialize_result(obj, to_field_name) | {"text": told(obj)}


class DeskSite(GuardedSite):
    """Django's admin under the tracker's name, open to staff only."""

    site_header = "Policy tracker"
    site_title = "Policy tracker desk"
    index_title = "Desk"
    index_template = "admin/desk.html"
    enable_nav_sidebar = False

    def index(self, request, extra_context: dict[str, Any] | None = None):
        kinds = {kind for _, kind, _ in PILES}
        seen = [kind for kind in kinds if self.get_model_admin(kind).has_view_permission(request)]
        piles = {"piles": waiting(seen), "sees_piles": bool(seen)}
        return super().index(request, (extra_context or {}) | piles)

    def i18n_javascript(self, request, extra_context: dict[str, Any] | None = None):
        return IsoCatalog.as_view(packages=["django.contrib.admin"])(request)

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)
