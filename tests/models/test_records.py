"""What the records promise by themselves."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from policies.models import CorporateEvent, FormerSlug, IssuingBody, Policy, PolicyRelation, Target
from policies.newsletter.dates import PreciseDate
from policies.vocabulary import State

pytestmark = pytest.mark.django_db


def make_policy(**fields) -> Policy:
    return Policy.objects.create(**({"headline": "A plan for lathes"} | fields))


def test_a_year_is_stored_as_its_last_day_and_shown_as_the_year():
    policy = make_policy()
    target = Target(policy=policy, text="Reach it", due_on=date(2027, 3, 1), due_precision="year")
    target.save()
    target.refresh_from_db()
    assert target.due_on == date(2027, 12, 31)
    assert str(target.due) == "2027"


def test_a_date_without_precision_is_a_day():
    policy = make_policy(announced_on=date(2024, 4, 2))
    assert policy.announced == PreciseDate.of(2024, 4, 2)


def test_a_precision_without_a_date_is_refused_by_the_database():
    policy = make_policy()
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.filter(pk=policy.pk).update(expires_precision="year")


def test_a_slug_stays_when_the_title_changes():
    policy = make_policy()
    policy.headline = "Another name"
    policy.save()
    assert policy.slug == "a-plan-for-lathes"


def test_two_records_of_one_title_get_two_slugs():
    assert make_policy().slug != make_policy().slug


def test_a_changed_slug_leaves_its_former_one_behind():
    policy = make_policy()
    former, policy.slug = policy.slug, "lathes"
    policy.save()
    assert FormerSlug.objects.get(kind="policy", slug=former).record_id == policy.pk


def test_a_former_slug_is_not_given_to_another_record():
    policy = make_policy()
    former, policy.slug = policy.slug, "lathes"
    policy.save()
    assert make_policy().slug != former


def test_only_published_records_are_public():
    shown = make_policy(state=State.PUBLISHED)
    make_policy(state=State.WITHDRAWN)
    hidden = make_policy()
    Target.objects.create(policy=hidden, text="x")
    target = Target.objects.create(policy=shown, text="y")
    assert list(Policy.objects.published()) == [shown]
    assert list(Target.objects.published()) == [target]


def test_a_relation_is_public_only_with_both_its_ends():
    shown, hidden = make_policy(state=State.PUBLISHED), make_policy()
    PolicyRelation.objects.create(policy=shown, kind="implements", other=hidden)
    assert not PolicyRelation.objects.published().exists()


def test_a_policy_that_says_nothing_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.create()


def test_a_policy_is_not_related_to_itself():
    policy = make_policy()
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyRelation.objects.create(policy=policy, kind="amends", other=policy)


def test_every_change_of_a_policy_is_kept():
    policy = make_policy()
    policy.headline = "Changed"
    policy.save()
    assert [row.headline for row in policy.history.all()] == ["Changed", "A plan for lathes"]


def test_an_event_shows_its_first_words_where_it_has_no_headline():
    event = CorporateEvent.objects.create(text="A yard laid the keel of a ship.")
    assert event.display_title == "A yard laid the keel of a ship."


def test_a_bodys_slug_is_made_of_its_abbreviation():
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", abbreviation="MOL")
    assert body.slug == "mol"
