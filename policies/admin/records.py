"""Policies, targets and corporate events in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from policies.desk import CHILDREN, missing
from policies.models import (
    Amount,
    CorporateEvent,
    Deadline,
    DroppedTarget,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    PromisedDocument,
    Provision,
    SourceLink,
    Target,
    TargetLink,
)

from .base import PERIODS, SHORT_TEXTS, DeskAdmin
from .bulk import BySheet
from .bulkedits import BulkEditable
from .filters import ChosenFilters, Lacks
from .followups import FollowsUp
from .forms import PreciseDatesForm, plain
from .history import ToldHistory
from .inlines import (
    Amounts,
    Deadlines,
    Issuers,
    Promises,
    Provisions,
    Relations,
    RelationsFrom,
    Sources,
    Targets,
    may_unpublish,
)
from .lineage import InLineage
from .merging import Mergeable
from .states import EditorialAdmin, Scheduled
from .targets import Settling

STATE = ("published_at", "withdrawn_note")


class RecordAdmin(Mergeable, BulkEditable, BySheet, ChosenFilters, ToldHistory, EditorialAdmin):
    """What policies and events share."""

    form = PreciseDatesForm
    formfield_overrides = PERIODS
    readonly_fields = STATE
    list_select_related = True

    @admin.display(description="missing")
    def lacks(self, record) -> str:
        return ", ".join(missing(record))

    @admin.display(description="title")
    def title(self, record) -> str:
        return str(record)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        shown = tuple(name for name in STATE if obj and getattr(obj, name))
        return [(None, {"fields": (shown,)}), *fieldsets] if shown else fieldsets

    def told_apart(self, record) -> str:
        """The record's title with its date, for choosing it."""
        day = getattr(record, record.precise_dates[0])
        return f"{record} ({day})" if day else str(record)


@admin.register(Policy)
class PolicyAdmin(FollowsUp, RecordAdmin):
    list_display = (
        "title", "announced_as", "section", "instrument", "targets_named", "lacks", "standing",
    )  # fmt: skip
    list_filter = ("state", Scheduled, Lacks, "section", "instrument", "legal_status", "level")
    chosen_by = ("bodies", "sectors", "issue")
    search_fields = (
        "title_en", "title_zh", "headline", "summary", "document_number", "printed_title_en",
        "printed_title_zh", "issuers__printed", "bodies__abbreviation", "bodies__name_zh",
    )  # fmt: skip
    search_help_text = "Titles, summary, 文号 and issuing bodies, in English or Chinese."
    date_hierarchy = "announced_on"
    autocomplete_fields = ("issue", "sectors", "regions")
    history_rows = (
        PolicyIssuer, Target, Provision, Deadline, PolicyRelation, PromisedDocument,
        Amount, SourceLink,
    )  # fmt: skip
    inlines = (
        Issuers, Targets, Provisions, Deadlines, Amounts, Sources, Relations, Promises,
        RelationsFrom,
    )  # fmt: skip
    fieldsets = (
        (
            "Titles",
            {
                "fields": (
                    "headline",
                    ("title_en", "title_zh"),
                    ("printed_title_en", "printed_title_zh"),
                    ("document_number", "official_url"),
                )
            },
        ),
        (
            "Dates",
            {
                "description": "A day as 2024-04-26, a month as 2024-04, a quarter as 2024-Q2, "
                "a year as 2024: readers see it as exactly as you type it, and no more exactly.",
                "fields": (
                    ("announced_on", "announced_precision", "document_on", "document_precision"),
                    ("effective_on", "effective_precision", "expires_on", "expires_precision"),
                ),
            },
        ),
        ("Text", {"fields": ("summary", "comment", "commentator")}),
        ("Kind", {"fields": (("instrument", "legal_status", "level"), ("sectors", "regions"))}),
        (
            "Origin, address and note",
            {"fields": (("issue", "section", "position"), "slug", "note")},
        ),
    )

    def get_queryset(self, request):
        targets = Target.objects.filter(policy=OuterRef("pk")).order_by().values("policy")
        count = Coalesce(Subquery(targets.annotate(n=Count("pk")).values("n")), 0)
        return super().get_queryset(request).annotate(target_count=count)

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        listed.result_list = listed.result_list.prefetch_related(*CHILDREN[self.model])
        return listed

    @admin.display(description="targets", ordering="target_count")
    def targets_named(self, policy) -> int:
        return policy.target_count

    @admin.display(description="announced", ordering="announced_on")
    def announced_as(self, policy) -> str:
        return str(policy.announced or "")


