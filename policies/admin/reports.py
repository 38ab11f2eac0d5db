"""Reports by readers in the admin: what is said, where to correct it, and what was decided."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from policies import reports
from policies.models import ErrorReport

from .base import DeskAdmin, change_address, public_address


@admin.register(ErrorReport)
class ErrorReportAdmin(DeskAdmin):
    """Nobody adds or changes what readers say; editors decide about it."""

    list_display = ("title", "what_field", "short_text", "state", "reported_at", "decided_by")
    list_filter = ("state", "kind")
    search_fields = ("title", "text", "note")
    list_select_related = ("decided_by",)
    readonly_fields = (
        "the_record", "what_field", "text", "source", "reported_at", "answer_to", "decided_at",
        "decided_by",
    )  # fmt: skip
    fieldsets = (
        (_("What a reader says"), {
            "fields": ("the_record", "what_field", "text", "source", "reported_at"),
        }),
        (_("Whom to answer"), {"fields": ("answer_to", "email")}),
        (_("Decision"), {"fields": ("state", "note", "decided_at", "decided_by")}),
    )  # fmt: skip

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        """Decide as the form says; an address that was emptied is deleted."""
        stored = ErrorReport.objects.get(pk=obj.pk)
        stored.email = obj.email if obj.email in ("", stored.email) else stored.email
        reports.decide(stored, state=obj.state, by=request.user, note=obj.note)

    @admin.display(description=_("record"))
    def the_record(self, report) -> str:
        record = reports.concerned(report)
        if record is None:
            return _t("%(title)s, which was deleted") % {"title": report.title}
        edited = format_html('<a href="{}">{}</a>', change_address(record), record)
        seen = public_address(record)
        if seen is None:
            return format_html("{} ({})", edited, _t("not public any more"))
        return format_html('{} · <a href="{}">{}</a>', edited, seen, _t("as readers see it"))

    @admin.display(description=_("field"), ordering="field")
    def what_field(self, report) -> str:
        return reports.field_name(report)

    @admin.display(description=_("what is wrong"))
    def short_text(self, report) -> str:
        return report.text if len(report.text) <= 100 else f"{report.text[:100]} …"

    @admin.display(description=_("where it can be checked"))
    def source(self, report) -> str:
        if not report.source_url:
            return "-"
        return format_html(
            '<a href="{}" rel="external nofollow noopener noreferrer">{}</a>',
            report.source_url,
            report.source_url,
        )

    @admin.display(description=_("answer"))
    def answer_to(self, report) -> str:
        if not report.email:
            return _t("No address was given, or it was deleted.")
        # Before the @ nearly every sign may stand, those that add headers to a mail as well.
        local, _at, domain = report.email.rpartition("@")
        return format_html(
            '<a href="mailto:{}@{}">{}</a>. {}',
            quote(local, safe=""),
            quote(domain, safe=""),
            report.email,
            _t("Answer before you decide: it is deleted with the decision."),
        )
