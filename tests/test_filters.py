"""Each parameter of a list: what it lets through, and what is said of a wrong value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict

from policies import publishing
from policies.filters import (
    BodyFilter,
    CompanyFilter,
    EventFilter,
    PolicyFilter,
    TargetFilter,
    TermFilter,
    TrackerFilterSet,
)
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Region,
    Sector,
    Term,
)
from policies.newsletter import PreciseDate
from policies.search.indexing import batch

FILTERSETS = [PolicyFilter, TargetFilter, EventFilter, BodyFilter, CompanyFilter, TermFilter]

pytestmark = pytest.mark.django_db


def asked(query: str, filterset: type[TrackerFilterSet] = PolicyFilter) -> TrackerFilterSet:
    return filterset(QueryDict(query))


def found(query: str, filterset: type[TrackerFilterSet] = PolicyFilter) -> set[str]:
    """What a good query string finds, by the first word of its title or name."""
    made = asked(query, filterset)
    assert made.errors_by_parameter == []
    rows = made.model._base_manager.in_bulk(list(made.ids()))
    assert sorted(made.page(0, 100)) == sorted(rows)
    return {str(row).split()[0] for row in rows.values()}


def errors(query: str, filterset: type[TrackerFilterSet] = PolicyFilter) -> dict[str, str]:
    """What is said of a wrong query string, which finds nothing."""
    made = asked(query, filterset)
    assert not made.ids()
    return dict(made.errors_by_parameter)


@pytest.fixture
def records() -> None:
    """Four public policies A to D with what hangs on them, two events, and a draft."""
    with batch():
        make_records()


def make_records() -> None:
    state = IssuingBody.objects.create(slug="state", name_en="State", kind="former")
    miit = IssuingBody.objects.create(slug="miit", name_en="Miit", kind="former", parent=state)
    mof = IssuingBody.objects.create(slug="mof", name_en="Mof", kind="party-organ")
    digital = Sector.objects.create(slug="digital", name_en="Digital")
    chips = Sector.objects.create(slug="chips", name_en="Chips", parent=digital)
    steel = Sector.objects.create(slug="steel", name_en="Steel")
    north = Region.objects.create(slug="north", name_en="North", kind="province")
    city = Region.objects.create(slug="city", name_en="City", kind="city", parent=north)
    issue = NewsletterIssue.objects.create(
        publisher="M", title="Update", published_on=date(2024, 5, 8)
    )
    a = _policy("Alpha plan", announced="2024-04-26", instrument="plan", level="national",
                section="top", issue=issue, official_url="https://x.example/a",
                legal_status="in-force", effective="2024-06-01",
                added=(2024, 5, 9, 10))  # fmt: skip
    b = _policy("Beta notice", announced="2024-04", instrument="notice", legal_status="issued",
                added=(2024, 5, 10, 10))  # fmt: skip
    c = _policy("Gamma law", announced="2023", instrument="law", effective="2025", level="local")
    _policy("Delta opinion")
    _policy("Hidden plan", state="in-review", announced="2024-04-26", instrument="plan")
    a.issuers.create(body=miit)
    b.issuers.create(body=mof)
    c.issuers.create(body=state)
    c.issuers.create(body=mof)
    a.sectors.add(chips)
    b.sectors.add(digital, steel)
    c.sectors.add(steel)
    a.regions.add(city)
    b.regions.add(north)
    a.amounts.create(value=5, currency="CNY")
    one = a.targets.create(text="One", value=5, comparator="at least")
    one.due = PreciseDate.of(2027)
    one.save()
    two = c.targets.create(text="Two", status="met")
    two.due = PreciseDate.of(2025, 6)
    two.save()
    acme = Company.objects.create(slug="acme", name_en="Acme")
    event = CorporateEvent.objects.create(
        state="published", text="Mill opens", happened_on=date(2024, 3, 31),
        happened_precision="month", kind="investment", issue=issue,
    )  # fmt: skip
    event.companies.add(acme)
    event.sectors.add(chips)
    CorporateEvent.objects.create(state="published", text="Nothing more")
    Company.objects.create(slug="unnamed", name_en="Unnamed")
    Term.objects.create(term_en="Wafer", term_zh="晶圆", definition="Thin.", sector=chips)


def _policy(title: str, *, announced: str = "", effective: str = "", added=None, **values: Any):
    policy = Policy(title_en=title, **{"state": "published"} | values)
    policy.announced = _precise(announced)
    policy.effective = _precise(effective)
    policy.published_at = datetime(*added, tzinfo=UTC) if added else None
    policy.save()
    return policy


def _precise(text: str) -> PreciseDate | None:
    return PreciseDate.of(*map(int, text.split("-"))) if text else None


POLICIES = [
    ("", "Alpha Beta Gamma Delta"),
    ("body=miit", "Alpha"),
    ("body=state", "Alpha Gamma"),
    ("body=miit&body=mof", "Alpha Beta Gamma"),
    ("body=miit&body=miit", "Alpha"),
    ("body=", "Alpha Beta Gamma Delta"),
    ("not_body=mof", "Alpha Delta"),
    ("not_body=state", "Beta Delta"),
    ("body=state&not_body=mof", "Alpha"),
    ("body=state&not_body=state", ""),
    ("sector=digital", "Alpha Beta"),
    ("sector=chips", "Alpha"),
    ("sector=chips&sector=steel", "Alpha Beta Gamma"),
    ("not_sector=digital", "Gamma Delta"),
    ("region=north", "Alpha Beta"),
    ("region=city", "Alpha"),
    ("not_region=city", "Beta Gamma Delta"),
    ("instrument=plan", "Alpha"),
    ("instrument=plan&instrument=law", "Alpha Gamma"),
    ("not_instrument=plan", "Beta Gamma Delta"),
    ("status=in-force", "Alpha"),
    ("status=unknown", "Gamma Delta"),
    ("not_status=unknown", "Alpha Beta"),
    ("level=national", "Alpha"),
    ("not_level=national", "Beta Gamma Delta"),
    ("section=top", "Alpha"),
    ("not_section=top", "Beta Gamma Delta"),
    ("issue=2024-05-08", "Alpha"),
    ("not_issue=2024-05-08", "Beta Gamma Delta"),
    ("year=2024", "Alpha Beta"),
    ("year=2024&year=2023", "Alpha Beta Gamma"),
    ("not_year=2024", "Gamma Delta"),
    ("announced_after=2024-04-26", "Alpha Beta"),
    ("announced_after=2024-04-27", "Beta"),
    ("announced_before=2024-04-26", "Alpha Gamma"),
    ("announced_before=2024-04-25", "Gamma"),
    ("announced_after=2024-04", "Alpha Beta"),
    ("announced_before=2024-04", "Alpha Beta Gamma"),
    ("announced_after=2024", "Alpha Beta"),
    ("announced_before=2023", "Gamma"),
    ("announced_after=2023&announced_before=2023", "Gamma"),
    ("announced_after=2024-04&announced_before=2024-04", "Alpha Beta"),
    ("announced_after=2025", ""),
    ("effective_after=2024-06-01", "Alpha Gamma"),
    ("effective_before=2024", "Alpha"),
    ("due_after=2027", "Alpha"),
    ("due_before=2025", "Gamma"),
    ("due_before=2025-06", "Gamma"),
    ("due_before=2025-05", ""),
    ("added_after=2024-05-10", "Beta"),
    ("added_before=2024-05-09", "Alpha"),
    ("has=targets", "Alpha Gamma"),
    ("has=quantified", "Alpha"),
    ("has=amount", "Alpha"),
    ("has=link", "Alpha"),
    ("has=targets&has=link", "Alpha"),
    ("q=plan", "Alpha"),
    ("q=plan&body=mof", ""),
    ("q=-plan&year=2024", "Beta"),
    ("q=&sort=", "Alpha Beta Gamma Delta"),
    ("page=3", "Alpha Beta Gamma Delta"),
    ("sector=digital&instrument=notice&announced_after=2024", "Beta"),
]  # fmt: skip


def test_a_query_string_finds_these_policies(records):
    told = {query: found(query) for query, _ in POLICIES}
    assert told == {query: set(names.split()) for query, names in POLICIES}


OTHER_KINDS = [
    (TargetFilter, "", "One Two"),
    (TargetFilter, "body=state", "One Two"),
    (TargetFilter, "not_body=mof", "One"),
    (TargetFilter, "sector=steel", "Two"),
    (TargetFilter, "status=met", "Two"),
    (TargetFilter, "comparator=at+least", "One"),
    (TargetFilter, "not_comparator=at+least", "Two"),
    (TargetFilter, "year=2027", "One"),
    (TargetFilter, "due_before=2026", "Two"),
    (TargetFilter, "due_after=2027-12-31", "One"),
    (TargetFilter, "announced_before=2023", "Two"),
    (TargetFilter, "instrument=plan&level=national&section=top&issue=2024-05-08", "One"),
    (TargetFilter, "q=gamma", "Two"),
    (TargetFilter, "in_force_on=2024-07-01", "One"),
    (TargetFilter, "effective_after=2025", "Two"),
    (TargetFilter, "policy_status=in-force", "One"),
    (TargetFilter, "not_policy_status=in-force", "Two"),
    (TargetFilter, "status=met&policy_status=unknown", "Two"),
    (TargetFilter, "quarter=2024-Q2&month=2024-04", "One"),
    (TargetFilter, "has=link&has=amount", "One"),
    (TargetFilter, "lacks=link", "Two"),
    (TargetFilter, "added_before=2024-05-09", "One"),
    (TargetFilter, "deadline_after=2024&company=acme", ""),
    (EventFilter, "", "Mill Nothing"),
    (EventFilter, "kind=investment", "Mill"),
    (EventFilter, "not_kind=investment", "Nothing"),
    (EventFilter, "company=acme", "Mill"),
    (EventFilter, "not_company=acme", "Nothing"),
    (EventFilter, "sector=digital", "Mill"),
    (EventFilter, "issue=2024-05-08&year=2024", "Mill"),
    (EventFilter, "happened_after=2024-03", "Mill"),
    (EventFilter, "happened_before=2024-02", ""),
    (EventFilter, "q=acme", "Mill"),
    (BodyFilter, "kind=party-organ", "Mof"),
    (BodyFilter, "not_kind=party-organ", "State Miit"),
    (CompanyFilter, "", "Acme"),
    (CompanyFilter, "q=unnamed", ""),
    (TermFilter, "sector=digital", "Wafer"),
    (TermFilter, "not_sector=chips", ""),
]  # fmt: skip


def test_a_query_string_finds_these_of_other_kinds(records):
    told = [(query, found(query, filterset)) for filterset, query, _ in OTHER_KINDS]
    assert told == [(query, set(names.split())) for _, query, names in OTHER_KINDS]


def test_targets_are_found_by_what_answers_their_policies_and_by_a_reading_list(records):
    alpha = Policy.objects.get(title_en="Alpha plan")
    event = CorporateEvent.objects.get(text="Mill opens")
    assert found("company=acme", TargetFilter) == set()
    event.answers.add(alpha)
    alpha.deadlines.create(closes_on=date(2024, 9, 1))
    assert found("company=acme&deadline_after=2024-09", TargetFilter) == {"One"}
    publishing.withdraw(event, by=None)
    assert "not known" in errors("company=acme", TargetFilter)["company"]
    listed = ",".join(Policy.objects.published().values_list("slug", flat=True))
    assert found(f"in={alpha.slug}", TargetFilter) == {"One"}
    assert found(f"in={listed}&not_status=met", TargetFilter) == {"One"}
    assert "“no-such”" in errors("in=no-such", TargetFilter)["in"]


def test_a_policy_added_just_after_midnight_counts_for_that_day(db, settings):
    assert settings.TIME_ZONE == "Europe/Berlin"
    _policy("Night plan", added=(2024, 5, 8, 22, 30))
    assert found("added_after=2024-05-09") == {"Night"}
    assert found("added_before=2024-05-08") == set()


# Wrong values


@pytest.mark.parametrize(
    ("query", "nearest"),
    [("body=mitt", "miit"), ("body=Ministry of Finance", "mof"), ("region=shangai", "shanghai"),
     ("region=上海", "shanghai"), ("body=工信部", "miit"), ("body=industry ministry", "miit")],
)  # fmt: skip
def test_of_a_long_list_the_nearest_values_are_named(seeded, query, nearest):
    (said,) = errors(query).values()
    assert f"Nearest: {nearest}" in said


def test_a_value_like_no_other_is_sent_to_the_filters(seeded):
    said = errors("body=xyzzy 100%")["body"]
    assert said.startswith("“xyzzy 100%” is not known, and no name is like it. The filters")


WRONG = [
    ("body=mitt", "body", "“mitt” is not known"),
    ("body=miit&body=mitt", "body", "miit"),
    ("not_sector=chisp", "not_sector", "chips"),
    ("instrument=plans", "instrument", "notice"),
    ("status=dead", "status", "in-force"),
    ("level=high", "level", "national"),
    ("section=sport", "section", "top"),
    ("issue=2024-05-09", "issue", "2024-05-08"),
    ("year=31", "year", "2024"),
    ("year=2_24", "year", "2024, YYYY"),
    ("year=0000", "year", "YYYY"),
    ("month=2024", "month", "unknown, YYYY-MM, YYYY-unknown"),
    ("month=2024-13", "month", "YYYY-MM"),
    ("month=2024-1", "month", "YYYY-MM"),
    ("has=everything", "has", "quantified"),
    ("sort=size", "sort", "-announced"),
    ("sort=relevance", "sort", "“relevance” is no order"),
    ("exact=yes", "exact", "1"),
    ("announced_after=soon", "announced_after", "2024-04-26, 2024-04 or 2024"),
    ("announced_after=2_024", "announced_after", "no date"),
    ("announced_before=2024-13", "announced_before", "“2024-13” is no date"),
    ("due_after=2023-02-29", "due_after", "no date"),
    ("due_after=26.4.2024", "due_after", "no date"),
    ("due_before=0", "due_before", "no date"),
    ("added_after=99999999999999999999", "added_after", "no date"),
    ("effective_after=2024-04-26-01", "effective_after", "no date"),
    ("effective_after=2024-", "effective_after", "no date"),
    ("bdoy=miit", "bdoy", "There is no filter “bdoy”. Filters: "),
    ("q=" + "a" * 501, "q", "at most 500 characters; this one has 501"),
    ("q=" + "a+" * 33, "q", "at most 32 terms"),
    ("q=a%00b", "q", ""),
    ("q=plan&q=notice", "q", "once"),
    ("announced_after=2020&announced_after=2024", "announced_after", "once"),
    ("sort=due&sort=title", "sort", "once"),
]  # fmt: skip


def test_a_wrong_value_finds_nothing_and_the_error_names_what_is_allowed(records):
    for query, name, said in WRONG:
        assert said in errors(query)[name], query


@pytest.mark.parametrize(
    ("filterset", "query"),
    [
        (PolicyFilter, "year=2031"), (PolicyFilter, "year=1999&year=1998"),
        (PolicyFilter, "month=2031-05"), (PolicyFilter, "month=2031-unknown"),
        (TargetFilter, "year=2099"), (EventFilter, "year=2031"), (EventFilter, "month=1999-01"),
        (EventFilter, "currency=JPY"), (CompanyFilter, "year=2031"),
        (CompanyFilter, "currency=JPY"), (CompanyFilter, "country=France"),
    ],
)  # fmt: skip
def test_a_good_value_that_no_record_holds_finds_nothing_and_is_no_error(records, filterset, query):
    assert found(query, filterset) == set()


def test_unknown_may_be_asked_for_before_a_record_lacks_it(db):
    for name in ("year", "month"):
        assert found(f"{name}=unknown") == found(f"{name}=unknown", EventFilter) == set()
    assert found("year=unknown", TargetFilter) == found("currency=none", EventFilter) == set()


def test_a_chosen_value_that_no_record_holds_can_be_dropped(records, client):
    page = client.get("/policies/?year=2031&month=2031-05&body=miit")
    assert "May 2031" in page.content.decode()
    years = next(facet for facet in page.context["facets"] if facet.name == "year")
    assert [value.value for value in years.top if value.selected] == ["2031"]


def test_countries_of_companies_that_are_not_public_are_not_told(records):
    Company.objects.create(slug="s", name_en="Secret", country="Atlantis")
    assert "Atlantis” is not known" in errors("country=Atlantis", CompanyFilter)["country"]
    for wrong in ("currency=cny", "currency=EURO"):
        assert "none, XXX" in errors(wrong, EventFilter)["currency"]


def test_the_error_for_an_unknown_parameter_names_those_that_are_known(records):
    said = errors("foo=1")["foo"]
    assert all(name in said for name in ("body", "not_body", "due_before", "q", "sort", "page"))


def test_several_wrong_values_are_all_named(records):
    assert set(errors("body=x&sort=y&year=z&foo=1&due_after=w&q=" + "a" * 600)) == {
        "body", "sort", "year", "foo", "due_after", "q"
    }  # fmt: skip


def test_a_draft_is_found_by_nothing(records):
    assert "Hidden" not in found("") | found("q=hidden") | found("instrument=plan")


@pytest.mark.parametrize("filterset", FILTERSETS)
def test_each_order_that_is_offered_is_taken_and_the_first_is_the_usual(records, filterset):
    usual = asked("", filterset)
    assert usual.order == usual.orders[0]
    for order in usual.orders:
        assert found(f"sort={order}", filterset) == found("", filterset)
    with_words = asked("q=a&sort=relevance", filterset)
    assert with_words.order == asked("q=a", filterset).order == "relevance"
    assert with_words.errors_by_parameter == []


@pytest.mark.parametrize("filterset", FILTERSETS)
def test_every_kind_refuses_what_it_does_not_know(records, filterset):
    assert "There is no filter" in errors("colour=red", filterset)["colour"]


HOSTILE = ["q=%ED%A0%80", "q=%E2%80%AE%E7%AE%97", "q=" + "%E7%AE%97" * 500, "page=-1", "page=1e9",
    "q=%3D%22" + "%E7%AE%97" * 490 + "%22", "exact=" + "1" * 5000, "year=%00", "body=%00",
    "announced_after=%00", "sort=%00", "%00=1", "=", "&&&", "q=-", "q=*", "q=%28%28%28",
    "announced_after=" + "9" * 5000, "q=" + "-%28" * 160, "body=a" * 400 + "&body=b" * 400,
    "&".join(f"p{n}=1" for n in range(900)), "q=%C3%9F%C3%9F+digtal", "q=NOT+NOT+x",
    "issue=2024-05-08%27", "in_force_on=0001", "in_force_on=1-1-1",
    "in=%00", "reading=a%00b", "q=a%0Ab", "q=a%0dATTENDEE:x",
    "q=title%3A", "has=&has=", "q=%F0%9F%98%80"]  # fmt: skip


def test_a_hostile_query_string_is_answered(records, client):
    for address in ("/policies/", "/search/", "/compare/", "/policies.csv", "/policies.ics",
                    "/policies.atom", "/api/v1/policies/", "/embed/policies/"):  # fmt: skip
        for query in HOSTILE:
            answer = client.get(f"{address}?{query}", follow=True)
            assert answer.status_code in (200, 400), (address, query)


def test_a_company_finds_the_policies_that_its_public_events_answer(seeded, client):
    policy = Policy.objects.published().first()
    company = Company.objects.published().first()
    event = company.events.first()
    before = client.get(f"/policies/?company={company.slug}").context["count"]
    event.answers.add(policy)
    found = client.get(f"/policies/?company={company.slug}")
    assert found.context["count"] == before + 1
    assert policy in found.context["page"].object_list
    event.answers.remove(policy)
    assert client.get(f"/policies/?company={company.slug}").context["count"] == before


def test_a_company_of_a_withdrawn_event_finds_no_policy(seeded, client):
    event = CorporateEvent.objects.published().filter(companies__isnull=False).first()
    event.answers.add(Policy.objects.published().first())
    company = event.companies.first()
    other = CorporateEvent.objects.published().exclude(pk=event.pk).first()
    other.companies.add(company)
    assert client.get(f"/policies/?company={company.slug}").context["count"] >= 1
    publishing.withdraw(event, by=None)
    assert client.get(f"/policies/?company={company.slug}").context["count"] == 0
