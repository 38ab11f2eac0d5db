"""The list of imports, and the addresses below it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from policies.admin.base import DeskAdmin
from policies.admin.forms import possible_keys
from policies.imports import NotRead, discard, read_now
from policies.models import IssueImport
from policies.vocabulary import ImportState

from .reviewing import Reviewing
from .starting import StartForm

NAME = "admin:policies_issueimport_{}"


def address(page: str, *args: Any) -> str:
    """Where a page of the imports is."""
    return reverse(NAME.format(page), args=args)


@admin.register(IssueImport)
class IssueImportAdmin(Reviewing, DeskAdmin):
    list_display = ("named", "state", "issue", "started_by", "started_at", "changed_at")
    list_display_links = ("named",)
    list_filter = ("state",)
    list_select_related = ("issue", "started_by")
    search_fields = ("name", "sha256", "issue__title")
    search_help_text = "File name, SHA-256 or title of the issue."
    date_hierarchy = "started_at"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data", "text", "choices")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Imports"} | (extra_context or {}))

    @admin.display(description="file", ordering="name")
    def named(self, kept: IssueImport) -> str:
        return str(kept)

    def get_urls(self):
        pages = {
            "press": self.press_view,
            "read": self.read_view,
            "discard": self.discard_view,
            "original": self.original_view,
        }
        own = [
            path(
                f"<int:key>/{name}/",
                self.admin_site.admin_view(view),
                name=f"policies_issueimport_{name}",
            )
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """The upload."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.method == "POST"
        form = StartForm(request.POST, request.FILES) if sent else StartForm()
        begun = form.begin(request.user) if sent and form.is_valid() else None
        if begun is None:
            return self._start_page(request, form)
        kept, is_new = begun
        if not is_new:
            messages.info(request, "This very file is here already: this is its import.")
        return HttpResponseRedirect(address("change", kept.pk))

    def _start_page(self, request, form: StartForm):
        context = self._context(request, "Import an issue") | {"form": form}
        return TemplateResponse(request, "admin/imports/start.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The review of an open import; what came of any other."""
        kept = self._kept(request, object_id)
        if kept.state != ImportState.OPEN:
            context = self._context(request, str(kept)) | {"kept": kept}
            return TemplateResponse(request, "admin/imports/closed.html", context)
        if not kept.text:
            context = self._context(request, f"Reading {kept}") | {"kept": kept}
            return TemplateResponse(request, "admin/imports/reading.html", context)
        return self.review(request, kept)

    @method_decorator(require_POST)
    def read_view(self, request, key: int):
        """Read a long file, which may take some seconds."""
        kept = self._kept(request, key, change=True)
        try:
            read_now(kept.pk)
        except NotRead as refusal:
            form = StartForm(data={"text": ""})
            form.cleaned_data = {}
            form.errors.clear()
            form.add_error("file", str(refusal))
            return self._start_page(request, form)
        return HttpResponseRedirect(address("change", key))

    def discard_view(self, request, key: int):
        """Ask whether to put an import aside, and do it."""
        kept = self._kept(request, key, change=True)
        if request.method == "POST":
            if discard(key) is None:
                messages.warning(request, f"“{kept}” is not in progress any more.")
                return HttpResponseRedirect(address("change", key))
            messages.success(request, f"The import of “{kept}” is discarded.")
            return HttpResponseRedirect(address("changelist"))
        context = self._context(request, "Discard this import?") | {"kept": kept}
        return TemplateResponse(request, "admin/imports/discard.html", context)

    def original_view(self, request, key: int):
        """The file as it came, to be saved, never to be shown."""
        kept = self._kept(request, key)
        data = IssueImport.objects.values_list("data", flat=True).get(pk=key)
        disposition = content_disposition_header(True, kept.name or "pasted.txt")
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(bytes(data), "application/octet-stream", headers=headers)

    def _kept(self, request, key: Any, *, change: bool = False) -> IssueImport:
        allowed = self.has_change_permission if change else self.has_view_permission
        if not allowed(request):
            raise PermissionDenied
        found = IssueImport.objects.defer("data").select_related("issue", "started_by")
        kept = found.filter(pk=key).first() if possible_keys([key]) else None
        if kept is None:
            raise Http404
        return kept

    def _context(self, request, title: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {"opts": self.opts, "title": title}
