"""The history that the public reads: of a record, as of a day, and of all records together."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from policies import merging, publishing
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    Policy,
    PolicyRelation,
    PublicVersion,
    Region,
    Sector,
    Target,
)
from policies.search.indexing import batch
from policies.versions.kinds import KEPT

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
# The policy below is published, corrected and corrected again on these days.
JANUARY, MARCH, MAY = ("2024-01-10", "2024-03-10", "2024-05-10")


def text_of(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def plain(html: str) -> str:
    """What readers see of a page, with spaces made even."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def at(day: str, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), BERLIN).replace(
        hour=hour, minute=minute
    )


def redate(record, *moments: datetime) -> None:
    """Give the versions of a record these moments, oldest first."""
    kind = record._meta.model_name
    versions = PublicVersion.objects.filter(kind=kind, record_id=record.pk).order_by("pk")
    for version, moment in zip(versions, moments, strict=True):
        PublicVersion.objects.filter(pk=version.pk).update(since=moment)


def correct(record, **values):
    record = type(record).objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    return record


@pytest.fixture
def policy(db) -> Policy:
    """Published in January, corrected in March and in May."""
    with batch():
        policy = Policy.objects.create(
            title_en="On lathes", title_zh="关于车床的通知", summary="A lathe in every town."
        )
        policy.targets.create(text="Ten lathes", value=10)
        policy = publishing.publish(policy, by=None)
    policy = correct(policy, summary="A lathe in every village.", title_zh="关于机床的通知")
    with batch():
        correct(policy, instrument="notice")
        correct(policy.targets.get(), value=12)
    redate(policy, at(JANUARY), at(MARCH), at(MAY))
    redate(policy.targets.get(), at(JANUARY), at(MAY))
    return policy


# The history of a record


def test_a_history_tells_what_changed_from_what_to_what(policy, client):
    html = text_of(client, f"{policy.get_absolute_url()}history/")
    page = plain(html)
    assert page.index("Corrected on 10 May 2024, 12:00") < page.index("Corrected on 10 March")
    assert page.index("Corrected on 10 March") < page.index("Published on 10 January 2024")
    assert re.search(r"every <del>.*?town.*?</del><ins>.*?village.*?</ins>", html)
    assert re.search(r"关于<del>.*?车.*?</del><ins>.*?机.*?</ins>床的通知", html)
    assert re.search(r'<p class="wording" lang="zh-Hans">关于', html)
    assert "Instrument Added Notice" in page
    assert "Figure 10 is now 12" in page


def test_a_history_names_no_editor_and_no_reason(policy, client, django_user_model):
    editor = django_user_model.objects.create_user("edith-the-editor", first_name="Edith")
    publishing.withdraw(policy, by=editor, note="Said to all.", reason="secret reason")
    publishing.publish(policy, by=editor, reason="secret reason")
    page = text_of(client, f"{policy.get_absolute_url()}history/")
    assert "Said to all." in page
    assert "Published again on" in page
    assert "dith" not in page
    assert "secret reason" not in page


@pytest.fixture
def naming(policy) -> tuple[Policy, CorporateEvent, list]:
    """A policy and an event that answers it, with records of each kind that they name."""
    body = IssuingBody.objects.create(name_en="Lathe Ministry", kind="former")
    region = Region.objects.create(name_en="Lathe Town", kind="city")
    sector = Sector.objects.create(name_en="Lathing")
    company = Company.objects.create(name_en="Lathe Works")
    other = publishing.publish(Policy.objects.create(title_en="On drills"), by=None)
    event = CorporateEvent.objects.create(text="It came")
    with batch():
        policy.issuers.create(body=body, is_lead=True)
        policy.regions.add(region)
        policy.sectors.add(sector)
        policy.relations.create(kind="amends", other=other)
        event.companies.add(company)
        event.answers.add(other)
        publishing.publish(event, by=None)
    return policy, event, [body, region, sector, company, other]


