"""Companies: their ledger, what they answer and how soon, and the list of all of them."""

from __future__ import annotations

import random
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from policies import publishing
from policies.companyledger import Ledger
from policies.filters import CompanyFilter, EventFilter
from policies.lags import lag
from policies.models import Company, CorporateEvent, Policy, Sector
from policies.newsletter import PreciseDate
from policies.search.indexing import batch

pytestmark = pytest.mark.django_db
KINDS = ("investment", "order", "permit")


def found(address: str) -> set[int]:
    """The events in the list at an address."""
    path, _, query = address.partition("?")
    assert path == "/events/"
    made = EventFilter(QueryDict(query))
    assert made.errors_by_parameter == []
    return set(made.ids())


def policy(title: str, *announced: int, **values) -> Policy:
    made = Policy(title_en=title, state="published", **values)
    made.announced = PreciseDate.of(*announced) if announced else None
    made.save()
    return made


def event(text: str, *companies: Company, happened=(), answers=(), sums=(), **values):
    made = CorporateEvent(text=text, state=values.pop("state", "published"), **values)
    made.happened = PreciseDate.of(*happened) if happened else None
    made.save()
    made.companies.set(companies)
    made.answers.set(answers)
    for currency, value, eur in sums:
        made.amounts.create(currency=currency, value=value, eur=eur)
    return made


def company(name: str, **values) -> Company:
    return Company.objects.create(slug=name.lower(), name_en=name, **values)


@pytest.fixture
def acme() -> Company:
    """A company with a score of events of all sorts, some of them together with another."""
    choice = random.Random(7)
    made, other = company("Acme", country="China"), company("Beta", country="Norway")
    plans = [policy("Plan A", 2023, 1, 5), policy("Plan B", 2023, 3), policy("Plan C", 2022)]
    hidden = policy("Hidden plan", 2023)
    Policy.objects.filter(pk=hidden.pk).update(state="in-review")
    offered = (
        [], [("CNY", 1_000_000, None)], [("CNY", 2_000_000, 260_000)], [("EUR", 50_000, None)],
        [("CNY", 3_000_000, 390_000), ("CNY", 10, None)], [("USD", 5, 4), ("EUR", 7, None)],
    )  # fmt: skip
    with batch():
        for number in range(15):
            event(
                f"event {number}", made, *([other] if number % 3 == 0 else []),
                kind=choice.choice(KINDS), sums=choice.choice(offered),
                happened=choice.choice([(2022,), (2023, 5), (2024, 2, 3), ()]),
                answers=choice.sample([*plans, hidden], choice.randrange(3)),
            )  # fmt: skip
        event("in review", made, kind="order", sums=[("CNY", 77, 77)], state="in-review")
    return made


def random_search(choice: random.Random) -> str:
    offered = {
        "kind": [*KINDS], "not_kind": [*KINDS], "year": ["2022", "2023", "unknown"],
        "currency": ["CNY", "EUR", "none"], "not_currency": ["USD", "CNY"], "has": ["answers"],
        "answers": list(Policy.objects.filter(state="published").values_list("slug", flat=True)),
        "company": ["beta"], "q": ["event", "-7"],
    }  # fmt: skip
    asked = QueryDict(mutable=True)
    for name in choice.sample(sorted(set(offered) - {"company"}), 2):
        asked.setlist(name, choice.sample(offered[name], choice.choice([1, 1, len(offered[name])])))
        if name == "q":
            asked[name] = choice.choice(offered[name])
    return asked.urlencode()


def ledger_of(query: str) -> Ledger:
    asked = QueryDict(f"company=acme&{query}" if query else "company=acme")
    made = EventFilter(asked)
    assert made.errors_by_parameter == [], query
    return Ledger(made, asked)


