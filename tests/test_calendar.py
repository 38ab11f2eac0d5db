"""The calendar: dates as exact as they are known, over any search, and sums that hold."""

from __future__ import annotations

import random
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from policies import publishing
from policies.models import Deadline, IssuingBody, Policy, Target

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'<a href="([^"]+)">(\d+)</a></td>')


def published(title: str, **values) -> Policy:
    return publishing.publish(Policy.objects.create(title_en=title, **values), by=None)


def shown(client, query: str = ""):
    answer = client.get(f"/calendar/{query}")
    assert answer.status_code == 200
    assert not answer.context["errors"]
    return answer


def titles(answer) -> list[str]:
    """The policies of the entries of a page, those on days of a month last."""
    entries = [entry for _, group in answer.context["groups"] for entry in group]
    entries += [entry for day in answer.context["days"] for entry in day.entries]
    return [str(entry.policy) for entry in entries]


@pytest.fixture
def lathes(db) -> dict[str, Policy]:
    """Policies with dates of each kind and of each precision in 2031."""
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="ministry")
    year = published("Year", effective_on=date(2031, 12, 31), effective_precision="year")
    quarter = published("Quarter", expires_on=date(2031, 6, 30), expires_precision="quarter")
    month = published("Month", effective_on=date(2031, 5, 31), effective_precision="month")
    day = published("Day", effective_on=date(2031, 5, 31), expires_on=date(2031, 12, 31))
    goals = published("Goals")
    for text, on, precision in (
        ("More lathes", date(2031, 12, 31), "year"),
        ("Better lathes", date(2031, 12, 31), "year"),
        ("Round lathes", date(2031, 12, 31), "day"),
    ):
        goals.targets.create(text=text, due_on=on, due_precision=precision)
    call = published("Call")
    call.deadlines.create(kind="application", closes_on=date(2031, 5, 19), text="Third batch")
    call.issuers.create(body=body)
    published("Undated")
    return {p.title_en: p for p in (year, quarter, month, day, goals, call)}


def test_a_date_stands_where_its_source_put_it_and_never_more_exactly(lathes, client):
    year = shown(client, "?when=2031")
    assert titles(year) == ["Year", "Goals"]
    assert year.context["known"] == 2
    assert year.context["count"] == 8
    assert titles(shown(client, "?when=2031-Q2")) == ["Quarter"]
    may = shown(client, "?when=2031-05")
    assert titles(may) == ["Month", "Call", "Day"]
    assert [d.way.when.value.day for d in may.context["days"] if d.entries] == [19, 31]
    assert len(may.context["days"]) == 31
    assert titles(shown(client, "?when=2031-05-31")) == ["Day"]
    assert titles(shown(client, "?when=2031-12-31")) == ["Goals", "Day"]
    assert shown(client, "?when=2031-12").context["count"] == 2
    page = year.content.decode()
    assert page.count("More lathes") == page.count("Better lathes") == 1
    assert "Round lathes" not in page


def test_every_number_is_what_its_link_shows(lathes, client):
    for query in ("?when=2031", "?when=2031-Q2", "?when=2031&date=due&date=effective"):
        page = shown(client, query)
        lines = page.context["lines"]
        assert sum(line.way.count for line in lines) == page.context["count"]
        for line in lines:
            assert sum(cell.count for cell in line.cells) == line.way.count
            for way in (line.way, *line.cells):
                if way.count:
                    assert shown(client, way.url).context["count"] == way.count
    may = shown(client, "?when=2031-05")
    days = may.context["days"]
    assert sum(day.way.count for day in days) + may.context["known"] == may.context["count"]
    for day in days:
        assert shown(client, day.way.url).context["count"] == day.way.count
    for _, url, number, _ in may.context["toggles"]:
        if number:
            assert shown(client, url).context["count"] == number