@admin.register(CorporateEvent)
class CorporateEventAdmin(RecordAdmin):
    history_rows = (Amount, SourceLink)
    list_display = ("title", "happened_as", "kind", "lacks", "standing")
    list_filter = ("state", Scheduled, Lacks, "kind")
    chosen_by = ("companies", "sectors", "issue")
    search_fields = ("headline", "text", "companies__name_en", "companies__name_zh")
    search_help_text = "Headline, text and companies, in English or Chinese."
    date_hierarchy = "happened_on"
    autocomplete_fields = ("issue", "companies", "sectors", "regions", "answers")
    inlines = (Amounts, Sources)
    fieldsets = (
        (
            "Event",
            {
                "description": "A day as 2024-04-26, a month as 2024-04, a year as 2024.",
                "fields": ("headline", "text", ("happened_on", "happened_precision", "kind")),
            },
        ),
        ("Links", {"fields": (("companies", "answers"), ("sectors", "regions"))}),
        (
            "Origin, address and note",
            {"fields": (("issue", "position"), "slug", "note")},
        ),
    )

    def get_changelist_instance(self, request):
        listed = super().get_changelist_instance(request)
        listed.result_list = listed.result_list.prefetch_related(*CHILDREN[self.model])
        return listed

    @admin.display(description="reported for", ordering="happened_on")
    def happened_as(self, event) -> str:
        return str(event.happened or "")


@admin.register(Target)
class TargetAdmin(InLineage, BulkEditable, BySheet, Settling, ToldHistory, DeskAdmin):
    formfield_overrides = SHORT_TEXTS
    history_rows = (TargetLink, DroppedTarget)
    list_display = ("text", "policy", "figure", "due_as", "status", "checked", "policy_state")
    list_filter = (Lacks, "status", "comparator", "policy__state")
    search_fields = (
        "text", "metric", "policy__title_en", "policy__title_zh", "policy__headline",
    )  # fmt: skip
    search_help_text = "Text, metric and the policy’s titles, in English or Chinese."
    date_hierarchy = "due_on"
    autocomplete_fields = ("policy",)
    list_select_related = ("policy",)
    fieldsets = (
        (None, {"fields": ("policy", ("position", "heading"), "text")}),
        (
            "Figure and date",
            {
                "fields": (
                    ("metric", "comparator"),
                    ("value", "unit", "baseline_year", "baseline_value"),
                    ("due_on", "due_precision"),
                )
            },
        ),
        (
            "What became of it",
            {
                "description": "Public. Another status than “Open” needs evidence or a note.",
                "fields": (("status", "status_checked_on"), "evidence_url", "status_note"),
            },
        ),
        ("Address", {"fields": ("slug",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        return ("policy",) if obj else ()

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_unpublish(request, obj.policy))

    @admin.display(description="figure", ordering="value")
    def figure(self, target) -> str:
        if target.value is None:
            return ""
        value = f"{plain(target.value):,f}"
        return " ".join(filter(None, [target.get_comparator_display(), value, target.unit]))

    @admin.display(description="due", ordering="due_on")
    def due_as(self, target) -> str:
        return str(target.due or "")

    @admin.display(description="state", ordering="policy__state")
    def policy_state(self, target) -> str:
        return target.policy.get_state_display()

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.policy.is_public else None
