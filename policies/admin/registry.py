"""Bodies, companies, sectors, regions and terms in the admin."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.db.models import Case, Value, When

from policies.models import (
    BodyAlias,
    BodySuccession,
    Company,
    IssuingBody,
    Region,
    Sector,
    Term,
)

from .base import DeskAdmin, public_address
from .bulk import BySheet
from .filters import ChosenFilters
from .forms import LinesField
from .history import ToldHistory
from .inlines import Aliases, Precessions, Successions
from .merging import Mergeable


class RegistryAdmin(DeskAdmin):
    """Shows the way to a record's page where the public has one."""

    def view_on_site(self, obj):
        return public_address(obj)

    def told_apart(self, record) -> str:
        """The record's names in both languages, for choosing it."""
        return " ".join(filter(None, [record.name_en, record.name_zh]))


@admin.register(IssuingBody)
class IssuingBodyAdmin(Mergeable, BySheet, ToldHistory, RegistryAdmin):
    history_rows = (BodyAlias, BodySuccession)
    list_display = ("name_en", "abbreviation", "name_zh", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("abbreviation", "name_en", "name_zh", "short_name_zh", "aliases__name")
    search_help_text = "Abbreviation, names and other names, in English or Chinese."
    autocomplete_fields = ("parent",)
    inlines = (Aliases, Precessions, Successions)
    fieldsets = (
        (
            "Names",
            {"fields": (("name_en", "abbreviation"), ("name_zh", "short_name_zh"))},
        ),
        (
            "Place and years",
            {"fields": (("kind", "parent"), ("active_from", "active_until"), "note", "slug")},
        ),
    )

    def get_search_results(self, request, queryset, search_term):
        """As elsewhere, with the body of just this abbreviation first: MOF before MOFCOM."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        if search_term.strip() and request.path.endswith("/autocomplete/"):
            exact = When(abbreviation__iexact=search_term.strip().replace("\0", ""), then=Value(0))
            found = found.annotate(rank=Case(exact, default=Value(1))).order_by("rank", "name_en")
        return found, repeats

    def told_apart(self, record) -> str:
        short = f"({record.abbreviation})" if record.abbreviation else ""
        return " ".join(filter(None, [record.name_en, short, record.name_zh]))


@admin.register(Company)
class CompanyAdmin(Mergeable, RegistryAdmin):
    list_display = ("name_en", "name_zh", "country")
    search_fields = ("name_en", "name_zh")


class SectorForm(forms.ModelForm):
    aliases = LinesField(label="Other names", required=False, help_text="One a line.")


class NestedAdmin(ChosenFilters, RegistryAdmin):
    list_display: tuple[str, ...] = ("name_en", "name_zh", "parent")
    list_select_related = ("parent",)
    chosen_by = ("parent",)
    search_fields = ("name_en", "name_zh")
    autocomplete_fields = ("parent",)


@admin.register(Sector)
class SectorAdmin(Mergeable, NestedAdmin):
    form = SectorForm
    fields = (("name_en", "name_zh"), "parent", "aliases", "definition", "slug")


@admin.register(Region)
class RegionAdmin(NestedAdmin):
    fields = (("name_en", "name_zh"), ("kind", "parent"), "slug")
    list_display: tuple[str, ...] = ("name_en", "name_zh", "kind", "parent")
    list_filter = ("kind",)

    def view_on_site(self, obj):
        return None


class TermForm(forms.ModelForm):
    aliases_en = LinesField(label="Other English forms", required=False, help_text="One a line.")
    aliases_zh = LinesField(label="Other Chinese forms", required=False, help_text="One a line.")


@admin.register(Term)
class TermAdmin(ChosenFilters, RegistryAdmin):
    form = TermForm
    list_display = ("term_en", "term_zh", "pinyin", "sector")
    list_select_related = ("sector",)
    chosen_by = ("sector",)
    search_fields = ("term_en", "term_zh", "pinyin", "definition")
    autocomplete_fields = ("sector",)
    fields = (
        ("term_en", "term_zh", "pinyin"),
        "definition",
        ("aliases_en", "aliases_zh"),
        "sector",
        "slug",
    )

    def told_apart(self, record) -> str:
        return str(record)
