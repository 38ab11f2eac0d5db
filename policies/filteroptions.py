"""Which values a filter offers where no closed list says it: what public records hold today."""

from __future__ import annotations

from policies.filterkinds import Option, Options
from policies.models import Company, NewsletterIssue
from policies.search.index import INDEX


def issue_dates(kind: str) -> Options:
    """The issues in which public records of a kind stand, latest first."""

    def options() -> list[Option]:
        dates = INDEX.kind(kind).values.get("issue", {})
        issues = NewsletterIssue.objects.filter(published_on__in=list(dates))
        rows = issues.order_by("-published_on").values_list("published_on", "title")
        return [Option(str(day), str(day), f"{title}, {day:%-d %B %Y}") for day, title in rows]

    return options


def companies() -> list[Option]:
    """The companies that public events name."""
    public = INDEX.kind("company").everything
    rows = Company.objects.filter(pk__in=list(public)).order_by("name_en")
    named = rows.values_list("pk", "slug", "name_en", "name_zh")
    return [Option(slug, str(pk), name, name_zh) for pk, slug, name, name_zh in named]


def years(kind: str) -> Options:
    """The years in which public records of a kind fall, latest first."""

    def options() -> list[Option]:
        found = INDEX.kind(kind).values.get("year", {})
        return [
            Option(year, year, "No date" if year == "unknown" else year)
            for year in sorted(found, key=lambda year: (year.isdigit(), year), reverse=True)
        ]

    return options


def units() -> list[Option]:
    """The units in which public targets are measured."""
    return [
        Option(unit, unit, unit) for unit in sorted(INDEX.kind("target").values.get("unit", {}))
    ]
