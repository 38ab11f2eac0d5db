"""Searching the lists of sectors, companies, terms and issues."""

from __future__ import annotations

import pytest

from policies.models import CorporateEvent, NewsletterIssue, Policy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/sectors/", "/companies/", "/glossary/", "/issues/"])
def test_each_plain_list_has_a_search_box(seeded, client, address):
    page = client.get(address).content.decode()
    assert f'action="{address}"' in page
    assert 'name="q"' in page


@pytest.mark.parametrize("words", ["semiconductors", "半导体", "bandaoti", "integrated circuits"])
def test_a_sector_is_found_in_both_languages_with_its_policies(seeded, client, words):
    answer = client.get("/sectors/", {"q": words})
    (found,) = [row for row in answer.context["page"] if row.slug == "semiconductors"]
    policies = client.get("/policies/", {"sector": "semiconductors"}).context["count"]
    assert found.number == policies


def test_issues_say_how_much_of_a_search_they_hold(seeded, client):
    answer = client.get("/issues/", {"q": "computing"})
    ((_, lists),) = answer.context["found"]
    for words, address in lists:
        assert client.get(address).context["count"] == int(words.split()[0]) > 0
    total = client.get("/policies/", {"q": "computing"}).context["count"]
    assert lists[0][0] == f"{total} polic{'ies' if total > 1 else 'y'}"


def test_an_issue_without_what_is_sought_is_left_out(seeded, client):
    page = client.get("/issues/", {"q": "zebra"})
    assert page.context["found"] == []
    assert "No issue holds this" in page.content.decode()


def test_searching_issues_names_a_wrong_parameter(seeded, client):
    page = client.get("/issues/", {"q": "computing", "colour": "red"}).content.decode()
    assert "colour" in page
    assert "Found in" not in page


def test_a_search_of_issues_does_not_ask_for_each(seeded, client, django_assert_max_num_queries):
    for month in range(1, 7):
        issue = NewsletterIssue.objects.create(
            publisher="Institute", title="Letter", published_on=f"2023-{month:02}-01"
        )
        Policy.objects.create(issue=issue, title_en="Computing plan", state="published")
        CorporateEvent.objects.create(issue=issue, text="Computing", state="published")
    client.get("/issues/", {"q": "computing"})
    with django_assert_max_num_queries(8):
        answer = client.get("/issues/", {"q": "computing"})
    assert len(answer.context["found"]) == 7
