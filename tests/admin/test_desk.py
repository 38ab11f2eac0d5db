"""The editors' desk."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from policies.models import CorporateEvent, IssuingBody, Policy
from policies.vocabulary import State

pytestmark = pytest.mark.django_db


def log_in(client, group: str) -> User:
    user = User.objects.create_user(group.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


@pytest.fixture
def policy():
    return Policy.objects.create(headline="A plan for lathes")


def test_a_reader_without_staff_rights_is_turned_away(client):
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/admin/").status_code == 302


def test_the_desk_says_what_waits(client, policy):
    log_in(client, "Editor")
    page = client.get("/admin/").content.decode()
    assert "Policies in review: 1" in page
    assert "Policies without an official link: 1" in page


@pytest.mark.parametrize(
    "model", ["policy", "target", "corporateevent", "issuingbody", "company", "newsletterissue"]
)
def test_an_editor_can_open_each_list_and_each_empty_form(client, model):
    log_in(client, "Editor")
    assert client.get(reverse(f"admin:policies_{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:policies_{model}_add")).status_code == 200


def test_an_editor_cannot_publish(client, policy):
    log_in(client, "Editor")
    address = reverse("admin:policies_policy_step", args=["publish"]) + f"?ids={policy.pk}"
    assert client.post(address).status_code == 403
    policy.refresh_from_db()
    assert policy.state == State.IN_REVIEW


def test_a_publisher_confirms_before_anything_is_public(client, policy):
    user = log_in(client, "Publisher")
    chosen = {"action": "publish_chosen", "_selected_action": [policy.pk]}
    asked = client.post(reverse("admin:policies_policy_changelist"), chosen)
    assert Policy.objects.published().count() == 0
    assert "Still lacks" in client.get(asked["Location"]).content.decode()
    client.post(asked["Location"], {"reason": "checked"})
    assert Policy.objects.published().get() == policy
    assert policy.history.first().history_user == user


def test_a_publisher_withdraws_with_a_public_note(client, policy):
    log_in(client, "Publisher")
    Policy.objects.filter(pk=policy.pk).update(state=State.PUBLISHED)
    address = reverse("admin:policies_policy_step", args=["withdraw"]) + f"?ids={policy.pk}"
    client.post(address, {"note": "Printed twice."})
    policy.refresh_from_db()
    assert (policy.state, policy.withdrawn_note) == (State.WITHDRAWN, "Printed twice.")


def test_the_form_cannot_change_a_state(client, policy):
    log_in(client, "Editor")
    page = client.get(reverse("admin:policies_policy_change", args=[policy.pk]))
    assert b'name="state"' not in page.content


def test_the_history_shows_what_changed(client, policy):
    log_in(client, "Editor")
    policy.headline = "A better plan for lathes"
    policy.save()
    page = client.get(reverse("admin:policies_policy_history", args=[policy.pk]))
    assert "A better plan for lathes" in page.content.decode()


def test_an_unknown_step_is_refused(client, policy):
    log_in(client, "Publisher")
    address = reverse("admin:policies_policy_step", args=["burn"])
    assert client.get(address).status_code == 403


def test_a_body_is_found_by_its_alias_when_choosing(client):
    log_in(client, "Editor")
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    body.aliases.create(name="车床部", language="zh")
    found = client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "policies",
            "model_name": "policyissuer",
            "field_name": "body",
            "term": "车床",
        },
    )
    assert [row["text"] for row in found.json()["results"]] == ["Ministry of Lathes"]


def test_an_event_lacks_what_it_lacks(client):
    log_in(client, "Publisher")
    event = CorporateEvent.objects.create(text="A yard laid a keel.")
    page = client.get(reverse("admin:policies_corporateevent_change", args=[event.pk]))
    assert "a headline, a date, a source" in page.content.decode()
