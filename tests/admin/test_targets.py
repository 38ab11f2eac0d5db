"""What became of a target: a status needs evidence or a note, and a passed date asks for it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from policies.models import Policy, Target
from policies.vocabulary import State, TargetStatus

from .forms import address, complaints, filled, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def target():
    policy = Policy.objects.create(headline="A plan", state=State.PUBLISHED)
    return policy.targets.create(text="Reach it", due_on=date(2020, 12, 31), due_precision="year")


def pressed(client, target, status: str, **changes):
    """Press the button of a status on the target's form."""
    data = filled(client, address(target, "change"), **changes)
    return client.post(address(target, "change"), data | {"_became": status})


def test_a_passed_date_asks_until_somebody_has_looked(editor, target):
    form = address(target, "change")
    assert "Its date has passed: what became of it?" in editor.get(form).content.decode()
    assert pressed(editor, target, "open").status_code == 302
    target.refresh_from_db()
    assert (target.status, target.status_checked_on) == ("open", localdate())
    page = editor.get(form).content.decode()
    assert "Its date has passed" not in page
    assert "Still open, checked today" in page


@pytest.mark.parametrize("status", [s for s in TargetStatus.values if s != "open"])
def test_a_settled_status_needs_evidence_or_a_note(editor, target, status):
    again = pressed(editor, target, status)
    assert "needs evidence or a note" in complaints(again)
    target.refresh_from_db()
    assert target.status == "open"
    done = pressed(editor, target, status, status_note="So the bureau says.")
    assert done.status_code == 302
    target.refresh_from_db()
    assert (target.status, target.status_checked_on) == (status, localdate())


def test_evidence_alone_is_enough(editor, target):
    pressed(editor, target, "met", evidence_url="https://a.example/report")
    target.refresh_from_db()
    assert (target.status, target.status_note) == ("met", "")


def test_setting_a_status_in_the_form_sets_the_day_unless_one_is_given(editor, target):
    sent(editor, address(target, "change"), status="met", status_note="Yes.")
    target.refresh_from_db()
    assert target.status_checked_on == localdate()
    sent(editor, address(target, "change"), status="missed", status_checked_on="2024-05-08")
    target.refresh_from_db()
    assert target.status_checked_on == date(2024, 5, 8)
    sent(editor, address(target, "change"), status="met")
    target.refresh_from_db()
    assert target.status_checked_on == localdate()


def test_a_change_of_something_else_leaves_the_day(editor, target):
    Target.objects.update(status="met", status_note="Yes.", status_checked_on=date(2024, 5, 8))
    sent(editor, address(target, "change"), metric="output")
    target.refresh_from_db()
    assert (target.metric, target.status_checked_on) == ("output", date(2024, 5, 8))


def test_a_day_to_come_is_refused(editor, target):
    answer = sent(editor, address(target, "change"), status_checked_on="2999-01-01")
    assert "still to come" in complaints(answer)


def test_the_same_holds_among_the_rows_of_a_policy(editor, target):
    form = address(target.policy, "change")
    answer = sent(editor, form, **{"targets-0-status": "met"})
    assert "needs evidence or a note" in complaints(answer)
    row = {"targets-0-status": "met", "targets-0-status_note": "Yes."}
    assert sent(editor, form, **row).status_code == 302
    target.refresh_from_db()
    assert (target.status, target.status_checked_on) == ("met", localdate())


def test_the_model_itself_settles_the_day_and_refuses_a_bare_status(target):
    target.status = TargetStatus.MET
    with pytest.raises(ValidationError, match="needs evidence or a note"):
        target.full_clean()
    target.status_note = "Yes."
    target.full_clean()
    assert target.status_checked_on == localdate()


def test_an_unknown_status_is_no_button(editor, target):
    pressed(editor, target, "burnt", metric="output")
    target.refresh_from_db()
    assert (target.status, target.metric) == ("open", "output")


def test_a_button_asks_first_where_somebody_else_settled_it(editor, publisher, target):
    mine = filled(editor, address(target, "change"))
    pressed(publisher, target, "met", status_note="Yes.")
    answer = editor.post(
        address(target, "change"), mine | {"_became": "missed", "status_note": "No."}
    )
    clashes = {row.label for row in answer.context["meanwhile"].differences if row.is_clash}
    assert clashes == {"Status", "Status note"}
    target.refresh_from_db()
    assert target.status == "met"


def test_the_public_sees_status_evidence_note_and_day(client, editor, target):
    pressed(
        editor, target, "met", evidence_url="https://a.example/report", status_note="By the report."
    )
    Target.objects.update(status_checked_on=date(2026, 5, 3))
    target.refresh_from_db()
    for url in (target.get_absolute_url(), target.policy.get_absolute_url()):
        page = client.get(url).content.decode()
        for words in ("Met", "https://a.example/report", "By the report.", "3 May 2026"):
            assert words in page, (url, words)


def test_a_form_of_a_policy_says_which_targets_ask(editor, target):
    page = editor.get(address(target.policy, "change")).content.decode()
    assert "date has passed" in page
    assert address(target, "change") in page
