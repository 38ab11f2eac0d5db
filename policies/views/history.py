"""What changed: of one record, and of all of them together."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from policies.paging import turned
from policies.querystrings import rest
from policies.versions.asking import asked
from policies.versions.kinds import KEPT, Kept
from policies.versions.telling import entries, versions_of
from policies.views import past
from policies.views.details import Record
from policies.vocabulary import VersionKind

PAGE_SIZE = 25


class OfRecord(Record):
    """A page about a record's past: there as long as the record is public."""

    kept: Kept = KEPT["policy"]

    def setup(self, request, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.model = self.kept.model

    def get_queryset(self):
        return self.kept.public()


class RecordHistory(OfRecord):
    """All versions of a record, newest first, each with what it changed."""

    template_name = "policies/history.html"

    def address_of(self, record: Any) -> str:
        return past.history_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = versions_of(self.kept, self.object.pk)
        page, wrong = turned(versions, PAGE_SIZE, self.request.GET)
        if wrong:
            raise Http404(wrong[0][1])
        page.object_list = list(page.object_list)
        return super().get_context_data(**kwargs) | {
            "kept": self.kept,
            "page": page,
            "entries": entries(page.object_list),
        }


class RecordVersion(OfRecord):
    """A record as it was from one version on."""

    template_name = "policies/past.html"

    def address_of(self, record: Any) -> str:
        return reverse(f"{self.kept.name}_version", args=[record.slug, self.kwargs["version"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = versions_of(self.kept, self.object.pk)
        public = versions.exclude(change=VersionKind.WITHDRAWN)
        version = get_object_or_404(public, pk=self.kwargs["version"])
        later = versions.filter(pk__gt=version.pk).order_by("pk").first()
        return (
            super().get_context_data(**kwargs)
            | past.page(self.request, self.kept, self.object, version)
            | {"until": later and later.since}
        )


class Changes(TemplateView):
    """Corrections of public records, and what was withdrawn."""

    template_name = "policies/changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        question = asked(query)
        page, wrong = turned(question.versions(), PAGE_SIZE, query)
        page.object_list = list(page.object_list)
        return super().get_context_data(**kwargs) | {
            "page": page,
            "entries": entries(page.object_list),
            "errors": [*question.errors, *wrong],
            "kinds": KEPT.values(),
            "asked": question,
            "since": query.get("since", ""),
            "until": query.get("until", ""),
            "rest": rest(query),
        }
