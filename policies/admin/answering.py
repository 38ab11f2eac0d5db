"""What pages at the desk share on which editors answer proposals about records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from policies.vocabulary import State

from .base import change_address

# How long after its publication a record still stands on the page.
RECENT = timedelta(days=60)
PER_PAGE = 20
LARGEST_KEY = 2**63 - 1


def of_late(path: str = "") -> Q:
    """Records in review or published of late; `path` leads to the one that has a state."""
    recent = timezone.now() - RECENT
    return Q(**{f"{path}state": State.IN_REVIEW}) | Q(
        **{f"{path}state": State.PUBLISHED, f"{path}published_at__gte": recent}
    )


def waiting_page(
    request: Any, records: QuerySet, proposals: Callable[[list[Any]], Any], *, title: str,
    template: str,
) -> TemplateResponse:  # fmt: skip
    """The page of the records that wait for an answer, each with its proposals."""
    page = Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
    asked = proposals(list(page))
    found: Iterable[tuple[Any, Any]] = [(record, asked.of(record)) for record in page]
    context = {
        "title": title,
        "opts": records.model._meta,
        "page": page,
        "waiting": [(record, proposed) for record, proposed in found if proposed],
    }
    return TemplateResponse(request, template, admin.site.each_context(request) | context)


def about(model: Any, pk: int, *, is_allowed: bool) -> Any:
    """The record that an answer is about. Raises PermissionDenied, or Http404 where none is."""
    if not is_allowed:
        raise PermissionDenied
    return get_object_or_404(model, pk=min(pk, LARGEST_KEY))


def named(request: Any, model: Any, name: str) -> Any:
    """The record that the form names in the field called `name`; raises Http404 where none is."""
    key = request.POST.get(name, "")
    return get_object_or_404(model, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)


def back(request: Any, record: Model, page_name: str) -> HttpResponse:
    """To the page of proposals from which the answer came, else to the record's form."""
    if request.POST.get("page", "").isdecimal():
        address = reverse(f"admin:{page_name}")
        return HttpResponseRedirect(f"{address}?page={int(request.POST['page'][:6])}")
    return HttpResponseRedirect(change_address(record))