def fields_of(client, record) -> list[str]:
    """The fields that changed last, as the record's history tells them."""
    page = client.get(f"{record.get_absolute_url()}history/")
    return [change.field.name for change in page.context["entries"][0].changes]


def test_what_was_only_renamed_is_told_as_neither_removed_nor_added(naming, client):
    policy, event, records = naming
    for record in records:
        correct(record, slug=f"renamed-{record.slug}")
    correct(policy, summary="Two lathes in every town.")
    correct(event, text="It went")
    assert fields_of(client, policy) == ["summary"]
    assert fields_of(client, event) == ["text"]
    for address in ("/changes/", "/changes.atom"):
        page = client.get(address).content.decode()
        for record in records:
            assert f"Removed {record}" not in page


def test_a_record_that_names_both_of_two_merged_tells_no_removal(naming, client):
    policy, event, (body, _, sector, company, other) = naming
    kept = [
        IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former"),
        Sector.objects.create(name_en="Lathes"),
        Company.objects.create(name_en="Lathe Works Group"),
        publishing.publish(Policy.objects.create(title_en="On drilling"), by=None),
    ]
    with batch():
        policy.issuers.create(body=kept[0])
        policy.sectors.add(kept[1])
        event.companies.add(kept[2])
        event.answers.add(kept[3])
        policy.relations.create(kind="amends", other=kept[3])
    for stays, gone in zip(kept, (body, sector, company, other), strict=True):
        merging.merge(stays, gone, by=None)
    correct(policy, summary="Two lathes in every town.")
    correct(event, text="It went")
    assert fields_of(client, policy) == ["summary"]
    assert fields_of(client, event) == ["text"]


def test_a_new_address_alone_corrects_nothing_whoever_gives_it(naming):
    records = naming[2]
    before = PublicVersion.objects.filter(change="corrected").exclude(kind="issuingbody").count()
    for record in records:
        correct(record, slug=f"renamed-{record.slug}")
    with batch():
        for record in records:
            correct(record, slug=f"again-{record.slug}")
    versions = PublicVersion.objects.filter(change="corrected").exclude(kind="issuingbody")
    assert versions.count() == before


def test_every_version_can_be_seen_as_it_was(policy, client):
    history = f"{policy.get_absolute_url()}history/"
    pages = [
        plain(text_of(client, address))
        for address in re.findall(rf'href="({history}\d+/)"', text_of(client, history))
    ]
    assert len(pages) == 3
    assert ["every town" in page for page in pages] == [False, False, True]
    assert ["Notice" in page for page in pages] == [True, False, False]
    assert "from 10 March 2024, 12:00 to 10 May 2024, 12:00" in pages[1]


def test_a_version_of_another_record_is_not_found(policy, client):
    other = PublicVersion.objects.filter(kind="target").first()
    text_of(client, f"{policy.get_absolute_url()}history/{other.pk}/", 404)


def test_a_record_says_that_it_was_corrected_and_leads_to_its_history(policy, client):
    page = text_of(client, policy.get_absolute_url())
    mark = r'<a class="corrected" href="([^"]+)">Corrected on <time[^>]*>10 May 2024<'
    assert re.search(mark, page)[1] == f"{policy.get_absolute_url()}history/"


def test_a_record_that_never_was_corrected_says_no_such_thing(db, client):
    policy = publishing.publish(Policy.objects.create(title_en="New"), by=None)
    page = text_of(client, policy.get_absolute_url())
    assert "Corrected" not in page
    assert f'href="{policy.get_absolute_url()}history/"' in page


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_each_kind_has_histories_and_pages_of_its_past(seeded, client, kept):
    for record in kept.public()[:3]:
        html = text_of(client, f"{record.get_absolute_url()}history/")
        assert "Published on" in html
        (version,) = set(re.findall(r'href="([^"]+/history/\d+/)"', html))
        past = text_of(client, version)
        for name in ("title_zh", "name_zh", "summary"):
            if words := getattr(record, name, ""):
                assert words[:20] in past


