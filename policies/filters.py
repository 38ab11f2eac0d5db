"""What a query string means: one FilterSet for each kind of record.

Values of one parameter are alternatives, different parameters narrow. A bad or
unknown parameter is an error that names it; it never widens a result.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from policies.companyfilter import CompanyFilter
from policies.filterkinds import (
    UNKNOWN,
    AllOfFilter,
    DueFilter,
    HasFilter,
    MainFilter,
    ManyFilter,
    NoneOfFilter,
    Option,
    WayFilter,
    words,
)
from policies.filteroptions import (
    ANY_CURRENCY,
    ANY_MONTH,
    ANY_QUARTER,
    ANY_YEAR,
    BODIES,
    COMPANIES,
    REGIONS,
    SECTORS,
    currencies,
    issue_dates,
    months,
    quarters,
    units,
    years,
)
from policies.filterperiods import InForceFilter
from policies.filtersets import TrackerFilterSet, bounds, declared, one_of, pair, unknown
from policies.filterslugs import OfPoliciesFilter, SlugsFilter
from policies.models import CorporateEvent, IssuingBody, Policy, Sector, Target, Term
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

__all__ = [
    "BodyFilter",
    "CompanyFilter",
    "EventFilter",
    "PolicyFilter",
    "SectorFilter",
    "TargetFilter",
    "TermFilter",
    "TrackerFilterSet",
    "unknown",
]


# What a policy has and lacks; its targets have the same, but for the first.
OWN = (
    ("targets", _("Targets")),
    ("quantified", _("Targets with figures")),
    ("measures", pgettext_lazy("provisions", "Measures")),
)
HAD = (("amount", _("Amounts of money")), ("link", _("Official link")))
LACKING = [
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


def _main_bodies() -> list[Option]:
    """The bodies, and that none is known."""
    return [*BODIES(), Option(UNKNOWN, UNKNOWN, gettext("Unknown"))]


def _about_policy(kind: str) -> dict[str, Any]:
    """What policies and targets are filtered by alike."""
    of = "" if kind == "policy" else "policy_"
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
            "as_one": one_of(_("Renamed bodies as one"), {"1": _("Yes")}),
        }
        | pair("sector", _("Sector"), SECTORS)
        | {
            "sector_all": HasFilter(
                field_name="sector", label=_("In each of the sectors"), options=SECTORS
            )
        }
        | pair("region", _("Region"), REGIONS)
        | pair("instrument", _("Instrument"), words(Instrument.choices))
        | pair("level", _("Level"), words(Level.choices))
        | pair("section", _("Section"), words(Section.choices))
        | pair("issue", _("Issue"), issue_dates(kind))
        | _periods(kind, _("Month announced"), _("Quarter announced"))
        | bounds("announced", _("Announced"))
        | bounds("effective", _("Effective"))
        | {"in_force_on": InForceFilter(label=_("In force on"))}
        | bounds("deadline", _("Deadline"))
        | bounds("added", pgettext_lazy("to the tracker", "Added"), f"{of}added")
        | pair("company", _("Answered by company"), COMPANIES)
        | {"lacks": HasFilter(field_name="lacks", label=_("Lacks"), options=words(LACKING))}
    )


def _periods(kind: str, month: Any, quarter: Any) -> dict[str, Any]:
    """In which month or quarter records fall."""
    return {
        "month": ManyFilter(
            field_name="month", label=month, options=months(kind), wellformed=ANY_MONTH
        ),
        "quarter": ManyFilter(
            field_name="quarter", label=quarter, options=quarters(kind), wellformed=ANY_QUARTER
        ),
    }


def _having(*choices: tuple[str, Any]) -> HasFilter:
    return HasFilter(field_name="has", label=_("Has"), options=words(list(choices)))


def _over_time(**splits: Any) -> dict[str, Any]:
    """How counts over time are shown: by which period, in which parts; no matter of the set."""
    periods = {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}
    return {
        "by": one_of(_("Counted by"), periods),
        "split": one_of(_("Split by"), {"none": _("None")} | splits),
    }


_PolicyFilters: Any = declared(
    _about_policy("policy")
    | _over_time(sector=_("Sector"), instrument=_("Instrument"), body=_("Body"))
    | pair("status", _("Legal status"), words(LegalStatus.choices))
    | pair("year", _("Year announced"), years("policy"), ANY_YEAR)
    | bounds("due", _("Target due"))
    | {
        "has": _having(*OWN, *HAD),
        "without": ManyFilter(
            field_name="has", label=_("Without"), options=words([*OWN, *HAD]), exclude=True
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


_TargetFilters: Any = declared(
    _about_policy("target")
    | pair("status", _("Status"), words(TargetStatus.choices))
    | pair("comparator", _("Comparator"), words(Comparator.choices))
    | pair("unit", _("Unit"), units)
    | pair("year", _("Year due"), years("target"), ANY_YEAR)
    | bounds("due", _("Due"))
    | pair("policy_status", _("Legal status of the policy"), words(LegalStatus.choices))
    | {
        "has": _having(*HAD),
        "in": OfPoliciesFilter(label=_("Reading list"), model=Policy),
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
        "split": one_of(_("Chart split by"), {"status": _("Status"), "sector": _("Sector")}),
    }
)


# What targets are asked of their policy, by the name by which policies are asked the same;
# what is not named here only targets have.
OF_POLICY = {
    **{name: name for name in ("q", "exact", *_about_policy("target"), "has", "in")},
    **{f"{not_}policy_status": f"{not_}status" for not_ in ("", "not_")},
}


class TargetFilter(_TargetFilters):
    """Targets, by their own words and their policy's."""

    record_kind, model = "target", Target
    default_order = "due"
    facets = (
        "year", "status", "body", "sector", "unit", "comparator", "quantified", "instrument",
        "policy_status", "level", "region", "company", "section", "issue", "has",
    )  # fmt: skip


