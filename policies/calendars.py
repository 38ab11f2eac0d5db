"""Searches as calendars (RFC 5545) that other programs subscribe to.

A date that is known to the year, quarter or month stands as an entry of that whole
time, and says that the day is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vDuration, vUri

from policies.agenda import CalendarFilter
from policies.answers import refused, site_of
from policies.dated import READ, Dated, dates_of
from policies.exports import EXPORTED, Exported, Taken
from policies.facets import chips
from policies.models import Target
from policies.models.prose import first_words
from policies.newsletter.dates import DAY
from policies.versions.kinds import kept_of
from policies.versions.latest import BEGINNING, moments
from policies.xmltext import writable

CALENDARS = {name: EXPORTED[name] for name in ("policies", "targets", "events")} | {
    "calendar": Exported("calendar", "calendar", CalendarFilter)
}
PRODUCT = "-//Policy tracker//Calendar//EN"
END = b"END:VCALENDAR\r\n"
# A title has at most so many words.
WORDS = 36
# How often programs are asked to look.
REFRESH = timedelta(hours=12)


@require_safe
def calendar(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The dates of the records of `kind` that the query string finds, as a calendar."""
    taken = Taken(CALENDARS[kind], request.GET, site_of(request), localdate())
    if taken.errors:
        return refused(taken.errors)
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    written = () if request.method == "HEAD" else entries(taken, host)
    disposition = content_disposition_header(False, f"{taken.file_name}.ics")
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": disposition or "inline",
        "X-Record-Count": str(len(taken.ids)),
        "X-Complete": "false" if taken.is_partial else "true",
    }
    return StreamingHttpResponse(written, headers=headers)


def entries(taken: Taken, host: str) -> Iterator[bytes]:
    """The calendar in parts: its head, the dates of some records each, its end."""
    yield _head(taken).to_ical().removesuffix(END)
    for group in taken.groups(*READ[taken.kind.model]):
        changed = _changed(group)
        for record in group:
            shown = getattr(taken.filterset, "shows", None)
            dates = [one for one in dates_of(record) if shown is None or shown(one)]
            written = [
                _entry(one, taken.site, host, changed.get(one.record, changed[record]))
                for one in dates
            ]
            yield b"".join(entry.to_ical() for entry in written)
    yield END


def _head(taken: Taken) -> Calendar:
    made = Calendar()
    asked = ", ".join(f"{one.label}: {one.value}" for one in chips(taken.filterset, taken.query))
    name = f"Policy tracker: {taken.kind.name}" + (f", {asked}" if asked else "")
    # A line of a calendar ends where the text breaks.
    name = " ".join(writable(name).split())
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        made.add(key, name)
    made.add("url", taken.address)
    made.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))
    return made


def _changed(records: list[Any]) -> dict[Any, datetime]:
    """When what the public sees of each record, and of the targets read with it, changed last."""
    targets = [t for record in records for t in _targets(record)]
    found: dict[Any, datetime] = {}
    for rows in (records, targets):
        kept = kept_of(type(rows[0])) if rows else None
        known = moments(kept, [row.pk for row in rows]) if kept else {}
        for row in rows:
            found[row] = known[row.pk][1] if row.pk in known else BEGINNING
    return found


def _targets(record: Any) -> list[Target]:
    return list(record.targets.all()) if hasattr(record, "targets") else []


def _entry(dated: Dated, site: str, host: str, changed: datetime) -> Event:
    made, when, address = Event(), dated.when, site + dated.record.get_absolute_url()
    label = dated.label
    if when.precision != DAY:
        label = f"{label} in {when} (day not known)"
    made.add("uid", f"{dated.key}@{host}")
    made.add("dtstamp", changed.astimezone(UTC))
    made.add("last-modified", changed.astimezone(UTC))
    made.add("summary", f"{label}: {first_words(dated.text, WORDS) or _title(dated.record)}")
    made.add("dtstart", when.start)
    if when.value < date.max:
        made.add("dtend", when.value + timedelta(days=1))
    made.add("description", "\n".join(_said(dated, address)))
    made.add("url", vUri(address))
    made.add("categories", [dated.kind])
    made.add("transp", "TRANSPARENT")
    return made


def _title(record: Any) -> str:
    return first_words(getattr(record, "display_title", "") or record.metric or record.text, WORDS)


def _said(dated: Dated, address: str) -> Iterator[str]:
    record = getattr(dated.record, "policy", dated.record)
    if dated.when.precision != DAY:
        yield f"Known to the {dated.when.precision} only: {dated.when}."
    yield first_words(record.display_title, WORDS)
    if getattr(record, "title_zh", ""):
        yield record.title_zh
    if isinstance(dated.record, Target):
        yield first_words(dated.record.text, 120)
    yield address
