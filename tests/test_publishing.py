"""The doors between review, public and withdrawn."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from policies import publishing
from policies.models import Policy
from policies.vocabulary import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return User.objects.create_user("editor")


@pytest.fixture
def policy():
    return Policy.objects.create(headline="A plan for lathes")


def test_publishing_makes_a_record_public_and_keeps_who_did_it(policy, editor):
    publishing.publish(policy, by=editor, reason="checked")
    assert Policy.objects.published().get() == policy
    latest = policy.history.first()
    assert (latest.history_user, latest.history_change_reason) == (editor, "checked")


def test_the_first_day_of_publication_stays(policy, editor):
    first = publishing.publish(policy, by=editor).published_at
    publishing.withdraw(policy, by=editor)
    assert publishing.publish(policy, by=editor).published_at == first


def test_a_withdrawn_record_is_not_public_and_keeps_its_note(policy, editor):
    publishing.publish(policy, by=editor)
    publishing.withdraw(policy, by=editor, note="Printed twice.")
    policy.refresh_from_db()
    assert (policy.state, policy.withdrawn_note) == (State.WITHDRAWN, "Printed twice.")
    assert not Policy.objects.published().exists()


def test_what_is_published_is_not_published_again(policy, editor):
    publishing.publish(policy, by=editor)
    with pytest.raises(publishing.NotAllowed, match="published already"):
        publishing.publish(policy, by=editor)


def test_what_is_in_review_cannot_be_withdrawn(policy, editor):
    with pytest.raises(publishing.NotAllowed, match="not published"):
        publishing.withdraw(policy, by=editor)


def test_only_what_was_withdrawn_goes_back_into_review(policy, editor):
    with pytest.raises(publishing.NotAllowed, match="not withdrawn"):
        publishing.send_back(policy, by=editor)
    publishing.publish(policy, by=editor)
    publishing.withdraw(policy, by=editor)
    assert publishing.send_back(policy, by=editor).state == State.IN_REVIEW


# On and off the schedule


def test_a_schedule_says_when_by_whom_and_why(policy, editor):
    at = timezone.now() + timedelta(days=1)
    publishing.schedule(policy, at=at, by=editor, reason="embargo")
    policy.refresh_from_db()
    assert (policy.state, policy.publish_at, policy.publish_by) == (State.IN_REVIEW, at, editor)
    latest = policy.history.first()
    assert (latest.history_user, latest.history_change_reason) == (editor, "embargo")


def test_a_time_that_is_past_is_refused(policy, editor):
    with pytest.raises(publishing.NotAllowed, match="is past"):
        publishing.schedule(policy, at=timezone.now(), by=editor)
    policy.refresh_from_db()
    assert policy.publish_at is None


def test_what_is_published_cannot_be_scheduled(policy, editor):
    publishing.publish(policy, by=editor)
    with pytest.raises(publishing.NotAllowed, match="published already"):
        publishing.schedule(policy, at=timezone.now() + timedelta(days=1), by=editor)


def test_a_schedule_is_taken_back_once(policy, editor):
    publishing.schedule(policy, at=timezone.now() + timedelta(days=1), by=editor)
    assert publishing.unschedule(policy, by=editor).publish_at is None
    with pytest.raises(publishing.NotAllowed, match="not scheduled"):
        publishing.unschedule(policy, by=editor)


@pytest.mark.parametrize("step", [publishing.publish, publishing.send_back])
def test_every_step_clears_the_schedule(policy, editor, step):
    Policy.objects.update(
        state=State.WITHDRAWN, publish_at=timezone.now() + timedelta(days=1), publish_by=editor
    )
    done = step(policy, by=editor)
    assert (done.publish_at, done.publish_by) == (None, None)


def test_withdrawing_clears_a_schedule(policy, editor):
    Policy.objects.update(state=State.PUBLISHED, publish_at=timezone.now(), publish_by=editor)
    done = publishing.withdraw(policy, by=editor)
    assert (done.publish_at, done.publish_by) == (None, None)
