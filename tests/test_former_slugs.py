"""An address that names a record as it was called before is read as today's."""

import pytest
from django.test import Client

from policies.alerts.searches import Search
from policies.assistants import answers
from policies.formerslugs import named_as_today, todays
from policies.models import (
    Alert,
    Company,
    CorporateEvent,
    FormerSlug,
    IssuingBody,
    Policy,
    Region,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(seeded) -> dict[str, tuple[str, str]]:
    """A record of each kind with a new slug: what it was called before, and is now."""
    policy = Policy.objects.published().filter(sectors__isnull=False, targets__isnull=False).first()
    region = Region.objects.filter(policies__state="published").first()
    records = {
        "policy": policy,
        "body": IssuingBody.objects.get(slug="miit"),
        "sector": policy.sectors.first(),
        "region": region,
        "company": Company.objects.published().first(),
    }
    found = {}
    for name, record in records.items():
        before = record.slug
        for new in ("in-between", f"renamed-{name}"):
            record.slug = new
            record.save()
        found[name] = before, record.slug
    return found


ADDRESSES = [
    ("body", "/policies/?body={}"), ("body", "/policies/?not_body={}&body=ndrc"),
    ("body", "/policies.csv?main={}"), ("body", "/policies.atom?issuer_all={}"),
    ("body", "/targets/who/?body={}"), ("body", "/bodies/matrix/?body={}&as_one=1"),
    ("body", "/api/v1/policies/?lead={}"), ("body", "/policies.ics?body={}"),
    ("body", "/policies/facets/body/?body={}"), ("body", "/calendar/?when=2024&body={}"),
    ("sector", "/policies/?sector={}&split=sector"), ("sector", "/targets/?sector={}&split=sector"),
    ("sector", "/policies/chart.svg?sector={}&split=sector"),
    ("sector", "/policies/timeline/?sector={}"), ("sector", "/about/coverage/?sector={}"),
    ("sector", "/phrases/?q=plan&sector={}"), ("sector", "/companies/?sector={}"),
    ("sector", "/glossary/?sector={}"), ("sector", "/api/v1/facets/policies/?sector_all={}"),
    ("region", "/policies/?region={}"), ("region", "/events.csv?not_region={}"),
    ("company", "/policies/?company={}"), ("company", "/events/?company={}"),
    ("policy", "/policies/?in={}"), ("policy", "/events/?answers={}"),
    ("policy", "/policies/?reading={}"),
    ("policy", "/compare/?policy={},2024-04-26-interim-measures-for-the"),
]  # fmt: skip


def body_of(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code in (200, 400), address
    assert answer.status_code == 200 or "compare" in address
    return answer.getvalue() if answer.streaming else answer.content


@pytest.mark.parametrize(("name", "address"), ADDRESSES)
def test_every_address_answers_as_with_today_s_name(client, renamed, name, address):
    before, today = renamed[name]
    assert before != today
    assert body_of(client, address.format(before)) == body_of(client, address.format(today))


def test_a_name_among_others_is_found_and_no_value_stands_twice(renamed):
    before, today = renamed["policy"]
    assert todays("reading=in-between") == f"reading={today}"
    assert todays(f"in=one%2C{before},two&q=a+b") == f"in=one,{today},two&q=a+b"
    assert todays(f"in={before},{today}") == f"in={today}"
    before, today = renamed["body"]
    assert todays(f"body={before}&body={today}&page=2") == f"body={today}&page=2"
    assert todays(f"sector={before}") == f"sector={before}"


@pytest.mark.parametrize("query", ["body=%00", "q=%E7%AE%97", "in=,,", "body=a%2Fb&&=", "body"])
def test_what_names_nothing_stays_as_it_was_written(seeded, query):
    assert todays(query) == query


def test_a_former_name_tells_nothing_of_what_is_not_public(client, seeded):
    hidden = Policy.objects.create(headline="Not told to anybody")
    FormerSlug.objects.create(kind="policy", slug="once", record_id=hidden.pk)
    alone = Company.objects.create(name_en="Not told either")
    FormerSlug.objects.create(kind="company", slug="once", record_id=alone.pk)
    for address in ("/policies/?in=once", "/events/?company=once"):
        page = client.get(address).content.decode()
        assert "once" in page
        assert "not-told" not in page
    assert not CorporateEvent.objects.filter(companies=alone).exists()


def test_the_desk_s_own_lists_are_left_alone(rf, renamed):
    before, today = renamed["sector"]
    asked = named_as_today(lambda request: request.GET["sector"])
    assert asked(rf.get(f"/policies/?sector={before}")) == today
    assert asked(rf.get(f"/admin/policies/policy/?sector={before}")) == before


def test_an_alert_goes_on_with_what_its_records_are_called_now(renamed):
    before, today = renamed["body"]
    alert = Alert(kind="policies", query=f"body={before}")
    assert Search.of(alert).query.getlist("body") == [today]


def test_an_assistant_may_use_a_name_of_before(renamed):
    before, today = renamed["body"]
    former, now = (
        answers.search("policies", "", {"body": name}, sort="", limit=5, cursor="")
        for name in (before, today)
    )
    assert former == now
    assert former["count"]
