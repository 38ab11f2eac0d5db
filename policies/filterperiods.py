"""Filters by time: from a day on or up to it, and what applied then.

A day, a month or a year can be asked for. What a record says no more exactly than that is
never taken for more: where a day lies within it, nobody can tell.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from pyroaring import BitMap

from policies.languages import dated
from policies.newsletter.dates import PreciseDate
from policies.search.index import KindIndex

PERIOD = re.compile("[0-9]{1,4}(-[0-9]{1,2}){0,2}")
UNKNOWN = "unknown"
# Before a period: those of which nobody can tell whether they apply then.
UNSURE = f"{UNKNOWN}-"


class PeriodField(forms.Field):
    """A day, month or year written as 2024-04-26, 2024-04 or 2024."""

    def to_python(self, value: Any) -> PreciseDate | None:
        value = str(value or "").strip()
        if not value:
            return None
        try:
            if not PERIOD.fullmatch(value):
                raise ValueError(value)
            return PreciseDate.of(*(int(part) for part in value.split("-")))
        except (ValueError, TypeError, OverflowError):
            raise ValidationError(
                gettext(
                    "“%(value)s” is no date. Write a day, month or year: "
                    "2024-04-26, 2024-04 or 2024."
                )
                % {"value": value}
            ) from None


def in_words(value: str) -> str:
    """A period in the reader's language; what is none as it is."""
    try:
        return dated(PeriodField(required=False).to_python(value)) or value
    except ValidationError:
        return value


class Stateless(django_filters.Filter):
    """A filter whose parts a FilterSet may share with the next."""

    def __deepcopy__(self, memo: Any) -> Stateless:
        return copy(self)


class BoundFilter(Stateless):
    """Records on or after (or on or before) a period; the period's own days count."""

    field_class = PeriodField

    def ids(self, held: KindIndex, value: PreciseDate) -> BitMap:
        """The records that the bound lets through."""
        if self.lookup_expr == "gte":
            return held.value_range(self.field_name, value.start.isoformat(), None)
        return held.value_range(self.field_name, None, value.value.isoformat())

    def told(self, value: str) -> str:
        """A value as chips show it."""
        return in_words(value)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A period of which is asked what nobody can tell of; `None` asks it of all time."""

    period: PreciseDate | None = None


class InForceField(PeriodField):
    """A period; or “unknown”, alone or before a period."""

    def to_python(self, value: Any) -> Any:
        value = str(value or "").strip()
        if value == UNKNOWN:
            return Unsure()
        if value.startswith(UNSURE):
            return Unsure(super().to_python(value.removeprefix(UNSURE) or value))
        return super().to_python(value)


class InForceFilter(Stateless):
    """Records that apply at some time in a period, or of which nobody can tell.

    A record surely applies from the end of the period that its first day is known to, and
    until the beginning of the one that its last day is known to. What lies between is unsure.
    """

    field_class = InForceField

    def ids(self, held: KindIndex, value: PreciseDate | Unsure) -> BitMap:
        """The records that surely apply then; or those of which that is not known."""
        if isinstance(value, PreciseDate):
            return _applying(held, value, "applies_from", "may_expire")
        unknown = held.value("applies", UNKNOWN)
        if value.period is None:
            return unknown
        may_apply = _applying(held, value.period, "may_apply_from", "expires")
        return unknown | (may_apply - self.ids(held, value.period))

    def told(self, value: str) -> str:
        """A value as chips show it."""
        if not value.startswith(UNKNOWN):
            return in_words(value)
        day = value.removeprefix(UNSURE)
        return gettext("Unknown") if day == UNKNOWN else f"{in_words(day)} ({gettext('Unknown')})"


def _applying(held: KindIndex, period: PreciseDate, first: str, last: str) -> BitMap:
    """The records whose `first` day lies before the end of a period, and not their `last` one."""
    begun = held.value_range(first, None, period.value.isoformat())
    if period.start == date.min:
        return begun
    return begun - held.value_range(last, None, (period.start - timedelta(days=1)).isoformat())
