"""Searches as Atom feeds: whole, newest first, and as readers of feeds take them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import feedparser
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from policies import publishing
from policies.models import CorporateEvent, Policy, PublicVersion

pytestmark = pytest.mark.django_db


def published(title: str, **values) -> Policy:
    return publishing.publish(Policy.objects.create(title_en=title, **values), by=None)


def feed(client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def links(entry) -> dict[str, str]:
    return {link.rel: link.href for link in entry.links}


def whole(client, address: str) -> list:
    """The entries of all pages of a feed, as its links lead to them."""
    found, next_one = [], f"http://testserver{address}"
    while next_one:
        read = feed(client, next_one.removeprefix("http://testserver"))
        found += read.entries
        next_one = links(read.feed).get("next")
    return found


def test_a_feed_holds_what_its_list_holds(seeded, client):
    searches = {
        "policies": ("", "q=computing", "body=miit&sort=title", "section=top", "q=nothingatall"),
        "targets": ("", "q=2027&sort=-due"),
        "events": ("", "kind=survey", "q=China"),
    }
    for kind, queries in searches.items():
        for query in queries:
            page = client.get(f"/{kind}/?{query}").context["page"]
            listed = {f"http://testserver{r.get_absolute_url()}" for r in page.object_list}
            entries = whole(client, f"/{kind}.atom?{query}")
            assert {links(entry)["alternate"] for entry in entries} == listed
            assert len(entries) == page.paginator.count
    first = feed(client, "/policies.atom").entries[0]
    assert first.published_parsed
    assert first.updated_parsed >= first.published_parsed
    titles = [entry.title for entry in feed(client, "/policies.atom").entries]
    assert any("Digital Talents" in title and "数字人才" in title for title in titles)
    targets = feed(client, "/targets.atom").entries
    assert all("/policies/" in entry.summary for entry in targets)


def test_the_latest_published_come_first_in_pages_that_lead_to_each_other(db, client):
    now = timezone.now()
    Policy.objects.bulk_create(
        Policy(title_en=f"P{n}", slug=f"p-{n}", state="published",
               published_at=now - timedelta(days=n))
        for n in range(120)
    )  # fmt: skip
    call_command("rebuild_search", verbosity=0)
    call_command("write_versions", verbosity=0)
    newest = feed(client, "/policies.atom?announced_after=2020")
    assert newest.entries == []
    page = feed(client, "/policies.atom?page=2&sort=title")
    assert len(page.entries) == 50
    assert page.entries[0].title == "P50"
    assert links(page.feed) == {
        "self": "http://testserver/policies.atom?page=2&sort=title",
        "alternate": "http://testserver/policies/?sort=title",
        "first": "http://testserver/policies.atom?sort=title",
        "previous": "http://testserver/policies.atom?sort=title&page=1",
        "next": "http://testserver/policies.atom?sort=title&page=3",
        "last": "http://testserver/policies.atom?sort=title&page=3",
    }
    entries = whole(client, "/policies.atom")
    assert [entry.title for entry in entries] == [f"P{n}" for n in range(120)]
    assert len({entry.id for entry in entries}) == 120
    with CaptureQueriesContext(connection) as asked:
        feed(client, "/policies.atom?page=2")
    assert len(asked) <= 12


def test_a_target_is_new_on_the_day_on_which_it_became_public(db, client):
    old, new = published("Old"), published("New")
    new.targets.create(text="First")
    old.targets.create(text="Added later")
    assert [e.title for e in feed(client, "/targets.atom").entries] == ["Added later", "First"]
    assert client.get("/targets/?sort=-added").context["page"].object_list[0].text == "Added later"


def test_an_entry_keeps_its_name_and_tells_when_it_was_corrected(db, client):
    policy = published("On lathes", title_zh="关于车床的通知", effective_on=date(2031, 5, 1))
    PublicVersion.objects.update(since="2024-05-08T10:00:00Z")
    (before,) = feed(client, "/policies.atom").entries
    policy.refresh_from_db()
    policy.slug, policy.summary = "elsewhere", "A <b>lathe</b> & \x0b ]]> more"
    policy.save()
    (after,) = feed(client, "/policies.atom").entries
    assert before.title == "On lathes · 关于车床的通知"
    assert after.id == before.id
    assert re.fullmatch(r"tag:testserver,2024:policy/\d+", after.id)
    assert after.published == before.published
    assert after.updated > before.updated
    assert "1 May 2031" in after.summary
    assert "<b>" not in after.summary


def test_who_has_the_feed_gets_it_anew_only_when_something_changed(db, client):
    policy = published("On lathes")
    first = client.get("/policies.atom")
    headers = (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    )
    for header in headers:
        again = client.get("/policies.atom", headers=header)
        assert (again.status_code, again.content) == (304, b"")
    publishing.withdraw(policy, by=None)
    assert client.get("/policies.atom", headers=headers[0]).status_code == 200
    assert feed(client, "/policies.atom").entries == []


def test_a_wrong_question_is_refused_in_plain_words(db, client):
    for kind in ("policies", "targets", "events"):
        for query in ("bdoy=x", "page=0", "page=x", "page=2", "page=01", "sort=size",
                      f"page={'9' * 5000}"):  # fmt: skip
            answer = client.get(f"/{kind}.atom?{query}")
            assert answer.status_code == 400, query[:20]
            assert answer["Content-Type"].startswith("text/plain")
            assert answer.content.decode().startswith(query.partition("=")[0] + ": ")


def test_lists_lead_to_their_feed_and_their_calendar(seeded, client):
    for kind in ("policies", "targets", "events"):
        page = client.get(f"/{kind}/?q=china&sort=relevance&page=1").content.decode()
        head, _, rest = page.partition("</head>")
        assert 'type="application/atom+xml" title="' in head
        assert f'href="/{kind}.atom?q=china"' in head
        assert 'type="text/calendar"' in head
        assert f'href="/{kind}.atom?q=china"' in rest
        assert f'href="webcal://testserver/{kind}.ics?q=china"' in rest
    assert "policies.atom" not in client.get("/policies/?q=china&bdoy=x").content.decode()
    assert (
        'href="/calendar.ics?date=due&amp;when=2027"'
        in client.get("/calendar/?date=due&when=2027").content.decode()
    )


def test_what_is_in_review_is_in_no_feed(db, client):
    Policy.objects.create(title_en="Hidden").targets.create(text="Hidden")
    CorporateEvent.objects.create(text="Hidden")
    for kind in ("policies", "targets", "events"):
        assert feed(client, f"/{kind}.atom").entries == []
