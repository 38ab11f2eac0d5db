"""The admin site with the desk on its front page."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.views.i18n import JavaScriptCatalog

from policies.accounts.door import GuardedSite
from policies.desk import PILES, changes, due, in_review, waiting
from policies.linkchecks.addresses import records_naming
from policies.models import CorporateEvent, ErrorReport, IssueImport, LinkCheck, Policy, Target


def waits(kinds: set[Any], viewer: Any) -> dict[str, Any]:
    """All that waits at the desk for `viewer`, who may see these kinds of records."""
    reviewed, more = in_review(kinds)
    dead = due.dead() if LinkCheck in kinds else None
    naming = records_naming([look.url for look in dead.first]) if dead else {}
    return {
        "sees_records": bool(kinds & {Policy, CorporateEvent, Target}),
        "imports": due.imports() if IssueImport in kinds else None,
        "reviewed": reviewed,
        "more_reviewed": more,
        "unchecked": due.unchecked() if Target in kinds else None,
        "planned": due.planned(kinds),
        "reports": due.reported() if ErrorReport in kinds else None,
        "dead": dead and {
            "count": dead.count,
            "more": dead.more,
            "first": [(look, naming.get(look.url, [])) for look in dead.first],
        },
        "piles": waiting([kind for kind in {kind for _, kind, _ in PILES} if kind in kinds]),
        "changes": changes.recent(viewer, kinds),
    }  # fmt: skip


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
        seen = {
            kind for kind, kept_by in self._registry.items() if kept_by.has_view_permission(request)
        }
        desk = waits(seen, request.user) | {"may_publish": self._may_publish(request)}
        return super().index(request, (extra_context or {}) | desk)

    def _may_publish(self, request) -> bool:
        return request.user.has_perms(
            ["policies.publish_policy", "policies.publish_corporateevent"]
        )

    def i18n_javascript(self, request, extra_context: dict[str, Any] | None = None):
        return IsoCatalog.as_view(packages=["django.contrib.admin"])(request)

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)
