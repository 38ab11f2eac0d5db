"""Bodies, companies, sectors, regions, terms and issues in the admin."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from policies.models import Company, IssuingBody, NewsletterIssue, Region, Sector, Term

from .inlines import Aliases, Successions


@admin.register(IssuingBody)
class IssuingBodyAdmin(SimpleHistoryAdmin):
    list_display = ("name_en", "abbreviation", "name_zh", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name_en", "abbreviation", "name_zh", "short_name_zh", "aliases__name")
    autocomplete_fields = ("parent",)
    inlines = (Aliases, Successions)


@admin.register(Company)
class CompanyAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_zh", "country")
    search_fields = ("name_en", "name_zh")


@admin.register(Sector, Region)
class NestedAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_zh", "parent")
    list_select_related = ("parent",)
    search_fields = ("name_en", "name_zh")
    autocomplete_fields = ("parent",)


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = ("term_en", "term_zh", "pinyin", "sector")
    list_select_related = ("sector",)
    search_fields = ("term_en", "term_zh", "pinyin")
    autocomplete_fields = ("sector",)


@admin.register(NewsletterIssue)
class NewsletterIssueAdmin(admin.ModelAdmin):
    list_display = ("title", "published_on", "publisher", "imported_at", "imported_by")
    search_fields = ("title", "publisher")
    date_hierarchy = "published_on"
    readonly_fields = (
        "source_name",
        "source_sha256",
        "source_text",
        "leftovers",
        "warnings",
        "imported_at",
        "imported_by",
    )