def test_every_number_of_a_ledger_is_that_of_its_list(acme, client):
    choice = random.Random(11)
    for query in ["", *(random_search(choice) for _ in range(15))]:
        ledger = ledger_of(query)
        whole = found(f"/events/?company=acme&{query}")
        assert found(ledger.whole.url) == whole
        assert len(whole) == ledger.whole.count
        years, sums = ledger.by_year(), ledger.by_currency()
        for table in (years, sums):
            for line in (*table.lines, table.foot):
                for cell in (line.all, *line.cells):
                    assert cell.count == (len(found(cell.url)) if cell.count else 0), (query, cell)
            for place in range(len(table.heads)):
                column = [line.cells[place].count for line in table.lines]
                assert sum(column) == table.foot.cells[place].count
        for line in (*years.lines, years.foot):
            assert sum(cell.count for cell in line.cells) == line.all.count
        for place, currency in enumerate(sums.heads):
            cell = sums.foot.cells[place]
            if currency != "none":
                assert cell.total == printed(found(cell.url), currency), query
        for key, ids in ledger.answered():
            cell = ledger.answering(Policy.objects.get(pk=key).slug, ids)
            assert cell.count == len(found(cell.url)) > 0
    page = client.get("/companies/acme/?year=2023&year=unknown&kind=order")
    assert page.context["errors"] == []
    assert page.context["page"].paginator.count == page.context["ledger"].whole.count > 0
    assert "Hidden plan" not in page.content.decode()


def test_a_link_to_all_events_that_answer_a_policy_is_called_so(client):
    made, plan = company("Acme"), policy("Plan A", 2023, 1, 5)
    with batch():
        for number in range(6):
            event(f"event {number}", made, answers=[plan])
    said = client.get("/companies/acme/").content.decode()
    ((address, name),) = re.findall(r'<li><a href="(/events/[^"]+)">([^<]+)</a></li>', said)
    assert name == "All 6 events"
    assert len(found(unescape(address))) == 6


def printed(events: set[int], currency: str) -> Decimal:
    """What the events print first in a currency, read without the index."""
    total = Decimal()
    for one in CorporateEvent.objects.filter(pk__in=events).prefetch_related("amounts"):
        named = [
            amount.value if amount.currency == currency else amount.eur
            for amount in one.amounts.order_by("position", "pk")
            if amount.currency == currency or (currency == "EUR" and amount.eur is not None)
        ]
        total += named[0] if named else 0
    return total


def test_what_a_sum_adds_up_to_is_not_added_to_it(seeded, client):
    """One more sum into a plant, and what all of them come to, are named by one event."""
    foot = client.get("/companies/bmw/").context["ledger"].by_currency().foot
    assert [cell.total for cell in foot.cells[:2]] == [20 * 10**9, 2_600_000_000]


def test_what_hides_or_changes_leaves_the_sums(acme, client):
    def sums() -> dict[str, Decimal]:
        table = client.get("/companies/acme/").context["ledger"].by_currency()
        return {key: cell.total for key, cell in zip(table.heads, table.foot.cells, strict=True)}

    before = sums()
    added = event("new", acme, kind="order", sums=[("CNY", 5, 1)])
    assert sums()["CNY"] == before["CNY"] + 5
    added.amounts.update_or_create(currency="CNY", defaults={"value": 9})
    assert (sums()["CNY"], sums()["EUR"]) == (before["CNY"] + 9, before["EUR"] + 1)
    added.delete()
    assert sums() == before
    plan = policy("Fourth plan", 2024)
    answer = event("answer", acme, answers=[plan])
    asked = f"/events/?company=acme&answers={plan.slug}"
    assert found(asked) == {answer.pk}
    publishing.withdraw(plan, by=None, note="Gone.", reason="wrong")
    assert answer.pk not in found("/events/?company=acme&has=answers")
    page = client.get(asked)
    assert page.context["count"] == 0
    assert plan.slug in page.context["errors"][0][1]


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ((2024, 2, 28), (2024, 3, 1), "2 days later"),
        ((2024, 2, 28), (2024, 2, 28), "the same day"),
        ((2024, 2, 28), (2024, 2, 27), "1 day earlier"),
        ((2023, 11), (2024, 2, 3), "about 3 months later"),
        ((2024, 2, 3), (2024, 1), "about 1 month earlier"),
        ((2024, 2), (2024, 2, 3), "within the same month"),
        ((2023,), (2024, 2, 3), "unknown"),
        ((), (2024, 2, 3), "unknown"),
    ],
)
def test_a_lag_is_only_as_exact_as_both_dates(first, then, said):
    start = PreciseDate.of(*first) if first else None
    assert str(lag(start, PreciseDate.of(*then))) == said