_EventFilters: Any = declared(
    _over_time(sector=_("Sector"), kind=_("Kind"))
    | _periods("event", _("Month reported"), _("Quarter reported"))
    | pair("kind", _("Kind"), words(EventKind.choices))
    | pair("company", _("Company"), COMPANIES)
    | pair("sector", _("Sector"), SECTORS)
    | pair("region", _("Region"), REGIONS)
    | pair("issue", _("Issue"), issue_dates("event"))
    | pair("year", _("Year"), years("event"), ANY_YEAR)
    | pair("currency", _("Currency"), currencies, ANY_CURRENCY)
    | bounds("happened", _("Reported"))
    | bounds("added", pgettext_lazy("to the tracker", "Added"))
    | {
        "answers": SlugsFilter(field_name="answers", label=_("Answers the policy"), model=Policy),
        "has": _having(("answers", _("A policy that it answers"))),
        "lacks": HasFilter(
            field_name="lacks",
            label=_("Lacks"),
            options=words(
                [
                    ("date", _("Date")),
                    ("link", _("Source with a link")),
                    ("company", _("Company")),
                    ("sector", _("Sector")),
                    ("issue", _("Newsletter issue")),
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


_BodyFilters: Any = declared(pair("kind", _("Kind"), words(BodyKind.choices)))


class BodyFilter(_BodyFilters):
    """Issuing bodies."""

    record_kind, model = "body", IssuingBody
    default_order = "kind"
    facets = ("kind",)


class SectorFilter(TrackerFilterSet):
    """Sectors, found by their names and what they cover."""

    record_kind, model = "sector", Sector
    default_order = "name"


_TermFilters: Any = declared(pair("sector", _("Sector"), SECTORS))


class TermFilter(_TermFilters):
    """Terms of the glossary."""

    record_kind, model = "term", Term
    default_order = "name"
    facets = ("sector",)
