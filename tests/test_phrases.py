"""The biography of a phrase: its first policy, and how it spread."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import NewsletterIssue, Policy, Term
from policies.search.indexing import batch

from .test_coverage import found, policy

pytestmark = pytest.mark.django_db
PHRASE = "/phrases/?q=%22new+quality+productive+forces%22"


def rows(context) -> list:
    folded = [context[name] for name in ("issues", "bodies", "sectors")]
    return [*context["years"], *(row for some in folded for row in (*some.first, *some.more))]


def test_every_number_of_any_phrase_is_that_of_its_list(seeded, client):
    choice = random.Random(3)
    words = ["computing", "plan OR notice", "%22digital economy%22", "算力", "-talent", "通知"]
    filters = ["section=news", "not_body=mof", "year=2024", "exact=1", "issuer_all=miit",
               "sector=digital-economy", "lacks=link"]  # fmt: skip
    told = 0
    for word in words:
        query = f"q={word}&{choice.choice(filters)}"
        page = client.get(f"/phrases/?{query}").context
        total = found(f"/policies/?{query}")
        if not total:
            assert page["help"] is not None
            continue
        told += 1
        assert page["count"] == total
        marked = [row for row in rows(page) if row.total.count]
        assert {r.total.url: found(r.total.url) for r in marked} == {
            r.total.url: r.total.count for r in marked
        }
        for some in (page["years"], [*page["issues"].first, *page["issues"].more]):
            assert sum(row.total.count for row in some) == total
        for one in page["elsewhere"]:
            assert found(one.url) == one.count
    assert told >= 4


def test_a_phrase_of_the_seeded_issue_has_its_first_appearance(seeded, client):
    page = client.get(PHRASE)
    first, text = page.context["first"], page.content.decode()
    later = Policy.objects.published().filter(announced_on__lt=first.announced_on)
    matching = client.get("/policies/?q=%22new+quality+productive+forces%22").context["page"]
    assert first.pk in {row.pk for row in matching.object_list}
    assert not later.filter(pk__in=[row.pk for row in matching.object_list]).exists()
    assert "<mark>" in text
    assert first.issue.get_absolute_url() in text
    term = client.get("/glossary/new-quality-productive-forces/").content.decode()
    assert first.get_absolute_url() in term
    assert PHRASE in term.casefold()


def test_the_earliest_comes_first_and_what_is_dated_to_the_year_may_be_older(client):
    issue = NewsletterIssue.objects.create(publisher="P", title="L", published_on=date(2024, 5, 8))
    policy("Lathes again", announced_on=date(2024, 3, 1), announced_precision="day")
    policy(
        "Lathes at last", announced_on=date(2022, 5, 31), announced_precision="month", issue=issue
    )
    policy("Lathes some day", announced_on=date(2022, 12, 31), announced_precision="year")
    policy("Lathes", state="in-review", announced_on=date(2001, 1, 1), announced_precision="day")
    policy("Lathes undated")
    page = client.get("/phrases/?q=lathes").context
    assert page["first"].title_en == "Lathes at last"
    assert (page["count"], page["earlier_number"], found(page["earlier_url"])) == (4, 1, 1)
    years = [(row.label, row.total.count) for row in page["years"]]
    assert years == [("2022", 2), ("2023", 0), ("2024", 1), ("No date", 1)]
    assert page["issue_number"] == 1


def test_without_words_or_matches_the_page_helps(seeded, client):
    empty = client.get("/phrases/")
    assert empty.context["examples"]
    assert "How to search" in empty.content.decode()
    assert 'list="suggestions"' in empty.content.decode()
    assert client.get("/phrases/?section=top").context["examples"]
    none = client.get("/phrases/?q=kompute&section=top")
    assert none.context["help"].ways_out
    wrong = client.get("/phrases/?q=plan&bdoy=1")
    assert [name for name, _ in wrong.context["errors"]] == ["bdoy"]
    assert "first" not in wrong.context
    for odd in ("%00", "%22", "(", "x" * 501, "NOT", "*"):
        assert client.get(f"/phrases/?q={odd}").status_code == 200


def test_questions_to_the_database_do_not_grow_with_records(seeded, client):
    def questions(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    term = Term.objects.get(slug="new-quality-productive-forces").get_absolute_url()
    few = [questions(PHRASE), questions(term)]
    with batch():
        for year in range(2000, 2008):
            policy("New quality productive forces", announced_on=date(year, 1, 1),
                   announced_precision="day")  # fmt: skip
    assert [questions(PHRASE), questions(term)] <= few
    assert few[0] <= 22
