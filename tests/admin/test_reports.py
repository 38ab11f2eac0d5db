"""Reports by readers at the desk."""

import pytest
from django.test import Client

from policies.models import ErrorReport, Policy

from .forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(db) -> ErrorReport:
    policy = Policy.objects.create(title_en="On lathes", state="published")
    return ErrorReport.objects.create(
        kind="policy", slug=policy.slug, record_id=policy.pk, title="On lathes", field="title_zh",
        text="<b>One character</b> is missing", email="reader@a.example", network="mark",
        source_url="https://a.example/",
    )  # fmt: skip


def address(report: ErrorReport) -> str:
    return f"/admin/policies/errorreport/{report.pk}/change/"


def test_the_desk_shows_open_reports_with_field_and_record(editor, report):
    desk = editor.get("/admin/").content.decode()
    assert "Reports by readers" in desk
    assert address(report) in desk
    assert "Chinese title" in desk
    page = editor.get(address(report)).content.decode()
    policy = Policy.objects.get()
    assert f"/admin/policies/policy/{policy.pk}/change/" in page
    assert policy.get_absolute_url() in page
    assert "mailto:reader@a.example" in page
    assert "&lt;b&gt;One character" in page
    assert "<b>One character" not in page
    assert "Chinese title" in editor.get("/admin/policies/errorreport/").content.decode()


def test_an_address_adds_nothing_to_the_mail_that_answers_it(editor, report):
    report.email = "a?bcc=evil%40evil.com&subject=Hi&x=@example.org"
    report.save()
    page = editor.get(address(report)).content.decode()
    told = "a%3Fbcc%3Devil%2540evil.com%26subject%3DHi%26x%3D@example.org"
    assert f'href="mailto:{told}"' in page
    assert "?bcc=" not in page.partition('href="mailto:')[2].partition('"')[0]


def test_a_decision_says_who_and_why_and_forgets_the_reader(editor, report):
    data = filled(editor, address(report)) | {"state": "accepted", "note": "Corrected."}
    assert editor.post(address(report), data).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.note, report.decided_by) == ("accepted", "Corrected.", editor.user)
    assert report.decided_at
    assert (report.email, report.network) == ("", "")
    assert report.text == "<b>One character</b> is missing"
    assert "Reports by readers</h2>" not in editor.get("/admin/").content.decode()
    data = filled(editor, address(report)) | {"state": "rejected"}
    editor.post(address(report), data)
    report.refresh_from_db()
    assert report.state == "rejected"


def test_an_address_can_be_deleted_at_once_but_not_changed(editor, report):
    data = filled(editor, address(report))
    editor.post(address(report), data | {"email": "other@b.example"})
    report.refresh_from_db()
    assert report.email == "reader@a.example"
    editor.post(address(report), filled(editor, address(report)) | {"email": ""})
    report.refresh_from_db()
    assert (report.email, report.state) == ("", "open")


def test_nobody_adds_reports_and_only_a_publisher_deletes_them(editor, publisher, report):
    assert editor.get("/admin/policies/errorreport/add/").status_code == 403
    delete = address(report).replace("change", "delete")
    assert editor.get(delete).status_code == 403
    assert publisher.get(delete).status_code == 200
    assert Client().get(address(report)).status_code == 302


def test_a_report_on_a_deleted_record_is_still_read(editor, report):
    Policy.objects.all().delete()
    assert "which was deleted" in editor.get(address(report)).content.decode()
