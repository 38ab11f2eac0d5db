"""The looks at addresses in the admin: which are dead, and which records name them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.html import format_html_join

from policies.linkchecks.addresses import records_naming
from policies.models import LinkCheck
from policies.models.checks import DEAD_AFTER

from .base import DeskAdmin, OnlyRead, change_address


class Standing(admin.SimpleListFilter):
    """Dead addresses, or those that failed and are not dead yet."""

    title = "how it stands"
    parameter_name = "stands"

    def lookups(self, request, model_admin):
        return [("dead", "Dead"), ("failing", "Failed lately"), ("reached", "Reached")]

    def queryset(self, request, queryset):
        conditions: dict[str, dict[str, Any]] = {
            "dead": {"failures__gte": DEAD_AFTER},
            "failing": {"failures__gt": 0, "failures__lt": DEAD_AFTER},
            "reached": {"failures": 0, "reached_at__isnull": False},
        }
        return queryset.filter(**conditions.get(self.value() or "", {}))


@admin.register(LinkCheck)
class LinkCheckAdmin(OnlyRead, DeskAdmin):
    """Only to be read: `manage.py check_links` writes them."""

    list_display = ("url", "answer", "failures", "reached_at", "checked_at", "named_by")
    list_display_links = None
    list_filter = (Standing,)
    search_fields = ("url", "answer")

    class Media:
        css = {"all": ["admin-desk/waits.css"]}

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        looks = list(listed.result_list)
        naming = records_naming(look.url for look in looks)
        for look in looks:
            look.records = naming.get(look.url, [])
        listed.result_list = looks
        return listed

    @admin.display(description="named by")
    def named_by(self, look) -> str:
        links = [(change_address(record), record) for record in look.records]
        return format_html_join(", ", '<a href="{}">{}</a>', links)
