"""What a query string means: one FilterSet for each kind of record.

Values of one parameter are alternatives, different parameters narrow. A bad or
unknown parameter is an error that names it; it never widens a result.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from policies.companysums import by_value, companies_in, money_of
from policies.filterkinds import (
    UNKNOWN,
    AllOfFilter,
    BoundFilter,
    DueFilter,
    HasFilter,
    InForceFilter,
    MainFilter,
    ManyFilter,
    NoneOfFilter,
    Option,
    Options,
    WayFilter,
    kept,
    records,
    words,
)
from policies.filteroptions import (
    companies,
    countries,
    currencies,
    issue_dates,
    months,
    units,
    years,
)
from policies.filterslugs import SlugsFilter
from policies.languages import lowered
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
from policies.search.index import Index, KindIndex, current_index
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


def pair(name: str, label: Any, options: Options) -> dict[str, ManyFilter]:
    """A filter and its opposite, `name` and `not_name`."""
    shared: dict[str, Any] = {"field_name": name, "options": options}
    return {
        name: ManyFilter(label=label, **shared),
        f"not_{name}": ManyFilter(
            label=format_lazy(_("Not {label}"), label=lowered(label)), exclude=True, **shared
        ),
    }


def bounds(name: str, label: Any) -> dict[str, BoundFilter]:
    """Two filters, `name_after` and `name_before`, both inclusive."""
    return {
        f"{name}_after": BoundFilter(
            field_name=name, lookup_expr="gte", label=format_lazy(_("{label} from"), label=label)
        ),
        f"{name}_before": BoundFilter(
            field_name=name, lookup_expr="lte", label=format_lazy(_("{label} until"), label=label)
        ),
    }


def unknown(name: str, known: Iterable[str]) -> str:
    """What is said of a parameter that no filter reads."""
    told = {"name": name, "known": ", ".join(sorted(known))}
    return gettext("There is no filter “%(name)s”. Filters: %(known)s.") % told


class TrackerFilterSet(django_filters.FilterSet):
    """A FilterSet that answers from the index and refuses what it does not know."""

    q = django_filters.CharFilter(label=_("Search"))
    exact = django_filters.ChoiceFilter(
        label=_("Only as typed"),
        choices=[("1", _("Only as typed"))],
        error_messages={"invalid_choice": _("“%(value)s” is not known. Allowed: 1.")},
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
        wrong = [(name, unknown(name, known)) for name in self.data if name not in known]
        given = self.data.lists() if isinstance(self.data, QueryDict) else ()
        wrong += [
            (name, gettext("“%(name)s” can be given once only.") % {"name": name})
            for name, values in given
            if len(values) > 1 and name in known and not self._takes_many(name)
        ]
        for name, errors in self.form.errors.items():
            wrong += [(name, str(message)) for error in errors.as_data() for message in error]
        if self._parsed[1]:
            wrong.append(("q", self._parsed[1]))
        sort = self.data.get("sort")
        if sort and sort not in self.orders:
            told = {"value": sort, "allowed": ", ".join(self.orders)}
            wrong.append(("sort", gettext("“%(value)s” is no order. Allowed: %(allowed)s.") % told))
        return wrong

    def _takes_many(self, name: str) -> bool:
        return isinstance(self.filters.get(name), ManyFilter)

    @cached_property
    def let_through(self) -> dict[str, BitMap]:
        """The records that each filter in use lets through."""
        return {
            name: self.filters[name].ids(self.found.held, value)
            for name, value in self.form.cleaned_data.items()
            if value and name not in ("q", "exact", "as_one", "split", "by", "reading")
        }

    def ids(self, *without: str) -> BitMap:
        """The records found; none where a parameter is wrong.

        `without` names filters to leave out, for counts that ignore their own filter.
        """
        if self.errors_by_parameter:
            return BitMap()
        kept = [ids for name, ids in self.let_through.items() if name not in without]
        return BitMap.intersection(self.found.matching, *kept) if kept else self.found.matching

    def counts(self, name: str, *without: str) -> dict[str, int]:
        """How many records found have each value of the filter `name`.

        `without` names filters to leave out, as in `ids`.
        """
        base = self.ids(*without)
        values = self.found.held.values.get(self.filters[name].field_name, {})
        if not base:
            return {}
        if len(base) == len(self.found.held.everything):
            return {key: len(ids) for key, ids in values.items()}
        return {key: n for key, ids in values.items() if (n := base.intersection_cardinality(ids))}

    def page(self, start: int, stop: int) -> list[int]:
        """The ids from place `start` up to `stop` in the order asked for."""
        return self.found.page(self.ids(), self.order, start, stop)


BODIES = kept(records(IssuingBody))


def _main_bodies() -> list[Option]:
    """The bodies, and that none is known."""
    return [*BODIES(), Option(UNKNOWN, UNKNOWN, gettext("Unknown"))]


def _with(filters: dict[str, Any]) -> Any:
    """A base class that declares `filters`."""
    return type("Filters", (TrackerFilterSet,), filters)


def _about_policy(kind: str) -> dict[str, Any]:
    """What policies and targets are filtered by alike."""
    return (
        pair("body", _("Issuing body"), BODIES)
        | {
            "issuer_all": AllOfFilter(field_name="issuer", label=_("Issued by"), options=BODIES),
            "not_issuer": NoneOfFilter(
                field_name="issuer", label=_("Not issued by"), options=BODIES
            ),
            "lead": ManyFilter(field_name="lead", label=_("Led by"), options=BODIES),
            "main": MainFilter(label=_("Lead or only issuer"), options=_main_bodies),
            "issued": WayFilter(
                field_name="joint",
                label=pgettext_lazy("how many issued it", "Issued"),
                options=words([("alone", _("By one body")), ("jointly", _("Jointly"))]),
            ),
            "as_one": django_filters.ChoiceFilter(
                label=_("Renamed bodies as one"),
                choices=[("1", _("Yes"))],
                error_messages={"invalid_choice": _("“%(value)s” is not known. Allowed: 1.")},
            ),
        }
        | pair("sector", _("Sector"), kept(records(Sector)))
        | pair("region", _("Region"), records(Region))
        | pair("instrument", _("Instrument"), words(Instrument.choices))
        | pair("level", _("Level"), words(Level.choices))
        | pair("section", _("Section"), words(Section.choices))
        | pair("issue", _("Issue"), issue_dates(kind))
        | bounds("announced", _("Announced"))
    )


def _over_time(**splits: Any) -> dict[str, Any]:
    """How counts over time are shown: by which period, in which parts; no matter of the set."""
    allowed = ", ".join(sorted([*splits, "none"]))
    return {
        "by": django_filters.ChoiceFilter(
            label=_("Counted by"),
            choices=[("month", _("Month")), ("quarter", _("Quarter")), ("year", _("Year"))],
            error_messages={
                "invalid_choice": _("“%(value)s” is not known. Allowed: month, quarter, year.")
            },
        ),
        "split": django_filters.ChoiceFilter(
            label=_("Split by"),
            choices=[("none", _("None")), *splits.items()],
            error_messages={
                "invalid_choice": format_lazy(
                    _("“%(value)s” is not known. Allowed: {allowed}."), allowed=allowed
                )
            },
        ),
    }


_PolicyFilters: Any = _with(
    _about_policy("policy")
    | _over_time(sector=_("Sector"), instrument=_("Instrument"), body=_("Body"))
    | pair("status", _("Legal status"), words(LegalStatus.choices))
    | pair("company", _("Answered by company"), kept(companies))
    | pair("year", _("Year announced"), years("policy"))
    | bounds("effective", _("Effective"))
    | {"in_force_on": InForceFilter(label=_("In force on"))}
    | bounds("due", _("Target due"))
    | bounds("deadline", _("Deadline"))
    | bounds("added", pgettext_lazy("to the tracker", "Added"))
    | {
        "has": HasFilter(
            field_name="has",
            label=_("Has"),
            options=words(
                [
                    ("targets", _("Targets")),
                    ("quantified", _("Targets with figures")),
                    ("amount", _("Amounts of money")),
                    ("link", _("Official link")),
                ]
            ),
        ),
        "lacks": HasFilter(
            field_name="lacks",
            label=_("Lacks"),
            options=words(
                [
                    ("link", _("Official link")),
                    ("title_zh", _("Chinese title")),
                    ("date", _("Date announced")),
                    ("day", _("Exact day announced")),
                    ("issuer", _("Issuing body")),
                    ("body", _("Registered body of each issuer")),
                    ("instrument", _("Instrument")),
                    ("sector", _("Sector")),
                    ("issue", _("Newsletter issue")),
                ]
            ),
        ),
        "month": ManyFilter(
            field_name="month", label=_("Month announced"), options=months("policy")
        ),
        "in": SlugsFilter(field_name="pk", label=_("Reading list"), model=Policy),
        # Kept for the reader from page to page; it finds nothing.
        "reading": SlugsFilter(field_name="pk", label=_("Kept to read"), model=Policy),
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
    | pair("status", _("Status"), words(TargetStatus.choices))
    | pair("comparator", _("Comparator"), words(Comparator.choices))
    | pair("unit", _("Unit"), units)
    | pair("year", _("Year due"), years("target"))
    | bounds("due", _("Due"))
    | {
        "quantified": ManyFilter(
            field_name="quantified",
            label=_("Figure"),
            options=words([("yes", _("With a figure")), ("no", _("Without a figure"))]),
        ),
        "due": DueFilter(
            label=_("Due"),
            options=words(
                [("within-a-year", _("within a year")), ("overdue", _("overdue and unchecked"))]
            ),
        ),
        "split": django_filters.ChoiceFilter(
            label=_("Chart split by"),
            choices=[("status", _("Status")), ("sector", _("Sector"))],
            error_messages={
                "invalid_choice": _("“%(value)s” is not known. Allowed: sector, status.")
            },
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
    _over_time(sector=_("Sector"), kind=_("Kind"))
    | {"month": ManyFilter(field_name="month", label=_("Month reported"), options=months("event"))}
    | pair("kind", _("Kind"), words(EventKind.choices))
    | pair("company", _("Company"), kept(companies))
    | pair("sector", _("Sector"), kept(records(Sector)))
    | pair("region", _("Region"), records(Region))
    | pair("issue", _("Issue"), issue_dates("event"))
    | pair("year", _("Year"), years("event"))
    | pair("currency", _("Currency"), currencies)
    | bounds("happened", _("Reported"))
    | bounds("added", pgettext_lazy("to the tracker", "Added"))
    | {
        "answers": SlugsFilter(field_name="answers", label=_("Answers the policy"), model=Policy),
        "has": HasFilter(
            field_name="has",
            label=_("Has"),
            options=words([("answers", _("A policy that it answers"))]),
        ),
        "lacks": HasFilter(
            field_name="lacks",
            label=_("Lacks"),
            options=words(
                [
                    ("date", _("Date")),
                    ("link", _("Source with a link")),
                    ("company", _("Company")),
                    ("sector", _("Sector")),
                ]
            ),
        ),
    }
)


class EventFilter(_EventFilters):
    """Corporate events."""

    record_kind, model = "event", CorporateEvent
    default_order = "-happened"
    facets = ("kind", "company", "sector", "region", "year", "currency", "issue")


_BodyFilters: Any = _with(pair("kind", _("Kind"), words(BodyKind.choices)))


class BodyFilter(_BodyFilters):
    """Issuing bodies."""

    record_kind, model = "body", IssuingBody
    default_order = "kind"
    facets = ("kind",)


def _of_events(name: str, label: Any, options: Options) -> dict[str, ManyFilter]:
    return {name: ManyFilter(field_name=name, label=label, options=options)}


_CompanyFilters: Any = _with(
    _of_events("kind", _("Kind of event"), words(EventKind.choices))
    | _of_events("sector", _("Sector"), kept(records(Sector)))
    | _of_events("region", _("Region"), records(Region))
    | _of_events("year", _("Year of event"), years("event"))
    | _of_events("currency", _("Currency"), currencies)
    | {"country": ManyFilter(field_name="country", label=_("Based in"), options=countries)}
)


class CompanyFilter(_CompanyFilters):
    """Companies that public events name, with an event that meets all filters of events at once."""

    record_kind, model = "company", Company
    default_order = "name"
    facets = ("kind", "sector", "year", "currency", "region", "country")
    of_events = ("kind", "sector", "region", "year", "currency")
    sums: ClassVar[dict[str, str]] = {"-cny": "CNY", "-eur": "EUR"}

    @property
    def orders(self) -> list[str]:
        """The orders that may be asked for, those by events and sums of money last."""
        return [*super().orders, "-events", *self.sums]

    @cached_property
    def acts(self) -> KindIndex:
        """The index of the events that companies act in."""
        return self.index.kind("event")

    @cached_property
    def let_through(self) -> dict[str, BitMap]:
        """The events that each filter of events lets through, the companies that others do."""
        return {
            name: self.filters[name].ids(
                self.acts if name in self.of_events else self.found.held, value
            )
            for name, value in self.form.cleaned_data.items()
            if value and name not in ("q", "exact")
        }

    def events(self, *without: str) -> BitMap:
        """The events that meet all filters of events at once."""
        kept = [self.let_through.get(name) for name in self.of_events if name not in without]
        asked = [ids for ids in kept if ids is not None]
        return BitMap.intersection(self.acts.everything, *asked)

    def ids(self, *without: str) -> BitMap:
        """The companies found; none where a parameter is wrong."""
        if self.errors_by_parameter:
            return BitMap()
        found = self.found.matching
        if "country" in self.let_through and "country" not in without:
            found = found & self.let_through["country"]
        if any(name in self.let_through and name not in without for name in self.of_events):
            found = found & companies_in(self.acts, self.events(*without))
        return found

    def counts(self, name: str, *without: str) -> dict[str, int]:
        """How many companies found have an event, or a country, with each value."""
        if name not in self.of_events:
            return super().counts(name, *without)
        return by_value(self.acts, self.events(*without), name, self.ids(*without))

    def page(self, start: int, stop: int) -> list[int]:
        """The companies from place `start` up to `stop`; among equals by name."""
        if self.order != "-events" and self.order not in self.sums:
            return super().page(start, stop)
        ids = self.ids()
        named = self.found.page(ids, "name", 0, len(ids))
        figures = self.figures(named)
        return sorted(named, key=lambda key: (key not in figures, -figures.get(key, 0)))[start:stop]

    def figures(self, companies: list[int]) -> dict[int, Any]:
        """What the order goes by, of the companies that have it: a number of events or a sum."""
        events = self.events()
        own = {key: self.acts.value("company", key) & events for key in companies}
        if self.order == "-events":
            return {key: len(ids) for key, ids in own.items()}
        money = money_of(self.acts, self.sums[self.order])
        named = {key: [money[event] for event in ids if event in money] for key, ids in own.items()}
        return {key: sum(values) for key, values in named.items() if values}


class SectorFilter(TrackerFilterSet):
    """Sectors, found by their names and what they cover."""

    record_kind, model = "sector", Sector
    default_order = "name"


_TermFilters: Any = _with(pair("sector", _("Sector"), kept(records(Sector))))


class TermFilter(_TermFilters):
    """Terms of the glossary."""

    record_kind, model = "term", Term
    default_order = "name"
    facets = ("sector",)