def test_a_long_history_has_pages(policy, client):
    for number in range(30):
        correct(policy, summary=f"Version {number}")
    history = f"{policy.get_absolute_url()}history/"
    assert "Published on" not in plain(text_of(client, history))
    assert "Published on" in plain(text_of(client, f"{history}?page=2"))
    for wrong in ("3", "0", "x"):
        text_of(client, f"{history}?page={wrong}", 404)


def test_a_long_text_is_shown_round_its_changes_only(policy, client):
    long = " ".join(f"word{number}" for number in range(400))
    correct(policy, summary=f"{long} old {long}")
    correct(policy, summary=f"{long} new {long}")
    page = plain(text_of(client, f"{policy.get_absolute_url()}history/"))
    newest = page[: page.index("The policy from then on")]
    assert "word399 [removed] old [end] [added] new [end] word0" in newest
    assert "word200" not in newest


# As of a day


@pytest.mark.parametrize(
    ("day", "town", "instrument"),
    [(JANUARY, True, False), ("2024-03-09", True, False), (MARCH, False, False),
     ("2024-05-09", False, False), (MAY, False, True), ("2025-01-01", False, True)],
)  # fmt: skip
def test_as_of_shows_the_end_of_that_day(policy, client, day, town, instrument):
    page = plain(text_of(client, f"{policy.get_absolute_url()}?as_of={day}"))
    assert ("A lathe in every town." in page) is town
    assert ("Notice" in page) is instrument
    assert ("关于车床的通知" in page) is town
    assert f"at the end of {date.fromisoformat(day):%-d %B %Y}" in page


def test_a_day_ends_where_the_site_is(policy, client):
    redate(policy, at(JANUARY, 0, 30), at(MARCH, 23, 59), at(MAY))
    address = policy.get_absolute_url()
    text_of(client, f"{address}?as_of=2024-01-09", 404)
    assert "every town" in text_of(client, f"{address}?as_of={JANUARY}")
    assert "every village" in text_of(client, f"{address}?as_of={MARCH}")


def test_a_page_of_the_past_is_told_from_todays(policy, client):
    html = text_of(client, f"{policy.get_absolute_url()}?as_of={MARCH}")
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="http://testserver{policy.get_absolute_url()}">' in html
    assert f'<a href="{policy.get_absolute_url()}">See it as it is today</a>' in html


def test_before_it_was_public_a_record_says_since_when_it_is(policy, client):
    html = text_of(client, f"{policy.get_absolute_url()}?as_of=2024-01-09", 404)
    assert "It became public on 10 January 2024." in html
    assert "lathe in every" not in html


def test_while_it_was_withdrawn_a_record_says_so(policy, client):
    publishing.withdraw(policy, by=None, note="Being checked.")
    publishing.publish(policy, by=None)
    redate(policy, at(JANUARY), at(MARCH), at(MAY), at("2024-06-01"), at("2024-07-01"))
    html = text_of(client, f"{policy.get_absolute_url()}?as_of=2024-06-15", 410)
    assert "Being checked." in html
    assert "on 1 June 2024 and has been public again since 1 July 2024" in plain(html)
    assert "every village" in text_of(client, f"{policy.get_absolute_url()}?as_of=2024-07-02")


@pytest.mark.parametrize(
    "query",
    ["as_of=", "as_of=soon", "as_of=2024", "as_of=2024-13-01", "as_of=20240630", "as_of=2024-W05",
     "as_of=2024-06-30&as_of=2024-06-30", "as_of=9999-12-31", "as_of=<b>x", "as_of=٢٠٢٤-٠٦-٣٠"],
)  # fmt: skip
def test_what_is_no_past_day_is_an_error_that_names_the_parameter(policy, client, query):
    html = text_of(client, f"{policy.get_absolute_url()}?{query}", 400)
    assert "<code>as_of</code>:" in html
    assert "<b>x" not in html


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31"])
def test_a_day_long_ago_is_no_error(policy, client, day):
    text_of(client, f"{policy.get_absolute_url()}?as_of={day}", 404)


