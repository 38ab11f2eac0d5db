"""Readers report an error on a record, and nothing of it becomes public."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from policies import reports
from policies.models import ErrorReport, Policy, Region
from policies.records import FIELDS, NOT_PUBLIC

from .test_coverage import policy

pytestmark = pytest.mark.django_db
SAID = {"field": "title_zh", "text": "The title lacks a character.", "source_url": "", "email": ""}


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.REPORT_SECONDS = 0


@pytest.fixture
def record(db) -> Policy:
    return policy("On lathes", slug="on-lathes")


ADDRESS = "/report/?record=policy&slug=on-lathes"


def opened(client, address: str = ADDRESS) -> dict[str, str]:
    page = client.get(address).content.decode()
    return {"opened": re.search(r'name="opened" value="([^"]+)"', page)[1]}


def send(client, address: str = ADDRESS, **said: str):
    return client.post(address, opened(client, address) | SAID | said)


def errors(answer) -> set[str]:
    return set(answer.context["form"].errors)


def test_a_report_arrives_with_its_field_and_without_the_reader_s_address(record, client):
    page = client.get(f"{ADDRESS}&field=title_zh").content.decode()
    assert '<option value="title_zh" selected>' in page
    assert "no-store" in client.get(ADDRESS)["Cache-Control"]
    answer = send(client, email="reader@a.example", source_url="a.example/doc")
    assert answer.status_code == 302
    thanks = client.get(answer["Location"]).content.decode()
    assert "Thank you" in thanks
    assert record.get_absolute_url() in thanks
    report = ErrorReport.objects.get()
    assert (report.kind, report.record_id, report.field) == ("policy", record.pk, "title_zh")
    assert (report.email, report.source_url) == ("reader@a.example", "https://a.example/doc")
    assert "127.0.0.1" not in str(vars(report))
    assert reports.concerned(report) == record
    send(client)
    assert ErrorReport.objects.count() == 1


def test_every_kind_of_record_leads_to_a_form_with_its_public_fields(seeded, client):
    told = {reported.name: reported for reported in reports.REPORTED.values()}
    assert {reported.model for reported in told.values()} == set(FIELDS) - {Region}
    for reported in told.values():
        record = reported.public().first()
        page = client.get(record.get_absolute_url()).content.decode()
        address = re.search(r'href="(/report/\?[^"]+)"', page)[1].replace("&amp;", "&")
        form = client.get(address).context["form"]
        known = {field.name for field in FIELDS[reported.model] if field.told}
        assert {value for value, _ in form.fields["field"].choices} == known | {""}


def test_what_is_not_public_cannot_be_reported_on(record, client):
    policy("Hidden", slug="hidden", state="in-review")
    for slug in ("hidden", "never-was", "", "%00"):
        address = f"/report/?record=policy&slug={slug}"
        assert client.get(address).status_code == 404
        assert client.post(address, SAID).status_code == 404
    record.slug = "on-turning-lathes"
    record.save()
    assert client.get(ADDRESS).context["record"] == record


@pytest.mark.parametrize(
    ("query", "name"),
    [("record=policies&slug=on-lathes", "record"), ("slug=on-lathes", "record"),
     ("record=policy&slug=on-lathes&field=note", "field"),
     ("record=policy&slug=on-lathes&bdoy=1", "bdoy")],
)  # fmt: skip
def test_a_wrong_parameter_is_named(record, client, query, name):
    answer = client.get(f"/report/?{query}")
    assert f"<code>{name}</code>" in answer.content.decode()
    assert client.post(f"/report/?{query}", SAID).status_code == 400
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [({"text": " "}, "text"), ({"text": "x" * 2001}, "text"), ({"text": "a\0"}, "text"),
     ({"field": "note"}, "field"), ({"source_url": "javascript:alert(1)"}, "source_url"),
     ({"email": "nobody"}, "email"), ({"website": "https://spam.example"}, "website"),
     ({"opened": "forged"}, "opened"), ({"opened": ""}, "opened")],
)  # fmt: skip
def test_a_report_that_cannot_be_taken_says_why_and_keeps_what_was_typed(
    record, client, said, wrong
):
    answer = send(client, **{"email": "a@a.example"} | said)
    assert errors(answer) == {wrong}
    assert "The report was not sent" in answer.content.decode()
    assert "a@a.example" in answer.content.decode() or "email" in said
    assert not ErrorReport.objects.exists()


def test_a_machine_is_too_quick_and_an_old_page_is_sent_once_more(record, client, settings):
    settings.REPORT_SECONDS = 3
    assert errors(send(client)) == {"opened"}
    settings.REPORT_SECONDS = 0
    stale = client.post(ADDRESS, SAID | {"opened": "old:mark"})
    again = re.search(r'name="opened" value="([^"]+)"', stale.content.decode())[1]
    assert client.post(ADDRESS, SAID | {"opened": again}).status_code == 302


def test_a_forged_form_of_another_site_is_refused(record):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS, SAID | opened(strict)).status_code == 403
    page = strict.get(ADDRESS).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sent = SAID | opened(strict) | {"csrfmiddlewaretoken": token}
    assert strict.post(ADDRESS, sent).status_code == 302


def test_a_network_and_all_together_may_report_so_often_a_day(record, settings):
    settings.REPORTS_FROM_ONE, settings.REPORTS_FROM_ALL = 2, 3

    def status(address: str, text: str) -> int:
        return send(Client(REMOTE_ADDR=address), text=text).status_code

    assert [status("192.0.2.1", text) for text in ("a", "b", "c")] == [302, 302, 429]
    assert [status("2001:db8::1", "d"), status("192.0.2.3", "e")] == [302, 429]
    ErrorReport.objects.update(reported_at=timezone.now() - timedelta(days=1, minutes=1))
    assert status("192.0.2.1", "f") == 302
    marks = ErrorReport.objects.exclude(network="").values_list("text", flat=True)
    assert list(marks) == ["f"]


def test_what_is_known_of_a_reader_is_deleted_in_time(record, django_user_model, settings):
    by = django_user_model.objects.create_user("e")
    send(Client(), text="decided", email="a@a.example")
    report = reports.decide(ErrorReport.objects.get(), state="accepted", by=by, note="Corrected.")
    assert (report.email, report.network, report.decided_by) == ("", "", by)
    assert reports.decide(report, state="open", by=by).decided_at is None
    for days in (2, settings.REPORT_EMAIL_DAYS + 1):
        made = ErrorReport.objects.create(kind="policy", record_id=1, title="T", text="x",
                                          email="a@a.example", network="m")  # fmt: skip
        ErrorReport.objects.filter(pk=made.pk).update(
            reported_at=timezone.now() - timedelta(days=days)
        )
    call_command("clean_reports")
    kept = ErrorReport.objects.exclude(email="", network="")
    assert [(row.email, row.network) for row in kept] == [("a@a.example", "")]


def test_nothing_of_a_report_is_public_each_column_for_a_reason():
    columns = {field.name for field in ErrorReport._meta.concrete_fields}
    assert NOT_PUBLIC[ErrorReport].keys() == columns
    assert all(NOT_PUBLIC[ErrorReport].values())


def test_a_report_of_a_deleted_record_keeps_its_name(record):
    send(Client())
    record.delete()
    report = ErrorReport.objects.get()
    assert (str(report), reports.concerned(report)) == ("On lathes", None)


def test_plain_text_is_all_that_a_report_shows(record, client):
    assert "<b>" not in send(client, text="<b>bold</b>", email="x").content.decode()


def test_the_form_calls_the_record_in_the_readers_language(seeded, client):
    page = client.get("/report/?record=body&slug=miit&lang=zh-hans").content.decode()
    assert "中华人民共和国工业和信息化部</a>" in page
    english = client.get("/report/?record=body&slug=miit&lang=en").content.decode()
    assert "Ministry of Industry and Information Technology</a>" in english