def test_a_quarter_has_no_month_and_a_page_tells_the_lag(client):
    assert str(lag(PreciseDate(date(2024, 3, 31), "quarter"), PreciseDate.of(2024, 5))) == "unknown"
    acme = company("Acme")
    plan = policy("Lathe plan", 2024, 1, 1)
    event("Built lathes", acme, happened=(2024, 1, 31), answers=[plan])
    event("Sold lathes", acme, happened=(2024, 4), answers=[plan], sums=[("CNY", 20_000_000, None)])
    text = client.get("/companies/acme/").content.decode()
    for words in ("30 days later", "about 3 months later", "20 million", "Lathe plan", "No amount"):
        assert words in text


def test_a_wrong_parameter_of_a_ledger_is_named(acme, client):
    for query in ("colour=red", "company=beta", "page=9", "sort=size", "kind=x", "answers=gone"):
        page = client.get(f"/companies/acme/?{query}")
        assert page.status_code == 200
        assert {name for name, _ in page.context["errors"]} == {query.partition("=")[0]}
        assert "ledger" not in page.context


def test_events_are_sorted_by_what_they_name_in_a_currency(acme, client):
    for order, currency in (("-cny", "CNY"), ("-eur", "EUR")):
        rows = client.get(f"/companies/acme/?sort={order}").context["page"].object_list
        sums = [printed({row.pk}, currency) for row in rows]
        assert sums == sorted(sums, reverse=True)
        assert sums[0] > 0


def test_companies_are_found_by_one_event_that_meets_all_filters(acme, client):
    tools = Sector.objects.create(slug="tools", name_en="Tools")
    gamma = company("Gamma")
    one = event("x", gamma, kind="survey", happened=(2021,), sums=[("CNY", 9 * 10**9, None)])
    two = event("y", gamma, kind="delivery", happened=(2020,))
    two.sectors.add(tools)

    def names(query: str) -> list[str]:
        page = client.get(f"/companies/?{query}")
        assert page.context["errors"] == []
        for row in page.context["page"].object_list:
            assert row.number == len(found(row.url)) > 0
        for facet in page.context["facets"]:
            for value in (*facet.top, *facet.more):
                if not page.context["filterset"].data.get(facet.name):
                    rest = len(CompanyFilter(QueryDict(value.url[1:])).ids())
                    assert rest == value.count, (query, facet.name, value.value)
        return [row.name_en for row in page.context["page"].object_list]

    assert names("") == ["Acme", "Beta", "Gamma"]
    assert names("kind=survey&year=2021") == ["Gamma"]
    assert names("kind=survey&year=2020") == []
    assert names("sector=tools") == ["Gamma"]
    assert names("country=Norway&currency=CNY") == ["Beta"]
    assert names("sort=-cny")[0] == "Gamma"
    assert names("sort=-events") == ["Acme", "Beta", "Gamma"]
    assert names("sort=-cny&kind=delivery&kind=permit")[-1] == "Gamma"
    one.delete()
    assert names("sort=-cny")[-1] == "Gamma"
    assert client.get("/companies/?not_kind=survey").context["errors"]


def test_a_ledger_asks_as_many_questions_of_many_events_as_of_few(client):
    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    acme, plan = company("Acme"), policy("Plan", 2024)
    event("first", acme, answers=[plan], sums=[("CNY", 5, 1)])
    addresses = ("/companies/acme/", "/companies/", "/companies/?sort=-cny&kind=other")
    few = [asked(address) for address in addresses]
    with batch():
        for number in range(8):
            other = company(f"C{number}")
            plan = policy(f"Plan {number}", 2024)
            event(f"e{number}", acme, other, answers=[plan], sums=[("CNY", 5, 1)])
    assert [asked(address) for address in addresses] == few
    assert max(few) <= 14
