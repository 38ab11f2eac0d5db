"""Publishing when the time has come: all that is due, once, and only what is allowed still."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.utils import timezone

from policies import publishing, scheduling
from policies.models import CorporateEvent, Policy
from policies.vocabulary import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_publisher()


def make_publisher(name="publisher"):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="Publisher")[0])
    return user


def due(record, by, minutes=1):
    """Put `record` on the schedule, and let its time pass."""
    publishing.schedule(record, at=timezone.now() + timedelta(hours=1), by=by)
    at = timezone.now() - timedelta(minutes=minutes)
    type(record).objects.filter(pk=record.pk).update(publish_at=at)
    return record


def run(capsys) -> tuple[int, str, str]:
    """The exit status of the command and what it says."""
    try:
        call_command("publish_due")
        status = 0
    except SystemExit as stop:
        status = stop.code
    told = capsys.readouterr()
    return status, told.out, told.err


def test_what_is_due_is_published_in_the_name_of_who_scheduled_it(publisher, capsys):
    policy = due(Policy.objects.create(headline="A plan"), publisher)
    event = due(CorporateEvent.objects.create(text="A yard laid a keel."), publisher)
    status, out, _ = run(capsys)
    assert (status, out.count("Published: ")) == (0, 2)
    assert "2 published, 0 left" in out
    for record in (policy, event):
        record.refresh_from_db()
        assert (record.state, record.publish_at, record.publish_by) == (
            State.PUBLISHED, None, None,
        )  # fmt: skip
        latest = record.history.first()
        assert latest.history_user == publisher
        assert latest.history_change_reason.startswith("As scheduled for ")


def test_what_is_due_later_waits(publisher, capsys):
    policy = Policy.objects.create(headline="A plan")
    publishing.schedule(policy, at=timezone.now() + timedelta(minutes=5), by=publisher)
    assert run(capsys) == (0, "", "")
    policy.refresh_from_db()
    assert policy.state == State.IN_REVIEW


def test_a_second_run_finds_nothing_to_do(publisher, capsys):
    policy = due(Policy.objects.create(headline="A plan"), publisher)
    run(capsys)
    versions = policy.history.count()
    assert run(capsys) == (0, "", "")
    assert policy.history.count() == versions


def lose_the_right(user):
    user.groups.clear()


def lose_the_desk(user):
    User.objects.filter(pk=user.pk).update(is_staff=False)


def lose_the_account(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def be_deleted(user):
    user.delete()


@pytest.mark.parametrize(
    ("loss", "words"),
    [
        (lose_the_right, "publisher may not publish policies any more"),
        (lose_the_desk, "the account publisher is closed"),
        (lose_the_account, "the account publisher is closed"),
        (be_deleted, "the account that scheduled it is gone"),
    ],
)
def test_what_its_editor_may_not_publish_any_more_is_left_and_told(publisher, capsys, loss, words):
    other = make_publisher("other")
    policy = due(Policy.objects.create(headline="A plan"), publisher)
    allowed = due(Policy.objects.create(headline="Another plan"), other)
    loss(publisher)
    status, out, err = run(capsys)
    assert (status, "1 published, 1 left" in out) == (1, True)
    assert words in err
    assert "A plan" in err
    policy.refresh_from_db()
    allowed.refresh_from_db()
    assert (policy.state, allowed.state) == (State.IN_REVIEW, State.PUBLISHED)
    assert policy.publish_at is not None


def test_who_scheduled_it_may_publish_it_after_all_when_the_right_comes_back(publisher, capsys):
    policy = due(Policy.objects.create(headline="A plan"), publisher)
    publisher.groups.clear()
    assert run(capsys)[0] == 1
    publisher.groups.add(Group.objects.get(name="Publisher"))
    assert run(capsys)[0] == 0
    assert Policy.objects.published().get() == policy


def test_the_earliest_comes_first(publisher):
    late = due(Policy.objects.create(headline="Late"), publisher, minutes=1)
    early = due(CorporateEvent.objects.create(text="Early"), publisher, minutes=9)
    assert [outcome.record for outcome in scheduling.publish_due()] == [early, late]


# At the same time, and after a crash

PREPARE = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from policies import publishing
from policies.models import Policy
Policy.objects.all().delete()
user = User.objects.filter(username="root").first() or User.objects.create_superuser("root")
for number in range({number}):
    policy = Policy.objects.create(headline=f"Plan {{number}}")
    publishing.schedule(policy, at=timezone.now() + timedelta(hours=1), by=user)
Policy.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
print("{{}}")
"""
COUNT = """
import json
from policies.models import Policy, SearchDocument
done = Policy.objects.published()
reasons = [policy.history.filter(history_change_reason__startswith="As scheduled").count()
           for policy in done]
print(json.dumps({"published": done.count(), "indexed": SearchDocument.objects.count(),
                  "once": set(reasons) <= {1},
                  "due": Policy.objects.exclude(publish_at=None).count()}))
"""


def test_two_runs_at_once_publish_each_record_once(elsewhere):
    elsewhere.told(PREPARE.format(number=12))
    runs = [elsewhere.start("publish_due") for _ in range(3)]
    told = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], told
    names = [name for out, _ in told for name in re.findall(r"“(Plan \d+)”", out)]
    assert sorted(names) == sorted(f"Plan {number}" for number in range(12))
    assert elsewhere.told(COUNT) == {"published": 12, "indexed": 12, "once": True, "due": 0}


def test_a_run_that_is_killed_leaves_whole_records_and_the_next_one_goes_on(elsewhere):
    elsewhere.told(PREPARE.format(number=12))
    run = elsewhere.start("publish_due")
    for _ in range(3):
        run.stdout.readline()
    run.kill()
    run.communicate(timeout=60)
    after = elsewhere.told(COUNT)
    assert after["published"] == after["indexed"] == 12 - after["due"]
    assert after["published"] >= 3
    assert after["once"]
    elsewhere.run("publish_due")
    assert elsewhere.told(COUNT) == {"published": 12, "indexed": 12, "once": True, "due": 0}
