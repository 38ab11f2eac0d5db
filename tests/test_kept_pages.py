"""A search that was asked before is answered at once, and never with what has changed."""

from datetime import date

import pytest
from django.core.cache import caches

from policies import publishing
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Region,
    Sector,
    Term,
)
from policies.search import evaluate
from policies.search.index import INDEX

ADDRESS = "/policies/?q=computing"


@pytest.fixture
def page(client, seeded, settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"}
    settings.CACHES = settings.CACHES | {"pages": memory}
    caches["pages"].clear()

    def page(address=ADDRESS, **headers):
        return client.get(address, headers=headers).content.decode()

    return page


def renamed(record, name):
    record.name_en = name
    record.save()


PAGES = [
    "/policies/", "/", "/targets/", "/targets/who/", "/events/", "/bodies/matrix/",
    "/calendar/?when=2024", "/about/coverage/", "/phrases/?q=equipment",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_was_asked_before_costs_one_query(page, django_assert_num_queries, address):
    first = page(address)
    with django_assert_num_queries(1):
        assert page(address) == first


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_other_than_it_would_be_made_now(page, address):
    policy = Policy.objects.published().exclude(effective_on=None).first()
    body, event = IssuingBody.objects.get(slug="miit"), CorporateEvent.objects.published().first()

    changes = [
        lambda: policy.targets.create(text="A target of this moment", due_on=date(2024, 8, 1)),
        lambda: policy.provisions.create(text="A point of this moment"),
        lambda: policy.deadlines.create(text="Comments", closes_on=date(2024, 8, 1)),
        lambda: renamed(body, "A body of this moment"),
        lambda: renamed(Sector.objects.filter(policies=policy).first(), "A sector of this moment"),
        lambda: event.companies.add(Company.objects.create(name_en="Of this moment")),
        lambda: Term.objects.create(term_en="of this moment", term_zh="此刻"),
        lambda: publishing.withdraw(policy, by=None),
    ]
    before = set()
    for change in changes:
        before.add(page(address))
        change()
        given = page(address)
        caches["pages"].clear()
        assert page(address) == given
        before.add(given)
    assert len(before) > 1


def test_every_change_that_a_page_shows_is_on_it_at_once(page):
    region = Region.objects.filter(policies__state="published").first()
    changes = [
        (Policy.objects.published().first(), "title_en", "A plan renamed just now"),
        (IssuingBody.objects.get(slug="miit"), "abbreviation", "MIITX"),
        (region, "name_en", "A region renamed just now"),
        (NewsletterIssue.objects.get(), "title", "An issue renamed just now"),
    ]
    for record, field, value in changes:
        address = "/policies/?issue=2024-05-08"
        assert value not in page(address)
        setattr(record, field, value)
        record.save()
        assert value in page(address)


def test_pages_of_before_a_change_take_no_room(page):
    for number in range(3):
        page()
        region = Region.objects.filter(policies__state="published").first()
        region.name_en = f"A region renamed {number}"
        region.save()
    page()
    page("/policies/?q=plan")
    held = caches["pages"]
    assert len(held._cache) == 3  # two pages, and of which version they are


def test_pages_are_kept_apart_by_language_and_address(page):
    assert 'lang="en"' in page(**{"accept-language": "en"})
    assert 'lang="zh-Hans"' in page(**{"accept-language": "zh-CN"})
    assert page("/policies/") != page("/events/")


def test_a_database_that_went_back_in_time_has_its_own_pages(page):
    before = page()
    INDEX.forget()
    Policy.objects.published().update(title_en="Not told to the index")
    assert page() != before


def test_a_page_of_a_search_that_took_too_long_is_made_anew(page, monkeypatch):
    address = '/policies/?q="three-year+action+plan"'
    with monkeypatch.context() as slow:
        slow.setattr(evaluate, "PATIENCE", -1.0)
        assert "at least this many" in page(address)
    assert "at least this many" not in page(address)
