"""What was in force on a day: an exact rule, and what it leaves out is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from policies import publishing
from policies.filters import PolicyFilter
from policies.inforce import in_words, status_in_words
from policies.models import Policy, PolicyRelation
from policies.newsletter import PreciseDate

pytestmark = pytest.mark.django_db

# Title: its dates and its status.
POLICIES: dict[str, dict[str, Any]] = {
    "By day": {"effective": "2024-06-01"},
    "Ended": {"effective": "2024-01-01", "expires": "2024-06-30"},
    "Last day": {"effective": "2024-01-01", "expires": "2024-07-01"},
    "By year": {"effective": "2024"},
    "Known by status": {
        "document": "2024-03-01",
        "announced": "2024-08",
        "legal_status": "in-force",
    },
    "Announced": {"announced": "2024-07-01", "legal_status": "in-force"},
    "Issued": {"announced": "2024-03-01", "legal_status": "issued"},
    "Repealed": {"effective": "2020-01-01", "legal_status": "repealed"},
    "Ended in the year": {"effective": "2023-05-01", "expires": "2024"},
    "Repealed in time": {"effective": "2020", "expires": "2024-12-31", "legal_status": "repealed"},
    "Draft": {"effective": "2024-01-01", "legal_status": "draft"},
}


def made(title: str, *, legal_status: str = "unknown", **dates: str) -> Policy:
    policy = Policy(title_en=title, legal_status=legal_status, state="published")
    for name, value in dates.items():
        setattr(policy, name, PreciseDate.of(*map(int, value.split("-"))))
    policy.save()
    return policy


@pytest.fixture
def policies() -> None:
    for title, values in POLICIES.items():
        made(title, **values)


def found(value: str) -> set[str]:
    filterset = PolicyFilter(QueryDict(f"in_force_on={value}"))
    assert filterset.errors_by_parameter == []
    return {policy.title_en for policy in Policy.objects.filter(pk__in=list(filterset.ids()))}


def test_a_day_finds_what_had_begun_and_had_not_ended(policies):
    lasting = {"By day", "Known by status", "Repealed in time"}
    assert "Ended in the year" in found("2023-12-31")
    assert found("2024-07-01") == lasting | {"Last day", "Announced"}
    assert found("2024-06-30") == lasting | {"Ended", "Last day"}
    assert found("2025-01-01") == {"By day", "By year", "Known by status", "Announced"}


def test_a_month_or_year_finds_what_applied_at_some_time_in_it(policies):
    assert "Ended" in found("2024-06")
    assert "Ended" not in found("2024-07")
    assert {"Ended", "By year", "Ended in the year"} < found("2024")
    assert found("2019") == set()


def test_what_nobody_can_tell_is_left_out_and_said(policies, client):
    assert found("unknown") == {"Issued", "Repealed"}
    maybe = {"Issued", "Repealed", "By year", "Ended in the year"}
    assert found("unknown-2024-07-01") == maybe
    assert found("unknown-2024") == found("unknown-2025") == {"Issued", "Repealed"}
    assert found("unknown-2023-12-31") == {"Issued", "Repealed"}
    page = client.get("/policies/?in_force_on=2024-07-01")
    assert page.context["count"] == 5
    assert page.context["left_out"] == len(maybe)
    assert "Left out" in page.content.decode()
    left_out = client.get(f"/policies/{page.context['left_out_url']}")
    assert left_out.context["count"] == len(maybe)
    assert "1 July 2024 (Unknown)" in left_out.content.decode()
    assert 'name="in_force_on" value="2024-07-01"' in page.content.decode()
    assert "In force on:" in page.content.decode()


@pytest.mark.parametrize("date", ["summer", "2024-13-45", "unknown-summer", "unknown-"])
def test_a_date_that_is_none_is_named_and_nothing_is_said_of_what_it_leaves_out(
    policies, client, date
):
    page = client.get(f"/policies/?in_force_on={date}")
    assert dict(page.context["errors"])["in_force_on"]
    assert page.context["count"] == 0
    assert "Left out" not in page.content.decode()


def test_a_corrected_date_is_found_at_once(policies):
    policy = Policy.objects.get(title_en="Issued")
    policy.effective = PreciseDate.of(2024, 5, 1)
    policy.save()
    assert "Issued" in found("2024-07-01")


def test_what_another_policy_has_replaced_is_left_out_once_that_one_applies(client):
    old = made("Old", effective="2020-01-01", legal_status="issued")
    new = made("New", announced="2022-11-05", effective="2023-01-01")
    draft = made("Draft", effective="2021-01-01", legal_status="draft")
    for one in (new, draft):
        PolicyRelation.objects.create(policy=one, kind="replaces", other=old)
    assert found("2022-12-31") == {"Old"}
    assert found("2024-07-01") == {"New"}
    assert found("unknown-2024-07-01") == {"Old"}
    page = client.get(old.get_absolute_url()).content.decode()
    assert page.count("In force since 1 January 2020 (as last recorded)") == 2
    assert "Issued (as last recorded)" not in page

    new.effective = PreciseDate.of(2025, 1, 1)
    new.save()
    assert found("2024-07-01") == {"Old"}
    publishing.withdraw(new, by=None)
    assert found("2025-01-01") == {"Old"}


def test_a_replaced_policy_that_names_its_last_day_applies_until_then():
    old = made("Old", effective="2020-01-01", expires="2024-12-31")
    new = made("New", effective="2024-01-01")
    PolicyRelation.objects.create(policy=new, kind="replaces", other=old)
    assert found("2024-07-01") == {"Old", "New"}
    assert found("2025-01-01") == {"New"}


def test_a_legal_status_does_not_contradict_the_last_day(client):
    old = made("Old", effective="2020", expires="2024", legal_status="in-force")
    lasting = made("Lasting", effective="2020", expires="2999", legal_status="in-force")
    ended = made("Ended", effective="2020", expires="2024", legal_status="expired")
    said = {p: status_in_words(p, date(2025, 1, 1)) for p in (old, lasting, ended)}
    assert said == {old: "In force (as last recorded)", lasting: "In force", ended: "Expired"}
    assert status_in_words(old, date(2024, 12, 31)) == "In force"
    compared = f"/compare/?policy={old.slug},{ended.slug}"
    for address in (old.get_absolute_url(), compared):
        assert "In force (as last recorded)" in client.get(address).content.decode()
    assert "as last recorded" not in client.get(lasting.get_absolute_url()).content.decode()


def test_a_policy_says_since_when_it_applies(policies, client):
    said = {p.title_en: in_words(p, date(2024, 7, 1)) for p in Policy.objects.all()}
    assert said == {
        "By day": "In force since 1 June 2024",
        "Ended": "Was in force from 1 January 2024 until 30 June 2024",
        "Last day": "In force since 1 January 2024, until 1 July 2024",
        "By year": "Will be in force from 2024",
        "Known by status": "In force since 1 March 2024, by the date of the document",
        "Announced": "In force since 1 July 2024, by the date of the announcement",
        "Issued": "",
        "Repealed": "",
        "Ended in the year": "In force since 1 May 2023, until 2024",
        "Repealed in time": "In force since 2020, until 31 December 2024",
        "Draft": "",
    }
    address = Policy.objects.get(title_en="By day").get_absolute_url()
    assert "In force since 1 June 2024" in client.get(address).content.decode()
