"""A search along time: the same records as the list, under their years and months."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import Policy
from policies.newsletter import PreciseDate
from policies.search.index import INDEX
from policies.search.indexing import batch
from policies.views.timeline import PolicyTimeline

pytestmark = pytest.mark.django_db


def told(page) -> list[tuple[str, str, list[str]]]:
    return [
        (year.name, month.name, [str(row) for row in month.rows])
        for year in page.context["years"]
        for month in year.months
    ]


@pytest.fixture
def policies() -> None:
    dates = {
        "Last day": (2024, 12, 31), "Year": (2024,), "Month": (2024, 4), "April": (2024, 4, 2),
        "Undated": None, "Before": (2023, 7, 1), "Reviewed": (2024, 4, 3),
    }  # fmt: skip
    with batch():
        for title, known in dates.items():
            state = "in-review" if title == "Reviewed" else "published"
            policy = Policy(state=state, title_en=title)
            policy.announced = PreciseDate.of(*known) if known else None
            policy.save()
    INDEX.forget()


FORWARD = [
    ("2023", "July", ["Before"]),
    ("2024", "April", ["April", "Month"]),
    ("2024", "December", ["Last day"]),
    ("2024", "Month unknown", ["Year"]),
    ("No date", "", ["Undated"]),
]
BACK = [
    ("2024", "Month unknown", ["Year"]),
    ("2024", "December", ["Last day"]),
    ("2024", "April", ["Month", "April"]),
    ("2023", "July", ["Before"]),
    ("No date", "", ["Undated"]),
]


def test_records_stand_under_their_months_and_those_known_to_the_year_under_it(policies, client):
    assert told(client.get("/policies/timeline/")) == FORWARD
    assert told(client.get("/policies/timeline/?sort=-announced")) == BACK
    assert told(client.get("/policies/timeline/?q=before")) == FORWARD[:1]
    for query in ("sort=title", "sort=relevance&q=before", "page=9", "year=soon", "by=day"):
        page = client.get(f"/policies/timeline/?{query}")
        assert page.context["errors"], query
    page = client.get("/policies/timeline/?q=before&by=year")
    manners = {one.label: one.url for one in page.context["manners"]}
    assert manners["List"] == "/policies/?q=before&by=year"
    assert (
        "/policies/timeline/?q=before"
        in client.get("/policies/?q=before&sort=title").content.decode()
    )


def test_a_quarter_stands_behind_its_months_and_a_year_behind_its_quarters(policies, client):
    for title, ends in (("Second", date(2024, 6, 30)), ("Fourth", date(2024, 12, 31))):
        policy = Policy(state="published", title_en=title)
        policy.announced = PreciseDate(ends, "quarter")
        policy.save()
    forward = [
        ("2024", "April", ["April", "Month"]),
        ("2024", "Q2 2024", ["Second"]),
        ("2024", "December", ["Last day"]),
        ("2024", "Q4 2024", ["Fourth"]),
        ("2024", "Month unknown", ["Year"]),
    ]
    back = [(year, month, rows[::-1]) for year, month, rows in forward[::-1]]
    assert told(client.get("/policies/timeline/?year=2024")) == forward
    assert told(client.get("/policies/timeline/?year=2024&sort=-announced")) == back


def test_pages_of_a_timeline_hold_each_record_once(policies, client, monkeypatch):
    monkeypatch.setattr(PolicyTimeline, "page_size", 2)
    for query, whole in (("", FORWARD), ("&sort=-announced", BACK)):
        pages = [client.get(f"/policies/timeline/?page={n}{query}") for n in (1, 2, 3)]
        found = [row for page in pages for *_, rows in told(page) for row in rows]
        assert found == [row for *_, rows in whole for row in rows]


def test_a_timeline_has_what_the_list_has_and_asks_few_questions(seeded, client):
    for kind in ("policies", "events"):
        client.get(f"/{kind}/timeline/?q=the&by=year")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/{kind}/timeline/?q=the")
        assert len(asked) <= 14, [query["sql"][:90] for query in asked]
        listed = client.get(f"/{kind}/?q=the")
        rows = sum(len(names) for *_, names in told(page))
        assert rows == page.context["count"] == listed.context["count"] > 0
    assert client.get("/policies/timeline/facets/body/").status_code == 200