def test_tomorrow_is_refused_and_today_is_not(policy, client):
    today = timezone.localdate()
    text_of(client, f"{policy.get_absolute_url()}?as_of={today}")
    html = text_of(client, f"{policy.get_absolute_url()}?as_of={today + timedelta(days=1)}", 400)
    assert "still to come" in html


def test_records_without_versions_refuse_a_day(seeded, client):
    for address in ("/sectors/digital-economy/", "/companies/bmw/", "/glossary/little-giants/"):
        assert "<code>as_of</code>" in text_of(client, f"{address}?as_of={JANUARY}", 400)


def test_a_former_address_keeps_the_day(policy, client):
    former = policy.get_absolute_url()
    correct(policy, slug="better")
    answer = client.get(f"{former}?as_of={MARCH}")
    assert answer["Location"] == f"/policies/better/?as_of={MARCH}"
    assert client.get(f"{former}history/")["Location"] == "/policies/better/history/"
    assert client.get(f"{former}history/?page=1")["Location"] == "/policies/better/history/?page=1"
    version = PublicVersion.objects.filter(kind="policy").first().pk
    moved = client.get(f"{former}history/{version}/")["Location"]
    assert moved == f"/policies/better/history/{version}/"


# Other records


def test_a_related_policy_is_named_only_where_it_is_public_and_was_then(policy, client):
    other = publishing.publish(Policy.objects.create(title_en="On drills"), by=None)
    PolicyRelation.objects.create(policy=policy, kind="amends", other=other)
    redate(policy, at(JANUARY), at(MARCH), at(MAY), at("2024-06-01"))
    redate(other, at("2024-06-10"))
    address = policy.get_absolute_url()
    assert "On drills" not in text_of(client, f"{address}?as_of=2024-06-05")
    assert "On drills" in text_of(client, f"{address}?as_of=2024-06-11")
    publishing.withdraw(other, by=None)
    for page in (f"{address}?as_of=2024-06-11", f"{address}history/", "/changes/"):
        assert "drills" not in text_of(client, page)
    PublicVersion.objects.filter(kind="policy", record_id=policy.pk).update(
        fields={"relations": [{"kind": {"value": "amends", "label": "amends"}, "note": "",
                               "other": {"kind": "policy", "slug": other.slug, "name": "On drills",
                                         "name_zh": "", "address": other.get_absolute_url()}}]}
    )  # fmt: skip
    for page in (f"{address}?as_of=2024-06-11", f"{address}history/", "/changes/"):
        assert "drills" not in text_of(client, page)


def test_a_company_that_is_not_public_any_more_is_named_without_a_link(db, client):
    event = CorporateEvent.objects.create(text="Something was built")
    company = Company.objects.create(name_en="Lathes Limited")
    event.companies.add(company)
    event = publishing.publish(event, by=None)
    event.companies.remove(company)
    html = text_of(client, f"{event.get_absolute_url()}history/")
    assert "Lathes Limited" in html
    assert company.get_absolute_url() not in html


def test_a_body_tells_its_former_names(db, client):
    body = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="local-government")
    body.aliases.create(name="Lathe Office", language="en")
    correct(body, name_en="Ministry of Drills", name_zh="钻头部")
    html = text_of(client, f"{body.get_absolute_url()}history/")
    assert re.search(r"Ministry of <del>.*?Lathes.*?</del><ins>.*?Drills", html)
    assert "Lathe Office" in html
    redate(body, at(JANUARY), at(MARCH), at(MAY))
    page = plain(text_of(client, f"{body.get_absolute_url()}?as_of={MARCH}"))
    assert "Ministry of Lathes" in page
    assert "钻头部" not in page


# Withdrawn


