"""What a query string means: one FilterSet for each kind of record.

Values of one parameter are alternatives, different parameters narrow. A bad or
unknown parameter is an error that names it; it never widens a result.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django.http import QueryDict
from pyroaring import BitMap

from policies.filterkinds import (
    AllOfFilter,
    BoundFilter,
    DueFilter,
    HasFilter,
    InForceFilter,
    ManyFilter,
    Options,
    WayFilter,
    kept,
    records,
    words,
)
from policies.filteroptions import companies, issue_dates, units, years
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    Policy,
    Region,
    Sector,
    Target,
    Term,
)
from policies.search.found import NAMES, RELEVANCE, Found
from policies.search.index import Index, current_index
from policies.search.orders import ORDERS
from policies.search.query import Query, QueryRefused, parse_query
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


def pair(name: str, label: str, options: Options) -> dict[str, ManyFilter]:
    """A filter and its opposite, `name` and `not_name`."""
    shared: dict[str, Any] = {"field_name": name, "options": options}
    return {
        name: ManyFilter(label=label, **shared),
        f"not_{name}": ManyFilter(label=f"Not {label.lower()}", exclude=True, **shared),
    }


def bounds(name: str, label: str) -> dict[str, BoundFilter]:
    """Two filters, `name_after` and `name_before`, both inclusive."""
    return {
        f"{name}_after": BoundFilter(field_name=name, lookup_expr="gte", label=f"{label} from"),
        f"{name}_before": BoundFilter(field_name=name, lookup_expr="lte", label=f"{label} until"),
    }


class TrackerFilterSet(django_filters.FilterSet):
    """A FilterSet that answers from the index and refuses what it does not know."""

    q = django_filters.CharFilter(label="Search")
    exact = django_filters.ChoiceFilter(
        label="Only as typed",
        choices=[("1", "Only as typed")],
        error_messages={"invalid_choice": "“%(value)s” is not known. Allowed: 1."},
    )

    record_kind = ""
    model: Any = None
    default_order = ""
    facets: tuple[str, ...] = ()

    def __init__(self, data: Any) -> None:
        super().__init__(data, queryset=self.model._base_manager.none())
        # All that one page says is read from the index as of here.
        self.index: Index = current_index()

    @property
    def orders(self) -> list[str]:
        """The orders that may be asked for, the usual one first."""
        rest = [name for name in ORDERS[self.record_kind] if name != self.default_order]
        named = [self.default_order, *rest]
        return [RELEVANCE, *named] if self.query and not self.query.is_empty else named

    @property
    def order(self) -> str:
        """The order asked for, else the usual one."""
        return self.data.get("sort") or self.orders[0]

    @cached_property
    def _parsed(self) -> tuple[Query | None, str]:
        typed = self.form.cleaned_data.get("q") if self.form.is_valid() else self.data.get("q")
        if not typed:
            return None, ""
        try:
            return parse_query(typed), ""
        except QueryRefused as refusal:
            return None, str(refusal)

    @property
    def query(self) -> Query | None:
        """The words searched for, as they are read; None without any."""
        return self._parsed[0]

    @cached_property
    def searched(self) -> Query | None:
        """The query with other names of the same things, unless `exact` is asked for."""
        if self.query is None or self.data.get("exact"):
            return self.query
        return NAMES.current(self.index).expanded(self.query)

    @cached_property
    def found(self) -> Found:
        """The question to the index; all that the page says of it is of one version."""
        return Found(self.index, self.record_kind, self.searched)

    @cached_property
    def errors_by_parameter(self) -> list[tuple[str, str]]:
        """Each wrong parameter with what is wrong about it; empty for a good query string."""
        known = set(self.filters) | ALWAYS_ALLOWED
        wrong = [
            (name, f"There is no filter “{name}”. Filters: {', '.join(sorted(known))}.")
            for name in self.data
            if name not in known
        ]
        given = self.data.lists() if isinstance(self.data, QueryDict) else ()
        wrong += [
            (name, f"“{name}” can be given once only.")
            for name, values in given
            if len(values) > 1 and name in known and not self._takes_many(name)
        ]
        for name, errors in self.form.errors.items():
            wrong += [(name, str(message)) for error in errors.as_data() for message in error]
        if self._parsed[1]:
            wrong.append(("q", self._parsed[1]))
        sort = self.data.get("sort")
        if sort and sort not in self.orders:
            wrong.append(("sort", f"“{sort}” is no order. Allowed: {', '.join(self.orders)}."))
        return wrong

    def _takes_many(self, name: str) -> bool:
        return isinstance(self.filters.get(name), ManyFilter)

    @cached_property
    def let_through(self) -> dict[str, BitMap]:
        """The records that each filter in use lets through."""
        return {
            name: self.filters[name].ids(self.found.held, value)
            for name, value in self.form.cleaned_data.items()
            if value and name not in ("q", "exact", "as_one", "split")
        }

    def ids(self, *without: str) -> BitMap:
        """The records found; none where a parameter is wrong.

        `without` names filters to leave out, for counts that ignore their own filter.
        """
        if self.errors_by_parameter:
            return BitMap()
        kept = [ids for name, ids in self.let_through.items() if name not in without]
        return BitMap.intersection(self.found.matching, *kept) if kept else self.found.matching

    def page(self, start: int, stop: int) -> list[int]:
        """The ids from place `start` up to `stop` in the order asked for."""
        return self.found.page(self.ids(), self.order, start, stop)


BODIES = kept(records(IssuingBody))


def _with(filters: dict[str, Any]) -> Any:
    """A base class that declares `filters`."""
    return type("Filters", (TrackerFilterSet,), filters)


def _about_policy(kind: str) -> dict[str, Any]:
    """What policies and targets are filtered by alike."""
    return (
        pair("body", "Issuing body", BODIES)
        | {
            "issuer_all": AllOfFilter(field_name="issuer", label="Issued by", options=BODIES),
            "lead": ManyFilter(field_name="lead", label="Led by", options=BODIES),
            "issued": WayFilter(
                field_name="joint",
                label="Issued",
                options=words([("alone", "By one body"), ("jointly", "Jointly")]),
            ),
            "as_one": django_filters.ChoiceFilter(
                label="Renamed bodies as one",
                choices=[("1", "Yes")],
                error_messages={"invalid_choice": "“%(value)s” is not known. Allowed: 1."},
            ),
        }
        | pair("sector", "Sector", kept(records(Sector)))
        | pair("region", "Region", records(Region))
        | pair("instrument", "Instrument", words(Instrument.choices))
        | pair("level", "Level", words(Level.choices))
        | pair("section", "Section", words(Section.choices))
        | pair("issue", "Issue", issue_dates(kind))
        | bounds("announced", "Announced")
    )


_PolicyFilters: Any = _with(
    _about_policy("policy")
    | pair("status", "Legal status", words(LegalStatus.choices))
    | pair("company", "Answered by company", kept(companies))
    | pair("year", "Year announced", years("policy"))
    | bounds("effective", "Effective")
    | {"in_force_on": InForceFilter(label="In force on")}
    | bounds("due", "Target due")
    | bounds("added", "Added")
    | {
        "has": HasFilter(
            field_name="has",
            label="Has",
            options=words(
                [
                    ("targets", "Targets"),
                    ("quantified", "Targets with figures"),
                    ("amount", "Amounts of money"),
                    ("link", "Official link"),
                ]
            ),
        )
    }
)


class PolicyFilter(_PolicyFilters):
    """Policies."""

    record_kind, model = "policy", Policy
    default_order = "-announced"
    facets = (
        "body", "sector", "instrument", "year", "status", "level", "region", "company", "section",
        "issue", "has",
    )  # fmt: skip


_TargetFilters: Any = _with(
    _about_policy("target")
    | pair("status", "Status", words(TargetStatus.choices))
    | pair("comparator", "Comparator", words(Comparator.choices))
    | pair("unit", "Unit", units)
    | pair("year", "Year due", years("target"))
    | bounds("due", "Due")
    | {
        "quantified": ManyFilter(
            field_name="quantified",
            label="Figure",
            options=words([("yes", "With a figure"), ("no", "Without a figure")]),
        ),
        "due": DueFilter(
            label="Due",
            options=words(
                [("within-a-year", "within a year"), ("overdue", "overdue and unchecked")]
            ),
        ),
        "split": django_filters.ChoiceFilter(
            label="Chart split by",
            choices=[("status", "Status"), ("sector", "Sector")],
            error_messages={"invalid_choice": "“%(value)s” is not known. Allowed: sector, status."},
        ),
    }
)


class TargetFilter(_TargetFilters):
    """Targets, by their own words and their policy's."""

    record_kind, model = "target", Target
    default_order = "due"
    facets = ("year", "status", "body", "sector", "unit", "comparator", "quantified", "instrument",
              "level", "region", "section", "issue")  # fmt: skip


