"""Earlier policies on a form and on the page of all, and an editor's answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from policies.followups import proposed
from policies.models import DeclinedFollowUp, Policy, PolicyRelation
from policies.vocabulary import RelationKind, State

from .forms import address, sent

PAGE = "/admin/policies/policy/follow-ups/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier() -> Policy:
    return Policy.objects.create(
        title_zh="数据出境安全管理办法（征求意见稿）",
        headline="A draft on data",
        announced_on=date(2024, 3, 1),
        state=State.PUBLISHED,
    )


@pytest.fixture
def policy(earlier) -> Policy:
    return Policy.objects.create(
        title_zh="数据出境安全管理办法",
        headline="Rules on data",
        announced_on=date(2025, 3, 1),
        state=State.IN_REVIEW,
    )


def answer(client: Client, policy: Policy, earlier: Policy, answer: str, **more):
    url = reverse("admin:policies_policy_followup", args=[policy.pk])
    data = {"earlier": earlier.pk, "answer": answer} | more
    return client.post(url, data, follow=True)


def test_the_form_proposes_the_draft_and_says_why(editor, policy, earlier):
    page = editor.get(address(policy, "change")).content.decode()
    assert "May follow up" in page
    assert "A draft on data" in page
    assert "the earlier is the draft of this title" in page
    assert "is a new version of" in page


def test_the_buttons_stand_in_no_other_form(editor, policy):
    page = editor.get(address(policy, "change")).content.decode()
    assert page.index('value="link"') < page.index('id="policy_form"')


def test_linking_takes_one_click_and_stays_in_the_history(editor, policy, earlier):
    response = answer(editor, policy, earlier, "link")
    relation = PolicyRelation.objects.get()
    assert (relation.policy, relation.other) == (policy, earlier)
    assert relation.kind == RelationKind.NEW_VERSION
    version = relation.history.get()
    assert version.history_user == editor.user
    assert version.history_change_reason == (
        "Proposed follow-up: the earlier is the draft of this title"
    )
    page = response.content.decode()
    assert "Linked: “Rules on data” is a new version of “A draft on data”." in page
    assert "May follow up" not in page


def test_a_no_is_remembered_and_can_be_taken_back(editor, policy, earlier):
    page = answer(editor, policy, earlier, "no").content.decode()
    assert "May follow up" not in page
    assert "Said no to 1" in page
    assert DeclinedFollowUp.objects.get().declined_by == editor.user
    assert not PolicyRelation.objects.exists()

    page = answer(editor, policy, earlier, "again").content.decode()
    assert "May follow up" in page
    assert not DeclinedFollowUp.objects.exists()


def test_answering_twice_changes_nothing(editor, policy, earlier):
    answer(editor, policy, earlier, "link")
    page = answer(editor, policy, earlier, "link").content.decode()
    assert "is not proposed any more" in page
    answer(editor, policy, earlier, "no")
    assert PolicyRelation.objects.count() == 1
    assert not DeclinedFollowUp.objects.exists()


def test_what_is_not_proposed_cannot_be_linked(editor, policy, earlier):
    other = Policy.objects.create(headline="Toys", announced_on=date(2020, 1, 1))
    answer(editor, policy, other, "link")
    assert not PolicyRelation.objects.exists()


@pytest.mark.parametrize("earlier_key", ["", "x", "0", "9" * 30, "-1"])
def test_an_odd_answer_is_no_error_page(editor, policy, earlier_key):
    url = reverse("admin:policies_policy_followup", args=[policy.pk])
    assert editor.post(url, {"earlier": earlier_key, "answer": "link"}).status_code == 404
    assert editor.get(url).status_code == 405


def test_no_answer_changes_nothing(editor, policy, earlier):
    page = answer(editor, policy, earlier, "perhaps").content.decode()
    assert "Nothing was changed" in page
    assert [one.earlier for one in proposed(policy)] == [earlier]


def test_who_may_not_link_sees_no_proposal(policy, earlier):
    user = User.objects.create_user("looker", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_policy"))
    client = Client()
    client.force_login(user)
    assert "May follow up" not in client.get(address(policy, "change")).content.decode()
    assert client.get(PAGE).status_code == 403
    assert answer(client, policy, earlier, "link").status_code == 403
    assert not PolicyRelation.objects.exists()


def test_strangers_are_sent_to_the_login(client, policy, earlier):
    assert client.get(PAGE).status_code == 302
    url = reverse("admin:policies_policy_followup", args=[policy.pk])
    assert client.post(url, {"earlier": earlier.pk, "answer": "link"}).status_code == 302
    assert not PolicyRelation.objects.exists()


def test_the_page_lists_what_waits_and_answers_return_to_it(editor, policy, earlier):
    page = editor.get(PAGE).content.decode()
    assert "Rules on data" in page
    assert "A draft on data" in page

    response = answer(editor, policy, earlier, "no", page="1")
    assert response.redirect_chain[-1][0] == f"{PAGE}?page=1"
    assert "Nothing to decide among these" in response.content.decode()


def test_the_page_looks_at_records_in_review_and_at_recent_ones(editor, policy, earlier):
    policy.state, policy.published_at = State.PUBLISHED, timezone.now()
    policy.save()
    assert "A draft on data" in editor.get(PAGE).content.decode()
    policy.published_at = timezone.now() - timedelta(days=100)
    policy.save()
    assert "No policy is in review or was published of late." in editor.get(PAGE).content.decode()


def test_the_page_turns_and_costs_no_more_with_more_records(
    editor, policy, django_assert_max_num_queries
):
    for number in range(45):
        Policy.objects.create(headline=f"Note {number}", announced_on=date(2025, 1, 1))
    for page in ("1", "2", "3", "99", "x"):
        assert editor.get(PAGE, {"page": page}).status_code == 200
    with django_assert_max_num_queries(110):
        editor.get(PAGE)


def test_the_desk_leads_to_the_page(editor):
    assert f'href="{PAGE}"' in editor.get("/admin/").content.decode()


def test_a_form_with_proposals_saves_as_before(editor, policy, earlier):
    assert (
        sent(editor, address(policy, "change"), headline="Rules on data abroad").status_code == 302
    )
    policy.refresh_from_db()
    assert policy.headline == "Rules on data abroad"
