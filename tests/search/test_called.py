"""Of bodies, companies, terms and sectors, what is called so stands first."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from policies.models import Company, CorporateEvent, IssuingBody, Sector, Term
from policies.views.lists import BodyList

pytestmark = pytest.mark.django_db

LISTS = {"body": "/bodies/", "company": "/companies/", "term": "/glossary/", "sector": "/sectors/"}


def first(client, kind: str, typed: str) -> str:
    page = client.get(LISTS[kind], {"q": typed})
    assert page.context["errors"] == []
    return str(next(iter(page.context["page"])))


@pytest.mark.parametrize("typed", ["国务院", "State Council", "state council", "“State Council”",
                                   "guowuyuan", "guo wu yuan", "Guówùyuàn"])  # fmt: skip
def test_a_body_stands_first_under_each_of_its_names(seeded, client, typed):
    council = IssuingBody.objects.get(short_name_zh="国务院")
    assert first(client, "body", typed) == str(council)


@pytest.mark.parametrize(
    ("typed", "term"),
    [("suanli", "Computing power"), ("算力", "Computing power"),
     ("computing-power", "Computing power"), ("AI+", "AI Plus"), ("“人工智能+”", "AI Plus"),
     ("AI", "Artificial intelligence"), ("人工智能", "Artificial intelligence"),
     ("rengong zhineng", "Artificial intelligence"), ("lüse tongdao", "Green channel"),
     ("luse tongdao", "Green channel")],
)  # fmt: skip
def test_a_term_stands_before_those_that_its_name_is_a_part_of(seeded, client, typed, term):
    assert first(client, "term", typed) == str(Term.objects.get(term_en=term))


def test_companies_and_sectors_stand_first_under_their_names(db, client):
    for name in ("Alpha Steel", "Steel", "Steel Works"):
        company = Company.objects.create(slug=name.replace(" ", "-"), name_en=name)
        CorporateEvent.objects.create(state="published", text="It is told").companies.add(company)
        Sector.objects.create(slug=name.replace(" ", "-"), name_en=f"{name} making")
    assert first(client, "company", "steel") == "Steel"
    assert first(client, "sector", "steel making") == "Steel making"


def test_a_name_stands_before_another_name_of_something_else(db, client):
    Sector.objects.create(slug="b", name_en="Boards", aliases=["chips"])
    Sector.objects.create(slug="c", name_en="Casino chips")
    Sector.objects.create(slug="z", name_en="Chips")
    rows = client.get("/sectors/", {"q": "chips"}).context["page"]
    assert [row.slug for row in rows] == ["z", "b", "c"]


def test_a_body_that_is_renamed_gives_up_its_place_at_once(db, client):
    one = IssuingBody.objects.create(slug="o", name_en="Office of Steel", kind="former")
    IssuingBody.objects.create(slug="a", name_en="Agency of Office of Steel", kind="former")
    assert first(client, "body", "office of steel") == "Office of Steel"
    one.name_en = "The Office of Steel Works"
    one.save()
    assert first(client, "body", "office of steel") == "Agency of Office of Steel"


def test_being_called_so_finds_nothing_that_was_not_found(seeded, client):
    Sector.objects.create(slug="steel-x", name_en="Steel x")
    rows = client.get("/sectors/", {"q": "-steel"}).context["page"]
    assert "steel-x" not in {row.slug for row in rows}
    exact = client.get("/glossary/", {"q": "rengongzhineng", "exact": "1"})
    assert exact.context["count"] == 0


def test_pages_of_a_list_join_without_gap_or_repeat(seeded):
    for query in ("q=国务院", "q=MIIT", "q=office"):
        asked = BodyList.filterset_class(QueryDict(query))
        whole = asked.page(0, 1000)
        assert sorted(whole) == sorted(asked.ids())
        assert [key for at in range(len(whole)) for key in asked.page(at, at + 1)] == whole


@pytest.mark.parametrize(
    ("typed", "name"),
    [("国务院", "State Council"), ("suanli", "Computing power"), ("AI", "Artificial intelligence")],
)
def test_a_search_for_everything_shows_and_names_what_is_called_so(seeded, client, typed, name):
    page = client.get("/search/", {"q": typed})
    named = [str(record) for record in page.context["named"]]
    assert any(name in told for told in named), named
    shown = [str(row) for part in page.context["parts"] for row in part.rows]
    assert set(named) <= set(shown)


def test_a_search_for_everything_names_nothing_that_only_holds_the_words(seeded, client):
    assert client.get("/search/", {"q": "council"}).context["named"] == []