_EventFilters: Any = _with(
    pair("kind", "Kind", words(EventKind.choices))
    | pair("company", "Company", kept(companies))
    | pair("sector", "Sector", kept(records(Sector)))
    | pair("region", "Region", records(Region))
    | pair("issue", "Issue", issue_dates("event"))
    | pair("year", "Year", years("event"))
    | bounds("happened", "Reported")
    | bounds("added", "Added")
)


class EventFilter(_EventFilters):
    """Corporate events."""

    record_kind, model = "event", CorporateEvent
    default_order = "-happened"
    facets = ("kind", "company", "sector", "region", "year", "issue")


_BodyFilters: Any = _with(pair("kind", "Kind", words(BodyKind.choices)))


class BodyFilter(_BodyFilters):
    """Issuing bodies."""

    record_kind, model = "body", IssuingBody
    default_order = "kind"
    facets = ("kind",)


class CompanyFilter(TrackerFilterSet):
    """Companies that public events name."""

    record_kind, model = "company", Company
    default_order = "name"


class SectorFilter(TrackerFilterSet):
    """Sectors, found by their names and what they cover."""

    record_kind, model = "sector", Sector
    default_order = "name"


_TermFilters: Any = _with(pair("sector", "Sector", kept(records(Sector))))


class TermFilter(_TermFilters):
    """Terms of the glossary."""

    record_kind, model = "term", Term
    default_order = "name"
    facets = ("sector",)
