"""The admin site with the desk on its front page."""

from typing import Any

from django.contrib.admin import AdminSite

from policies.desk import waiting


class DeskSite(AdminSite):
    """Django's admin under the tracker's name, open to staff only."""

    site_header = "Policy tracker: editors’ desk"
    site_title = "Policy tracker"
    index_title = "Desk"
    index_template = "admin/desk.html"
    enable_nav_sidebar = False

    def index(self, request, extra_context: dict[str, Any] | None = None):
        return super().index(request, (extra_context or {}) | {"waiting": waiting()})
