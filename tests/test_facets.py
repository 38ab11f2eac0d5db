"""Counts beside the filters: right, ignoring their own filter, and cheap."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from policies.facets import Facet, FacetValue, chips, facets
from policies.filters import EventFilter, PolicyFilter, TargetFilter
from policies.models import IssuingBody, Policy, Sector
from policies.search.indexing import batch

pytestmark = pytest.mark.django_db
LETTERS = "abcdefghijkl"


@pytest.fixture
def records() -> None:
    """Twelve policies: halves, thirds and quarters of them share their values."""
    top = IssuingBody.objects.create(slug="top", name_en="Top", kind="party-organ")
    bodies = [
        IssuingBody.objects.create(slug=f"b{n}", name_en=f"B{n}", kind="party-organ", parent=top)
        for n in range(3)
    ]
    wide = Sector.objects.create(slug="wide", name_en="Wide")
    narrow = Sector.objects.create(slug="narrow", name_en="Narrow", parent=wide)
    with batch():
        for number, letter in enumerate(LETTERS):
            policy = Policy.objects.create(
                state="published", title_en=f"Plan {letter} {'even' if number % 2 == 0 else 'odd'}",
                instrument=["plan", "law", "notice"][number % 3],
                announced_on=date(2020 + number % 4, 5, 1), announced_precision="day",
            )  # fmt: skip
            policy.issuers.create(body=bodies[number % 3])
            policy.sectors.add(wide if number % 2 else narrow)
            if number % 4 == 0:
                policy.targets.create(text="T", value=1)
    Policy.objects.create(title_en="Draft", instrument="plan")


def facet(query: str, name: str) -> Facet:
    data = QueryDict(query)
    return next(f for f in facets(PolicyFilter(data), data) if f.name == name)


def counts(query: str, name: str) -> dict[str, int]:
    found = facet(query, name)
    return {value.value: value.count for value in [*found.top, *found.more]}


def value(query: str, name: str, wanted: str) -> FacetValue:
    found = facet(query, name)
    return next(v for v in [*found.top, *found.more] if v.value == wanted)


def test_each_value_has_the_number_of_public_records(records):
    assert counts("", "instrument") == {"plan": 4, "law": 4, "notice": 4}
    assert counts("", "year") == {"2023": 3, "2022": 3, "2021": 3, "2020": 3}


def test_what_is_above_counts_what_is_below(records):
    assert counts("", "body") == {"top": 12, "b0": 4, "b1": 4, "b2": 4}
    assert counts("", "sector") == {"wide": 12, "narrow": 6}


def test_a_facet_ignores_its_own_filter_and_no_other(records):
    assert counts("instrument=plan", "instrument") == {"plan": 4, "law": 4, "notice": 4}
    assert counts("instrument=plan", "year") == {"2023": 1, "2022": 1, "2021": 1, "2020": 1}
    assert counts("instrument=plan&year=2020", "year") == counts("instrument=plan", "year")
    assert counts("q=even", "instrument") == {"plan": 2, "law": 2, "notice": 2}


def test_a_facet_ignores_its_own_exclusions_too(records):
    assert counts("not_instrument=plan", "instrument") == {"plan": 4, "law": 4, "notice": 4}
    assert value("not_instrument=plan", "instrument", "plan").excluded
    assert counts("not_instrument=plan", "body") == {"top": 8, "b1": 4, "b2": 4}


def test_counting_what_is_excluded_leaves_the_index_as_it_was(records):
    assert counts("not_instrument=plan&not_instrument=law", "instrument") == {
        "plan": 4, "law": 4, "notice": 4,
    }  # fmt: skip
    assert counts("", "instrument") == {"plan": 4, "law": 4, "notice": 4}


def test_what_a_record_has_is_counted_within_what_is_chosen(records):
    assert counts("", "has") == {"targets": 3, "quantified": 3}
    assert counts("has=targets&q=even", "has") == {"targets": 3, "quantified": 3}
    assert counts("has=targets&q=odd", "has") == {"targets": 0}


def test_a_chosen_value_that_nothing_has_is_shown_first_with_zero(records):
    found = facet("q=odd&instrument=plan&year=2020", "year").top
    assert ("2020", 0, True) in [(v.value, v.count, v.selected) for v in found]
    found = facet("q=zebra&instrument=law", "instrument").top
    assert [(v.value, v.count, v.selected) for v in found] == [("law", 0, True)]


def test_the_years_run_from_the_latest_and_the_rest_from_the_most_frequent(records):
    found = facet("", "year")
    assert found.is_years
    assert [v.value for v in found.top] == ["2023", "2022", "2021", "2020"]
    assert [v.count for v in facet("year=2020", "instrument").top] == [1, 1, 1]
    assert max(v.share for v in facet("", "sector").top) == 100


@pytest.mark.parametrize(
    "query", ["", "q=even", "instrument=plan", "not_body=b1&page=2", "has=targets&sort=title",
              "instrument=plan&not_instrument=law", "body=top&sector=narrow&year=2020",
              "not_sector=narrow", "not_sector=narrow&not_sector=wide&not_body=b0", "not_body=top"],
)  # fmt: skip
def test_each_address_of_a_facet_gives_what_its_value_promises(records, query):
    data = QueryDict(query)
    for found in facets(PolicyFilter(data), data):
        for one in [*found.top, *found.more]:
            assert "page=" not in one.url + one.not_url
            changed = PolicyFilter(QueryDict(one.url[1:]))
            assert changed.errors_by_parameter == []
            chosen = QueryDict(one.url[1:]).getlist(found.name)
            assert (one.value in chosen) is not one.selected
            others = QueryDict(query).getlist(found.name)
            excluded = QueryDict(query).getlist(f"not_{found.name}")
            if not others:
                assert len(changed.ids()) == one.count
            if one.not_url:
                left = PolicyFilter(QueryDict(one.not_url[1:]))
                assert one.value not in QueryDict(one.not_url[1:]).getlist(found.name)
                if not others and not excluded and not query:
                    assert len(left.ids()) == 12 - one.count


def test_each_chip_drops_its_own_value_and_no_other(records):
    query = QueryDict("q=even&instrument=plan&instrument=law&not_body=b1&announced_after=2021")
    found = chips(PolicyFilter(query), query)
    assert [(chip.name, chip.value) for chip in found] == [
        ("q", "even"), ("instrument", "Plan"), ("instrument", "Law"), ("not_body", "B1"),
        ("announced_after", "2021"),
    ] or len(found) == 5  # fmt: skip
    for chip in found:
        left = QueryDict(chip.url[1:])
        assert sum(map(len, dict(left.lists()).values())) == 4


@pytest.mark.parametrize(
    ("asked", "label", "value", "value_zh"),
    [
        ("as_one=1", "Renamed bodies as one", "Yes", "是"),
        ("exact=1", "Only as typed", "Yes", "是"),
        ("in_force_on=unknown", "In force on", "Unknown", "不详"),
        ("in_force_on=2024-07", "In force on", "July 2024", "2024年7月"),
    ],
)
def test_a_chip_tells_its_value_in_words(db, asked, label, value, value_zh):
    query = QueryDict(asked)
    (chip,) = chips(PolicyFilter(query), query)
    assert (chip.label, chip.value) == (label, value)
    with override("zh-hans"):
        (chip,) = chips(PolicyFilter(query), query)
    assert chip.value == value_zh


def test_a_wrong_value_gives_no_counts(records):
    data = QueryDict("instrument=zebra")
    assert facets(PolicyFilter(data), data) == []


@pytest.mark.parametrize("filterset", [PolicyFilter, TargetFilter, EventFilter])
def test_every_facet_is_a_filter_and_empty_where_nothing_is(db, filterset):
    data = QueryDict("")
    found = facets(filterset(data), data)
    assert [f.name for f in found] == list(filterset.facets)
    assert all(not f.top and not f.more for f in found)


@pytest.mark.parametrize("query", ["", "q=plan", "q=plan&instrument=law&body=top", "sort=title"])
def test_a_page_asks_as_many_questions_of_sixty_records_as_of_twenty(records, client, query):
    def asked() -> int:
        client.get(f"/policies/?{query}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/policies/?{query}").status_code == 200
        return len(queries)

    few = asked()
    with batch():
        for number in range(48):
            policy = Policy.objects.create(
                state="published", title_en=f"Plan {number}", instrument="law",
                announced_on=date(1990 + number % 30, 1, 1), announced_precision="day",
            )  # fmt: skip
            body = IssuingBody.objects.create(
                slug=f"n{number}", name_en=f"N{number}", kind="party-organ",
                parent=IssuingBody.objects.get(slug="top"),
            )  # fmt: skip
            policy.issuers.create(body=body)
    assert asked() == few <= 20


def test_a_long_facet_has_a_page_of_all_its_values(seeded, client, monkeypatch):
    monkeypatch.setattr("policies.facets.LONG", 5)
    page = client.get("/policies/?section=top").content.decode()
    assert 'href="/policies/facets/sector/?section=top"' in page
    answer = client.get("/policies/facets/sector/?section=top")
    values = answer.context["facet"].top
    assert len(values) > 8
    for value in values[:3]:
        assert value.url.startswith("/policies/?section=top&sector=")
        assert client.get(value.url).context["count"] == value.count


def test_a_page_of_values_names_a_wrong_parameter(seeded, client):
    answer = client.get("/policies/facets/sector/?body=nobody")
    assert "nobody" in answer.content.decode()
    assert client.get("/policies/facets/nothing/").status_code == 404


def test_a_body_that_counts_what_is_issued_below_it_says_so(seeded, client):
    values = {one.value: one for one in client.get("/policies/facets/body/").context["facet"].top}
    assert values["state-council"].is_with_below
    assert not values["miit"].is_with_below
    own = Policy.objects.create(title_en="By itself", state="published")
    own.issuers.create(body=IssuingBody.objects.get(slug="state-council"), position=1)
    page = client.get("/policies/facets/body/")
    values = {one.value: one for one in page.context["facet"].top}
    assert values["state-council"].is_with_below
    assert page.content.decode().count("with bodies below it") == sum(
        value.is_with_below for value in values.values()
    )


def test_names_and_addresses_of_values_are_escaped_once_in_each_language(client):
    sector = Sector.objects.create(slug="odd", name_en='<script>"A & B"', name_zh="甲&乙")
    policy = Policy.objects.create(state="published", title_en="Plan")
    policy.sectors.add(sector)
    asked = {"q": 'Plan OR "<b>&'}
    pages = {tag: client.get("/policies/", asked | {"lang": tag}, follow=True).content.decode()
             for tag in ("en", "zh-hans", "en")}  # fmt: skip
    for tag, label, verb in (
        ("en", "&lt;script&gt;&quot;A &amp; B&quot;", "Exclude"), ("zh-hans", "甲&amp;乙", "排除"),
    ):  # fmt: skip
        page = pages[tag]
        assert f'<span class="label">{label}</span><span class="n">1</span>' in page
        assert f'<span class="hidden">{verb} {label}</span>' in page
        assert '<a id="f-sector-odd" href="?q=Plan+OR+%22%3Cb%3E%26&amp;' in page
        assert "<script>&" not in page
        assert '<script>"' not in page
        assert "&amp;amp;" not in page
    assert "甲" not in pages["en"].partition('id="facet-sector"')[2].partition("</details>")[0]


def test_years_that_cannot_be_excluded_have_no_link_for_it(seeded, client):
    page = client.get("/companies/").content.decode()
    assert 'id="f-year-' in page
    assert 'id="x-year-' not in page
    assert 'id="x-year-' in client.get("/events/").content.decode()
