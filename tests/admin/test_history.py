"""The history page says who changed what, from what to what."""

from datetime import date

import pytest
from django.test import Client

from policies import publishing
from policies.models import IssuingBody, Policy, PolicyRelation, Sector, Target

from .forms import address, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy():
    return Policy.objects.create(headline="A plan for lathes", announced_on=date(2024, 4, 26))


def told(client, record) -> list[str]:
    """Each change on the page in one line, the newest first."""
    entries = client.get(address(record, "history")).context["entries"]
    return [
        " ".join(f"{entry.by}: {change.row} {change.field} {change.old} → {change.new}".split())
        for entry in entries
        for change in entry.changes
    ]


def test_a_changed_field_is_told_with_both_values(editor, policy):
    sent(editor, address(policy, "change"), headline="A better plan", legal_status="in-force")
    lines = told(editor, policy)
    assert "editor: headline A plan for lathes → A better plan" in lines
    assert "editor: legal status Unknown → In force" in lines
    assert not any("changed at" in line for line in lines)


def test_what_only_stood_in_the_form_is_no_change(publisher, policy):
    Policy.objects.filter(pk=policy.pk).update(comment="One.\n\nTwo.", note="First\nSecond")
    policy.refresh_from_db()
    policy.targets.create(text="Reach\nit", status_note="Looked\nat")
    publishing.publish(policy, by=publisher.user)
    before = told(publisher, policy)
    sent(publisher, address(policy, "change"), summary="Put\r\nright")
    assert told(publisher, policy) == ["publisher: summary none → Put right", *before]
    changes = Client().get("/changes/").content.decode()
    assert "Summary" in changes
    assert "Comment" not in changes
    policy.refresh_from_db()
    assert (policy.summary, policy.comment) == ("Put\nright", "One.\n\nTwo.")
    assert policy.targets.get().text == "Reach\nit"


def test_a_date_is_told_as_exactly_as_it_is_known(editor, policy):
    sent(editor, address(policy, "change"), announced_on="2024", announced_precision="")
    assert "editor: announced on 26 April 2024 → 2024" in told(editor, policy)


def test_publishing_is_told_with_its_reason(publisher, policy):
    publishing.publish(policy, by=publisher.user, reason="Checked against 文号")
    assert "publisher: state In review → Published" in told(publisher, policy)
    page = publisher.get(address(policy, "history")).content.decode()
    assert "Checked against 文号" in page


def test_sectors_are_told_by_name(editor, policy):
    first = Sector.objects.create(name_en="Machine tools")
    second = Sector.objects.create(name_en="Robots")
    sent(editor, address(policy, "change"), sectors=[first.pk])
    sent(editor, address(policy, "change"), sectors=[first.pk, second.pk])
    lines = told(editor, policy)
    assert "editor: sectors none → Machine tools" in lines
    assert "editor: sectors Machine tools → Machine tools, Robots" in lines


def test_the_rows_of_a_policy_are_told(editor, policy):
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    other = Policy.objects.create(headline="Old plan")
    url = address(policy, "change")
    sent(editor, url, {
        "issuers": [{"printed": "Lathe Ministry"}],
        "targets": [{"text": "Grow", "status": "open"}],
        "relations": [{"kind": "replaces", "other": other.pk}],
    })  # fmt: skip
    sent(editor, url, **{
        "issuers-0-body": body.pk, "targets-0-value": "90", "targets-0-due_on": "2027",
        "relations-0-kind": "amends",
    })  # fmt: skip
    sent(editor, url, **{"targets-0-DELETE": "on"})
    lines = told(editor, policy)
    for line in (
        "editor: issuer “Lathe Ministry” → added",
        "editor: issuer “Ministry of Lathes” body none → Ministry of Lathes",
        "editor: target “Grow” value none → 90",
        "editor: target “Grow” due on none → 2027",
        "editor: target “Grow” removed →",
        "editor: policy relation “Old plan” kind replaces → amends",
    ):
        assert line in lines
    assert PolicyRelation.objects.get().kind == "amends"


def test_what_one_save_changed_stands_together(editor, policy):
    rows = {"targets": [{"text": "Grow", "status": "open"}, {"text": "Shrink", "status": "open"}]}
    sent(editor, address(policy, "change"), rows, headline="Better")
    entries = editor.get(address(policy, "history")).context["entries"]
    assert {change.row for change in entries[0].changes} == {"", "target “Grow”", "target “Shrink”"}


def test_a_change_far_into_a_long_text_is_seen(editor, policy):
    text = "Long words. " * 300
    Policy.objects.get(pk=policy.pk).save()
    sent(editor, address(policy, "change"), summary=text + "ends so")
    sent(editor, address(policy, "change"), summary=text + "ends otherwise")
    last = next(line for line in told(editor, policy) if "ends otherwise" in line)
    assert "ends so" in last
    assert len(last) < 1200


def test_a_form_saved_as_it_stands_changes_no_row(editor, policy):
    target = Target.objects.create(
        policy=policy, text="Grow", value=90, due_on=date(2027, 12, 31), due_precision="year"
    )
    issuer = policy.issuers.create(printed="Lathe Ministry", is_lead=True, position=1)
    sent(editor, address(policy, "change"))
    assert (target.history.count(), issuer.history.count()) == (1, 1)
    assert not any("→" in line and "added" not in line for line in told(editor, policy))


def test_markup_in_a_change_is_shown_and_not_run(editor, policy):
    sent(editor, address(policy, "change"), headline="<script>alert(1)</script>")
    page = editor.get(address(policy, "history")).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_body_and_a_target_have_their_history_too(editor, policy):
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    sent(editor, address(body, "change"), name_zh="车床部")
    assert "editor: Chinese name none → 车床部" in told(editor, body)
    target = Target.objects.create(policy=policy, text="Grow")
    sent(editor, address(target, "change"), status="met", status_note="By the report.")
    assert "editor: status Open → Met" in told(editor, target)


def test_sums_sources_and_other_names_are_told_too(editor, policy):
    amount = policy.amounts.create(value=5, currency="CNY")
    amount.value = 7
    amount.save()
    policy.sources.create(label="MOL notice").delete()
    assert any("“CNY” value 5 → 7" in line for line in told(editor, policy))
    assert any("“MOL notice” removed" in line for line in told(editor, policy))
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    body.aliases.create(name="车床部", language="zh").delete()
    assert any("“车床部” removed" in line for line in told(editor, body))


def test_a_name_that_has_since_been_deleted_does_not_break_the_page(editor, policy):
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    sector = Sector.objects.create(name_en="Machine tools")
    policy.sectors.add(sector)
    policy.issuers.create(body=body, printed="Lathe Ministry").delete()
    body.delete()
    sector.delete()
    page = editor.get(address(policy, "history"))
    assert page.status_code == 200
    assert "Lathe Ministry" in page.content.decode()


def test_the_page_takes_as_many_queries_for_a_long_history_as_for_a_short_one(
    editor, policy, django_assert_max_num_queries
):
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    for number in range(30):
        policy.headline = f"Version {number}"
        policy.save()
        policy.sectors.add(Sector.objects.create(name_en=f"Sector {number}"))
        policy.issuers.create(printed=f"Body {number}", body=body if not number else None)
    with django_assert_max_num_queries(19):
        editor.get(address(policy, "history"))
