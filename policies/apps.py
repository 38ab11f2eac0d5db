"""The app, and Django's admin with the tracker's own front desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PoliciesConfig(AppConfig):
    name = "policies"
    verbose_name = "Policy tracker"


class DeskConfig(AdminConfig):
    default_site = "policies.adminsite.DeskSite"
