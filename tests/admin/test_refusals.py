"""What no database takes, sent by a forged or damaged address, is told and changes nothing."""

import sqlite3

import psycopg
import pytest
from django.db import DataError, OperationalError, connection, transaction
from django.test import Client

from policies.admin import refusals
from policies.desk import changes
from policies.models import (
    CorporateEvent,
    IssueImport,
    Merge,
    NewsletterIssue,
    Policy,
    PublicVersion,
    Sector,
)
from tests.readers.samples import NEWSLETTER

from .forms import address, filled

pytestmark = pytest.mark.django_db

HUGE = "9" * 30


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level("CRITICAL")


@pytest.fixture
def policy():
    policy = Policy.objects.create(headline="Lathes for all")
    policy.sectors.add(Sector.objects.create(name_en="Lathes"))
    return policy


def written() -> tuple[int, int, int]:
    return (
        Policy.history.count(),
        PublicVersion.objects.count(),
        Policy.sectors.through.objects.count(),
    )


def asked(ask, url: str, *args, **kwargs):
    """The answer; what PostgreSQL refuses would end the transaction of the test otherwise."""
    with transaction.atomic():
        answer = ask(url, *args, **kwargs)
        if answer.status_code == 400 and connection.vendor == "postgresql":
            transaction.set_rollback(True)
    return answer


def refused(answer) -> bool:
    return answer.status_code == 400 and "nothing was changed" in answer.content.decode()


@pytest.mark.parametrize(
    "action", ["change_chosen", "export_csv", "publish_chosen", "delete_selected"]
)
@pytest.mark.parametrize("key", ["abc", HUGE, "\0", "1e5", "9" * 5000])
def test_forged_keys_choose_no_records(publisher, policy, action, key):
    before = written()
    sent = {"action": action, "_selected_action": [policy.pk, key]}
    answer = asked(publisher.post, address(Policy, "changelist"), sent)
    assert answer.status_code < 500
    if not key.isdecimal():
        assert refused(answer)
    assert written() == before


def test_a_forged_sector_in_a_form_is_told(editor, policy):
    before = written()
    url = address(policy, "change")
    answer = asked(editor.post, url, filled(editor, url, sectors=[HUGE], headline="New"))
    assert refused(answer) or answer.context["adminform"].form.errors["sectors"]
    policy.refresh_from_db()
    assert (policy.headline, written()) == ("Lathes for all", before)


def test_a_forged_sector_for_many_records_is_told(editor, policy):
    before = written()
    sent = {"ids": policy.pk, "sectors_how": "add", "sectors": HUGE, "confirmed": "1"}
    answer = asked(editor.post, address(Policy, "changelist") + "bulk/", sent)
    assert refused(answer) or answer.context["form"].errors["sectors"]
    assert written() == before


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        *[(Policy, f"{name}={HUGE}") for name in ("bodies", "sectors", "issue")],
        *[(Policy, f"{name}__id__exact={HUGE}") for name in ("bodies", "sectors", "issue")],
        (Policy, "announced_on__year=9999&announced_on__month=12"),
        (Policy, "announced_on__year=9999&announced_on__month=12&announced_on__day=31"),
        (Policy, f"announced_on__year={'9' * 23}"),
        (IssueImport, f"started_at__year={'9' * 23}"),
        (NewsletterIssue, f"published_on__year={'9' * 23}"),
        (Merge, f"merged_at__year={'9' * 23}"),
        (CorporateEvent, f"sectors={'9' * 5000}"),
    ],
)
def test_a_list_of_what_cannot_be_is_no_error(publisher, policy, kind, query):
    answer = asked(publisher.get, f"{address(kind, 'changelist')}?{query}", follow=True)
    assert answer.status_code == 200 or refused(answer)


@pytest.mark.parametrize("key", ["9" * 5000, HUGE, "²", "abc"])
def test_an_import_that_cannot_be_is_not_found(editor, key):
    assert (
        asked(editor.get, f"{address(IssueImport, 'changelist')}{key}/change/").status_code == 404
    )


@pytest.mark.parametrize("button", ["[" * 100_000, '["a", ' + "[" * 100_000, "{", '["x", 1e999]'])
def test_a_button_that_makes_no_sense_changes_no_decision(editor, button):
    editor.post(address(IssueImport, "add"), {"text": NEWSLETTER})
    kept = IssueImport.objects.get()
    sent = {"do": button, "revision": kept.revision, "part": 1}
    answer = asked(editor.post, f"{address(IssueImport, 'changelist')}{kept.pk}/press/", sent)
    assert answer.status_code == 302
    before, kept = kept, IssueImport.objects.get()
    assert (kept.choices, kept.revision) == (before.choices, before.revision)


def test_a_null_character_is_told_wherever_it_stands(editor, policy):
    answer = asked(editor.post, "/admin/policies/policy/process_import/", {"token": "a\0b"})
    assert answer.status_code < 500


def fails_with(problem: Exception, monkeypatch) -> None:
    def fails(*args):
        raise problem

    monkeypatch.setattr(changes, "recent", fails)


@pytest.mark.parametrize("problem", [OverflowError(), DataError(), "\ud800"])
def test_a_refusal_is_told_and_logged(editor, monkeypatch, caplog, problem):
    if isinstance(problem, str):
        with pytest.raises(UnicodeEncodeError) as raised:
            problem.encode()
        problem = raised.value
    fails_with(problem, monkeypatch)
    with caplog.at_level("WARNING", logger=refusals.__name__):
        assert refused(asked(editor.get, "/admin/"))
    assert caplog.records[0].exc_info[1] is problem


def broken_off(cause: Exception) -> OperationalError:
    """What Django makes of an error of the database."""
    problem = OperationalError(*cause.args)
    problem.__cause__ = cause
    return problem


@pytest.mark.parametrize(
    "cause",
    [
        psycopg.errors.DeadlockDetected("deadlock detected"),
        sqlite3.OperationalError("database is locked"),
    ],
)
def test_who_comes_into_the_way_of_another_is_asked_to_press_again(editor, monkeypatch, cause):
    fails_with(broken_off(cause), monkeypatch)
    answer = asked(editor.get, "/admin/")
    assert answer.status_code == 409
    assert "Please press again" in answer.content.decode()


def test_a_database_that_is_not_there_stays_an_error(editor, monkeypatch):
    fails_with(broken_off(psycopg.OperationalError("connection refused")), monkeypatch)
    with pytest.raises(OperationalError):
        asked(editor.get, "/admin/")


@pytest.mark.parametrize(
    "problem", [ValueError("boom"), KeyError("x"), TypeError(), RecursionError()]
)
def test_a_mistake_of_the_program_stays_an_error(editor, monkeypatch, problem):
    fails_with(problem, monkeypatch)
    with pytest.raises(type(problem)):
        asked(editor.get, "/admin/")


def test_the_public_pages_have_their_own_answers():
    answer = Client().get(f"/policies/?sectors={HUGE}")
    assert "To the desk" not in answer.content.decode()
