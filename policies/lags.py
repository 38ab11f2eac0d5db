"""How long after one thing another happened, as exactly as both dates are known.

Days are counted between two days only. With a month on either side it is about so
many months; with a quarter or a year on either side nobody can tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.newsletter.dates import DAY, MONTH, PreciseDate


@dataclass(frozen=True, slots=True)
class Lag:
    """Days, or where these are not known about so many months; below zero for earlier."""

    days: int | None = None
    months: int | None = None

    def __str__(self) -> str:
        if self.days is not None:
            return _in_days(self.days)
        return _("unknown") if self.months is None else _in_months(self.months)


def lag(first: PreciseDate | None, then: PreciseDate | None) -> Lag:
    """From `first` to `then`; an empty lag where one is missing or less exact than a month."""
    if first is None or then is None:
        return Lag()
    exact = {first.precision, then.precision}
    if exact == {DAY}:
        return Lag(days=(then.value - first.value).days)
    if exact <= {DAY, MONTH}:
        years = then.value.year - first.value.year
        return Lag(months=12 * years + then.value.month - first.value.month)
    return Lag()


def _in_days(days: int) -> str:
    if not days:
        return _("the same day")
    number = abs(days)
    said = (
        ngettext("%(number)d day later", "%(number)d days later", number)
        if days > 0
        else ngettext("%(number)d day earlier", "%(number)d days earlier", number)
    )
    return said % {"number": number}


def _in_months(months: int) -> str:
    if not months:
        return _("within the same month")
    number = abs(months)
    said = (
        ngettext("about %(number)d month later", "about %(number)d months later", number)
        if months > 0
        else ngettext("about %(number)d month earlier", "about %(number)d months earlier", number)
    )
    return said % {"number": number}
