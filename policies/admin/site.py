"""The admin site with the desk on its front page."""

from django.contrib.admin import AdminSite


class DeskSite(AdminSite):
    """Django's admin under the tracker's name."""

    site_header = "Policy tracker: editors' desk"
    site_title = "Policy tracker"
    index_title = "Desk"
