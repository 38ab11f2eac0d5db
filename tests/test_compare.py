"""Policies side by side."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.compare import aligned, several, single
from policies.models import FormerSlug, IssuingBody, Policy, Sector, TargetLink
from policies.newsletter import PreciseDate

pytestmark = pytest.mark.django_db


def policy(name: str, **values) -> Policy:
    values = {"title_en": f"{name} plan", "state": "published"} | values
    return Policy.objects.create(slug=name, **values)


def target(of: Policy, metric: str, value=None, unit="", due: int | None = None, **values):
    made = of.targets.model(policy=of, metric=metric, text=f"{metric} as printed", **values)
    made.value, made.unit = value, unit
    made.due = PreciseDate.of(due) if due else None
    made.save()
    return made


@pytest.fixture
def two() -> tuple[Policy, Policy]:
    """Two policies that share a body, a sector and a date, and differ in the rest."""
    miit, mof, ndrc = (
        IssuingBody.objects.create(
            slug=n, name_en=f"Ministry {n}", abbreviation=n.upper(), kind="former"
        )
        for n in ("miit", "mof", "ndrc")
    )
    tools = Sector.objects.create(slug="tools", name_en="Tools", name_zh="工具")
    one = policy("lathes", title_zh="车床方案", instrument="plan", summary="About lathes.")
    other = policy("mills", instrument="notice", legal_status="in-force")
    for made, bodies in ((one, (miit, mof)), (other, (ndrc, miit))):
        made.announced = PreciseDate.of(2024, 4)
        made.save()
        for place, body in enumerate(bodies):
            made.issuers.create(body=body, position=place, is_lead=place == 0)
        made.sectors.add(tools)
        made.provisions.create(text="Shared words", kind="measure")
    one.provisions.create(text="Its own words", kind="scope")
    return one, other


def verdicts(page) -> dict[str, str]:
    return {str(row.label): row.said.verdict for row in page.context["rows"]}


def test_what_policies_share_and_where_they_differ_is_said_in_words(two, client):
    page = client.get("/compare/?policy=lathes&policy=mills")
    assert page.context["errors"] == []
    said = verdicts(page)
    assert said["Announced"] == said["Sectors"] == said["Measures"] == "same"
    assert said["Instrument"] == said["Issuing bodies"] == "differs"
    assert said["Legal status"] == said["Scope"] == "partly"
    assert said["Expires"] == said["Level"] == "unknown"
    text = re.sub(r"\s+", " ", page.content.decode())
    assert text.count("in both") == 6
    assert text.count("only here") == 2
    for words in ("April 2024", "Its own words", "About lathes.", "differs", "not known of all"):
        assert words in text
    assert '<p lang="en">lathes plan</p><p lang="zh-Hans">车床方案</p>' in text
    assert "Chinese title unknown" in text
    assert "style=" not in text


def test_targets_of_one_metric_stand_in_one_row(two):
    one, other = two
    target(one, "Share of numerical lathes", 60, "percent", 2027)
    target(one, "Share of numerical lathes", 75, "percent", 2030)
    target(other, "share of lathes, numerical", 60, "Percent", 2027)
    target(other, "Share of numerical lathes", 60, "GW", 2027)
    quick, fast = target(one, "Spindle speed"), target(other, "How fast it turns", 9, "rpm")
    shown = list(Policy.objects.filter(slug__in=["lathes", "mills"]).order_by("slug"))
    rows, rest = aligned(shown)
    assert [[len(cell) for cell in row.cells] for row in rows] == [[2, 1]]
    assert rows[0].verdict == "differs"
    assert [len(targets) for targets in rest] == [1, 2]
    TargetLink.objects.create(earlier=quick, later=fast)
    rows, rest = aligned(shown)
    assert [row.name for row in rows] == ["Share of numerical lathes", "Spindle speed"]
    assert [len(targets) for targets in rest] == [0, 1]


def test_targets_linked_by_way_of_a_third_document_stand_in_one_row(two):
    first, second = two
    middle = policy("In between")
    one = target(first, "Onshore turbines", 5, "GW")
    way = target(middle, "Turbines", 7, "GW")
    other = target(second, "Wind parks in all provinces", 9, "GW")
    for earlier, later in ((one, way), (way, other)):
        TargetLink.objects.create(earlier=earlier, later=later)
    for is_public in (True, False):
        middle.state = "published" if is_public else "withdrawn"
        middle.save()
        together, apart = aligned([first, second])
        assert [[one], [other]] in [row.cells for row in together]
        assert not any(t in (one, other) for cell in apart for t in cell)


def test_nothing_is_the_same_where_something_is_not_known():
    assert single(["a", "a"]).verdict == "same"
    assert single(["a", ""]).verdict == "partly"
    assert single(["", None]).verdict == "unknown"
    assert single(["a", "b", ""]).verdict == "differs"
    three = several([[1, 2], [2, 3], [2, 1]])
    assert three.verdict == "differs"
    assert [(item.number, item.is_shared, item.is_alone) for item in three.cells[1]] == [
        (3, True, False), (1, False, True),
    ]  # fmt: skip
    assert several([[1], [1], []]).verdict == "partly"


def test_of_many_bodies_the_first_are_named_and_the_rest_folds(two, client):
    for number in range(20):
        name = f"b{number:02}"
        made = IssuingBody.objects.create(slug=name, name_en=f"Body {name}", kind="former")
        two[0].issuers.create(body=made, position=number + 5, is_lead=number == 19)
    said = client.get("/compare/?policy=lathes&policy=mills").content.decode()
    (fold,) = re.findall(r'<details class="rest">.*?</details>', said, re.DOTALL)
    before = said.partition('<details class="rest">')[0]
    assert "and 14 more" in fold
    assert fold.count('href="/bodies/b') == 14
    assert 'href="/bodies/b19/"' in before
    page = client.get("/policies/?q=lathes").content.decode()
    assert page.count('href="/bodies/b') == 6
    assert "MIIT" in page
    assert 'href="/bodies/b19/"' in page
    assert '<a href="/policies/lathes/">and 14 more</a>' in page
    assert client.get("/policies/lathes/").content.decode().count('href="/bodies/b') >= 20


def test_deadlines_stand_side_by_side(two, client):
    two[0].deadlines.create(kind="comment", closes_on=date(2024, 5, 19), text="on the draft")
    page = client.get("/compare/?policy=lathes&policy=mills")
    row = next(row for row in page.context["rows"] if row.kind == "deadlines")
    assert [len(cell) for cell in row.said.cells] == [1, 0]
    said = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert "Comments close 19 May 2024 on the draft" in said


def test_a_wrong_number_or_an_unknown_policy_is_told(two, client):
    for name in "abc":
        policy(name)
    hidden = policy("hidden", state="in-review")
    for query, said in (
        ("policy=lathes", "One policy is chosen so far"),
        ("policy=lathes&policy=lathes", "One policy is chosen so far"),
        ("policy=lathes&reading=hidden", "“hidden”"),
        ("policy=lathes,mills,a,b,c", "5 policies are chosen"),
        ("policy=lathes&policy=nothing", "“nothing”"),
        ("policy=lathes,hidden", "“hidden”"),
        ("policy=lathes,mills&colour=red", "colour"),
        ("policy=,", "names nothing"),
    ):
        page = client.get(f"/compare/?{query}")
        assert page.status_code == 200
        text = page.content.decode()
        assert said in text, query
        assert "policies" not in page.context
        assert hidden.title_en not in text
    assert client.get("/compare/?policy=lathes,mills,a,b,c").content.decode().count("checkbox") == 5
    choice = client.get("/compare/?reading=lathes,mills,a,b,c")
    assert choice.context["errors"] == client.get("/compare/").context["errors"] == []
    assert choice.content.decode().count("checkbox") == 5


def test_one_policy_is_no_mistake_and_leads_to_a_second(two, client):
    page = client.get("/compare/?policy=lathes")
    text = page.content.decode()
    assert page.context["errors"] == []
    assert "checkbox" not in text
    assert 'href="/policies/?reading=lathes"' in text
    # A second one is ticked where that link leads.
    other = client.get("/compare/?reading=lathes&policy=mills").content.decode()
    assert "Choose at least one more" in other
    assert re.findall(r'value="(\w+)" checked', other) == ["mills", "lathes"]


@pytest.mark.parametrize(
    ("names", "said"),
    [("abc", "Leave one out: for now it is the last."), ("abcd", "Leave 2 out")],
)
def test_of_more_than_four_policies_some_are_left_out_by_a_click(two, client, names, said):
    for name in names:
        policy(name)
    named = ["lathes", "mills", *names]
    page = client.get(f"/compare/?policy={','.join(named)}")
    assert page.context["errors"] == []
    text = page.content.decode()
    assert f"{len(named)} policies are chosen, and at most 4 fit beside each other." in text
    assert said in text
    assert re.findall(r'value="(\w+)" checked', text) == named[:4]


def test_a_former_address_is_compared_and_one_can_be_taken_out(two, client):
    third = policy("third")
    FormerSlug.objects.create(kind="policy", slug="old-name", record_id=third.pk)
    page = client.get("/compare/?policy=mills,lathes,old-name&reading=mills")
    assert [p.slug for p in page.context["policies"]] == ["mills", "lathes", "third"]
    rest = page.context["policies"][1].without_url
    assert rest == "/compare/?policy=mills,third&reading=mills"
    assert [p.slug for p in client.get(rest).context["policies"]] == ["mills", "third"]


def test_a_list_offers_what_can_be_compared_without_a_script(two, client):
    text = client.get("/policies/").content.decode()
    assert text.count('type="checkbox" name="policy"') == 2
    assert 'form="compare"' in text
    assert 'id="compare" method="get" action="/compare/"' in text


def test_a_comparison_asks_as_many_questions_of_long_policies_as_of_short(two, client):
    def asked() -> int:
        client.get("/compare/?policy=lathes,mills")
        with CaptureQueriesContext(connection) as queries:
            client.get("/compare/?policy=lathes,mills")
        return len(queries)

    target(two[0], "First", 1, "GW")
    before = asked()
    for number in range(5):
        for one in two:
            target(one, f"Metric {number}", number, "GW")
            one.provisions.create(text=f"Words {number}", kind="criterion")
    assert asked() == before <= 14


def test_the_address_of_a_reading_list_compares_what_is_on_it(two, client):
    page = client.get("/compare/?in=lathes&in=mills", follow=True)
    assert page.context["errors"] == []
    assert [one.slug for one in page.context["policies"]] == ["lathes", "mills"]
    assert page.context["reading"].slugs == ["lathes", "mills"]
    for name in ("drills", "saws", "files"):
        policy(name)
    page = client.get("/compare/?in=lathes,mills,drills,saws,files", follow=True)
    assert page.context["over"] == 1
    assert "rows" not in page.context
    page = client.get("/compare/?in=lathes,nowhere", follow=True)
    assert "nowhere" in str(page.context["errors"])
