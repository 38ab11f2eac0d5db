"""A reading list that is kept in the address alone."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict

from policies.filterslugs import MOST
from policies.models import FormerSlug, Policy
from policies.search.indexing import batch
from policies.views.reading import ReadingList

pytestmark = pytest.mark.django_db


@pytest.fixture
def five() -> list[Policy]:
    with batch():
        return [
            Policy.objects.create(
                slug=f"p{number}", title_en=f"Plan {number}", state="published",
                instrument="plan" if number < 3 else "notice", announced_on=f"2024-0{number}-01",
                announced_precision="day",
            )
            for number in range(1, 6)
        ]  # fmt: skip


def slugs(client, query: str) -> list[str]:
    page = client.get(f"/policies/?{query}")
    assert page.context["errors"] == []
    return [row.slug for row in page.context["page"].object_list]


def links(text: str, words: str) -> list[str]:
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]*)', text)
    return [url.replace("&amp;", "&") for url, label in found if label.strip() == words]


def test_a_list_in_the_address_is_searched_like_any_other(five, client):
    assert slugs(client, "in=p1,p4&in=p2") == ["p4", "p2", "p1"]
    assert slugs(client, "in=p1,p4,p2&instrument=plan&sort=announced") == ["p1", "p2"]
    assert slugs(client, "in=p1,p4&q=4") == ["p4"]
    assert slugs(client, "reading=p1,p4&instrument=plan") == ["p2", "p1"]
    for file in ("csv", "ris", "json"):
        answer = client.get(f"/policies.{file}?in=p1,p4&reading=p2")
        assert (answer.status_code, answer["X-Record-Count"]) == (200, "2")
    for facet in client.get("/policies/?in=p1,p2,p4").context["facets"]:
        for value in (*facet.top, *facet.more):
            assert client.get(f"/policies/{value.url}").context["count"] == value.count
    chip = next(c for c in client.get("/policies/?in=p1,p2").context["chips"])
    assert (chip.value, chip.url) == ("2 records", "?")
    assert client.get("/policies/?in=p1&reading=p2").context["chips"][0].value == "Plan 1"


def test_what_is_not_public_or_too_much_is_named(five, client):
    five[4].state = "in-review"
    five[4].save()
    many = ",".join(f"x{number}" for number in range(MOST + 1))
    for name in ("in", "reading"):
        for value, said in (
            ("p1,nothing", "“nothing”"), ("p5", "“p5”"), (",", "names nothing"),
            (many, str(MOST + 1)),
        ):  # fmt: skip
            page = client.get(f"/policies/?{name}={value}")
            assert page.context["count"] == 0
            ((wrong, message),) = page.context["errors"]
            assert wrong == name
            assert said in message
        assert client.get(f"/policies.csv?{name}=p5").status_code == 400
    page = client.get("/policies/?reading=p1,p5").content.decode()
    assert slugs(client, links(page, "Leave out")[0].partition("?")[2])[0] == "p4"


def test_a_former_address_still_stands_for_its_policy(client, five):
    FormerSlug.objects.create(kind="policy", slug="once", record_id=five[0].pk)
    page = client.get("/policies/?in=once,p2").content.decode()
    assert page == client.get("/policies/?in=p1,p2").content.decode()
    assert "once" not in page


def test_policies_are_added_and_removed_by_links_that_keep_the_search(five, client):
    text = client.get("/policies/?instrument=plan&sort=title").content.decode()
    assert "Compare what is ticked" in text
    assert 'aria-label="Reading list"' not in text
    address = links(text, "Add to reading list")[0]
    assert address == "/policies/?instrument=plan&sort=title&reading=p1"
    text = client.get(address).content.decode()
    assert links(text, "Remove from reading list") == ["/policies/?instrument=plan&sort=title"]
    address = links(text, "Add to reading list")[0]
    text = client.get(address).content.decode()
    assert "reading=p1,p2" in address
    (opened,) = links(text, "Open")
    assert opened == "/policies/?in=p1,p2"
    (compared,) = links(text, "Compare")
    assert len(client.get(compared).context["policies"]) == 2
    assert client.get(links(text, "RIS")[0])["X-Record-Count"] == "2"
    assert links(text, "Clear") == ["/policies/?instrument=plan&sort=title"]
    assert 'href="/policies/p1/?reading=p1,p2"' in text


def test_an_open_list_loses_what_is_removed(five, client):
    text = client.get("/policies/?in=p1,p2&sort=title&page=1").content.decode()
    assert links(text, "Remove from reading list")[0] == "/policies/?sort=title&in=p2"
    assert links(text, "Add others") == ["/policies/?reading=p1,p2"]
    assert 'href="/policies/p2/?reading=p1,p2"' in text


def test_a_policy_s_page_carries_the_list(five, client):
    text = client.get("/policies/p3/").content.decode()
    assert links(text, "Add to reading list") == ["/policies/p3/?reading=p3"]
    text = client.get("/policies/p3/?reading=p1,gone").content.decode()
    assert links(text, "Add to reading list") == ["/policies/p3/?reading=p1,gone,p3"]
    assert links(text, "Policies")[-1] == "/policies/?reading=p1,gone"
    assert "Not public, or not any more: gone." in text
    assert links(text, "Leave out") == ["/policies/p3/?reading=p1"]


def test_a_full_list_takes_no_more():
    full = ReadingList(QueryDict("reading=" + ",".join(f"p{number}" for number in range(MOST))))
    assert full.flipped("another") == ""
    assert full.flipped("p1")


def test_a_reading_list_takes_few_questions(five, client, django_assert_max_num_queries):
    client.get("/policies/?in=p1,p2")
    with django_assert_max_num_queries(14):
        client.get("/policies/?in=p1,p2,p3&reading=p4")
    with django_assert_max_num_queries(12):
        client.get("/policies/")
