"""What the newsletter covered: each number is that of the list that it leads to."""

from __future__ import annotations

import random
import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from policies.filters import EventFilter, PolicyFilter, TargetFilter
from policies.models import (
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PublicVersion,
    Sector,
)
from policies.search.indexing import batch

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="(/(?:policies|targets|events)/\?[^"]+)">(\d+)</a>')


def found(address: str) -> int:
    """How many records the list at an address holds."""
    path, _, query = address.partition("?")
    kinds = {"/policies/": PolicyFilter, "/targets/": TargetFilter, "/events/": EventFilter}
    made = kinds[path](QueryDict(query))
    assert made.errors_by_parameter == [], address
    return len(made.ids())


def random_search(choice: random.Random) -> str:
    offered = {
        "section": ["top", "news"], "instrument": ["plan", "notice"], "level": ["national"],
        "issuer_all": ["miit", "mof", "ndrc"], "not_body": ["mof", "miit"], "year": ["2024"],
        "q": ["computing OR talent", "-plan"], "sector": ["digital-economy", "green-transition"],
        "lacks": ["link", "title_zh"], "month": ["2024-04"], "body": ["state-council"],
        "as_one": ["1"], "sector_all": ["digital-economy"],
    }  # fmt: skip
    sectors = PolicyFilter(QueryDict("")).filters["sector"].options()
    offered["sector"] = [option.value for option in sectors]
    asked = QueryDict(mutable=True)
    for name in choice.sample(sorted(offered), 2):
        asked[name] = choice.choice(offered[name])
    return asked.urlencode()


def policy(title: str, **given) -> Policy:
    usual = {"state": "published", "published_at": "2024-05-01T00:00Z"}
    return Policy.objects.create(title_en=title, **usual | given)


def test_every_number_of_any_search_is_that_of_its_list(seeded, client):
    choice = random.Random(7)
    for query in ["", *(random_search(choice) for _ in range(4))]:
        page = client.get(f"/about/coverage/?{query}")
        assert page.context["errors"] == [], query
        numbers = [(unescape(url), int(n)) for url, n in LINK.findall(page.content.decode())]
        assert {url: found(url) for url, _ in numbers} == dict(numbers), query
        total = page.context["count"]
        assert total == found(f"/policies/?{query}")
        if not total:
            assert 'class="scroll heat"' not in page.content.decode().partition("<main")[2]
            continue
        for name in ("issues", "months"):
            assert sum(row.total.count for row in page.context[name]) == total, (name, query)
        for row in page.context["months"]:
            assert not row.cells or sum(cell.count for cell in row.cells) == row.total.count
        width = len(page.context["sections"])
        for row in (*page.context["sectors"], *page.context["bodies"], *page.context["issues"]):
            assert sum(cell.count for cell in row.cells[:width]) == row.total.count


def test_empty_cells_and_silent_bodies_can_be_seen(seeded, client):
    page = client.get("/about/coverage/")
    text = page.content.decode()
    (year,) = page.context["months"]
    assert len(year.cells) == 13
    assert text.count('<span class="none">0</span>') > 20
    silent = {body.slug for body in page.context["silent"]}
    issued = {row.record.slug for row in (*page.context["bodies"], *page.context["more_bodies"])}
    assert silent
    assert len(silent | issued) == IssuingBody.objects.count()
    assert not silent & issued
    assert "not what was issued" in text
    assert 'href="/about/coverage/"' in client.get("/about/").content.decode()
    listed = client.get("/policies/?section=top&sort=title").content.decode()
    assert 'href="/about/coverage/?section=top"' in listed


def test_sectors_are_the_same_for_the_same_policies_whatever_was_asked(client):
    names = ("Energy", "Hydrogen", "Solar", "Transport", "Wool")
    energy, hydrogen, solar, transport, _ = (
        Sector.objects.create(slug=name.lower(), name_en=name) for name in names
    )
    for below in (hydrogen, solar):
        below.parent = energy
        below.save()
    policy("Hydrogen trucks").sectors.set([hydrogen, transport])
    policy("Hydrogen at sea").sectors.set([hydrogen])
    policy("Sun").sectors.set([solar])

    def rows(query: str) -> list[tuple[str, int]]:
        page = client.get(f"/about/coverage/?{query}").context
        for row in page["sectors"]:
            if row.total.count:
                assert found(row.total.url) == row.total.count, (query, row.total.url)
        return [(row.label, row.total.count) for row in page["sectors"]]

    expected = [("Energy", 2), ("Hydrogen", 2), ("Transport", 1), ("Solar", 0), ("Wool", 0)]
    for query in ("sector=hydrogen", "q=hydrogen", "sector_all=hydrogen&sector_all=energy",
                  "sector=hydrogen&sector_all=energy"):  # fmt: skip
        assert rows(query) == expected, query
    assert found("/policies/?sector=hydrogen&sector_all=transport") == 1
    assert found("/policies/?sector_all=hydrogen&sector_all=solar") == 0
    assert found("/targets/?sector_all=hydrogen") == 0


