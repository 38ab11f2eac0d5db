"""Every public page, as a reader meets it."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from policies import publishing
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Sector,
    Target,
    Term,
)

LISTS = ["/", "/policies/", "/targets/", "/events/", "/bodies/", "/companies/", "/sectors/",
         "/issues/", "/glossary/", "/about/"]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded():
    call_command("seed", verbosity=0)


def test_every_page_of_the_seeded_tracker_answers(seeded, client):
    addresses = list(LISTS)
    for model in (Policy, Target, CorporateEvent, IssuingBody, Company, Sector, Term):
        addresses += [record.get_absolute_url() for record in model.objects.all()[:6]]
    addresses += [issue.get_absolute_url() for issue in NewsletterIssue.objects.all()]
    assert {a: client.get(a).status_code for a in addresses} == dict.fromkeys(addresses, 200)


def test_an_unknown_value_is_named_and_finds_nothing(seeded, client):
    page = client.get("/policies/?body=mitt")
    assert "mitt" in page.content.decode()
    assert page.context["count"] == 0


def test_an_unknown_parameter_never_widens_the_result(seeded, client):
    page = client.get("/policies/?bdoy=miit")
    assert "bdoy" in page.content.decode()
    assert page.context["count"] == 0


@pytest.mark.parametrize("query", ["sort=size", "page=x", "page=7", "announced_after=soon"])
def test_other_wrong_values_are_named(seeded, client, query):
    page = client.get(f"/policies/?{query}")
    assert page.status_code == 200
    assert page.context["errors"]


def test_a_parent_body_finds_what_its_children_issued(seeded, client):
    assert client.get("/policies/?body=state-council").context["count"] >= 10


def test_excluding_a_body_leaves_the_rest(seeded, client):
    total = client.get("/policies/").context["count"]
    with_mof = client.get("/policies/?body=mof").context["count"]
    assert client.get("/policies/?not_body=mof").context["count"] == total - with_mof


def test_each_facet_count_is_what_its_link_finds(seeded, client):
    page = client.get("/policies/?section=top")
    for facet in page.context["facets"]:
        for value in [*facet.top, *facet.more]:
            if facet.name != "section" and not value.selected:
                found = client.get(f"/policies/{value.url}").context["count"]
                assert found == value.count, (facet.name, value.value)


def test_a_year_bound_takes_the_whole_year(seeded, client):
    assert client.get("/targets/?due_before=2027").context["count"] > 0
    assert client.get("/targets/?due_after=2028").context["count"] == 0


def test_what_is_withdrawn_is_gone_and_says_why(seeded, client):
    policy = Policy.objects.published().first()
    publishing.withdraw(policy, by=User.objects.create_user("e"), note="Printed twice.")
    page = client.get(policy.get_absolute_url())
    assert page.status_code == 410
    assert "Printed twice." in page.content.decode()


def test_a_former_address_leads_to_todays(seeded, client):
    policy = Policy.objects.published().first()
    former, policy.slug = policy.get_absolute_url(), "a-better-slug"
    policy.save()
    assert client.get(former)["Location"] == "/policies/a-better-slug/"


def test_nothing_in_review_shows_anywhere(seeded, client):
    hidden = Policy.objects.published().first()
    Policy.objects.filter(pk=hidden.pk).update(
        state="in-review", title_en="Canaryword", headline="Canaryword", summary="Canaryword"
    )
    Target.objects.filter(policy=hidden).update(text="Canaryword", metric="Canaryword")
    event = CorporateEvent.objects.published().first()
    CorporateEvent.objects.filter(pk=event.pk).update(
        state="withdrawn", headline="Canaryword", text="Canaryword"
    )
    addresses = list(LISTS)
    for model in (Policy, Target, CorporateEvent, IssuingBody, Company, Sector, NewsletterIssue):
        addresses += [record.get_absolute_url() for record in model.objects.all()]
    for address in addresses:
        assert "Canaryword" not in client.get(address).content.decode(), address


@pytest.mark.parametrize("address", ["/policies/", "/targets/", "/events/", "/bodies/"])
def test_a_list_asks_the_same_number_of_questions_whatever_its_length(
    seeded, client, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(70):
        client.get(address)


def test_raw_html_in_a_text_is_shown_not_obeyed(seeded, client):
    policy = Policy.objects.published().first()
    policy.summary = "<script>alert(1)</script> [go](javascript:alert(1))"
    policy.save()
    page = client.get(policy.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_the_security_policy_allows_no_inline_script(client):
    header = client.get("/about/")["Content-Security-Policy"]
    assert "default-src 'self'" in header
    assert "unsafe-inline" not in header


def test_a_missing_page_is_in_the_sites_look(client):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "Policy tracker" in page.content.decode()
