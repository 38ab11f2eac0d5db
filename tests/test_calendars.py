"""Subscriptions: what a search finds with dates, as a calendar program reads it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from icalendar import Calendar

from policies import publishing
from policies.calendars import CALENDARS
from policies.exports.found import GROUP
from policies.models import CorporateEvent, Policy, PublicVersion

pytestmark = pytest.mark.django_db


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def entries(client, address: str) -> dict[str, object]:
    """The entries of a calendar by what they are called for good."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = body(answer)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    found = Calendar.from_ical(text).walk("VEVENT")
    named = {str(one["UID"]): one for one in found}
    assert len(named) == len(found)
    return named


@pytest.fixture
def plan(db) -> Policy:
    plan = Policy.objects.create(
        title_en="Plan, with; signs\\ and “quotes”", title_zh="关于车床的通知",
        effective_on=date(2031, 5, 1), expires_on=date(2035, 12, 31), expires_precision="year",
    )  # fmt: skip
    plan.deadlines.create(kind="comment", closes_on=date(2031, 6, 30), closes_precision="month")
    plan.targets.create(text="More lathes", due_on=date(2033, 12, 31), due_precision="year")
    return publishing.publish(plan, by=None)


@pytest.mark.parametrize(
    ("path", "held"),
    [
        ("/policies/", "effective dates, deadlines, targets due"),
        ("/calendar/", "effective dates, deadlines, targets due"),
        ("/targets/", "targets due"),
        ("/events/", "what happened"),
    ],
)
def test_the_menu_says_which_dates_a_subscription_brings(db, client, path, held):
    assert f"subscribe: {held}<" in client.get(path).content.decode()


def test_each_date_is_an_entry_as_exact_as_it_is_known(plan, client):
    found = {one["CATEGORIES"].to_ical().decode(): one
             for one in entries(client, "/policies.ics").values()}  # fmt: skip
    spans = {kind: (one["DTSTART"].dt, one["DTEND"].dt) for kind, one in found.items()}
    assert spans == {
        "effective": (date(2031, 5, 1), date(2031, 5, 2)),
        "deadline": (date(2031, 6, 1), date(2031, 7, 1)),
        "due": (date(2033, 1, 1), date(2034, 1, 1)),
        "expires": (date(2035, 1, 1), date(2036, 1, 1)),
    }
    assert found["effective"]["SUMMARY"] == f"Takes effect: {plan.title_en}"
    assert found["due"]["SUMMARY"] == "Target due in 2033 (day not known): More lathes"
    assert found["deadline"]["SUMMARY"].startswith("Comments close in June 2031 (day not known): ")
    assert "Known to the year only: 2035." in found["expires"]["DESCRIPTION"]
    assert plan.title_zh in found["due"]["DESCRIPTION"]
    assert found["effective"]["URL"] == f"http://testserver{plan.get_absolute_url()}"
    target = plan.targets.get()
    assert found["due"]["URL"] == f"http://testserver{target.get_absolute_url()}"


def test_an_entry_keeps_its_name_and_tells_when_it_was_changed(plan, client):
    PublicVersion.objects.update(since="2024-05-08T10:00:00Z")
    before = entries(client, "/policies.ics")
    for one in before.values():
        assert one["DTSTAMP"].dt == one["LAST-MODIFIED"].dt
        assert str(one["LAST-MODIFIED"].dt)[:16] == "2024-05-08 10:00"
    plan.refresh_from_db()
    plan.title_en, plan.slug, plan.effective_on = "New", "elsewhere", date(2031, 5, 2)
    plan.save()
    after = entries(client, "/policies.ics")
    assert before.keys() == after.keys()
    moved = after[f"policy-{plan.pk}-effective@testserver"]
    assert moved["DTSTART"].dt == date(2031, 5, 2)
    assert moved["LAST-MODIFIED"].dt.year > 2024
    assert body(client.get("/policies.ics")) == body(client.get("/policies.ics"))


