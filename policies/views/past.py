"""A record as it was public on a day, or from one of its versions on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext

from policies.models import PublicVersion
from policies.records import Field
from policies.versions.asking import BadDay, end_of, past_day
from policies.versions.differences import EMPTY
from policies.versions.kinds import Kept, kept_of
from policies.versions.telling import corrected_at, history_address, version_at, versions_of
from policies.versions.visible import Visible
from policies.vocabulary import VersionKind

# Fields that stand in the head of a page, and those that are read rather than looked up.
TITLES = (
    "title_en", "title_zh", "headline", "printed_title_en", "printed_title_zh", "name_en",
    "name_zh", "abbreviation", "metric",
)  # fmt: skip
FIRST = ("issuers", "policy")
READ = (
    "summary", "heading", "text", "targets", "provisions", "deadlines", "comment", "relations",
    "promises", "answers", "sources", "note",
)  # fmt: skip
# What is told in one line with others: where a record stood, who signed the comment.
PLACE = ("issue", "section", "commentator")


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with what it held then."""

    field: Field
    value: Any


def marks(record: Any) -> dict[str, Any]:
    """Where a record's history is, and when it was corrected; nothing where none is kept."""
    if kept_of(type(record)) is None:
        return {}
    return {"history_url": history_url(record), "corrected": corrected_at(record)}


def history_url(record: Any) -> str:
    """The address of a record's history."""
    kept = kept_of(type(record))
    return history_address(kept, record) if kept else ""


def as_of(request: HttpRequest, record: Any) -> HttpResponse:
    """`record`, which is public today, as it was at the end of the day that is asked for."""
    kept = kept_of(type(record))
    context: dict[str, Any] = {"record": record, "today": localdate()}
    try:
        if kept is None:
            raise BadDay(gettext("No earlier versions of such a record are kept."))
        day = past_day(request.GET.getlist("as_of"))
    except BadDay as refusal:
        context |= {"message": str(refusal), "is_kept": kept is not None}
        return render(request, "policies/bad_day.html", context, status=400)
    moment = end_of(day)
    version = version_at(kept, record.pk, moment)
    if version is None or version.change == VersionKind.WITHDRAWN:
        return _not_public(request, kept, record, day, version)
    context = page(request, kept, record, version, at=moment)
    return render(request, "policies/past.html", context | {"day": day})


def _not_public(
    request: HttpRequest, kept: Kept, record: Any, day: date, version: PublicVersion | None
) -> HttpResponse:
    later = versions_of(kept, record.pk).filter(since__gte=end_of(day)).order_by("since", "pk")
    again = later.filter(change=VersionKind.PUBLISHED).first() or later.first()
    context = {
        "record": record,
        "kept": kept,
        "day": day,
        "withdrawn": version,
        "since": again and again.since,
        "history_url": history_url(record),
    }
    status = 404 if version is None else 410
    return render(request, "policies/not_yet.html", context, status=status)


def page(
    request: HttpRequest,
    kept: Kept,
    record: Any,
    version: PublicVersion,
    *,
    at: datetime | None = None,
) -> dict[str, Any]:
    """What a page of the past shows of `version`, which is one of `record`."""
    state = Visible([version.fields], at=at).of(version.fields)
    held = {f.name: Shown(f, state[f.name]) for f in kept.fields if state.get(f.name) not in EMPTY}
    facts = [row for name, row in held.items() if name not in (*TITLES, *READ, *PLACE)]
    return {
        "record": record,
        "kept": kept,
        "version": version,
        "state": state,
        "facts": sorted(facts, key=lambda row: row.field.name not in FIRST),
        "read": [held[name] for name in READ if name in held],
        "canonical": request.build_absolute_uri(record.get_absolute_url()),
        "history_url": history_url(record),
    }
