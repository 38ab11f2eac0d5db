"""What the list of changes is asked for: kind of record, from when, until when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext

from policies.filterperiods import PeriodField
from policies.models import PublicVersion
from policies.newsletter.dates import PreciseDate
from policies.vocabulary import VersionKind

from .kinds import KEPT

PARAMETERS = ("kind", "since", "until", "page")
# Whose withdrawal is told by itself; targets go with their policies.
WITHDRAWN_BY_THEMSELVES = ("policy", "event")
# Days beyond these have no moment in every time zone.
FIRST, LAST = date(1900, 1, 1), date(9000, 1, 1)


class BadDay(ValueError):
    """What was given is no day of the past; the message says what is wanted."""


@dataclass(slots=True)
class Asked:
    """A question to the list of changes; where there are `errors`, it finds nothing."""

    kind: str = ""
    since: PreciseDate | None = None
    until: PreciseDate | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)

    def versions(self) -> QuerySet[PublicVersion]:
        """Corrections of what is public today and withdrawals, newest first.

        Without a kind, targets are left to their policies, whose versions tell of them.
        """
        if self.errors:
            return PublicVersion.objects.none()
        found = PublicVersion.objects.filter(self._chosen())
        if self.since:
            found = found.filter(since__gte=start_of(self.since.start))
        if self.until:
            found = found.filter(since__lt=end_of(self.until.value))
        return found

    def _chosen(self) -> Q:
        names = [self.kind] if self.kind else [name for name in KEPT if name != "target"]
        chosen = Q(pk__in=[])
        for kept in (KEPT[name] for name in names):
            public = Exists(kept.public().filter(pk=OuterRef("record_id")))
            corrected = Q(public, change=VersionKind.CORRECTED)
            if kept.name in WITHDRAWN_BY_THEMSELVES:
                corrected |= Q(change=VersionKind.WITHDRAWN)
            chosen |= Q(kind=kept.stored) & corrected
        return chosen


def asked(query: QueryDict) -> Asked:
    """What a query string asks for. What makes no sense is an error that names it."""
    found = Asked()
    for name, values in query.lists():
        if name not in PARAMETERS:
            allowed = {"allowed": ", ".join(PARAMETERS)}
            told = gettext("There is no such parameter. Allowed: %(allowed)s.") % allowed
            found.errors.append((name, told))
        elif len(values) > 1:
            found.errors.append((name, gettext("It is given more than once.")))
    found.kind = query.get("kind", "")
    if found.kind and found.kind not in KEPT:
        given = {"value": found.kind, "allowed": ", ".join(KEPT)}
        told = gettext("“%(value)s” is not known. Allowed: %(allowed)s.") % given
        found.errors.append(("kind", told))
    found.since, found.until = (_period(query, name, found) for name in ("since", "until"))
    return found


def _period(query: QueryDict, name: str, found: Asked) -> PreciseDate | None:
    try:
        return PeriodField(required=False).clean(query.get(name, ""))
    except ValidationError as error:
        found.errors.append((name, " ".join(error.messages)))
        return None


def past_day(values: list[Any]) -> date:
    """The day that `as_of` names, today at the latest. Raises BadDay."""
    if len(values) != 1:
        raise BadDay(gettext("It is given more than once."))
    try:
        day = date.fromisoformat(values[0])
    except ValueError:
        day = None
    if day is None or day.isoformat() != values[0]:
        told = gettext("“%(value)s” is no day. Write it as year, month, day: 2024-06-30.")
        raise BadDay(told % {"value": values[0]})
    if day > localdate():
        raise BadDay(gettext("%(day)s is still to come.") % {"day": values[0]})
    return day


def start_of(day: date) -> datetime:
    """The first moment of a day where the site is; of the outermost years, near enough."""
    return make_aware(datetime.combine(min(max(day, FIRST), LAST), time.min))


def end_of(day: date) -> datetime:
    """The moment at which a day is over."""
    return start_of(min(day, LAST) + timedelta(days=1))
