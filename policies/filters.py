"""What a query string means: one FilterSet for each kind of record.

Values of one parameter are alternatives, different parameters narrow. A bad or
unknown parameter is an error that names it; it never widens a result.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from policies.models import (
    Amount,
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Region,
    Sector,
    Target,
)
from policies.newsletter.dates import PreciseDate
from policies.trees import with_descendants
from policies.vocabulary import (
    BodyKind,
    Comparator,
    EventKind,
    Instrument,
    LegalStatus,
    Level,
    Section,
    TargetStatus,
)

ALWAYS_ALLOWED = {"page", "sort"}


class PeriodField(forms.Field):
    """A day, month or year written as 2024-04-26, 2024-04 or 2024."""

    def to_python(self, value: Any) -> PreciseDate | None:
        value = str(value or "").strip()
        if not value:
            return None
        try:
            return PreciseDate.of(*(int(part) for part in value.split("-")))
        except (ValueError, TypeError):
            raise ValidationError(
                f"“{value}” is no date. Write a day, month or year: 2024-04-26, 2024-04 or 2024."
            ) from None


class BoundFilter(django_filters.Filter):
    """Records on or after (or on or before) a period; the period's own days count."""

    field_class = PeriodField

    def filter(self, queryset, value: PreciseDate | None):
        if value is None:
            return queryset
        bound: date = value.start if self.lookup_expr == "gte" else value.value
        condition = {f"{self.field_name}__{self.lookup_expr}": bound}
        return queryset.filter(pk__in=queryset.model._base_manager.filter(**condition).values("pk"))


class ManyField(forms.MultipleChoiceField):
    """Several values, each of which must exist; the error names the wrong one."""

    def validate(self, value: Any) -> None:
        choices: Any = self.choices
        allowed = {str(key) for key, _ in choices}
        for item in value:
            if item not in allowed:
                listed = ", ".join(sorted(allowed)) if len(allowed) <= 30 else "see the list"
                raise ValidationError(f"“{item}” is not known. Allowed: {listed}.")