def test_every_number_of_the_table_of_random_dates_is_that_of_its_page(db, client):
    chance = random.Random(11)
    kinds = ("effective", "expires")

    def known() -> tuple[date, str]:
        day = date(2031, chance.randint(1, 12), chance.randint(1, 28))
        return day, chance.choice(["day", "month", "quarter", "year"])

    for number in range(30):
        dates = {}
        for kind in chance.sample(kinds, chance.randint(0, 2)):
            dates[f"{kind}_on"], dates[f"{kind}_precision"] = known()
        policy = published(f"Plan {number}", **dates)
        for place in range(chance.randint(0, 3)):
            due_on, precision = known()
            policy.targets.create(text=f"{place}", due_on=due_on, due_precision=precision)
    for query in ("?when=2031", "?when=2031-Q2", "?when=2031&q=plan+-3", "?when=2031&date=due"):
        page = shown(client, query)
        text = page.content.decode()
        table = text[text.index('<table class="lines">') : text.index("</table>")]
        links = [(unescape(url), int(n)) for url, n in NUMBER.findall(table)]
        assert len(links) > 4
        assert {url: shown(client, url).context["count"] for url, _ in links} == dict(links), query
        lines = page.context["lines"]
        assert sum(line.way.count for line in lines) == sum(page.context["sums"])
        assert sum(page.context["sums"]) == page.context["count"]
    assert any(line.is_whole for line in lines)


def test_what_is_known_to_a_time_only_can_be_asked_for_and_is_so_in_a_subscription(lathes, client):
    year = shown(client, "?when=2031-unknown")
    assert titles(year) == ["Year", "Goals"]
    assert (year.context["count"], year.context["lines"], year.context["days"]) == (2, [], [])
    assert "no more exactly" in year.content.decode()
    assert [str(way.when) for way in year.context["around"]] == ["2031"]
    assert titles(shown(client, "?when=2031-Q2-unknown")) == ["Quarter"]
    assert titles(shown(client, "?when=2031-05-unknown")) == ["Month"]
    assert titles(shown(client, "?when=2031-unknown&date=due")) == ["Goals"]
    assert shown(client, "?when=2031-Q1-unknown").context["count"] == 0
    written = b"".join(client.get("/calendar.ics?when=2031-unknown").streaming_content)
    found = Calendar.from_ical(written).walk("VEVENT")
    assert sorted(str(one["CATEGORIES"].to_ical()) for one in found) == [
        "b'due'", "b'due'", "b'effective'"
    ]  # fmt: skip
    for wrong in ("2031-05-31-unknown", "unknown", "2031-unknown-unknown"):
        page = client.get(f"/calendar/?when={wrong}")
        assert [name for name, _ in page.context["errors"]] == ["when"], wrong
        assert "2024-unknown" in page.content.decode()


def test_the_page_tells_how_many_policies_its_dates_are_of_as_its_filters_count(lathes, client):
    for query in ("", "?when=2031", "?when=2031-05", "?when=2031-12-31&date=due", "?q=day"):
        page = shown(client, query)
        assert page.context["policies"] == len(page.context["filterset"].ids())
        (level,) = [facet for facet in page.context["facets"] if facet.name == "level"]
        for value in level.top:
            assert shown(client, value.url).context["policies"] == value.count
    text = shown(client, "?when=2031").content.decode()
    assert "<strong>8</strong> dates · <strong>6</strong> policies" in text
    assert "The filters count policies, not dates." in text
    assert "The filters count" not in client.get("/policies/").content.decode()
    assert "The filters count" not in client.get("/calendar/?when=soon").content.decode()


def test_a_calendar_is_a_view_of_a_search(lathes, client):
    body = IssuingBody.objects.get()
    assert titles(shown(client, f"?when=2031&body={body.slug}")) == []
    assert titles(shown(client, f"?when=2031-05&body={body.slug}")) == ["Call"]
    assert titles(shown(client, "?when=2031-05&q=month&sort=title")) == ["Month"]
    assert titles(shown(client, "?when=2031-05&date=deadline")) == ["Call"]
    assert (
        client.get("/policies/?deadline_after=2031-05&deadline_before=2031-05").context["count"]
        == 1
    )
    page = shown(client, f"?when=2031-05&date=deadline&body={body.slug}")
    assert page.context["listed"] == f"/policies/?body={body.slug}"
    facet = next(f for f in page.context["facets"] if f.name == "body")
    (value,) = facet.top
    assert dict(parse_qsl(urlsplit(value.url).query))["when"] == "2031-05"
    assert value.count == 1


def test_a_wrong_time_or_kind_is_named(lathes, client):
    for query in ("when=soon", "when=2031-13", "date=born", "page=2", "bdoy=x", "when=0000",
                  "when=2031-02-30", "when=2031-Q5", "when=2031&when=2032"):  # fmt: skip
        page = client.get(f"/calendar/?{query}")
        assert [name for name, _ in page.context["errors"]] == [query.partition("=")[0]], query
    for query in ("when=0001", "when=9999-12", "when=9999-12-31", "when=0001-01-01"):
        assert shown(client, f"?{query}").context["count"] == 0


