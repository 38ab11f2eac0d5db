"""From state to state: only with the right, only after a confirmation, and no other way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.utils import timezone

from policies.models import CorporateEvent, NewsletterIssue, Policy, Target
from policies.vocabulary import State

from .forms import address, filled, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy():
    return Policy.objects.create(headline="A plan for lathes")


def step(model, name: str, *records) -> str:
    keys = ",".join(str(record.pk) for record in records)
    return address(model, "changelist") + f"step/{name}/" + (f"?ids={keys}" if keys else "")


def state_of(record) -> str:
    return type(record).objects.get(pk=record.pk).state


def confirmed(client, asked, **words):
    """Press the button of the confirmation page `asked`."""
    ids = asked.context["form"]["ids"].value()
    return client.post(asked.context["address"], {"ids": ids, "confirmed": "1"} | words)


def test_a_publisher_confirms_before_anything_is_public(publisher, policy):
    chosen = {"action": "publish_chosen", "_selected_action": [policy.pk]}
    asked = publisher.post(address(Policy, "changelist"), chosen)
    assert "Missing: official link" in asked.content.decode()
    assert state_of(policy) == State.IN_REVIEW
    confirmed(publisher, asked, reason="checked")
    assert Policy.objects.published().get() == policy
    version = policy.history.first()
    assert (version.history_user, version.history_change_reason) == (publisher.user, "checked")


def test_asking_alone_changes_nothing(publisher, policy):
    publisher.get(step(Policy, "publish", policy))
    publisher.post(step(Policy, "publish", policy), {"reason": "not confirmed"})
    assert state_of(policy) == State.IN_REVIEW


def test_what_is_published_is_what_was_confirmed(publisher, policy):
    """Records that come to match the list between question and answer stay as they are."""
    everything = {"action": "publish_chosen", "_selected_action": [policy.pk], "select_across": "1"}
    asked = publisher.post(address(Policy, "changelist"), everything)
    late = Policy.objects.create(headline="Came later")
    confirmed(publisher, asked)
    assert (state_of(policy), state_of(late)) == (State.PUBLISHED, State.IN_REVIEW)


def test_hundreds_of_records_are_published_in_one_go(publisher):
    for number in range(120):
        Policy.objects.create(headline=f"Plan {number}")
    chosen = {"action": "publish_chosen", "_selected_action": ["1"], "select_across": "1"}
    asked = publisher.post(address(Policy, "changelist"), chosen)
    done = confirmed(publisher, asked)
    assert Policy.objects.published().count() == 120
    assert "120 records are published" in publisher.get(done["Location"]).content.decode()


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_more_than_a_thousand_records_take_no_step_at_once(publisher, is_confirmed):
    plans = [Policy(headline="Plan", slug=f"plan-{number}") for number in range(1001)]
    Policy.objects.bulk_create(plans)
    listed = address(Policy, "changelist") + "?section=news"
    chosen = {"action": "publish_chosen", "_selected_action": ["1"], "select_across": "1"}
    if is_confirmed:
        names = ",".join(f"policy-{key}" for key in Policy.objects.values_list("pk", flat=True))
        answer = publisher.post(step(Policy, "publish"), {"ids": names, "confirmed": "1"})
    else:
        Policy.objects.update(section="news")
        answer = publisher.post(listed, chosen)
        assert answer["Location"] == listed
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert (answer.status_code, told) == (302, ["Choose at most 1,000 records at once."])
    assert not Policy.objects.published().exists()


def test_a_publisher_withdraws_with_a_public_note(publisher, policy, client):
    Policy.objects.update(state=State.PUBLISHED)
    asked = publisher.get(step(Policy, "withdraw", policy))
    confirmed(publisher, asked, note="Printed twice.")
    policy.refresh_from_db()
    assert (policy.state, policy.withdrawn_note) == (State.WITHDRAWN, "Printed twice.")
    assert client.get(policy.get_absolute_url()).status_code == 410
    confirmed(publisher, publisher.get(step(Policy, "send_back", policy)))
    assert state_of(policy) == State.IN_REVIEW


def test_a_step_that_the_state_does_not_allow_is_not_offered(publisher, policy):
    page = publisher.get(step(Policy, "withdraw", policy)).content.decode()
    assert "None of the chosen records can be withdrawn" in page
    publisher.post(step(Policy, "withdraw"), {"ids": policy.pk, "confirmed": "1"})
    assert state_of(policy) == State.IN_REVIEW


@pytest.mark.parametrize("words", [{"reason": "x" * 101}, {"reason": "a\0b"}])
def test_a_reason_that_does_not_fit_is_asked_for_again(publisher, policy, words):
    again = confirmed(publisher, publisher.get(step(Policy, "publish", policy)), **words)
    assert again.context["form"].errors["reason"]
    assert state_of(policy) == State.IN_REVIEW
    confirmed(publisher, again, reason="fits")
    assert state_of(policy) == State.PUBLISHED


@pytest.mark.parametrize("ids", ["", "²", "abc", "9" * 40, "1,,2", "\0", "-1"])
def test_odd_keys_are_no_records(publisher, ids):
    asked = publisher.get(step(Policy, "publish"), {"ids": ids})
    assert asked.status_code == 200
    assert asked.context["ready"] == []


def test_an_unknown_step_is_refused(publisher):
    assert publisher.get(step(Policy, "burn")).status_code == 403


def test_an_editor_saves_but_is_not_asked_to_publish(editor, policy):
    url = address(policy, "change")
    assert b"Save and publish" not in editor.get(url).content
    assert sent(editor, url, _publish="1")["Location"] == address(Policy, "changelist")


def test_a_publisher_saves_and_is_then_asked_whether_to_publish(publisher):
    done = sent(publisher, address(Policy, "add"), headline="New plan", _publish="1")
    assert state_of(Policy.objects.get()) == State.IN_REVIEW
    confirmed(publisher, publisher.get(done["Location"]))
    assert state_of(Policy.objects.get()) == State.PUBLISHED


def test_all_that_an_issue_holds_in_review_is_published_from_its_page(publisher, editor):
    issue = NewsletterIssue.objects.create(title="News", publisher="Us", published_on="2024-05-08")
    kept = Policy.objects.create(headline="Withdrawn", issue=issue, state=State.WITHDRAWN)
    other = Policy.objects.create(headline="Of no issue")
    for number in range(3):
        Policy.objects.create(headline=f"Plan {number}", issue=issue)
    CorporateEvent.objects.create(text="A yard laid a keel.", issue=issue)
    url = address(issue, "change").replace("change", "publish")
    assert "Publish 4 in review" in publisher.get(address(issue, "change")).content.decode()
    assert editor.get(url).status_code == 403
    assert editor.post(url, {"confirmed": "1"}).status_code == 403
    asked = publisher.get(url)
    assert len(asked.context["ready"]) == 4
    confirmed(publisher, asked)
    assert (Policy.objects.published().count(), CorporateEvent.objects.published().count()) == (
        3,
        1,
    )
    assert (state_of(kept), state_of(other)) == (State.WITHDRAWN, State.IN_REVIEW)


# The doors that must be shut to an editor


@pytest.mark.parametrize("name", ["publish", "unschedule", "withdraw", "send_back"])
@pytest.mark.parametrize("state", State)
def test_no_step_is_open_to_an_editor(editor, policy, name, state):
    Policy.objects.update(state=state)
    assert editor.get(step(Policy, name, policy)).status_code == 403
    answer = editor.post(step(Policy, name), {"ids": policy.pk, "confirmed": "1"})
    assert (answer.status_code, state_of(policy)) == (403, state)


@pytest.mark.parametrize("action", ["publish_chosen", "withdraw_chosen", "delete_selected"])
def test_no_action_on_the_list_is_open_to_an_editor(editor, policy, action):
    chosen = {"action": action, "_selected_action": [policy.pk], "confirmed": "1", "post": "yes"}
    editor.post(address(Policy, "changelist"), chosen)
    assert state_of(policy) == State.IN_REVIEW


@pytest.mark.parametrize("page", ["add", "change"])
def test_a_state_that_is_sent_with_the_form_is_not_heeded(publisher, policy, page):
    url = address(policy if page == "change" else Policy, page)
    forged = {"state": "published", "published_at": "2024-01-01", "withdrawn_note": "Forged"}
    assert sent(publisher, url, **forged, headline="Renamed").status_code == 302
    record = Policy.objects.get(headline="Renamed")
    assert (record.state, record.withdrawn_note) == (State.IN_REVIEW, "")


def test_an_old_version_cannot_be_written_back(publisher, policy):
    """It would bring the old state with it."""
    Policy.objects.update(state=State.WITHDRAWN)
    old = policy.history.first()
    data = filled(publisher, address(policy, "change"))
    for url in (f"{address(policy, 'history')}{old.pk}/", f"{address(policy, 'history')}"):
        publisher.post(url, data)
        assert state_of(policy) == State.WITHDRAWN


def test_an_editor_corrects_what_is_published_and_it_stays_published(editor, policy):
    Policy.objects.update(state=State.PUBLISHED)
    sent(editor, address(policy, "change"), headline="A better plan")
    policy.refresh_from_db()
    assert (policy.headline, policy.state) == ("A better plan", State.PUBLISHED)


def test_only_a_publisher_deletes_a_record(editor, publisher, policy):
    url = address(policy, "delete")
    assert editor.post(url, {"post": "yes"}).status_code == 403
    Policy.objects.update(state=State.PUBLISHED)
    assert editor.post(url, {"post": "yes"}).status_code == 403
    assert publisher.post(url, {"post": "yes"}).status_code == 302
    assert not Policy.objects.exists()


def test_the_right_to_delete_is_not_the_right_to_delete_what_is_public(editor, policy):
    editor.user.user_permissions.add(Permission.objects.get(codename="delete_policy"))
    Policy.objects.update(state=State.PUBLISHED)
    chosen = {"action": "delete_selected", "_selected_action": [policy.pk], "post": "yes"}
    editor.post(address(Policy, "changelist"), chosen)
    assert editor.post(address(policy, "delete"), {"post": "yes"}).status_code == 403
    assert Policy.objects.exists()


def test_an_editor_cannot_take_a_target_from_the_public(editor, policy):
    target = policy.targets.create(text="Reach it", due_on=date(2027, 12, 31))
    elsewhere = Policy.objects.create(headline="In review")
    Policy.objects.filter(pk=policy.pk).update(state=State.PUBLISHED)
    assert editor.post(address(target, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [target.pk], "post": "yes"}
    editor.post(address(Target, "changelist"), chosen)
    sent(editor, address(policy, "change"), **{"targets-0-DELETE": "on"})
    sent(editor, address(target, "change"), policy=elsewhere.pk)
    assert Target.objects.get().policy == policy


def test_an_editor_deletes_a_target_of_what_is_not_public(editor, policy):
    policy.targets.create(text="Reach it")
    sent(editor, address(policy, "change"), **{"targets-0-DELETE": "on"})
    assert not Target.objects.exists()


# Publishing at a time


def at(hours: float) -> str:
    return f"{timezone.localtime() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def test_a_publisher_puts_off_publishing_to_a_time_on_the_sites_clock(publisher, policy):
    asked = publisher.get(step(Policy, "publish", policy))
    assert "Europe/Berlin" in asked.content.decode()
    confirmed(publisher, asked, when="at", at="2027-07-01T09:30", reason="embargo")
    policy.refresh_from_db()
    assert policy.state == State.IN_REVIEW
    assert policy.publish_by == publisher.user
    assert policy.publish_at == datetime(2027, 7, 1, 7, 30, tzinfo=UTC)
    form = publisher.get(address(policy, "change")).content.decode()
    listed = publisher.get(address(Policy, "changelist")).content.decode()
    told = publisher.get(address(policy, "history")).content.decode()
    assert all("1 July 2027, 09:30" in page for page in (form, listed, told))
    version = policy.history.first()
    assert (version.history_user, version.history_change_reason) == (publisher.user, "embargo")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda: at(-1), "is past"),
        (lambda: "", "Give the day and the time"),
        (lambda: "2199-01-01T09:00", "more than two years"),
        (lambda: "9999-12-31T23:59", "more than two years"),
        (lambda: "soon", "Enter a valid date/time"),
        (lambda: "2027-03-28T02:30", "couldn’t be interpreted"),
    ],
)
def test_a_time_that_will_not_do_is_asked_for_again(publisher, policy, given, words):
    asked = publisher.get(step(Policy, "publish", policy))
    again = confirmed(publisher, asked, when="at", at=given(), reason="kept")
    assert words in str(again.context["form"].errors)
    assert 'value="kept"' in again.content.decode()
    policy.refresh_from_db()
    assert (policy.state, policy.publish_at) == (State.IN_REVIEW, None)


def test_now_is_now_whatever_time_was_typed(publisher, policy):
    confirmed(publisher, publisher.get(step(Policy, "publish", policy)), when="now", at=at(5))
    assert state_of(policy) == State.PUBLISHED


def test_a_whole_issue_is_put_off_and_taken_off_the_schedule(publisher):
    issue = NewsletterIssue.objects.create(title="News", publisher="Us", published_on="2024-05-08")
    plans = [Policy.objects.create(headline=f"Plan {n}", issue=issue) for n in range(3)]
    CorporateEvent.objects.create(text="A yard laid a keel.", issue=issue)
    url = address(issue, "change").replace("change", "publish")
    confirmed(publisher, publisher.get(url), when="at", at=at(5))
    assert Policy.objects.filter(publish_at__isnull=False).count() == 3
    assert CorporateEvent.objects.get().publish_at is not None
    listed = publisher.get(address(Policy, "changelist"), {"scheduled": "yes"}).context["cl"]
    assert set(listed.queryset) == set(plans)
    chosen = {"action": "unschedule_chosen", "_selected_action": [plan.pk for plan in plans[:2]]}
    confirmed(publisher, publisher.post(address(Policy, "changelist"), chosen))
    assert list(Policy.objects.filter(publish_at__isnull=False)) == plans[2:]


def test_the_confirmation_of_an_issue_says_in_how_many_records_what_is_missing(publisher):
    issue = NewsletterIssue.objects.create(title="News", publisher="Us", published_on="2024-05-08")
    for number in range(3):
        plan = Policy.objects.create(headline=f"Plan {number}", issue=issue)
        plan.issuers.create(printed=f"Office {number}")
    asked = publisher.get(address(issue, "change").replace("change", "publish"))
    assert dict(asked.context["tally"])["registered body"] == 3


def test_an_issue_publishes_no_more_than_was_confirmed(publisher):
    issue = NewsletterIssue.objects.create(title="News", publisher="Us", published_on="2024-05-08")
    plan = Policy.objects.create(headline="Plan", issue=issue)
    event = CorporateEvent.objects.create(text="A yard laid a keel.", issue=issue)
    url = address(issue, "change").replace("change", "publish")
    asked = publisher.get(url)
    late = Policy.objects.create(headline="Came later", issue=issue)
    confirmed(publisher, asked)
    assert [state_of(r) for r in (plan, event, late)] == [
        State.PUBLISHED, State.PUBLISHED, State.IN_REVIEW,
    ]  # fmt: skip
    publisher.post(url, {"confirmed": "1"})
    assert state_of(late) == State.IN_REVIEW


def test_an_editor_schedules_nothing_and_unschedules_nothing(editor, policy):
    Policy.objects.update(publish_at=timezone.now() + timedelta(days=1))
    for name in ("publish", "unschedule"):
        sent_step = {"ids": policy.pk, "confirmed": "1", "when": "at", "at": at(5)}
        assert editor.post(step(Policy, name), sent_step).status_code == 403
    actions = editor.get(address(Policy, "changelist")).content.decode()
    assert "unschedule_chosen" not in actions
