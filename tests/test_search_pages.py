"""The search pages as a reader meets them: everything at once, lists with words, suggestions."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User

from policies import publishing
from policies.models import Policy
from policies.search import evaluate

pytestmark = pytest.mark.django_db


def parts(client, query: str) -> dict[str, int]:
    page = client.get("/search/", {"q": query})
    return {part.title: part.count for part in page.context["parts"]}


def test_one_search_counts_every_kind_of_record(seeded, client):
    found = parts(client, "MIIT")
    assert found["Policies"] == client.get("/policies/", {"q": "MIIT"}).context["count"] > 0
    assert found["Issuing bodies"] > 0
    assert found["Companies"] == 0


def test_each_part_leads_to_its_list_with_the_same_number(seeded, client):
    for part in client.get("/search/", {"q": "computing"}).context["parts"]:
        assert client.get(part.url).context["count"] == part.count, part.title


def test_a_search_for_nothing_explains_the_language(seeded, client):
    page = client.get("/search/").content.decode()
    assert "How to search" in page


def test_a_search_that_finds_nothing_of_any_kind_helps(seeded, client):
    page = client.get("/search/", {"q": "digtal talent"})
    assert page.context["count"] == 0
    assert page.context["help"].spelling == "digital talent"
    assert "digital talent" in page.content.decode()


@pytest.mark.parametrize("query", ["q=x&body=miit", "q=" + "x" * 501, "q=a&exact=2", "q=a&q=b"])
def test_a_wrong_address_is_told_and_finds_nothing(seeded, client, query):
    page = client.get(f"/search/?{query}")
    assert page.status_code == 200
    assert page.context["errors"]
    assert page.context["parts"] == []


def test_what_was_typed_comes_back_escaped(seeded, client):
    for address in ("/search/", "/policies/"):
        page = client.get(address, {"q": '"><script>alert(1)</script>'}).content.decode()
        assert "<script>alert(1)" not in page


def test_only_what_was_typed_finds_less(seeded, client):
    assert client.get("/policies/", {"q": "suanli"}).context["count"] > 0
    assert client.get("/policies/", {"q": "suanli", "exact": "1"}).context["count"] == 0


def test_a_withdrawn_policy_is_found_by_no_search(seeded, client):
    assert parts(client, "小巨人")["Policies"] == 1
    policy = Policy.objects.get(title_zh__contains="小巨人")
    publishing.withdraw(policy, by=User.objects.create_user("e"))
    assert parts(client, "小巨人")["Policies"] == 0
    suggested = client.get("/suggest/", {"q": policy.title_en[:30]}).content.decode()
    assert policy.title_en not in suggested


@pytest.mark.parametrize(
    ("path", "asked"),
    [("/", ""), ("/search/", ""), ("/search/?q=plan", ""), ("/policies/", "?kind=policy"),
     ("/targets/", "?kind=target"), ("/events/", "?kind=event"), ("/bodies/", "?kind=body"),
     ("/companies/", "?kind=company"), ("/sectors/", "?kind=sector"),
     ("/sectors/?q=steel", "?kind=sector"), ("/glossary/", "?kind=term"),
     ("/glossary/?q=steel", "?kind=term"), ("/phrases/", "?kind=policy"),
     ("/issues/", "?kind=policy&amp;kind=event")],
)  # fmt: skip
def test_each_page_with_a_search_box_suggests_what_it_can_find(seeded, client, path, asked):
    page = client.get(path).content.decode()
    assert f'hx-get="/suggest/{asked}"' in page
    assert "django_htmx/htmx" in page


def test_suggestions_only_answer_questions(client):
    assert client.post("/suggest/", {"q": "miit"}).status_code == 405
    refused = client.get("/suggest/?q=miit&kind=policy&kind=polcy")
    assert refused.status_code == 400
    assert refused.content.decode().startswith("kind: “polcy” is not known. Allowed: policy, ")


def test_the_words_stay_when_a_filter_is_chosen(seeded, client):
    page = client.get("/policies/", {"q": "plan"})
    value = next(v for f in page.context["facets"] for v in f.top if not v.selected)
    assert "q=plan" in value.url
    assert client.get(f"/policies/{value.url}").context["count"] == value.count


def test_a_search_in_the_glossary_and_among_companies_uses_the_same_words(seeded, client):
    assert client.get("/glossary/", {"q": "suanli"}).context["count"] > 0
    assert client.get("/companies/", {"q": "tesla"}).context["count"] == 1


@pytest.mark.parametrize("address", ["/bodies/matrix/", "/about/coverage/", "/issues/"])
def test_a_view_of_a_search_that_finds_nothing_says_what_to_leave_out(seeded, client, address):
    found = client.get(f"{address}?q=computing").content.decode()
    assert "Leave one out:" not in found
    page = client.get(f"{address}?q=computing+zebra").content.decode().partition("<main")[2]
    assert page.count("Leave one out:") == 1
    assert '<a href="?q=computing">without ' in page
    assert "What is missing" not in page
    assert "the 0 policies" not in page
    misspelt = client.get(f"{address}?q=computnig").content.decode()
    assert "Did you mean" in misspelt


def test_promises_and_dates_are_what_leaving_out_would_give(db, client):
    for title in ("Plan on lathes", "Plan on mills"):
        policy = publishing.publish(Policy.objects.create(title_en=title), by=None)
        if title == "Plan on lathes":
            policy.promises.create(text="A standard for lathes")
            policy.effective_on, policy.effective_precision = date(2999, 1, 1), "day"
            policy.save()
    for address in ("/policies/promised/", "/calendar/"):
        page = client.get(f"{address}?q=lathes+mills").content.decode()
        ways = re.findall(r'<a href="([^"]+)">without .*?</a> <span class="n">(\d+)', page)
        assert ways == [("?q=lathes", "1")]


@pytest.mark.parametrize(
    "address",
    ["/search/", "/issues/", "/calendar/", "/about/coverage/", "/policies/promised/",
     "/bodies/matrix/"],
)  # fmt: skip
def test_a_page_whose_counts_were_cut_short_says_at_least(seeded, client, monkeypatch, address):
    query = {"q": '"three-year action plan"'}
    with monkeypatch.context() as slow:
        slow.setattr(evaluate, "PATIENCE", -1.0)
        assert "at least this many" in client.get(address, query).content.decode()
    assert "at least this many" not in client.get(address, query).content.decode()
