"""The app, and Django's admin with the tracker's own front desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PoliciesConfig(AppConfig):
    name = "policies"
    verbose_name = "Policy tracker"

    def ready(self) -> None:
        from .alerts import checks  # noqa: PLC0415
        from .search import beside, indexing, signals  # noqa: PLC0415
        from .versions import keeping  # noqa: PLC0415

        checks.connect()
        signals.connect()
        beside.connect()
        indexing.on_change(keeping.keep)


class DeskConfig(AdminConfig):
    default_site = "policies.adminsite.DeskSite"
