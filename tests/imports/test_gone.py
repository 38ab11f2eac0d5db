"""What a record says of its place once the issue's file does not have it any more."""

import pytest
from django.urls import reverse

from policies.intake import store
from policies.models import Policy
from policies.newsletter import parse_issue

from .conftest import HYDRO, SEEDS, SPACE, policy, stored, with_notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(noted) -> Policy:
    """A public note that the issue's newest file does not have."""
    stored(with_notes(HYDRO, SPACE))
    return policy("The MARA")


def test_it_has_no_line_and_no_place_that_another_record_has(gone):
    assert (gone.first_line, gone.last_line, gone.position) == (None, None, 0)
    assert gone.stood_earlier
    assert not policy("The NEA").stood_earlier


def test_its_page_says_that_it_stood_in_an_earlier_version(gone, client):
    page = client.get(gone.get_absolute_url()).content.decode()

    assert "in an earlier version of the issue" in page
    assert "of the source" not in page
    assert "item 1" not in page


def test_its_form_says_so_and_shows_no_lines(gone, admin_client):
    page = admin_client.get(reverse("admin:policies_policy_change", args=[gone.pk]))

    assert "It stood in an earlier version of the issue’s file" in page.content.decode()
    assert page.context["source"] is None


def test_its_issue_names_it_apart_from_what_is_printed_today(gone, client):
    page = client.get(gone.issue.get_absolute_url())

    assert page.context["earlier"] == [gone]
    assert gone not in page.context["news"]
    assert "In an earlier version of the issue" in page.content.decode()


def test_it_has_its_place_again_when_a_file_has_it_again(gone):
    stored(with_notes(HYDRO, SPACE, SEEDS))

    again = policy("The MARA")
    assert (again.pk, again.position) == (gone.pk, 3)
    assert not again.stood_earlier


def test_one_that_an_editor_entered_stays_where_it_was_put(noted):
    issue = policy("The MARA").issue
    Policy.objects.create(issue=issue, headline="By hand", position=7)

    text = with_notes(HYDRO, SPACE)
    store(parse_issue(text), text=text)

    by_hand = Policy.objects.get(headline="By hand")
    assert by_hand.position == 7
    assert not by_hand.stood_earlier


def test_a_file_in_the_very_same_words_leaves_no_record_behind(noted):
    stored(noted.text + "\n\n")

    assert not any(record.stood_earlier for record in Policy.objects.all())
