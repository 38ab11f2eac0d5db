"""Who does what: each number is that of the list that it leads to."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from policies.filters import PolicyFilter, TargetFilter
from policies.models import BodySuccession, IssuingBody, Policy
from policies.search.indexing import batch
from policies.views import who

pytestmark = pytest.mark.django_db
ADDRESS = "/targets/who/"


def found(address: str) -> int:
    """How many targets the list at an address holds."""
    made = TargetFilter(QueryDict(address.partition("?")[2]))
    assert made.errors_by_parameter == []
    return len(made.ids())


def body(name: str) -> IssuingBody:
    return IssuingBody.objects.create(
        slug=name, name_en=name, abbreviation=name.upper(), kind="former"
    )


def policy(title: str, *bodies: IssuingBody, lead: int | None = 0) -> Policy:
    made = Policy.objects.create(title_en=title, state="published")
    for place, one in enumerate(bodies):
        made.issuers.create(body=one, position=place, is_lead=place == lead)
    return made


def random_search(choice: random.Random) -> str:
    offered = {
        "section": ["top", "news"], "issuer_all": ["miit", "mof"], "main": ["miit", "unknown"],
        "issued": ["jointly", "alone"], "lead": ["miit", "cac"], "as_one": ["1"],
        "quantified": ["yes", "no"], "not_body": ["mof"], "q": ["digital OR equipment", "-plan"],
        "year": ["2027", "2026"], "sort": ["-due", "-announced"],
    }  # fmt: skip
    asked = QueryDict(mutable=True)
    for name in choice.sample(sorted(offered), 2):
        asked[name] = choice.choice(offered[name])
    return asked.urlencode()


def test_every_number_of_any_search_is_that_of_its_list(seeded, client):
    old = body("oldest")
    BodySuccession.objects.create(
        predecessor=old, successor=IssuingBody.objects.get(slug="miit"), year=2008
    )
    policy("Former", old).targets.create(text="An old goal")
    policy("Unled", old, body("other"), lead=None).targets.create(text="A shared goal")
    policy("Nobody").targets.create(text="A lost goal")
    choice, seen = random.Random(7), 0
    for query in ["", "as_one=1&issuer_all=miit", *(random_search(choice) for _ in range(14))]:
        page = client.get(f"{ADDRESS}?{query}").context
        assert page["errors"] == []
        assert page["count"] == found(f"?{query}") == found(page["listed"])
        groups = page["groups"] if page["count"] else []
        seen += len(groups)
        assert sum(group.number for group in groups) == page["count"]
        for group in groups:
            shown = [row for row in group.rows if row.target]
            assert group.number == found(group.list_url) == len(shown), (query, group.list_url)
            assert client.get(ADDRESS + group.url).context["count"] == group.number
    assert seen > 20
    assert found("?main=unknown") == 2
    assert len(PolicyFilter(QueryDict("main=unknown&q=unled")).ids()) == 1


def test_the_table_names_the_lead_its_supporters_the_deadline_and_the_measures(client):
    miit, mof, ndrc = body("miit"), body("mof"), body("ndrc")
    plan = policy("Lathe plan", mof, miit, ndrc, lead=1)
    plan.targets.create(text="Late", due_on=date(2030, 12, 31), due_precision="year")
    plan.targets.create(text="Soon", due_on=date(2027, 6, 30), due_precision="month")
    plan.provisions.create(text="Buy lathes", kind="measure")
    plan.provisions.create(text="Who qualifies", kind="criterion")
    policy("Alone", miit, lead=None).targets.create(text="Own")
    hidden = policy("Hidden", miit)
    hidden.targets.create(text="Unseen")
    Policy.objects.filter(pk=hidden.pk).update(state="in-review")
    hidden.refresh_from_db()
    hidden.save()
    answer = client.get(ADDRESS)
    (group,) = answer.context["groups"]
    assert group.body == miit
    rows = [str(row.target or row.measure) for row in group.rows]
    assert rows == ["Soon", "Late", "Own", "Buy lathes"]
    assert [issuer.body for issuer in group.rows[0].beside] == [mof, ndrc]
    assert group.rows[2].beside == []
    html = answer.content.decode()
    assert "June 2027" in html
    assert 'role="region"' in html
    assert "Unseen" not in html
    assert ADDRESS in client.get("/targets/").content.decode()
    assert f"{ADDRESS}?main=miit" in client.get("/bodies/miit/").content.decode()


def test_on_a_phone_a_body_without_partners_is_supported_by_nobody(client):
    miit, mof = body("miit"), body("mof")
    policy("Alone", miit).targets.create(text="Own")
    policy("Shared", mof, miit).targets.create(text="Common")
    policy("Nobody").targets.create(text="Lost")
    said = client.get(ADDRESS).content.decode()
    heads = re.findall(r'<tr class="of">.*?</tr>', said, re.DOTALL)
    beside = {" ".join(re.sub("<[^>]+>", " ", head).split()) for head in heads}
    assert beside == {
        "Document Alone alone", "Document Shared Supported by MIIT",
        "Document Nobody Supported by unknown",
    }  # fmt: skip


def test_a_wrong_parameter_is_named_and_nothing_is_told(client):
    page = client.get(f"{ADDRESS}?main=mitt&bdoy=x&page=2")
    assert {name for name, _ in page.context["errors"]} == {"main", "bdoy"}
    assert "mitt" in page.content.decode()
    assert "<table" not in page.content.decode()


def test_what_finds_no_room_is_counted_and_questions_do_not_grow(client, monkeypatch):
    def asked() -> int:
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    bodies = [body(f"b{number}") for number in range(5)]
    for one in bodies[:2]:
        made = policy(f"Of {one}", one)
        made.targets.create(text="T", due_on=date(2027, 12, 31), due_precision="year")
        made.provisions.create(text="M", kind="measure")
    few = asked()
    with batch():
        for number in range(60):
            made = policy(str(number), bodies[number % 5], bodies[(number + 1) % 5])
            made.targets.create(text=f"T{number}")
            made.provisions.create(text=f"M{number}", kind="measure")
    assert asked() <= few + 1
    assert few <= 10
    monkeypatch.setattr(who, "TARGETS", 20)
    monkeypatch.setattr(who, "MEASURES", 3)
    page = client.get(ADDRESS)
    groups = page.context["groups"]
    assert [group.targets_shown for group in groups] == [13, 7]
    assert (page.context["more_targets"], page.context["more_measures"]) == (42, 17)
    assert page.context["measure_number"] == 3
    assert "42 more targets are not shown" in page.content.decode()
    assert "the first 7 here" in page.content.decode()
