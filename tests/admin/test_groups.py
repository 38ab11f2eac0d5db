"""What the two groups may do, as the migration makes them."""

import pytest
from django.contrib.auth.models import Group, User
from django.db.models.signals import post_save

from policies.models import BodyAlias, IssuingBody

from .forms import address, complaints, filled

pytestmark = pytest.mark.django_db
RECORDS = {
    "company", "corporateevent", "issuingbody", "newsletterissue", "policy", "region", "sector",
    "term",
}  # fmt: skip
ROWS = {
    "amount", "bodyalias", "bodysuccession", "deadline", "droppedtarget", "policyissuer",
    "policyrelation",
    "promiseddocument", "provision", "sourcelink", "target", "targetlink",
}  # fmt: skip


def rights(group: str) -> set[str]:
    return set(Group.objects.get(name=group).permissions.values_list("codename", flat=True))


def test_an_editor_adds_and_changes_and_takes_away_rows_only():
    edited = RECORDS | ROWS | {"issueimport"}
    adds = {f"{verb}_{kind}" for verb in ("add", "change", "view") for kind in edited}
    sees = {"view_alertsubscriber", "view_merge", "view_linkcheck"}
    decides = {"change_errorreport", "view_errorreport"}
    assert rights("Editor") == adds | sees | decides | {f"delete_{kind}" for kind in ROWS}


def test_a_publisher_also_deletes_publishes_and_withdraws():
    steps = {
        f"{verb}_{kind}"
        for verb in ("publish", "withdraw")
        for kind in ("policy", "corporateevent")
    }
    deletes = {f"delete_{kind}" for kind in RECORDS | {"issueimport", "errorreport"}}
    merges = {"add_merge", "change_merge"}
    assert rights("Publisher") == rights("Editor") | deletes | merges | steps


@pytest.mark.parametrize("name", ["Editor", "Publisher"])
def test_nobody_at_the_desk_sees_accounts(client, name):
    user = User.objects.create_user("someone", is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    client.force_login(user)
    assert client.get("/admin/auth/user/").status_code == 403
    assert client.get("/admin/auth/group/").status_code == 403


def test_a_member_of_a_group_who_is_no_staff_stays_outside(client):
    user = User.objects.create_user("someone")
    user.groups.add(Group.objects.get(name="Publisher"))
    client.force_login(user)
    for path in ("", "policies/policy/", "policies/policy/step/publish/?ids=1", "autocomplete/"):
        assert client.get(f"/admin/{path}").status_code == 302


def test_of_two_who_save_the_same_name_at_once_one_is_told_and_keeps_what_was_typed(editor):
    """The check passes for both; the database lets one through."""
    first = IssuingBody.objects.create(name_en="Ministry A", kind="former")
    second = IssuingBody.objects.create(name_en="Ministry B", kind="former")
    row = {"aliases": [{"name": "Lathe Office", "language": "en"}]}
    data = filled(editor, address(second, "change"), row, note="Typed for an hour")

    def other_editor(**kwargs):
        BodyAlias.objects.create(body=first, name="lathe office", language="en")

    post_save.connect(other_editor, sender=IssuingBody)
    try:
        told = editor.post(address(second, "change"), data)
    finally:
        post_save.disconnect(other_editor, sender=IssuingBody)
    assert "in this very moment" in complaints(told)
    page = told.content.decode()
    assert "Typed for an hour" in page
    assert "Lathe Office" in page
    second.refresh_from_db()
    assert (second.note, second.aliases.count()) == ("", 0)


def test_who_has_no_right_is_told_so_and_where_to_go(client):
    client.force_login(User.objects.create_user("visitor", is_staff=True))
    answer = client.get("/admin/policies/issueimport/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Your account may not do this" in page
    assert 'href="/admin/"' in page
