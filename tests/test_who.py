"""Who does what: each number is that of the list that it leads to."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from policies.filters import OF_POLICY, PolicyFilter, TargetFilter
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


def acting(title: str, *bodies: IssuingBody, number: int = 2, **given) -> Policy:
    """A policy with measures and no target."""
    made = policy(title, *bodies)
    for name, value in given.items():
        setattr(made, name, value)
    made.save()
    for place in range(number):
        made.provisions.create(text=f"{title} {place}", kind="measure", position=place)
    made.provisions.create(text="Whom it is for", kind="criterion")
    return made


def test_measures_of_policies_without_a_target_stand_by_their_body(client):
    miit, mof = body("miit"), body("mof")
    policy("Lathe plan", miit).targets.create(text="Goal")
    acting("Lathe loans", mof, miit, legal_status="in-force")
    acting("Lathe fairs", miit, number=1)
    acting("Lathe criteria", mof, number=0)
    hidden = acting("Lathe secrets", mof)
    hidden.state = "in-review"
    hidden.save()
    answer = client.get(f"{ADDRESS}?q=lathe")
    first, second = answer.context["groups"]
    assert (first.body, first.number, first.policy_number) == (miit, 1, 1)
    assert (second.body, second.number, second.policy_number) == (mof, 0, 1)
    assert [str(row.measure) for row in second.rows] == ["Lathe loans 0", "Lathe loans 1"]
    assert [issuer.body for issuer in second.rows[0].beside] == [miit]
    for group in (first, second):
        assert client.get(group.policies_url).context["count"] == group.policy_number
        narrowed = client.get(ADDRESS + group.url).context
        assert [one.body for one in narrowed["groups"]] == [group.body]
    assert answer.context["count"] == 1
    assert client.get(answer.context["policies_listed"]).context["count"] == 2
    html = answer.content.decode()
    assert "Measures only" in html
    assert "Lathe secrets" not in html
    assert "Lathe criteria" not in html
    assert "Lathe fairs" not in client.get(f"{ADDRESS}?policy_status=in-force").content.decode()
    assert "Lathe loans" in client.get(f"{ADDRESS}?policy_status=in-force").content.decode()


@pytest.mark.parametrize(
    "query",
    ["unit=percent", "quantified=no", "due=overdue", "status=open", "year=unknown",
     "due_after=2020", "comparator=about"],
)  # fmt: skip
def test_what_only_targets_have_finds_no_measures_alone(client, query):
    made = policy("Lathe plan", body("mof"))
    made.targets.create(text="Goal", unit="percent", value=9, comparator="about")
    acting("Lathe loans", IssuingBody.objects.get(slug="mof"))
    assert "Lathe loans" not in client.get(f"{ADDRESS}?{query}").content.decode()
    assert "Lathe loans" in client.get(f"{ADDRESS}?sort=-due&split=sector").content.decode()


def test_what_is_asked_of_policies_by_the_same_name_means_the_same_there():
    same, asked, told = OF_POLICY, TargetFilter.base_filters, PolicyFilter.base_filters
    for name, other in same.items():
        assert type(told[other]).__name__ in (type(asked[name]).__name__, "SlugsFilter"), name
        if name == other:
            assert str(told[other].label) == str(asked[name].label), name
    both = asked.keys() & told.keys() - same.keys() - set(TargetFilter.beside)
    assert {n.removeprefix("not_") for n in both} == {"status", "year", "due_after", "due_before"}


def test_a_measure_tells_until_when_to_comment_or_apply(client):
    made = acting("Lathe loans", body("mof"), number=1)
    made.deadlines.create(kind="comment", closes_on=date(2027, 6, 30), closes_precision="day")
    made.deadlines.create(kind="application", closes_on=date(2027, 8, 31), closes_precision="month")
    html = client.get(ADDRESS).content.decode()
    assert "Comments close: 30 June 2027" in html
    assert "Applications close: August 2027" in html
    assert "Not stated" not in html


def test_measures_alone_keep_half_of_the_room_and_the_others_are_counted(client, monkeypatch):
    miit, mof = body("miit"), body("mof")
    policy("Plan", miit).targets.create(text="Goal")
    for number in range(6):
        made = acting(f"Of a goal {number}", miit, number=1)
        made.targets.create(text="T")
        acting(f"Alone {number}", mof)
    monkeypatch.setattr(who, "MEASURES", 4)
    page = client.get(ADDRESS)
    assert page.context["measure_number"] == 4
    assert page.context["more_measures"] == 6 + 12 - 4
    assert "14 more measures are not shown" in page.content.decode()
    assert [group.policies_shown for group in page.context["groups"]] == [0, 1]
    assert page.context["groups"][1].policy_number == 6


def test_a_wrong_parameter_is_named_and_nothing_is_told(client):
    page = client.get(f"{ADDRESS}?main=mitt&bdoy=x&page=2")
    assert {name for name, _ in page.context["errors"]} == {"main", "bdoy"}
    assert "mitt" in page.content.decode()
    assert "<table" not in page.content.decode()


def test_where_nothing_is_found_the_ways_out_say_how_much_each_gives(seeded, client):
    page = client.get(ADDRESS, {"issued": "jointly", "year": "2099"})
    ways = page.context["help"].ways_out
    assert {way.count for way in ways} == {found(way.url) for way in ways}
    assert any(way.count for way in ways)
    assert "Leave one out:" in page.content.decode()


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
    acting("Alone", bodies[0])
    few = asked()
    with batch():
        for number in range(60):
            made = policy(str(number), bodies[number % 5], bodies[(number + 1) % 5])
            made.targets.create(text=f"T{number}")
            made.provisions.create(text=f"M{number}", kind="measure")
            acting(f"Alone {number}", bodies[number % 5])
    assert asked() <= few + 1
    assert few <= 10
    monkeypatch.setattr(who, "TARGETS", 20)
    monkeypatch.setattr(who, "MEASURES", 3)
    page = client.get(ADDRESS)
    groups = page.context["groups"]
    assert [group.targets_shown for group in groups] == [13, 7, 0]
    assert (page.context["more_targets"], page.context["more_measures"]) == (42, 20 + 122 - 3)
    assert page.context["measure_number"] == 3
    assert "42 more targets are not shown" in page.content.decode()
    assert "the first 0 here" not in page.content.decode()
    assert "the first 7 here" in page.content.decode()
