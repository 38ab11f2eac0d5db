"""Policies, targets and corporate events in the admin."""

from typing import Any

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from policies.models import CorporateEvent, Policy, Target

from .inlines import (
    Issuers,
    PolicyAmounts,
    PolicySources,
    Provisions,
    Relations,
    Targets,
)
from .states import EditorialAdmin


class Lacks(admin.SimpleListFilter):
    """Policies that lack something."""

    title = "what is missing"
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [
            ("link", "Official link"),
            ("title_zh", "Chinese title"),
            ("body", "Resolved issuing body"),
            ("sector", "Sector"),
            ("date", "Date"),
        ]

    def queryset(self, request, queryset):
        conditions: dict[str, dict[str, Any]] = {
            "link": {"official_url": ""},
            "title_zh": {"title_zh": ""},
            "body": {"issuers__isnull": False, "issuers__body": None},
            "sector": {"sectors": None},
            "date": {"announced_on": None},
        }
        chosen = conditions.get(self.value() or "")
        return queryset.filter(**chosen).distinct() if chosen else queryset


@admin.register(Policy)
class PolicyAdmin(EditorialAdmin, SimpleHistoryAdmin):
    list_display = ("display_title", "announced_on", "section", "instrument", "state")
    list_filter = ("state", Lacks, "section", "instrument", "legal_status", "level", "sectors")
    search_fields = ("title_en", "title_zh", "headline", "summary", "document_number")
    date_hierarchy = "announced_on"
    autocomplete_fields = ("issue", "sectors", "regions")
    readonly_fields = ("state", "published_at", "withdrawn_note", "source_lines")
    history_list_display = ("history_change_reason", "state")
    inlines = (Issuers, Targets, Provisions, PolicyAmounts, PolicySources, Relations)
    fieldsets = (
        (None, {"fields": ("state", "published_at", "withdrawn_note")}),
        (
            "Titles",
            {
                "fields": (
                    "headline",
                    "title_en",
                    "title_zh",
                    "printed_title_en",
                    "printed_title_zh",
                    "document_number",
                    "official_url",
                )
            },
        ),
        ("Text", {"fields": ("summary", "comment", "commentator")}),
        (
            "Dates",
            {
                "fields": (
                    ("announced_on", "announced_precision"),
                    ("document_on", "document_precision"),
                    ("effective_on", "effective_precision"),
                    ("expires_on", "expires_precision"),
                )
            },
        ),
        ("Kind", {"fields": ("instrument", "legal_status", "level", "sectors", "regions")}),
        ("Origin", {"fields": ("issue", "section", "position", "source_lines", "slug", "note")}),
    )

    @admin.display(description="source lines")
    def source_lines(self, policy) -> str:
        """The lines of the issue that the record came from."""
        if not policy.issue or not policy.first_line:
            return "None: entered by hand."
        lines = policy.issue.source_text.split("\n")[policy.first_line - 1 : policy.last_line]
        return "\n".join(lines)

    def lacks(self, record) -> list[str]:
        found = {
            "an official link": record.official_url,
            "a Chinese title": record.title_zh,
            "a date": record.announced_on,
            "an instrument": record.instrument,
            "an issuing body": record.issuers.exists(),
            "a sector": record.sectors.exists(),
        }
        missing = [name for name, there in found.items() if not there]
        missing += [
            f"a registered body for “{row.printed}”" for row in record.issuers.filter(body=None)
        ]
        return missing


@admin.register(Target)
class TargetAdmin(SimpleHistoryAdmin):
    list_display = ("text", "policy", "value", "unit", "due_on", "status")
    list_filter = ("status", "comparator", ("due_on", admin.EmptyFieldListFilter), "unit")
    search_fields = ("text", "metric", "policy__title_en", "policy__headline")
    autocomplete_fields = ("policy",)
    list_select_related = ("policy",)
    history_list_display = ("history_change_reason",)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.policy.is_public else None


@admin.register(CorporateEvent)
class CorporateEventAdmin(EditorialAdmin, SimpleHistoryAdmin):
    list_display = ("display_title", "happened_on", "kind", "state")
    list_filter = ("state", "kind", "sectors")
    search_fields = ("headline", "text", "companies__name_en", "companies__name_zh")
    date_hierarchy = "happened_on"
    autocomplete_fields = ("issue", "companies", "sectors", "regions", "answers")
    readonly_fields = ("state", "published_at", "withdrawn_note")
    history_list_display = ("history_change_reason", "state")
    inlines = (PolicyAmounts, PolicySources)

    def lacks(self, record) -> list[str]:
        found = {
            "a headline": record.headline,
            "a date": record.happened_on,
            "a source": record.sources.exists(),
        }
        return [name for name, there in found.items() if not there]
