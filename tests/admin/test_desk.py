"""The front page of the desk, and who gets in."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from policies import publishing
from policies.admin.records import PolicyAdmin
from policies.desk import LACKS, PILES, missing
from policies.models import (
    Company,
    CorporateEvent,
    IssueImport,
    IssuingBody,
    LinkCheck,
    NewsletterIssue,
    Policy,
    Region,
    Sector,
    SourceLink,
    Target,
    Term,
)
from policies.search.indexing import batch
from policies.vocabulary import State

from .forms import address, sent

pytestmark = pytest.mark.django_db
EVERY_KIND = [
    Company, CorporateEvent, IssuingBody, NewsletterIssue, Policy, Region, Sector, Target, Term,
]  # fmt: skip


@pytest.fixture
def varied():
    """Records that lack different things, in every state."""
    with batch():
        _fill()


def _fill():
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    sector = Sector.objects.create(name_en="Machine tools")
    for number, state in enumerate([*State, *State]):
        bare = Policy.objects.create(headline=f"Bare {number}", state=state)
        bare.issuers.create(printed="Office of Nobody", position=1)
        bare.issuers.create(printed="Bureau of Nobody", position=2)
        bare.targets.create(text="Reach it")
        bare.targets.create(text="Reach it too")
        nobody = Policy.objects.create(
            title_zh="规划", state=state, official_url="https://a.cn", legal_status="in-force",
            expires_on=date(2020, 12, 31), expires_precision="year",
        )  # fmt: skip
        nobody.sectors.add(sector)
        full = Policy.objects.create(
            title_en=f"Full {number}", title_zh="规划", official_url="https://a.cn", state=state,
            announced_on=date(2024, 4, 1), instrument="plan",
        )  # fmt: skip
        full.sectors.add(sector)
        full.issuers.create(body=body, position=1)
        full.targets.create(text="Reach it", due_on=date(2999, 12, 31), due_precision="year")
        event = CorporateEvent.objects.create(text="A yard laid a keel.", state=state)
        if number % 2:
            SourceLink.objects.create(event=event, label="A paper")


def test_a_reader_without_staff_rights_is_turned_away(client):
    client.force_login(User.objects.create_user("reader"))
    assert client.get("/admin/").status_code == 302


def test_the_desk_says_so_when_nothing_waits(editor):
    page = editor.get("/admin/")
    assert "Nothing waits" in page.content.decode()


def test_each_count_on_the_desk_is_the_length_of_the_list_it_leads_to(publisher, varied):
    piles = publisher.get("/admin/").context["piles"]
    assert [pile.title for pile in piles] == [title for title, _, _ in PILES]
    for pile in piles:
        listed = publisher.get(pile.url).context["cl"]
        assert (pile.title, pile.count) == (pile.title, listed.result_count)
        assert {record for record, _ in pile.first} <= set(listed.queryset)


def test_the_records_on_the_desk_lead_to_their_forms(publisher, varied):
    for pile in publisher.get("/admin/").context["piles"]:
        for _, url in pile.first:
            assert publisher.get(url).status_code == 200


def test_who_may_not_see_policies_sees_nothing_of_them_on_the_desk(client, publisher, varied):
    Policy.objects.update(publish_at=timezone.now(), publish_by=publisher.user)
    user = User.objects.create_user("glossarist", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_term"))
    client.force_login(user)
    page = client.get("/admin/")
    assert page.context["piles"] == page.context["reviewed"] == page.context["changes"] == []
    assert "Bare" not in page.content.decode()
    assert "Nothing waits" not in page.content.decode()


# In review, by issue


def issue(day: str) -> NewsletterIssue:
    return NewsletterIssue.objects.create(title="News", publisher="Us", published_on=day)


def test_each_issue_says_how_much_of_it_is_complete_and_what_is_missing(publisher, varied):
    may, june = issue("2024-05-08"), issue("2024-06-05")
    Policy.objects.filter(headline__startswith="Bare").update(issue=may)
    Policy.objects.filter(title_en__startswith="Full").update(issue=june)
    CorporateEvent.objects.filter(sources=None).update(issue=may)
    rows = {row.issue: row for row in publisher.get("/admin/").context["reviewed"]}
    assert list(rows) == [june, may, None]
    for key, row in rows.items():
        records = [
            *Policy.objects.filter(issue=key, state=State.IN_REVIEW),
            *CorporateEvent.objects.filter(issue=key, state=State.IN_REVIEW),
        ]
        words = Counter(w.partition(" for “")[0] for record in records for w in missing(record))
        assert row.total == len(records)
        assert row.complete == sum(not missing(record) for record in records)
        assert dict(row.lacks) == dict(words)


def test_the_lists_of_an_issue_hold_what_it_counts(publisher, varied):
    Policy.objects.filter(headline__startswith="Bare").update(issue=issue("2024-05-08"))
    for row in publisher.get("/admin/").context["reviewed"]:
        counts = [publisher.get(url).context["cl"].result_count for _, url in row.lists]
        assert sum(counts) == row.total
        assert [int(words.split()[0]) for words, _ in row.lists] == counts


def test_only_who_may_publish_is_led_to_publishing_an_issue(editor, publisher):
    Policy.objects.create(headline="A plan", issue=issue("2024-05-08"))
    url = publisher.get("/admin/").context["reviewed"][0].publish_url
    assert publisher.get(url).status_code == 200
    assert url in publisher.get("/admin/").content.decode()
    assert url not in editor.get("/admin/").content.decode()


# What is due


def test_targets_whose_date_has_passed_wait_until_somebody_looks(publisher):
    policy = Policy.objects.create(headline="A plan", state=State.PUBLISHED)
    old = {"due_on": date(2020, 12, 31), "due_precision": "year"}
    asked = policy.targets.create(text="Asked", **old)
    early = policy.targets.create(text="Early", status_checked_on=date(2020, 6, 1), **old)
    policy.targets.create(text="Looked at", status_checked_on=date(2021, 6, 1), **old)
    policy.targets.create(text="Met", status="met", status_note="So it is.", **old)
    policy.targets.create(text="Later", due_on=date(2999, 12, 31), due_precision="year")
    gone = Policy.objects.create(headline="Withdrawn", state=State.WITHDRAWN)
    gone.targets.create(text="Of no matter", **old)
    page = publisher.get("/admin/")
    assert set(page.context["unchecked"].first) == {asked, early}
    listed = publisher.get(address(Target, "changelist"), {"lacks": "check"}).context["cl"]
    assert set(listed.queryset) == {asked, early}
    assert [target for target in Target.objects.all() if target.is_overdue] == [
        t for t in Target.objects.all() if t.text in ("Asked", "Early", "Of no matter")
    ]


def test_policies_in_force_whose_last_day_has_passed_wait_until_somebody_looks(publisher):
    for name, status, year in (
        ("Over", "in-force", 2020), ("Said", "expired", 2020), ("Lasting", "in-force", 2999),
    ):  # fmt: skip
        Policy.objects.create(
            headline=name, legal_status=status, state=State.PUBLISHED,
            expires_on=date(year, 12, 31), expires_precision="year",
        )  # fmt: skip
    (pile,) = [p for p in publisher.get("/admin/").context["piles"] if "last day" in p.title]
    assert (pile.count, [str(record) for record, _ in pile.first]) == (1, ["Over"])
    assert "the last day has passed" in publisher.get(pile.first[0][1]).content.decode()


def test_what_is_scheduled_stands_on_the_desk_and_what_is_overdue_says_so(publisher):
    now = timezone.now()
    for name, hours in (("Late", -1), ("Soon", 1)):
        Policy.objects.create(
            headline=name, publish_at=now + timedelta(hours=hours), publish_by=publisher.user
        )
    CorporateEvent.objects.create(text="Later", publish_at=now + timedelta(hours=2))
    page = publisher.get("/admin/")
    rows = page.context["planned"].first
    assert [(str(row.record), row.is_overdue) for row in rows] == [
        ("Late", True), ("Soon", False), ("Later", False),
    ]  # fmt: skip
    assert page.content.decode().count("overdue</strong>") == 1


def test_dead_links_stand_with_the_records_that_name_them(publisher):
    policy = Policy.objects.create(headline="A plan", official_url="https://a.example/")
    policy.sources.create(label="A paper", url="https://b.example/")
    for url, failures in (("https://a.example/", 3), ("https://b.example/", 2)):
        LinkCheck.objects.create(url=url, failures=failures, checked_at=timezone.now())
    page = publisher.get("/admin/")
    assert [(look.url, records) for look, records in page.context["dead"]["first"]] == [
        ("https://a.example/", [policy])
    ]
    listed = publisher.get(address(LinkCheck, "changelist"), {"stands": "dead"})
    assert [look.url for look in listed.context["cl"].result_list] == ["https://a.example/"]
    assert address(policy, "change") in listed.content.decode()


def test_imports_in_progress_lead_to_where_they_go_on(publisher):
    kept = IssueImport.objects.create(name="may.pdf", data=b"x", sha256="x", text="x")
    IssueImport.objects.create(name="done.pdf", data=b"x", sha256="y", text="x", state="stored")
    page = publisher.get("/admin/")
    assert page.context["imports"].first == [kept]
    assert "may.pdf" in page.content.decode()
    assert "done.pdf" not in page.content.decode()


# Changes by others


def test_the_desk_tells_what_others_changed_and_not_what_one_did_oneself(editor, publisher):
    policy = Policy.objects.create(headline="A plan")
    policy.history.all().delete()
    sent(editor, address(policy, "change"), {"targets": [{"text": "Reach it"}]}, note="Looked up")
    sent(publisher, address(policy, "change"), summary="My own")
    sent(editor, address(Company, "add"), name_en="Yard")
    changes = publisher.get("/admin/").context["changes"]
    assert [(c.by, c.verb, c.name, list(c.rows)) for c in changes] == [
        ("editor", "added", str(Company.objects.get()), []),
        ("editor", "changed", "A plan", ["targets"]),
    ]
    assert [change.by for change in editor.get("/admin/").context["changes"]] == ["publisher"]
    for change in changes:
        assert publisher.get(change.url).status_code == 200


def test_a_step_is_told_with_its_reason_and_a_deletion_as_such(editor, publisher):
    policy, gone = (Policy.objects.create(headline=name) for name in ("A plan", "Gone"))
    Policy.history.all().delete()
    publishing.publish(policy, by=publisher.user, reason="Checked")
    publisher.post(address(gone, "delete"), {"post": "yes"})
    changes = editor.get("/admin/").context["changes"]
    assert {(c.verb, c.reason) for c in changes} == {("changed", "Checked"), ("deleted", "")}


def test_what_one_person_did_alike_to_many_records_is_one_line(editor, publisher):
    for number in range(30):
        policy = Policy(headline=f"Plan {number}")
        policy._history_user = publisher.user
        policy.save()
    (change,) = editor.get("/admin/").context["changes"]
    assert (change.by, change.verb, change.records, change.kind_name) == (
        "publisher", "added", 30, "policies",
    )  # fmt: skip


def test_what_is_older_than_a_week_is_not_told(editor, publisher):
    policy = Policy.objects.create(headline="A plan")
    policy.history.update(
        history_date=timezone.now() - timedelta(days=8), history_user=publisher.user
    )
    assert editor.get("/admin/").context["changes"] == []


def queries(client) -> int:
    with CaptureQueriesContext(connection) as taken:
        assert client.get("/admin/").status_code == 200
    return len(taken)


def test_the_desk_takes_as_many_queries_for_many_records_as_for_few(editor, publisher, varied):
    fill_the_desk(publisher.user, 13)
    few = queries(editor)
    fill_the_desk(publisher.user, 14)
    assert queries(editor) <= few
    assert few <= 60


def fill_the_desk(user, number: int) -> None:
    """Something of everything that the desk shows, `number` times."""
    for n in range(number):
        kept = issue(f"2024-{number % 12 + 1:02}-{n + 1:02}")
        policy = Policy.objects.create(
            headline=f"Plan {n}", issue=kept, publish_at=timezone.now(), publish_by=user,
            official_url=f"https://a{n}.example/",
        )  # fmt: skip
        policy.targets.create(text="Old", due_on=date(2020, 12, 31), due_precision="year")
        CorporateEvent.objects.create(text="Event", issue=kept, publish_at=timezone.now())
        LinkCheck.objects.get_or_create(
            url=policy.official_url, defaults={"failures": 3, "checked_at": timezone.now()}
        )
        IssueImport.objects.create(data=b"x", sha256="x", text="x", started_by=user)
        policy.history.update(history_user=user)


@pytest.mark.parametrize("model", [Policy, CorporateEvent])
def test_a_record_is_told_to_lack_what_the_filters_find_it_to_lack(editor, varied, model):
    open_records = model.objects.exclude(state=State.WITHDRAWN)
    for name, lack in LACKS[model].items():
        listed = editor.get(f"{address(model, 'changelist')}?lacks={name}").context["cl"].queryset
        told = {r for r in open_records if any(w.startswith(lack.words) for w in missing(r))}
        if name == "date":
            told = {r for r in open_records if "date" in missing(r)}
        assert set(listed) == told, name


@pytest.mark.parametrize("model", EVERY_KIND)
def test_an_editor_opens_each_list_each_empty_form_and_each_search(editor, model):
    assert editor.get(address(model, "changelist")).status_code == 200
    assert editor.get(address(model, "changelist"), {"q": "车床 lathe"}).status_code == 200
    assert editor.get(address(model, "add")).status_code == 200


def test_the_lists_link_to_the_site_only_what_is_public(publisher):
    policy = Policy.objects.create(headline="A plan")
    company = Company.objects.create(name_en="A yard")
    for record in (policy, company, policy.targets.create(text="Reach it")):
        page = publisher.get(address(record, "change")).content.decode()
        assert "View on site" not in page, record
    Policy.objects.update(state=State.PUBLISHED)
    page = publisher.get(address(policy, "change")).content.decode()
    assert f'href="{policy.get_absolute_url()}" class="viewsitelink"' in page


def test_a_search_finds_a_policy_by_its_body_in_either_language(editor):
    body = IssuingBody.objects.create(
        name_en="Ministry of Lathes", abbreviation="MOL", name_zh="车床部", kind="former"
    )
    Policy.objects.create(headline="Another plan")
    policy = Policy.objects.create(headline="A plan")
    policy.issuers.create(body=body)
    for words in ("MOL", "车床部"):
        listed = editor.get(address(Policy, "changelist"), {"q": words}).context["cl"]
        assert list(listed.queryset) == [policy]
    assert PolicyAdmin.search_help_text
