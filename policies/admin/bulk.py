"""Import and export in the admin: a dry run that tells everything, then one confirmation.

The permissions, the addresses and the links in the lists are import-export's;
its pages are not, because they write inline scripts and keep uploads in a
folder of one machine.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from import_export.admin import ImportExportMixin

from policies import bulk
from policies.search.indexing import batch

from .base import TOO_LATE
from .told import told

LONGEST_NAME = 100


class UploadForm(forms.Form):
    """The sheet to look at."""

    sheet = forms.FileField(
        label="Sheet",
        help_text="A .csv or an .xlsx file. Of a workbook, its first sheet is read.",
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
        error_messages={"empty": "The file is empty: choose another file."},
    )


class BySheet(ImportExportMixin, admin.ModelAdmin):
    """An admin whose records are taken out and brought in as sheets."""

    import_export_change_list_template = "admin/bulk/change_list.html"
    resource_classes: list[Any] = []
    formats: list[Any] = []

    @property
    def sheets(self) -> type[bulk.SheetResource]:
        return bulk.SHEETS[self.model]

    def has_import_permission(self, request) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request) -> bool:
        return self.has_view_permission(request)

    def get_urls(self):
        view = self.admin_site.admin_view(self.template_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_template"
        return [path("import/template.<slug:kind>", view, name=name), *super().get_urls()]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.has_export_permission(request):
            for kind, words in (("xlsx", "Excel"), ("csv", "CSV")):
                name = f"export_{kind}"
                described = f"Download the chosen records as {words}"
                actions[name] = (_downloading(kind), name, described)
        return actions

    # Import

    def import_action(self, request, **kwargs: Any):
        """Upload a sheet, and see what it would do."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["sheet"]
            try:
                seen = bulk.look(
                    self.sheets, upload.read(), name=upload.name[:LONGEST_NAME], by=request.user
                )
            except bulk.Unreadable as problem:
                form.add_error("sheet", str(problem))
            else:
                return self._page(request, "import_look", look=seen, **told(seen))
        return self._page(request, "import_start", form=form, guide=bulk.guide(self.sheets())[1:])

    def process_import(self, request, **kwargs: Any):
        """Do what was looked at."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        start = self._address("import")
        if request.method != "POST":
            return HttpResponseRedirect(start)
        token, twins = request.POST.get("token", ""), "twins" in request.POST
        try:
            with batch():
                done = bulk.carry_out(self.sheets, token, by=request.user, twins=twins)
                self._log(request, done)
        except bulk.Gone as problem:
            messages.warning(request, str(problem))
            return HttpResponseRedirect(start)
        except IntegrityError:
            messages.error(request, TOO_LATE)
            return HttpResponseRedirect(start)
        if not done.done:
            return self._page(request, "import_look", look=done, **told(done))
        messages.success(request, self._words(done, twins))
        return HttpResponseRedirect(self._address("changelist"))

    def _log(self, request, done: bulk.Look) -> None:
        """Write what was done into the log of the admin."""
        rows = [row for row in done.result.rows if done.done and row.instance.pk]
        for flag, kind in ((ADDITION, "is_new"), (CHANGE, "is_update")):
            records = [row.instance for row in rows if getattr(row, kind)()]
            if records:
                message = f"Imported from {done.name}."
                LogEntry.objects.log_actions(request.user.pk, records, flag, message)

    def template_view(self, request, kind: str):
        """An empty sheet to begin with."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if kind not in bulk.FORMATS:
            return HttpResponseRedirect(self._address("import"))
        data = bulk.template(self.sheets(), kind)
        return _file(data, kind, f"{self.opts.verbose_name_plural} template")

    def _words(self, done: bulk.Look, twins: bool) -> str:
        rows = [row for row in done.result.rows if twins or not row.twin]
        new, changed = sum(row.is_new() for row in rows), sum(row.is_update() for row in rows)
        held = sum(bool(row.twin) for row in done.result.rows) if not twins else 0
        words = f"“{done.name}” is imported: {new} new, {changed} changed."
        return f"{words} {held} that may be here already were left out." if held else words

    # Export

    def export_action(self, request):
        """Choose a format; the file holds what the list shows with its filters."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            records = self.get_export_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self._address("changelist"))
        kind = request.POST.get("format")
        if request.method == "POST" and kind in bulk.FORMATS:
            return self.download(request, records, kind) or HttpResponseRedirect(
                request.get_full_path()
            )
        return self._page(request, "export", count=records.count(), filtered=bool(request.GET))

    def download(self, request, records, kind: str):
        """The records as a file; None, with a message, where they do not fit into one."""
        try:
            data = bulk.export(self.sheets(), records, kind)
        except bulk.TooLong as problem:
            messages.error(request, str(problem))
            return None
        return _file(data, kind, f"{self.opts.verbose_name_plural} {timezone.localdate()}")

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")

    def _page(self, request, name: str, **context: Any):
        shared = self.admin_site.each_context(request)
        title = "Export" if name == "export" else "Import"
        shared |= {"title": f"{title} {self.opts.verbose_name_plural}", "opts": self.opts}
        return TemplateResponse(request, f"admin/bulk/{name}.html", shared | context)


def _downloading(kind: str):
    def action(model_admin, request, queryset):
        if not model_admin.has_export_permission(request):
            raise PermissionDenied
        return model_admin.download(request, queryset, kind)

    return action


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=bulk.FORMATS[kind])
    file = f"{name}.{kind}".replace(" ", "-")
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
