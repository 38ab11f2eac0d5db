"""A relation is in the record's history, whichever end it was set from."""

import pytest
from django.contrib.auth.models import User

from policies.models import Company, CorporateEvent, Policy, Sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def chips():
    return Sector.objects.create(name_en="Chips")


@pytest.fixture
def policies():
    return [Policy.objects.create(headline=f"Plan {number}") for number in range(3)]


def last_sectors(policy) -> list[str]:
    """The sectors in the last version of the policy."""
    return [row.sector.name_en for row in policy.history.first().sectors.all()]


def test_a_sector_takes_policies_and_each_has_a_version(chips, policies):
    chips.policies.add(*policies[:2])
    assert [last_sectors(policy) for policy in policies] == [["Chips"], ["Chips"], []]
    assert [policy.history.count() for policy in policies] == [2, 2, 1]


def test_a_sector_that_lets_policies_go_leaves_a_version(chips, policies):
    chips.policies.set(policies)
    chips.policies.set(policies[:1])
    assert [last_sectors(policy) for policy in policies] == [["Chips"], [], []]
    chips.policies.clear()
    assert [last_sectors(policy) for policy in policies] == [[], [], []]
    assert [policy.history.count() for policy in policies] == [3, 3, 3]


def test_what_is_there_already_makes_no_version(chips, policies):
    chips.policies.add(policies[0])
    chips.policies.add(policies[0])
    assert policies[0].history.count() == 2


def test_the_version_names_who_and_why(chips, policies):
    chips._history_user = User.objects.create_user("ada")
    chips._change_reason = "Sorted anew"
    chips.policies.add(policies[0])
    version = policies[0].history.first()
    assert (version.history_user.username, version.history_change_reason) == ("ada", "Sorted anew")


def test_events_may_be_given_to_a_company_and_to_a_policy(policies):
    event = CorporateEvent.objects.create(text="A yard laid a keel.")
    company = Company.objects.create(name_en="Yard")
    company.events.set([event])
    policies[0].answered_by.add(event)
    version = event.history.first()
    assert [row.company for row in version.companies.all()] == [company]
    assert [row.policy for row in version.answers.all()] == [policies[0]]


def test_the_near_end_keeps_its_versions_as_before(chips, policies):
    policies[0].sectors.add(chips)
    assert (last_sectors(policies[0]), policies[0].history.count()) == (["Chips"], 2)
