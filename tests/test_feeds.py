"""The Atom feed of what changed, as RFC 4287 asks and as feed readers ask for it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from policies import publishing
from policies.models import Policy, PublicVersion

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/changes.atom"


def published(title: str, **values) -> Policy:
    return publishing.publish(Policy.objects.create(title_en=title, **values), by=None)


def correct(policy: Policy, **values) -> Policy:
    policy = Policy.objects.get(pk=policy.pk)
    for name, value in values.items():
        setattr(policy, name, value)
    policy.save()
    return policy


@pytest.fixture
def policy(db) -> Policy:
    """A policy that was corrected twice."""
    policy = published("On lathes", summary="A lathe in every town.")
    correct(policy, summary="A lathe in every village.")
    return correct(policy, title_zh="关于车床的通知", instrument="notice")


def feed(client, query: str = "") -> Tree.Element:
    answer = client.get(FEED + query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return Tree.fromstring(answer.content)


def one(element: Tree.Element, name: str) -> str:
    """The text of a child that has to stand exactly once."""
    (found,) = element.findall(ATOM + name)
    assert found.text
    return found.text


def moment(text: str) -> datetime:
    """A date construct: RFC 3339 with an offset."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text)
    return datetime.fromisoformat(text)


def links(element: Tree.Element) -> dict[str, str]:
    found = [(link.get("rel"), link.get("href")) for link in element.findall(ATOM + "link")]
    assert len(found) == len(dict(found))
    assert all(urlsplit(href).scheme for _, href in found)
    return dict(found)


def is_permanent(text: str) -> bool:
    return bool(re.fullmatch(r"tag:[\w.-]+,\d{4}(-\d\d){0,2}:\S+", text))


# What RFC 4287 asks for


@pytest.mark.parametrize("query", ["", "?kind=policy&since=2024"])
def test_the_feed_holds_what_a_feed_must(policy, client, query):
    root = feed(client, query)
    assert root.tag == f"{ATOM}feed"
    assert one(root, "title")
    assert is_permanent(one(root, "id"))
    moment(one(root, "updated"))
    assert one(root.find(f"{ATOM}author"), "name") == "Policy tracker"
    assert links(root) == {
        "self": f"http://testserver{FEED}{query}",
        "alternate": f"http://testserver/changes/{query}",
    }


def test_an_entry_holds_what_an_entry_must(policy, client):
    root = feed(client)
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for entry in entries:
        assert one(entry, "title") == "On lathes: corrected"
        assert is_permanent(one(entry, "id"))
        assert moment(one(entry, "updated")) <= moment(one(root, "updated"))
        assert links(entry)["alternate"].startswith(
            f"http://testserver{policy.get_absolute_url()}history/#v"
        )
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
    ids = [one(entry, "id") for entry in entries]
    assert len(set(ids)) == 2
    times = [moment(one(entry, "updated")) for entry in entries]
    assert times == sorted(times, reverse=True)


def test_a_feed_of_nothing_is_a_feed_that_stays_the_same(db, client):
    root = feed(client)
    assert root.findall(f"{ATOM}entry") == []
    assert moment(one(root, "updated"))
    assert client.get(FEED)["ETag"] == client.get(FEED)["ETag"]


def test_the_id_of_an_entry_lasts(policy, client):
    before = {one(e, "id") for e in feed(client).findall(f"{ATOM}entry")}
    correct(policy, slug="elsewhere", title_en="Another title")
    after = {one(e, "id") for e in feed(client).findall(f"{ATOM}entry")}
    assert before < after
    assert len(after) == 3


# What is told


def test_an_entry_tells_the_old_and_the_new(policy, client):
    newest, older = feed(client).findall(f"{ATOM}entry")
    assert "关于车床的通知" in one(newest, "content")
    assert "Notice" in one(newest, "content")
    assert re.search(r"<del>.*town.*</del><ins>.*village.*</ins>", one(older, "content"))


def test_what_a_record_says_is_escaped_and_stays_well_formed(db, client):
    policy = published("A & B <script>alert(1)</script> ]]>", summary="Old")
    nasty = "<script>alert(1)</script> & ]]> \x00\x0b\x1f\ufffe \x85 &amp; “”".replace("\x00", "")
    correct(policy, summary=nasty, commentator=nasty)
    (entry,) = feed(client).findall(f"{ATOM}entry")
    assert one(entry, "title") == "A & B <script>alert(1)</script> ]]>: corrected"
    assert "<script" not in one(entry, "content")
    assert "&lt;script&gt;" in one(entry, "content")


def test_a_withdrawn_record_leaves_its_note_and_none_of_its_words(policy, client):
    publishing.withdraw(policy, by=None, note="It was not true.")
    answer = client.get(FEED).content.decode()
    assert "athe" not in answer
    assert "车床" not in answer
    assert policy.slug not in answer
    (entry,) = feed(client).findall(f"{ATOM}entry")
    assert one(entry, "title") == "A policy that is not public any more: withdrawn"
    assert "It was not true." in one(entry, "content")
    assert urlsplit(links(entry)["alternate"]).path == "/changes/"


def test_a_record_in_review_is_in_no_feed(db, client):
    correct(Policy.objects.create(title_en="A draft"), summary="Changed")
    assert feed(client).findall(f"{ATOM}entry") == []


def test_the_feed_takes_the_questions_of_the_page(policy, client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert len(feed(client, "?kind=policy").findall(f"{ATOM}entry")) == 2
    assert feed(client, "?kind=event").findall(f"{ATOM}entry") == []
    assert feed(client, f"?since={tomorrow}").findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("query", ["kind=x", "since=soon", "what=1", "kind=<b>"])
def test_a_wrong_question_is_refused_in_plain_words(policy, client, query):
    answer = client.get(f"{FEED}?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().startswith(f"{query.partition('=')[0]}: ")


def test_the_feed_holds_the_latest_fifty(db, client):
    policy = published("On lathes")
    for number in range(55):
        correct(policy, summary=f"Version {number}")
    entries = feed(client).findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert "</span>54<" in one(entries[0], "content")


# How often it is fetched


def test_a_reader_that_has_the_feed_gets_nothing_anew(policy, client):
    first = client.get(FEED)
    for header in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = client.get(FEED, headers=header)
        assert (again.status_code, again.content) == (304, b"")
    assert client.head(FEED).status_code == 200
    assert client.post(FEED).status_code == 405


def test_a_correction_makes_the_feed_new(policy, client):
    PublicVersion.objects.update(since=timezone.now() - timedelta(hours=1))
    first = client.get(FEED)
    correct(policy, summary="Another")
    for header in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        assert client.get(FEED, headers=header).status_code == 200


def test_the_feed_costs_as_much_for_many_as_for_few(policy, client):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(FEED)
        return len(asked)

    few = questions()
    for number in range(20):
        correct(published(f"Policy {number}"), summary="New")
    assert questions() <= few <= 10