def test_the_history_of_a_withdrawn_record_is_gone_like_the_record(policy, client):
    address, target = policy.get_absolute_url(), policy.targets.get().get_absolute_url()
    version = PublicVersion.objects.filter(kind="policy").first().pk
    publishing.withdraw(policy, by=None, note="It was not true.")
    pages = ("", "history/", f"history/{version}/", f"?as_of={MARCH}")
    for page in pages:
        html = text_of(client, address + page, 410)
        assert "It was not true." in html
        assert "lathe in every" not in html
    for page in ("", "history/", f"?as_of={MARCH}"):
        html = text_of(client, target + page, 410)
        assert "It was not true." in html
        assert "lathe in every" not in html
    publishing.send_back(policy, by=None)
    for page in pages:
        text_of(client, address + page, 404)
    text_of(client, target, 404)


def test_a_target_of_a_withdrawn_policy_says_so_unless_it_never_was_public(policy, client):
    target = policy.targets.get()
    former, target.slug = target.get_absolute_url(), "a-better-slug"
    target.save()
    publishing.withdraw(policy, by=None, note="It was not true.")
    added = policy.targets.create(text="a hundred lathes", position=9)
    for page in ("", "history/", "card.png"):
        assert "It was not true." in text_of(client, former + page, 410)
        text_of(client, added.get_absolute_url() + page, 404)
    told = client.get("/api/v1/targets/a-better-slug/")
    assert told.status_code == 410
    assert told.json()["detail"] == "This target was withdrawn. It was not true."
    assert client.get(f"/api/v1/targets/{added.slug}/").status_code == 404


# What changed


def test_the_list_of_changes_tells_corrections_newest_first(policy, client):
    page = plain(text_of(client, "/changes/"))
    assert page.index("10 May 2024") < page.index("10 March 2024")
    assert "Published" not in page
    assert "2 changes" in page
    assert "Instrument Added Notice" in page


def test_the_list_of_changes_calls_records_as_its_reader_does(policy, client):
    correct(policy, title_zh="关于车床的通知")
    address = f'<h2><a href="{policy.get_absolute_url()}">'
    assert f"{address}关于车床的通知</a>" in text_of(client, "/changes/?lang=zh-hans")
    assert f"{address}{policy.title_en}</a>" in text_of(client, "/changes/?lang=en")


def test_a_target_is_told_with_its_policy_and_by_itself_where_asked(policy, client):
    assert "Targets 1 changed" in plain(text_of(client, "/changes/"))
    page = plain(text_of(client, "/changes/?kind=target"))
    assert "1 change" in page
    assert "Figure 10 is now 12" in page


def test_a_withdrawal_is_told_without_what_was_withdrawn(policy, client):
    publishing.withdraw(policy, by=None, note="It was not true.")
    html = text_of(client, "/changes/")
    assert "A policy that is not public any more" in html
    assert "It was not true." in html
    assert "athe" not in html
    assert policy.slug not in html
    publishing.publish(policy, by=None)
    assert "On lathes" in text_of(client, "/changes/")


def test_what_was_deleted_is_in_no_list(policy, client):
    with batch():
        policy.delete()
    assert "athe" not in text_of(client, "/changes/")


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("kind=policy", 2), ("kind=event", 0), ("since=2024-03-11", 1),
     ("since=2024-03-10", 2), ("until=2024-03-10", 1), ("until=2024-03-09", 0),
     ("since=2024-04&until=2024", 1), ("since=2024&until=2024-05", 2),
     ("since=0001&until=9999-12-31", 2), ("kind=&since=&until=", 2)],
)  # fmt: skip
def test_changes_are_found_by_kind_and_time(policy, client, query, found):
    page = client.get(f"/changes/?{query}")
    assert page.context["errors"] == []
    assert len(page.context["entries"]) == found