def test_without_a_time_comes_what_is_ahead_and_else_the_nearest(lathes, client):
    published("Long ago", effective_on=date(2001, 3, 4))
    today = timezone.localdate()
    published("Soon", expires_on=today)
    ahead = shown(client)
    assert titles(ahead) == ["Soon", "Call", "Day", "Month", "Quarter", "Goals", "Day", "Year",
                             "Goals"]  # fmt: skip
    whens = [str(when) for when, _ in ahead.context["groups"]][1:]
    assert whens == ["19 May 2031", "31 May 2031", "May 2031", "Q2 2031", "31 December 2031",
                     "2031"]  # fmt: skip
    empty = shown(client, "?when=2031-01")
    assert "Nothing is known for this time" in empty.content.decode()
    assert str(empty.context["earlier"].when) == str(ahead.context["groups"][0][0])
    assert shown(client, empty.context["later"].url).context["count"] > 0
    none = shown(client, "?q=long")
    assert none.context["count"] == 0
    assert "4 Mar" in none.content.decode()
    assert titles(shown(client, none.context["earlier"].url)) == ["Long ago"]
    assert "No policy of this search" in shown(client, "?q=undated").content.decode()


def test_many_dates_come_in_pages_and_cost_no_more_than_few(lathes, client):
    def questions(query: str) -> int:
        client.get(f"/calendar/{query}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/calendar/{query}")
        return len(asked)

    queries = ("", "?when=2031", "?when=2031-05", "?when=2031-05-31")
    few = {query: questions(query) for query in queries}
    policies = Policy.objects.bulk_create(
        Policy(title_en=f"No {n}", slug=f"no-{n}", state="published",
               effective_on=date(2031, 5, 31), effective_precision="day")
        for n in range(60)
    )  # fmt: skip
    Target.objects.bulk_create(
        Target(policy=policy, text="All", slug=f"{policy.slug}-1", due_on=date(2031, 12, 31),
               due_precision="year")
        for policy in policies
    )  # fmt: skip
    call_command("rebuild_search", verbosity=0)
    assert {q: n for q in queries if (n := questions(q)) > max(few[q], 12)} == {}
    day = shown(client, "?when=2031-05-31")
    assert day.context["page"].paginator.count == 61
    both = titles(day) + titles(shown(client, "?when=2031-05-31&page=2"))
    assert len(set(both)) == 61
    last = shown(client, "?when=2031-05").context["days"][30]
    assert (len(last.entries), last.more) == (4, 57)


def test_a_deadline_is_public_with_its_policy_only(lathes, client):
    call = lathes["Call"]
    page = client.get(call.get_absolute_url()).content.decode()
    assert "Applications close" in page
    assert "Third batch" in page
    (row,) = Deadline.objects.published()
    row.closes_on = date(2031, 7, 1)
    row.save()
    assert titles(shown(client, "?when=2031-05&date=deadline")) == []
    assert titles(shown(client, "?when=2031-07")) == ["Call"]
    assert "Deadlines" in client.get(f"{call.get_absolute_url()}history/").content.decode()
    publishing.withdraw(call, by=None)
    assert shown(client, "?when=2031-07").context["count"] == 0


def test_the_seeded_calendar_shows_what_the_issue_tells(seeded, client):
    may = shown(client, "?when=2024-05")
    (day,) = [day for day in may.context["days"] if day.entries]
    assert day.way.when.value == date(2024, 5, 19)
    assert "Little Giant" in str(day.entries[0].policy)
    due = shown(client, "?when=2027&date=due")
    ((_, entries),) = due.context["groups"]
    assert sum(len(entry.dates) for entry in entries) >= 3
    assert "31 Dec" not in due.content.decode()


def test_a_calendar_is_cited_and_followed_for_the_time_that_it_shows(client, lathes):
    page = client.get("/calendar/?when=2031-Q2&date=effective").content.decode()
    assert "Calendar, Dates: Takes effect; When: 2031-Q2 (2 policies)" in page
    assert "/calendar/?when=2031-Q2&amp;date=effective" in page
    assert 'href="/calendar.ics?when=2031-Q2&amp;date=effective"' in page
    assert "/calendar/?date=effective." not in page