class ManyFilter(django_filters.MultipleChoiceFilter):
    """Records with any of the values, or with none of them where `exclude` is set.

    `tree` is a model whose slugs include what is below them.
    """

    field_class = ManyField

    def __init__(self, *, path: str, tree: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.path, self.tree = path, tree

    def filter(self, queryset, value):
        if not value:
            return queryset
        if self.tree is not None:
            condition = Q(**{f"{self.path}__in": with_descendants(self.tree, value)})
        else:
            condition = Q(**{f"{self.path}__in": value})
        chosen = queryset.model._base_manager.filter(condition).values("pk")
        return queryset.exclude(pk__in=chosen) if self.exclude else queryset.filter(pk__in=chosen)


class HasFilter(django_filters.MultipleChoiceFilter):
    """Policies that have all of the things named."""

    field_class = ManyField
    conditions = {
        "targets": Exists(Target.objects.filter(policy=OuterRef("pk"))),
        "quantified": Exists(Target.objects.filter(policy=OuterRef("pk"), value__isnull=False)),
        "amount": Exists(Amount.objects.filter(policy=OuterRef("pk"))),
        "link": ~Q(official_url=""),
    }

    def filter(self, queryset, value):
        for name in value:
            queryset = queryset.filter(self.conditions[name])
        return queryset


def slugs(model: Any):
    """The slugs and names that a filter allows, looked up when asked for."""

    def choices():
        published = getattr(model.objects, "published", model.objects.all)
        return [(row.slug, str(row)) for row in published()]

    return choices


def issue_dates():
    """The dates of the issues that the public sees."""
    return [(str(row.published_on), str(row)) for row in NewsletterIssue.objects.published()]


def years(model: Any, field: str):
    """The years in which public records of `model` fall."""

    def choices():
        found = model.objects.published().dates(field, "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in found]

    return choices


def pair(name: str, label: str, path: str, **kwargs: Any) -> dict[str, ManyFilter]:
    """A filter and its opposite, `name` and `not_name`."""
    return {
        name: ManyFilter(path=path, label=label, **kwargs),
        f"not_{name}": ManyFilter(path=path, label=f"Not {label.lower()}", exclude=True, **kwargs),
    }


def bounds(name: str, label: str, path: str) -> dict[str, BoundFilter]:
    """Two filters, `name_after` and `name_before`, both inclusive."""
    return {
        f"{name}_after": BoundFilter(field_name=path, lookup_expr="gte", label=f"{label} from"),
        f"{name}_before": BoundFilter(field_name=path, lookup_expr="lte", label=f"{label} until"),
    }


class TrackerFilterSet(django_filters.FilterSet):
    """A FilterSet that refuses what it does not know and can leave out one filter."""

    orders: dict[str, tuple[str, ...]] = {}
    default_order = ""
    facets: tuple[str, ...] = ()

    def errors_by_parameter(self) -> list[tuple[str, str]]:
        """Each wrong parameter with what is wrong about it; empty for a good query string."""
        known = set(self.filters) | ALWAYS_ALLOWED
        found = [
            (name, f"There is no filter “{name}”. Filters: {', '.join(sorted(known))}.")
            for name in self.data
            if name not in known
        ]
        for name, errors in self.form.errors.items():
            found += [(name, str(error)) for error in errors]
        sort = self.data.get("sort")
        if sort and sort not in self.orders:
            found.append(("sort", f"“{sort}” is no order. Allowed: {', '.join(self.orders)}."))
        return found

    def records(self, without: str = ""):
        """The records found, unordered; nothing where a parameter is wrong.

        `without` names a filter to leave out, for counts that ignore their own filter.
        """
        if self.errors_by_parameter():
            return self.queryset.none()
        queryset = self.queryset
        for name, value in self.form.cleaned_data.items():
            if name != without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def ordered(self):
        """The records found in the order asked for."""
        sort = self.data.get("sort") or self.default_order
        return self.records().order_by(*self.orders.get(sort, ("pk",)))


def _with(filters: dict[str, Any]) -> Any:
    """A base class that declares `filters`."""
    return type("Filters", (TrackerFilterSet,), filters)


ABOUT_POLICY = {
    "body": ("Issuing body", "bodies", IssuingBody),
    "sector": ("Sector", "sectors", Sector),
    "region": ("Region", "regions", Region),
}


def _policy_filters(prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, (label, path, model) in ABOUT_POLICY.items():
        found |= pair(name, label, prefix + path, tree=model, choices=slugs(model))
    for name, label, path, words in (
        ("instrument", "Instrument", "instrument", Instrument),
        ("level", "Level", "level", Level),
        ("section", "Section", "section", Section),
    ):
        found |= pair(name, label, prefix + path, choices=words.choices)
    found |= pair("issue", "Issue", f"{prefix}issue__published_on", choices=issue_dates)
    return found | bounds("announced", "Announced", f"{prefix}announced_on")


_PolicyFilters: Any = _with(
    _policy_filters("")
    | pair("status", "Legal status", "legal_status", choices=LegalStatus.choices)
    | pair("year", "Year announced", "announced_on__year", choices=years(Policy, "announced_on"))
    | bounds("effective", "Effective", "effective_on")
    | bounds("due", "Target due", "targets__due_on")
    | bounds("added", "Added", "published_at__date")
    | {
        "has": HasFilter(
            label="Has",
            choices=[
                ("targets", "Targets"),
                ("quantified", "Targets with figures"),
                ("amount", "Amounts of money"),
                ("link", "Official link"),
            ],
        )
    }
)


class PolicyFilter(_PolicyFilters):
    """Policies."""

    orders = {
        "-announced": ("-announced_on", "section", "position", "pk"),
        "announced": ("announced_on", "section", "position", "pk"),
        "-added": ("-published_at", "-pk"),
        "title": ("title_en", "headline", "pk"),
    }
    default_order = "-announced"
    facets = (
        "body", "sector", "instrument", "status", "level", "region", "section", "issue", "year",
        "has",
    )  # fmt: skip


_TargetFilters: Any = _with(
    _policy_filters("policy__")
    | pair("status", "Status", "status", choices=TargetStatus.choices)
    | pair("comparator", "Comparator", "comparator", choices=Comparator.choices)
    | pair("year", "Year due", "due_on__year", choices=years(Target, "due_on"))
    | bounds("due", "Due", "due_on")
)


class TargetFilter(_TargetFilters):
    """Targets, by their own words and their policy's."""

    orders = {
        "due": ("due_on", "policy__position", "position", "pk"),
        "-due": ("-due_on", "policy__position", "position", "pk"),
        "-announced": ("-policy__announced_on", "policy_id", "position", "pk"),
    }
    default_order = "due"
    facets = ("year", "status", "body", "sector", "comparator", "instrument", "issue")


_EventFilters: Any = _with(
    pair("kind", "Kind", "kind", choices=EventKind.choices)
    | pair("company", "Company", "companies__slug", choices=slugs(Company))
    | pair("sector", "Sector", "sectors", tree=Sector, choices=slugs(Sector))
    | pair("region", "Region", "regions", tree=Region, choices=slugs(Region))
    | pair("issue", "Issue", "issue__published_on", choices=issue_dates)
    | pair("year", "Year", "happened_on__year", choices=years(CorporateEvent, "happened_on"))
    | bounds("happened", "Reported", "happened_on")
)


class EventFilter(_EventFilters):
    """Corporate events."""

    orders = {
        "-happened": ("-happened_on", "position", "pk"),
        "happened": ("happened_on", "position", "pk"),
    }
    default_order = "-happened"
    facets = ("kind", "company", "sector", "region", "issue", "year")


_BodyFilters: Any = _with(pair("kind", "Kind", "kind", choices=BodyKind.choices))


class BodyFilter(_BodyFilters):
    """Issuing bodies."""

    orders = {"name": ("name_en", "pk"), "abbreviation": ("abbreviation", "name_en", "pk")}
    default_order = "name"
    facets = ("kind",)