def test_a_calendar_says_which_search_it_is_and_how_often_to_look(plan, client):
    made = Calendar.from_ical(body(client.get("/policies.ics?q=lathes&has=targets")))
    assert made["X-WR-CALNAME"] == made["NAME"]
    assert "lathes" in made["X-WR-CALNAME"]
    assert "Targets" in made["X-WR-CALNAME"]
    assert made["URL"] == "http://testserver/policies/?q=lathes&has=targets"
    assert made["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert made["METHOD"] == "PUBLISH"


def test_a_line_break_in_a_search_ends_no_line_of_the_calendar(plan, client):
    written = body(client.get("/policies.ics?q=lathes%0d%0aATTENDEE:x"))
    assert "lathes ATTENDEE:x" in Calendar.from_ical(written)["NAME"]
    assert b"\nATTENDEE" not in written.replace(b"\r", b"\n")


def test_a_calendar_holds_the_records_of_its_list_that_have_dates(seeded, client):
    for kind, queries in {
        "policies": ("", "q=computing", "body=miit&sort=title", "page=2&section=top"),
        "targets": ("", "q=2027", "due_before=2027"),
        "events": ("", "kind=survey"),
    }.items():
        for query in queries:
            count = client.get(f"/{kind}/?{query.replace('page=2&', '')}").context["count"]
            answer = client.get(f"/{kind}.ics?{query}")
            assert answer["X-Record-Count"] == str(count)
            urls = {str(one["URL"]) for one in Calendar.from_ical(body(answer)).walk("VEVENT")}
            if kind != "policies":
                found = CALENDARS[kind].filterset_class({}).model.objects.published()
                assert len(urls) <= count <= found.count()
    dated = {str(e["URL"]).removeprefix("http://testserver")
             for e in entries(client, "/events.ics").values()}  # fmt: skip
    with_day = CorporateEvent.objects.published().exclude(happened_on=None)
    assert dated == {event.get_absolute_url() for event in with_day}
    all_dates = entries(client, "/policies.ics")
    assert entries(client, "/calendar.ics").keys() == all_dates.keys()
    due = entries(client, "/calendar.ics?date=due")
    assert due.keys() == entries(client, "/targets.ics?due_after=1").keys()
    assert set(due) == {uid for uid in all_dates if uid.endswith("-due@testserver")}
    may = entries(client, "/calendar.ics?when=2024-05")
    assert [str(one["SUMMARY"])[:18] for one in may.values()] == ["Applications close"]


def test_a_wrong_parameter_is_named_in_plain_text(plan, client):
    for kind in CALENDARS:
        for query in ("bdoy=x", "page=last", "sort=colour"):
            answer = client.get(f"/{kind}.ics?{query}")
            assert answer.status_code == 400, (kind, query)
            assert answer["Content-Type"].startswith("text/plain")
            assert answer.content.decode().startswith(query.partition("=")[0] + ": ")
    assert client.get("/calendar.ics?date=never").content.startswith(b"date: ")
    assert client.post("/policies.ics").status_code == 405
    assert body(client.head("/policies.ics")) == b""


def test_a_date_at_the_end_of_time_and_a_withdrawn_record_do_no_harm(plan, client):
    last = Policy.objects.create(title_en="Last", expires_on=date(9999, 12, 31))
    publishing.publish(last, by=None)
    assert f"policy-{last.pk}-expires@testserver" in entries(client, "/policies.ics")
    publishing.withdraw(plan, by=None)
    assert list(entries(client, "/policies.ics")) == [f"policy-{last.pk}-expires@testserver"]


def test_a_calendar_is_read_in_groups(db, client, django_assert_max_num_queries):
    made = [
        Policy(title_en=f"P{n}", slug=f"p-{n}", state="published", effective_on=date(2031, 1, 1),
               effective_precision="day")
        for n in range(GROUP + 20)
    ]  # fmt: skip
    Policy.objects.bulk_create(made)
    call_command("rebuild_search", verbosity=0)
    with django_assert_max_num_queries(30):
        assert len(entries(client, "/policies.ics")) == GROUP + 20
