"""The biography of a phrase: its first policy, and how it spread."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import NewsletterIssue, Sector, Term
from policies.search.indexing import batch

from .test_coverage import found, policy

pytestmark = pytest.mark.django_db
PHRASE = "/phrases/?q=%22new+quality+productive+forces%22"


def rows(context) -> list:
    folded = [context[name] for name in ("issues", "bodies", "sectors")]
    return [*context["years"], *(row for some in folded for row in (*some.first, *some.more))]


def test_every_number_of_any_phrase_is_that_of_its_list(seeded, client):
    choice = random.Random(3)
    words = ["computing", "plan OR notice", "%22digital economy%22", "算力", "-talent", "通知",
             "China OR overcapacity"]  # fmt: skip
    filters = ["section=news", "not_body=mof", "year=2024", "exact=1", "issuer_all=miit",
               "sector=digital-economy", "lacks=link"]  # fmt: skip
    told = 0
    for word in words:
        query = f"q={word}&{choice.choice(filters)}"
        page = client.get(f"/phrases/?{query}").context
        commented = page["commented"]
        assert not commented.count or found(commented.url) == commented.count
        if "first" not in page:
            assert commented.count or page["help"] is not None
            continue
        told += 1
        total = found(page["list_url"])
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


def test_what_stands_in_a_comment_only_is_told_as_such(seeded, client):
    page = client.get(PHRASE)
    commented, text = page.context["in_comment"], page.content.decode()
    assert "first" not in page.context
    assert "First appeared in the comment on a policy of" in text
    assert "<mark>" in text
    assert commented.issue.get_absolute_url() in text
    assert found(page.context["commented"].url) == page.context["commented"].count == 1
    for slug in ("new-quality-productive-forces", "overcapacity"):
        term = client.get(f"/glossary/{slug}/").content.decode()
        assert "No policy of the tracker has it." in term
        assert re.search(r'Only in comments so far: <a href="/policies/[^"]+">1 policy</a>', term)
        assert "/phrases/?q=" in term


def test_comments_never_date_a_phrase_that_policies_have(client):
    policy("Tariffs", comment="Lathes at last", announced_on=date(2021, 1, 1),
           announced_precision="day")  # fmt: skip
    policy("Lathes", comment="Lathes again", announced_on=date(2022, 1, 1),
           announced_precision="day")  # fmt: skip
    Term.objects.create(term_en="Lathes", term_zh="车床", definition="d")
    page = client.get("/phrases/?q=lathes").context
    assert (page["first"].title_en, page["count"]) == ("Lathes", 1)
    assert (page["commented"].count, found(page["commented"].url)) == (1, 1)
    term = client.get("/glossary/lathes/").context
    assert (term["first_policy"].title_en, term["appearance"].count) == ("Lathes", 1)
    assert term["appearance"].commented.count == 1
    asked_for = client.get("/phrases/?q=comment:lathes").context
    assert (asked_for["first"].title_en, asked_for["count"]) == ("Tariffs", 2)


def test_policies_with_the_phrase_in_their_comment_only_are_called_further_ones(client):
    policy("Lathes")
    policy("Tariffs", comment="Lathes at last")
    Term.objects.create(term_en="Lathes", term_zh="车床", definition="d")
    for address in ("/phrases/?q=lathes", "/glossary/lathes/"):
        said = re.sub("<[^>]+>", "", client.get(address).content.decode())
        assert "In 1 further policy only in the comment." in said
        assert "Only in comments so far" not in said


def test_a_part_of_a_sector_never_dates_what_is_called_like_the_sector(client):
    Sector.objects.create(slug="p", name_en="Computing power", name_zh="算力",
                          aliases=["data centres"])  # fmt: skip
    term = Term.objects.create(term_en="Computing power", term_zh="算力", definition="d",
                               aliases_zh=["“计算”能力"])  # fmt: skip
    policy("Data centres", announced_on=date(2020, 1, 1), announced_precision="day")
    policy("计算能力", announced_on=date(2023, 1, 1), announced_precision="day")
    policy("算力", announced_on=date(2024, 1, 1), announced_precision="day")
    for words in ("算力", "computing+power", '"computing+power"'):
        page = client.get(f"/phrases/?q={words}").context
        assert (page["first"].title_en, page["count"]) == ("计算能力", 2), words
        assert found(page["list_url"]) == 2
    assert found("/policies/?q=算力") == 3
    told = client.get(term.get_absolute_url()).context
    assert (told["first_policy"].title_en, told["appearance"].count) == ("计算能力", 2)
    assert client.get(told["appearance"].url).context["count"] == 2


def test_names_beyond_what_a_question_may_hold_are_left_out_or_refused_in_words(client):
    long = [f"{'lathe' * 18} {number}" for number in range(9)]
    term = Term.objects.create(term_en="Lathes", term_zh="车床", definition="d", aliases_en=long)
    policy("Lathes", announced_on=date(2020, 1, 1), announced_precision="day")
    policy(long[0], comment="Lathes")
    assert client.get(term.get_absolute_url()).context["appearance"].count >= 1
    page = client.get("/phrases/?q=lathes").context
    assert page["count"] == found(page["list_url"]) == 1
    assert [n for n, _ in client.get(f"/phrases/?q={'x' * 495}").context["errors"]] == ["q"]


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
    assert 'hx-get="/suggest/?kind=policy"' in empty.content.decode()
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
    policy("New quality productive forces", announced_on=date(1999, 1, 1))
    few = [questions(PHRASE), questions(term)]
    with batch():
        for year in range(2000, 2008):
            policy("New quality productive forces", announced_on=date(year, 1, 1),
                   announced_precision="day")  # fmt: skip
    assert [questions(PHRASE), questions(term)] <= few
    assert few[0] <= 22
