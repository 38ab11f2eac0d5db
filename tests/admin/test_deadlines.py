"""Deadlines on a policy's form, as exact as they are typed."""

import pytest

from policies.models import Policy

from .forms import address, complaints, sent

pytestmark = pytest.mark.django_db


def test_an_editor_enters_a_deadline_as_exactly_as_it_is_known(editor):
    policy = Policy.objects.create(title_en="On lathes")
    url = address(policy, "change")
    row = {"kind": "comment", "closes_on": "2031-06", "text": "Draft of June"}
    assert sent(editor, url, {"deadlines": [row]}).status_code == 302
    (deadline,) = policy.deadlines.all()
    assert (str(deadline.closes), deadline.closes_precision) == ("June 2031", "month")
    assert deadline.history.get().history_user == editor.user
    said = complaints(sent(editor, url, {"deadlines": [row | {"closes_on": "soon"}]}))
    assert "2024-Q2" in said
    said = complaints(sent(editor, url, {"deadlines": [row | {"closes_on": ""}]}))
    assert "required" in said
    assert sent(editor, url, **{"deadlines-0-DELETE": "on"}).status_code == 302
    assert not policy.deadlines.exists()