def test_what_stood_in_no_issue_stands_in_no_section(client):
    issue = NewsletterIssue.objects.create(publisher="P", title="L", published_on=date(2024, 5, 8))
    policy("Printed", issue=issue, section="news", position=2)
    entered = policy("Entered")
    entered.targets.create(text="More lathes")
    page = client.get("/about/coverage/").context
    assert page["sections"] == ["Top item", "Short note", "In no issue"]
    rows = [(row.label, [cell.count for cell in row.cells]) for row in page["issues"]]
    assert [counts for _, counts in rows] == [[0, 1, 0], [0, 0, 1]]
    assert found("/policies/?section=news") == found("/policies/?not_section=news") == 1
    assert found("/targets/?section=news&section=top") == 0
    told = client.get("/api/v1/policies/entered/").json()
    assert (told["section"], told["position"], told["issue"]) == (None, None, None)
    told = client.get("/api/v1/policies/printed/").json()
    assert (told["section"]["value"], told["position"]) == ("news", 2)
    # A section that was told before, without an issue, is no correction.
    versions = PublicVersion.objects.filter(kind="policy", record_id=entered.pk)
    state, told_before = versions.latest("pk"), versions.count()
    state.fields["section"] = {"value": "news", "label": "Short note"}
    state.save()
    entered.refresh_from_db()
    entered.note = "Seen"
    entered.save()
    assert versions.count() == told_before
    entered.issue = issue
    entered.save()
    assert versions.latest("pk").fields["section"]["value"] == "news"


def test_what_is_missing_is_found_by_the_filter(client):
    issue = NewsletterIssue.objects.create(publisher="P", title="L", published_on=date(2024, 5, 8))
    whole = policy(
        "Whole",
        title_zh="全",
        official_url="https://a.example/",
        instrument="plan",
        issue=issue,
        announced_on=date(2024, 4, 26),
        announced_precision="day",
    )
    body = IssuingBody.objects.create(name_en="Office", kind="ministry")
    whole.issuers.create(body=body)
    vague = policy(
        "Vague", issue=issue, announced_on=date(2023, 12, 31), announced_precision="year"
    )
    vague.issuers.create(body=body, position=1)
    vague.issuers.create(printed="Somebody", position=2)
    policy("Bare")
    CorporateEvent.objects.create(text="It happened", state="published")
    numbers = {
        "lacks=link": 2, "lacks=title_zh": 2, "lacks=date": 1, "lacks=day": 1, "lacks=issuer": 1,
        "lacks=body": 1, "lacks=instrument": 2, "lacks=sector": 3, "lacks=issue": 1,
        "lacks=link&lacks=body": 1, "month=2023-unknown": 1, "month=2024-04": 1, "month=unknown": 1,
    }  # fmt: skip
    assert {query: found(f"/policies/?{query}") for query in numbers} == numbers
    events = [f"/events/?lacks={what}" for what in ("date", "link", "company", "sector")]
    assert {found(address) for address in events} == {1}
    page = client.get("/about/coverage/").context
    assert [(row.label, row.total.count) for row in page["months"]] == [
        ("2024", 1), ("2023", 1), ("No date", 1)
    ]  # fmt: skip
    assert page["months"][1].cells[12].count == 1
    assert [row.total.count for row in page["issues"]] == [2, 1]


def test_a_wrong_parameter_is_named_and_counts_nothing(seeded, client):
    page = client.get("/about/coverage/?lacks=everything&bdoy=miit")
    assert {name for name, _ in page.context["errors"]} == {"lacks", "bdoy"}
    assert "everything" in page.content.decode()
    assert "count" not in page.context


def test_questions_to_the_database_do_not_grow_with_records(seeded, client):
    def questions() -> int:
        client.get("/about/coverage/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/about/coverage/")
        return len(asked)

    few = questions()
    issue = NewsletterIssue.objects.create(publisher="P", title="L", published_on=date(2020, 5, 8))
    known = {"issue": issue, "announced_on": date(2019, 12, 31), "announced_precision": "day"}
    with batch():
        for body in IssuingBody.objects.all()[:9]:
            policy(f"By {body}", **known).issuers.create(body=body)
    assert questions() == few <= 12
