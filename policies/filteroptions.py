"""Which values a filter offers where no closed list says it: what public records hold today.

Years, quarters, months, currencies and common countries may be asked for before a record holds
them: addresses that were followed hold, and a program may go through the years.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext

from policies.commonwords import COUNTRIES, country, unit
from policies.filterkinds import Option, Options, Wellformed, kept, named, records
from policies.filterperiods import UNKNOWN
from policies.languages import dated, mark
from policies.models import Company, IssuingBody, NewsletterIssue, Region, Sector
from policies.models.dates import read_period
from policies.money import NONE
from policies.newsletter.dates import PreciseDate
from policies.search.index import INDEX

YEAR = re.compile(rf"(?!0000)[0-9]{{4}}|{UNKNOWN}")
MONTH = re.compile(rf"(?!0000)[0-9]{{4}}-(0[1-9]|1[0-2]|{UNKNOWN})|{UNKNOWN}")
QUARTER = re.compile(rf"(?!0000)[0-9]{{4}}-(Q[1-4]|{UNKNOWN})|{UNKNOWN}")
CURRENCY = re.compile(rf"[A-Z]{{3}}|{NONE}")


def issue_dates(kind: str) -> Options:
    """The issues in which public records of a kind stand, latest first."""

    def options() -> list[Option]:
        dates = INDEX.kind(kind).values.get("issue", {})
        issues = NewsletterIssue.objects.filter(published_on__in=list(dates))
        rows = issues.order_by("-published_on").values_list("published_on", "title")
        aside = mark("aside")
        return [Option(str(day), str(day), f"{title}{aside}{dated(day)}") for day, title in rows]

    return options


def companies() -> list[Option]:
    """The companies that public events name."""
    public = INDEX.kind("company").everything
    rows = Company.objects.order_by("name_en").values_list("pk", "slug", "name_en", "name_zh")
    return [Option(slug, str(pk), named(en, zh), zh) for pk, slug, en, zh in rows if pk in public]


# Read once for all filters of all kinds of record.
BODIES = kept(records(IssuingBody))
SECTORS = kept(records(Sector))
REGIONS = kept(records(Region))
COMPANIES = kept(companies)


def years(kind: str) -> Options:
    """The years in which public records of a kind fall, latest first."""

    def options() -> list[Option]:
        found = INDEX.kind(kind).values.get("year", {})
        latest_first = sorted(found, key=lambda year: (year.isdigit(), year), reverse=True)
        return [_year(year) for year in latest_first]

    return options


def _year(value: str) -> Option:
    return Option(value, value, gettext("No date") if value == UNKNOWN else value)


def _any_year(value: str) -> Option | None:
    return _year(value) if YEAR.fullmatch(value) else None


def months(kind: str) -> Options:
    """The months in which public records of a kind fall, latest first; unknown ones last."""
    return _periods(kind, "month", month_name)


def quarters(kind: str) -> Options:
    """The quarters in which public records of a kind fall, latest first; unknown ones last."""
    return _periods(kind, "quarter", quarter_name)


def _periods(kind: str, name: str, called: Callable[[str], str]) -> Options:
    def options() -> list[Option]:
        found = INDEX.kind(kind).values.get(name, {})
        latest_first = sorted(found, key=lambda value: (value != UNKNOWN, value), reverse=True)
        return [Option(value, value, called(value)) for value in latest_first]

    return options


def _any_month(value: str) -> Option | None:
    return Option(value, value, month_name(value)) if MONTH.fullmatch(value) else None


def month_name(value: str) -> str:
    """A value of the filter by month in words."""
    year, _, month = value.partition("-")
    if month.isdigit():
        return dated(PreciseDate.of(int(year), int(month)))
    if not month:
        return gettext("No date")
    return gettext("%(year)s, month unknown") % {"year": year}


def _any_quarter(value: str) -> Option | None:
    return Option(value, value, quarter_name(value)) if QUARTER.fullmatch(value) else None


def quarter_name(value: str) -> str:
    """A value of the filter by quarter in words."""
    if period := read_period(value):
        return dated(PreciseDate(*period))
    if value == UNKNOWN:
        return gettext("No date")
    return gettext("%(year)s, quarter unknown") % {"year": value.partition("-")[0]}


def units() -> list[Option]:
    """The units in which public targets are measured."""
    return [
        Option(name, name, unit(name))
        for name in sorted(INDEX.kind("target").values.get("unit", {}))
    ]


def currencies() -> list[Option]:
    """The currencies that public events name, and “none” for those that name no sum."""
    found = INDEX.kind("event").values.get("currency", {})
    return [_currency(value) for value in sorted(found, key=lambda value: (value == NONE, value))]


def _currency(value: str) -> Option:
    return Option(value, value, gettext("No amount") if value == NONE else value)


def _any_currency(value: str) -> Option | None:
    return _currency(value) if CURRENCY.fullmatch(value) else None


def countries() -> list[Option]:
    """The countries in which companies of public events are based."""
    found = INDEX.kind("company").values.get("country", {})
    return [Option(name, name, country(name)) for name in sorted(found)]


def _any_country(value: str) -> Option | None:
    """A common country; others would tell of companies that are not public."""
    return Option(value, value, country(value)) if value in COUNTRIES else None


ANY_YEAR = Wellformed(_any_year, ("YYYY", UNKNOWN))
ANY_MONTH = Wellformed(_any_month, ("YYYY-MM", f"YYYY-{UNKNOWN}", UNKNOWN))
ANY_QUARTER = Wellformed(_any_quarter, ("YYYY-Q1", f"YYYY-{UNKNOWN}", UNKNOWN))
ANY_CURRENCY = Wellformed(_any_currency, ("XXX", NONE))
ANY_COUNTRY = Wellformed(_any_country)
