"""The ledger of targets, as a reader meets it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    Policy,
    SearchDocument,
    Sector,
    Target,
)
from policies.newsletter import PreciseDate
from policies.search.indexing import batch
from policies.search.rebuilding import is_outdated, rebuild

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def policy() -> Policy:
    made = Policy.objects.create(state="published", title_en="Lathe plan")
    made.issuers.create(
        body=IssuingBody.objects.create(slug="mol", name_en="Lathes", kind="former")
    )
    made.sectors.add(Sector.objects.create(slug="tools", name_en="Machine tools"))
    return made


def target(policy: Policy, text: str, due: date | None, **values) -> Target:
    made = Target(policy=policy, text=text, metric=text, **values)
    made.due = PreciseDate(due) if due else None
    made.save()
    return made


def found(client, query: str) -> set[str]:
    page = client.get(f"/targets/?{query}")
    assert page.context["errors"] == []
    return {row.text for row in page.context["page"].object_list}


def test_what_is_due_soon_and_what_nobody_has_checked(policy, client):
    today = localdate()
    yesterday = today - A_DAY
    target(policy, "today", today)
    target(policy, "over", yesterday)
    target(policy, "checked that day", yesterday, status_checked_on=yesterday)
    target(policy, "checked since", yesterday, status_checked_on=today)
    target(policy, "met", yesterday, status="met", status_note="Said so.")
    target(policy, "far", today + 400 * A_DAY)
    target(policy, "undated", None)
    overdue = {"over", "checked that day"}
    assert found(client, "due=within-a-year") == {"today"}
    assert found(client, "due=overdue") == overdue
    assert found(client, "due=overdue&due=within-a-year") == {"today", *overdue}
    assert found(client, "year=unknown") == {"undated"}
    links = client.get("/targets/?status=open").context["quick_links"]
    assert [(link.label, link.count) for link in links] == [
        ("Due within a year", 1), ("Overdue and unchecked", 2),
    ]  # fmt: skip
    assert all(found(client, link.url[1:] + "&sort=due") for link in links)
    assert client.get("/targets/").content.decode().count("date over, unchecked") == len(overdue)


def test_pages_say_of_an_overdue_target_what_the_ledger_says(policy, client):
    today = localdate()
    over, other = target(policy, "over", today - A_DAY), target(policy, "today", today)
    for address, number in (
        (over.get_absolute_url(), 1),
        (other.get_absolute_url(), 1),  # Among the policy's other targets.
        (policy.get_absolute_url(), 1),
        ("/search/?q=over", 1),
    ):
        page = client.get(address).content.decode()
        assert page.count("date over, unchecked") == number, address
    over.status_checked_on = today
    over.save()
    for address in (over.get_absolute_url(), policy.get_absolute_url(), "/targets/"):
        assert "date over, unchecked" not in client.get(address).content.decode()


def test_units_and_figures_filter_and_wrong_values_are_named(policy, client):
    target(policy, "share", None, value=90, unit="percent", comparator="at least")
    target(policy, "power", None, value=5, unit="GW")
    target(policy, "words", None)
    assert found(client, "unit=GW&unit=percent") == {"share", "power"}
    assert found(client, "not_unit=GW") == {"share", "words"}
    assert found(client, "quantified=no") == {"words"}
    for query in ("due=soon", "split=colour", "unit=yards", "quantified=perhaps"):
        page = client.get(f"/targets/?{query}")
        assert query.partition("=")[2] in page.context["errors"][0][1]
        assert page.context["count"] == 0


def test_a_fall_is_shown_found_and_taken_away_as_a_fall(policy, client):
    one = target(
        policy, "noise", None, value=15, unit="percent", comparator="decrease by at least",
        baseline_year=2030,
    )  # fmt: skip
    target(policy, "output", None, value=15, unit="percent", comparator="increase by at least")
    shown = "fall by at least <strong>15</strong>&nbsp;percent against 2030"
    for address in ("/targets/", policy.get_absolute_url(), one.get_absolute_url()):
        assert shown in re.sub(r"\s+", " ", client.get(address).content.decode()), address
    query = "comparator=decrease+by+at+least"
    assert found(client, query) == {"noise"}
    table = b"".join(client.get(f"/targets.csv?{query}").streaming_content).decode()
    assert "decrease by at least,fall by at least,15,percent" in table
    told = client.get(f"/api/v1/targets/?{query}").json()["results"]
    assert [row["comparator"]["label"] for row in told] == ["fall by at least"]


def test_a_ledger_counts_by_the_status_of_the_policy_who_answered_it_and_what_it_has(
    policy, client
):
    target(policy, "first", localdate())
    target(policy, "second", None)
    draft = Policy.objects.create(state="published", title_en="Draft", legal_status="draft")
    target(draft, "third", None)
    policy.legal_status, policy.official_url = "in-force", "https://x.example/law"
    policy.save()
    event = CorporateEvent.objects.create(headline="Answered", state="published")
    event.companies.add(Company.objects.create(slug="acme", name_en="Acme"))
    event.answers.add(policy)
    facets = {facet.name: facet for facet in client.get("/targets/").context["facets"]}
    counts = {
        name: {value.value: value.count for value in facets[name].top}
        for name in ("policy_status", "company", "has")
    }
    assert counts == {
        "policy_status": {"in-force": 2, "draft": 1}, "company": {"acme": 2}, "has": {"link": 2},
    }  # fmt: skip
    for name in counts:
        value = facets[name].top[0]
        assert client.get(f"/targets/{value.url}").context["count"] == value.count
        assert not facets[name].is_open


def test_a_row_says_all_that_is_known_of_a_target(policy, client):
    target(
        policy, "Share of lathes", date(2027, 12, 31), value=90, unit="percent",
        comparator="at least", baseline_value=60, baseline_year=2023, status="met",
        evidence_url="https://x.example/proof", status_note="Counted.",
    )  # fmt: skip
    for address in ("/targets/", "/targets/?q=share"):
        page = client.get(address).content.decode()
        row = re.sub(r"\s+", " ", page[page.index('class="row target"') :])
        for word in (
            "at least <strong>90</strong>&nbsp;percent from 60 in 2023", "Lathe plan",
            "/bodies/mol/", "/sectors/tools/", "https://x.example/proof", "Note: Counted.", "Met",
        ):  # fmt: skip
            assert word in row, (address, word)


def test_rows_stand_under_their_year_when_ordered_by_due_date(seeded, client):
    for order in ("due", "-due"):
        page = client.get(f"/targets/?sort={order}").content.decode()
        assert '<h2 class="group">Due 2027</h2>' in page
    assert 'class="group"' not in client.get("/targets/?sort=-announced").content.decode()


def test_the_table_has_every_number_of_the_chart(seeded, client):
    for split in ("status", "sector"):
        answer = client.get(f"/targets/?split={split}")
        page, chart = answer.content.decode(), answer.context["chart"]
        marks = [mark.cell for column in chart.columns for mark in column.marks]
        assert marks
        for cell in marks:
            address = cell.url.replace("&", "&amp;")
            assert page.count(f'href="{address}"') >= 2, cell
        assert sum(cell.count for cell in marks) == answer.context["count"]
        assert "style=" not in page


def test_a_ledger_asks_as_many_questions_of_many_targets_as_of_few(policy, client):
    def asked(query: str) -> int:
        client.get(f"/targets/?{query}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/targets/?{query}")
        return len(queries)

    target(policy, "first", localdate())
    target(policy, "second", None)
    queries = ("", "split=sector", "q=plan")
    few = [asked(query) for query in queries]
    with batch():
        for number in range(40):
            other = Policy.objects.create(state="published", title_en=f"Lathe plan {number}")
            other.issuers.create(body_id=policy.issuers.first().body_id)
            other.sectors.add(Sector.objects.create(slug=f"s{number}", name_en=f"S{number}"))
            target(other, f"target {number}", date(2026 + number, 1, 1))
    assert [asked(query) for query in queries] == few
    assert max(few) <= 12


def test_an_index_from_before_an_upgrade_is_known_to_be_outdated(policy):
    made = target(policy, "first", localdate())
    assert not is_outdated()
    row = SearchDocument.objects.get(kind=2, record_id=made.pk)
    older = "".join(row.values.partition("#quantified:no")[::2])
    SearchDocument.objects.filter(kind=2, record_id=made.pk).update(values=older)
    assert is_outdated()
    rebuild(lambda *_: None, anew=True)
    assert not is_outdated()