@pytest.mark.parametrize(
    "query",
    ["kind=polcy", "since=soon", "until=2024-13", "knd=policy", "page=7", "page=x",
     "kind=policy&kind=event", "since=2024&since=2025", "kind=<b>x"],
)  # fmt: skip
def test_a_wrong_question_is_named_and_finds_nothing(policy, client, query):
    page = client.get(f"/changes/?{query}")
    name = query.partition("=")[0]
    assert name in [parameter for parameter, _ in page.context["errors"]]
    assert f"<code>{name}</code>" in page.content.decode()
    assert "<b>x" not in page.content.decode()
    if name != "page":
        assert page.context["entries"] == []


def test_the_list_of_changes_is_linked_from_every_page(policy, client):
    for address in ("/", "/about/", policy.get_absolute_url()):
        html = text_of(client, address)
        assert 'href="/changes/"' in html
        assert 'type="application/atom+xml" title="What changed" href="/changes.atom"' in html


# Cost


def grow(number: int) -> None:
    for place in range(number):
        policy = Policy.objects.create(title_en=f"Policy {place}", summary="Old")
        policy = publishing.publish(policy, by=None)
        others = Policy.objects.published().exclude(pk=policy.pk)
        if other := others.first():
            PolicyRelation.objects.create(policy=policy, kind="amends", other=other)
        correct(policy, summary="New")
        body = IssuingBody.objects.create(name_en=f"Body {place}", kind="former")
        correct(body, name_zh="名")
        policy.issuers.create(body=body)


def questions(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_of_the_past_ask_as_much_for_many_versions_as_for_few(policy, client):
    history = f"{policy.get_absolute_url()}history/"
    pages = ["/changes/", "/changes.atom", history, f"{policy.get_absolute_url()}?as_of={MAY}"]
    grow(1)
    few = [questions(client, page) for page in pages]
    grow(20)
    for number in range(20):
        correct(policy, summary=f"Version {number}")
    many = [questions(client, page) for page in pages]
    assert max(many) <= 20
    assert all(after <= before + 2 for before, after in zip(few, many, strict=True)), (few, many)


# What must not be seen again


def test_a_version_is_forgotten_for_good(policy, client, capsys):
    first, second, third = PublicVersion.objects.filter(kind="policy").order_by("pk")
    with pytest.raises(CommandError, match="holds now"):
        call_command("forget_version", third.pk, "--yes")
    call_command("forget_version", first.pk, "--yes")
    assert "is forgotten" in capsys.readouterr().out
    html = text_of(client, f"{policy.get_absolute_url()}history/")
    assert "town" not in html
    assert "Published on 10 March 2024" in plain(html)
    text_of(client, f"{policy.get_absolute_url()}?as_of={JANUARY}", 404)
    second.refresh_from_db()
    assert second.change == "published"


def test_a_version_between_two_others_leaves_what_the_two_say(policy, client):
    middle = PublicVersion.objects.filter(kind="policy").order_by("pk")[1]
    call_command("forget_version", middle.pk, "--yes")
    html = text_of(client, f"{policy.get_absolute_url()}history/")
    assert re.search(r"every <del>.*?town.*?</del><ins>.*?village.*?</ins>", html)


def test_the_versions_of_a_withdrawn_record_can_be_found_and_forgotten(policy, client, capsys):
    publishing.withdraw(policy, by=None)
    call_command("forget_version", policy.get_absolute_url())
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    for line in lines[1:]:
        call_command("forget_version", line.partition(":")[0], "--yes")
    publishing.publish(policy, by=None)
    html = text_of(client, f"{policy.get_absolute_url()}history/")
    assert "town" not in html
    for wrong in ("/policies/never-was/", "/about/", "nonsense"):
        with pytest.raises(CommandError, match=r"There is no record|neither"):
            call_command("forget_version", wrong)


def test_nothing_is_forgotten_without_a_yes(policy, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "no")
    number = PublicVersion.objects.filter(kind="policy").first().pk
    with pytest.raises(CommandError, match="Nothing was forgotten"):
        call_command("forget_version", number)
    with pytest.raises(CommandError, match="There is no version 99"):
        call_command("forget_version", 99)
    assert Target.objects.exists()
    assert PublicVersion.objects.filter(pk=number).exists()
