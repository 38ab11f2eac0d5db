"""The rows that are edited on a record's own page."""

from django.contrib import admin

from policies.models import (
    Amount,
    BodyAlias,
    BodySuccession,
    PolicyIssuer,
    PolicyRelation,
    Provision,
    SourceLink,
    Target,
)


class Issuers(admin.TabularInline):
    model = PolicyIssuer
    extra = 0
    autocomplete_fields = ("body",)
    fields = ("position", "body", "printed", "is_lead")


class Provisions(admin.TabularInline):
    model = Provision
    extra = 0
    fields = ("position", "kind", "heading", "text")


class Targets(admin.StackedInline):
    model = Target
    extra = 0
    fields = (
        ("position", "heading"),
        "text",
        ("metric", "comparator", "value", "unit"),
        ("baseline_year", "baseline_value", "due_on", "due_precision"),
        ("status", "evidence_url"),
        "status_note",
    )


class PolicyAmounts(admin.TabularInline):
    model = Amount
    extra = 0
    fields = ("position", "value", "currency", "eur", "purpose")


class PolicySources(admin.TabularInline):
    model = SourceLink
    extra = 0
    fields = ("position", "label", "publisher", "url", "archived_url")


class Relations(admin.TabularInline):
    model = PolicyRelation
    fk_name = "policy"
    extra = 0
    autocomplete_fields = ("other",)


class Aliases(admin.TabularInline):
    model = BodyAlias
    extra = 0


class Successions(admin.TabularInline):
    model = BodySuccession
    fk_name = "predecessor"
    extra = 0
    autocomplete_fields = ("successor",)
    verbose_name = "successor"
