"""Counts over time are those of the lists that their marks lead to, whatever was searched."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.charts import Cell, Spread, spread
from policies.filters import EventFilter, PolicyFilter
from policies.models import CorporateEvent, IssuingBody, Policy, Sector
from policies.newsletter import PreciseDate
from policies.search.index import INDEX
from policies.search.indexing import batch
from policies.vocabulary import Instrument

SECTORS = ["works", "lathes", "trams", "steel", "wool", "salt", "tea"]
BODIES = ["rails", "mills", "docks", "mints", "farms", "ports", "looms"]
INSTRUMENTS = [*Instrument.values[:6], ""]
DATES = [
    PreciseDate.of(2023, 11, 30), PreciseDate.of(2024), PreciseDate.of(2024, 12, 31), None,
    PreciseDate.of(2024, 4), PreciseDate.of(2025, 2, 1), PreciseDate(date(2024, 6, 1), "quarter"),
    PreciseDate.of(2026), PreciseDate(date(2022, 12, 31), "quarter"),
]  # fmt: skip
SHARED = {
    "sector": SECTORS, "not_sector": SECTORS, "year": ["2023", "2024", "2026"],
    "not_year": ["2024"], "q": ["lathe", "-tram"], "by": ["month", "quarter", "year"],
    "month": ["2024-unknown", "2024-12", "unknown", "2023-11"],
    "quarter": ["2024-Q2", "2024-Q4", "2024-unknown", "unknown", "2023-Q4"],
}  # fmt: skip
POLICIES = SHARED | {
    "issuer_all": BODIES, "not_issuer": BODIES, "as_one": ["1"], "body": BODIES,
    "instrument": INSTRUMENTS[:3], "not_instrument": INSTRUMENTS[:2],
    "split": ["sector", "instrument", "body", "none"],
    "announced_after": ["2024-04", "2024-12-31"], "announced_before": ["2024"],
}  # fmt: skip
EVENTS = SHARED | {
    "kind": ["order", "permit"], "split": ["sector", "kind"], "happened_before": ["2024-04"],
}  # fmt: skip
MANY = {"sector", "not_sector", "year", "not_year", "month", "quarter", "body", "kind",
        "issuer_all", "not_issuer", "instrument", "not_instrument"}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def records() -> None:
    """Policies and events in no, one or three sectors, with dates of every precision or none."""
    sectors = [Sector.objects.create(slug=slug, name_en=slug.title()) for slug in SECTORS]
    bodies = [IssuingBody.objects.create(slug=slug, name_en=slug.title()) for slug in BODIES]
    for child in sectors[1:3]:
        child.parent = sectors[0]
        child.save()
    bodies[0].successions.create(successor=bodies[1], year=2008)
    with batch():
        for n in range(24):
            text = "A lathe" if n % 3 else "A tram"
            policy = Policy(state="published", title_en=text, instrument=INSTRUMENTS[n % 7])
            policy.announced = DATES[n % len(DATES)]
            policy.save()
            for position, place in enumerate(dict.fromkeys((n % 7, n * 3 % 7, n * 5 % 7)), 1):
                if n % 5:
                    policy.issuers.create(body=bodies[place], position=position)
            event = CorporateEvent(state="published", text=text, kind=["order", "permit"][n % 2])
            event.happened = DATES[n % len(DATES)]
            event.save()
            for record in (policy, event):
                record.sectors.set({sectors[n * k % 7] for k in (1, 2, 3)} if n % 4 else ())
    INDEX.forget()


def asked(pairs: list[tuple[str, str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        if name in MANY:
            query.appendlist(name, value)
        else:
            query[name] = value
    return query


def searches(values: dict[str, list[str]]) -> Any:
    pairs = [(name, value) for name, words in values.items() for value in words]
    return st.lists(st.sampled_from(pairs), max_size=5).map(asked)


def wrong(kind: Any, cells: list[Cell]) -> list[Any]:
    """The cells whose address does not find what they count."""
    found = {}
    for cell in cells:
        filterset = kind(QueryDict(cell.url.removeprefix("?")))
        assert filterset.errors_by_parameter == []
        found[cell] = len(filterset.ids())
    return [(cell, number) for cell, number in found.items() if cell.count != number]


def proven(kind: Any, query: QueryDict) -> Spread | None:
    filterset = kind(query)
    assert filterset.errors_by_parameter == []
    shown = spread(filterset, query)
    if shown is None:
        assert not filterset.ids()
        return None
    assert shown.count == len(filterset.ids()) == sum(part.count for part in shown.parts)
    assert wrong(kind, shown.parts) == []
    assert sum(column.total.count for column in shown.columns) == shown.count
    for column in shown.columns:
        assert sum(cell.count for cell in column.cells) == column.total.count
        assert wrong(kind, [cell for cell in [column.total, *column.cells] if cell.count]) == []
        assert [mark.cell for mark in column.marks] == [c for c in column.cells if c.count]
    for way in (*shown.periods, *shown.splits):
        assert kind(QueryDict(way.url.removeprefix("?"))).ids() == filterset.ids()
    return shown


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(policies=searches(POLICIES), events=searches(EVENTS))
def test_each_number_is_what_its_link_finds_and_all_add_up(records, policies, events):
    proven(PolicyFilter, policies)
    proven(EventFilter, events)


def test_gaps_are_there_and_what_is_known_to_the_year_stands_in_no_month(db, client):
    def labels(query: str) -> list[str]:
        shown = proven(PolicyFilter, QueryDict(query))
        assert shown is not None
        return [f"{c.total.label} {c.total.count}" for c in shown.columns]

    for known in DATES:
        policy = Policy(state="published", title_en="Plan")
        policy.announced = known
        policy.save()
    months = labels("by=month&year=2024")
    assert months[0].startswith("2024, month unknown")
    assert [label for label in months if label.startswith("April 2024")] != []
    assert {"May 2024 0", "June 2024 0"} <= set(months)
    assert months.index("2024, month unknown 2") < months.index("April 2024 1")
    assert labels("by=quarter&year=2024&year=2022") == [
        "Q4 2022 1", "Q1 2023 0", "Q2 2023 0", "Q3 2023 0", "Q4 2023 0", "2024, quarter unknown 1",
        "Q1 2024 0", "Q2 2024 2", "Q3 2024 0", "Q4 2024 1",
    ]  # fmt: skip
    years = [label.rpartition(" ")[0] for label in labels("by=year")]
    assert years == ["2022", "2023", "2024", "2025", "2026", "No date"]
    # Without a wish the span decides; the gap between two far years is not filled with months.
    old = Policy(state="published", title_en="Old")
    old.announced = PreciseDate.of(1980, 1)
    old.save()
    shown = spread(PolicyFilter(QueryDict("by=month")), QueryDict("by=month"))
    assert shown is not None
    assert (shown.by, shown.refused) == ("year", "Month")
    assert [way.label for way in shown.periods] == ["Year"]
    assert shown.unfit == ["Month", "Quarter"]
    assert sum(row.total.count for row in shown.rows) == shown.count
    assert ("1981", "2021", 0) in [(r.total.label, r.last, r.total.count) for r in shown.rows]
    page = " ".join(re.sub("<[^>]+>", " ", client.get("/policies/").content.decode()).split())
    assert "By Month Quarter (over 80 columns) Year" in page
    # Of so many years those of a lustrum are named.
    assert "1980 1985 1990" in page


def test_a_quarter_finds_what_is_known_to_it_or_more_exactly(db):
    for known in DATES:
        policy = Policy(state="published", title_en="Plan")
        policy.announced = known
        policy.save()

    def found(query: str) -> int:
        return len(PolicyFilter(QueryDict(query)).ids())

    numbers = {"2024-Q2": 2, "2024-Q4": 1, "2022-Q4": 1, "2024-unknown": 1, "unknown": 1,
               "2031-Q1": 0}  # fmt: skip
    assert {value: found(f"quarter={value}") for value in numbers} == numbers
    assert found("quarter=2024-Q2&month=2024-unknown") == 1
    assert found("month=2024-unknown") == 2
    for wrong_one in ("2024-Q5", "2024", "Q2", "0000-Q1", "2024-q2", "2024Q2"):
        errors = PolicyFilter(QueryDict(f"quarter={wrong_one}")).errors_by_parameter
        assert [name for name, _ in errors] == ["quarter"], wrong_one


def test_a_list_shows_its_counts_over_time_and_refuses_other_ways(seeded, client):
    page = client.get("/policies/?split=body&by=quarter&sector=artificial-intelligence")
    assert page.context["errors"] == []
    assert page.context["spread"].count == page.context["count"]
    text = page.content.decode()
    assert "split=body" in text
    assert "The same as a table" in text
    assert [chip.name for chip in page.context["chips"]] == ["sector"]
    for wrong_one in ("by=day", "split=region", "split=kind"):
        page = client.get(f"/policies/?{wrong_one}")
        assert page.context["errors"]
        assert page.context["count"] == 0
        assert client.get(f"/policies.csv?{wrong_one}").status_code == 400
    assert client.get("/policies.csv?by=month&split=body").status_code == 200


def test_names_in_marks_and_tables_are_escaped_once_in_the_reader_s_language(db, client):
    sector = Sector.objects.create(slug="odd", name_en='<script>"A & B"', name_zh="甲&乙")
    policy = Policy.objects.create(
        state="published", title_en="Plan", announced_on=date(2024, 5, 1),
        announced_precision="day",
    )  # fmt: skip
    policy.sectors.add(sector)
    for tag, told in (
        ("en", "2024, &lt;script&gt;&quot;A &amp; B&quot;: 1"), ("zh-hans", "2024，甲&amp;乙：1"),
        ("en", "2024, &lt;script&gt;&quot;A &amp; B&quot;: 1"),
    ):  # fmt: skip
        asked = {"q": 'Plan OR "<b>&', "split": "sector", "by": "year", "lang": tag}
        page = client.get("/policies/", asked, follow=True).content.decode()
        assert f'aria-label="{told}"><title>{told}</title><rect class="part1"' in page
        found = "?q=Plan+OR+%22%3Cb%3E%26&amp;split=sector"
        assert re.search(
            rf'<td class="num"><a href="{re.escape(found)}&amp;[^"<]*">1</a></td>', page
        )
        assert '<script>"' not in page
        assert "&amp;amp;" not in page
