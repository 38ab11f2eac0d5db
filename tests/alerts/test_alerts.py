"""Following a search by e-mail, from asking to ending, with a real mail server."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone

from policies import publishing
from policies.alerts import claiming
from policies.alerts.courier import Courier
from policies.alerts.preview import Preview
from policies.alerts.searches import Search
from policies.alerts.timing import next_due
from policies.models import (
    Alert,
    AlertDelivery,
    AlertMessage,
    AlertSubscriber,
    IssuingBody,
    Policy,
    PublicVersion,
    Sector,
)

pytestmark = pytest.mark.django_db
READER = "reader@example.org"


def test_a_search_is_followed_from_the_form_to_the_end(client, follow, send, publish):
    publish("Notice on old lathes")
    mail = follow(READER, "/alerts/new/policies/?q=lathes&page=2")
    assert mail.to == READER
    assert "List-Unsubscribe" not in mail.message
    assert send() == []

    publish("Notice on lathes", title_zh="关于车床的通知")
    publish("Notice on orchards")
    (mail,) = send()
    assert mail.records == ["notice-on-lathes"]
    for part in (mail.text, mail.html):
        assert "关于车床的通知" in part
        assert "http://testserver/policies/notice-on-lathes/" in part
        assert "http://testserver/policies/?q=lathes" in part
    assert "Matched in Title: Notice on *lathes*" in mail.text
    assert "<strong>lathes</strong>" in mail.html
    assert mail.message["Subject"].startswith("1 new: Policies")
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one_click = re.search(r"<http://testserver(/\S+)>", mail.message["List-Unsubscribe"])[1]
    assert READER not in mail.text + mail.html
    assert send() == []

    strict = type(client)(enforce_csrf_checks=True)
    assert b"End this alert?" in strict.get(one_click).content
    assert Alert.objects.count() == 1
    ended = strict.post(one_click, {"List-Unsubscribe": "One-Click"})
    assert ended.status_code == 200
    assert not AlertSubscriber.objects.exists()
    publish("Another notice on lathes")
    assert send() == []
    assert client.post(one_click).status_code == 200


def test_a_record_reaches_a_subscriber_once_whatever_becomes_of_it(follow, send, publish):
    follow(READER)
    follow(READER, "/alerts/new/policies/?q=kiln")
    policy, gone = publish("Notice on kilns"), publish("Notice on mills")
    hidden = Policy.objects.create(title_en="Notice on kilns in review")
    publishing.withdraw(gone, by=None)
    (mail,) = send()
    assert mail.records == ["notice-on-kilns"]
    assert "Also of your alert: Policies, Search: kiln" in mail.text

    policy = Policy.objects.get(pk=policy.pk)
    policy.summary = "Corrected."
    policy.save()
    publishing.withdraw(policy, by=None)
    assert send() == []
    publishing.publish(Policy.objects.get(pk=policy.pk), by=None)
    assert send() == []
    # What was withdrawn before it was sent is new when it comes back.
    publishing.publish(Policy.objects.get(pk=gone.pk), by=None)
    publishing.publish(hidden, by=None)
    (mail,) = send()
    assert set(mail.records) == {"notice-on-kilns-in-review", "notice-on-mills"}


def test_what_comes_to_fit_the_search_later_is_sent_then(follow, send, publish):
    ships = Sector.objects.create(name_en="Ships", name_zh="船")
    before = publish("Notice of before")
    follow(READER, "/alerts/new/policies/?sector=ships")
    after = publish("Notice of after")
    assert send() == []
    before.sectors.add(ships)
    after.sectors.add(ships)
    assert [mail.records for mail in send()] == [["notice-of-after"]]


def test_a_chinese_reader_is_told_in_chinese_what_cannot_be_answered(client, follow, send, publish):
    ships = Sector.objects.create(name_en="Ships", name_zh="船")
    client.get("/?lang=zh-hans")
    follow(READER, "/alerts/new/policies/?sector=ships")
    ships.delete()
    publish("Notice on ships")
    (mail,) = send()
    assert "“ships”" in mail.text
    assert "is not known" not in mail.text + mail.html
    assert "Allowed" not in mail.text


def test_a_search_that_cannot_be_answered_any_more_is_told_and_resumed(
    client, follow, send, publish
):
    sector = Sector.objects.create(name_en="Ships", name_zh="船")
    confirmed = follow(READER, "/alerts/new/policies/?sector=ships")
    sector.delete()
    publish("Notice on ships")
    (mail,) = send()
    assert "“ships”" in mail.text
    assert send.tally.stopped
    assert send() == []
    manage = mail.link("manage")
    page = client.get(manage).content.decode()
    assert "cannot be answered any more" in page
    key = Alert.objects.get().key.hex
    assert client.post(manage, {"do": "resume", "alert": key})["Location"].endswith("done=broken")
    ships = Sector.objects.create(name_en="Ships", name_zh="船")
    Policy.objects.get().sectors.add(ships)
    client.post(manage, {"do": "resume", "alert": key})
    (mail,) = send()
    assert mail.records == ["notice-on-ships"]
    assert confirmed.to == READER


def test_nobody_learns_whether_an_address_is_known(client, follow, send, settings):
    settings.ALERTS_ADDRESS_LIMIT = 3
    follow(READER)
    pages, mails = [], []
    for address in (READER, "somebody@example.org", READER.upper(), READER, READER):
        answer = client.post(
            "/alerts/new/policies/", {"address": address, "frequency": "daily"}, follow=True
        )
        pages.append((answer.status_code, answer.redirect_chain, answer.content))
        mails += send()
    assert len(set(map(str, pages))) == 1
    # The third mail of the day is the last one.
    assert [mail.to for mail in mails] == [READER, "somebody@example.org", READER]
    assert "follows already" in mails[0].text
    assert Alert.objects.filter(subscriber__address=READER).get().frequency == "at-once"


def test_what_is_asked_wrongly_is_named(client, postbox, settings):
    settings.ALERTS_NETWORK_LIMIT = 1
    form = {"address": "nobody", "frequency": "hourly"}
    answer = client.post("/alerts/new/policies/", form)
    assert answer.status_code == 400
    assert "This is no e-mail address" in answer.content.decode()
    wrong = client.get("/alerts/new/policies/?sector=nothing").content.decode()
    assert "“nothing”" in wrong
    assert "<form" not in wrong.split("<main")[1]
    good = {"address": READER, "frequency": "daily"}
    assert client.post("/alerts/new/policies/?sector=nothing", good).status_code == 400
    assert client.post("/alerts/new/policies/", good).status_code == 302
    assert client.post("/alerts/new/policies/", good).status_code == 429
    for page in ("confirm", "manage", "unsubscribe"):
        assert client.get(f"/alerts/{page}/forged:token/").status_code == 404
    assert client.post("/alerts/unsubscribe/forged:token/").status_code == 404
    settings.ALERTS_ON = False
    off = client.get("/alerts/new/targets/").content.decode()
    assert "Alerts are off" in off
    assert client.post("/alerts/new/targets/", good).status_code == 400


def test_the_owner_of_an_address_manages_what_it_follows(client, follow, send, publish):
    follow(READER, "/alerts/new/events/?kind=order")
    mail = follow(READER)
    token = mail.link("confirm").split("/")[-2]
    assert client.get(f"/alerts/manage/{token}/").status_code == 404
    assert client.get(mail.link("confirm")).content.count(b"confirmed already") == 1
    manage = client.post(mail.link("confirm"))["Location"].partition("?")[0]
    events, policies = Alert.objects.all()
    page = client.get(manage)
    assert page["Cache-Control"].startswith("max-age=0")
    text = page.content.decode()
    assert "Kind: Order" in text
    assert READER not in text

    client.post(manage, {"do": "pause", "alert": policies.key.hex})
    publish("Notice on cranes")
    assert send() == []
    client.post(manage, {"do": "change", "alert": policies.key.hex, "frequency": "weekly"})
    client.post(manage, {"do": "resume", "alert": policies.key.hex})
    policies.refresh_from_db()
    assert timezone.localtime(policies.due_at).weekday() == 0
    client.post(manage, {"do": "change", "alert": policies.key.hex, "frequency": "at-once"})
    assert [mail.records for mail in send()] == [["notice-on-cranes"]]
    for do in ({}, {"do": "explode", "alert": events.key.hex}, {"do": "x", "alert": "9" * 40}):
        assert client.post(manage, do).status_code == 404
    ended_in_another_tab = client.post(manage, {"do": "end", "alert": "9" * 40})
    assert ended_in_another_tab["Location"] == f"{manage}?done=ended"
    client.post(manage, {"do": "end", "alert": events.key.hex})
    assert Alert.objects.get() == policies
    assert b"deleted" in client.post(manage, {"do": "forget"}).content
    tables = (AlertSubscriber, Alert, AlertMessage, AlertDelivery)
    assert not any(table.objects.exists() for table in tables)
    assert client.get(manage).status_code == 404


def test_a_dead_link_says_why_and_how_to_ask_again_and_the_same_for_each(client, follow, send):
    mail = follow(READER)
    manage = client.post(mail.link("confirm"))["Location"].partition("?")[0]
    client.post(manage, {"do": "forget"})
    dead = [manage, mail.link("confirm"), "/alerts/manage/a:b/", "/alerts/confirm/a:b/"]
    answers = [client.get(address) for address in [*dead, "/alerts/unsubscribe/a:b/"]]
    assert {answer.status_code for answer in answers} == {404}
    told = {
        answer.content.decode().partition("<main")[2].partition("</main")[0] for answer in answers
    }
    (page,) = told
    assert "This link does not open anything any more." in page
    assert "not confirmed within 3 days" in page
    assert 'href="/policies/"' in page
    assert all("no-store" in answer["Cache-Control"] for answer in answers)


def test_what_is_never_confirmed_is_forgotten(client, send):
    client.post("/alerts/new/policies/", {"address": READER, "frequency": "daily"})
    (mail,) = send()
    client.get(mail.link("confirm"))
    Alert.objects.update(created_at=timezone.now() - timedelta(days=4))
    AlertSubscriber.objects.update(created_at=timezone.now() - timedelta(days=4))
    send(days=4)
    assert not AlertSubscriber.objects.exists()
    assert client.get(mail.link("confirm")).status_code == 404


def test_an_address_that_fails_is_tried_again_then_paused_and_told_without_it(
    client, follow, send, publish, boss
):
    postbox = send.postbox
    mail = follow(READER)
    follow("other@example.org")
    publish("Notice on looms")
    postbox.to_recipient["reader"] = "451 4.7.1 Try later"
    assert [mail.to for mail in send()] == ["other@example.org"]
    assert send() == []
    assert send.tally.put_off == 0
    postbox.to_recipient["reader"] = f"550 5.1.1 <{READER}>: no such user"
    assert send(hours=1) == []
    mark = AlertSubscriber.objects.get(address=READER).mark
    assert send.tally.failing == [f"{mark}, 550"]
    del postbox.to_recipient["reader"]
    assert send(hours=1) == []
    listed = boss.get("/admin/policies/alertsubscriber/").content.decode()
    assert mark in listed
    assert "550" in listed
    assert "example.org" not in listed
    key = AlertSubscriber.objects.get(address=READER).pk
    assert boss.get(f"/admin/policies/alertsubscriber/{key}/change/").status_code != 200

    manage = client.post(mail.link("confirm"))["Location"].partition("?")[0]
    assert [mail.records for mail in send()] == [["notice-on-looms"]]
    assert "refused" not in client.get(manage).content.decode()


def test_a_mail_of_which_nobody_knows_whether_it_arrived_is_told_and_not_sent_again(
    client, follow, send, publish, postbox
):
    follow(READER)
    publish("Notice on ferries")
    postbox.silent.add("reader")
    lost, notice = send()
    assert lost.records == ["notice-on-ferries"]
    assert send.tally.unsure == [AlertSubscriber.objects.get().mark]
    assert "Nobody knows whether it arrived" in notice.text
    assert notice.records == []
    assert b"Notice on ferries" in client.get(notice.link("manage")).content
    assert send(hours=1) == []
    Alert.objects.update(query="body=nobody-of-this-name")
    told = client.get(notice.link("manage")).content
    assert b"The search does not find its records any more" in told
    assert b"Notice on ferries" not in told


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_run_that_dies_leaves_nothing_unsent_and_sends_nothing_twice(
    moment, follow, send, publish, monkeypatch
):
    """Before the last line of a mail nothing was sent; after it, most likely all was."""
    follow(READER)
    publish("Notice on wharves")

    class Killed(BaseException):
        pass

    def dies(*_):
        raise Killed

    where = (Courier, "_all_but_last") if moment == "before" else (claiming, "arrived")
    with monkeypatch.context() as patched:
        patched.setattr(*where, dies)
        with pytest.raises(Killed):
            send()
    arrived = send.postbox.taken()
    assert len(arrived) == (moment == "after")
    assert send() == []
    records = [mail.records for mail in send(hours=1)]
    assert records == ([["notice-on-wharves"]] if moment == "before" else [[]])
    assert send(hours=1) == []


def test_many_records_are_sent_in_several_mails_none_twice(
    follow, send, publish, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(claiming, "MOST_RECORDS", 3)
    follow(READER)
    for number in range(7):
        publish(f"Notice {number}")
    with django_assert_max_num_queries(140):
        mails = send()
    sent = [record for mail in mails for record in mail.records]
    assert sorted(sent) == [f"notice-{number}" for number in range(7)]
    assert [len(mail.records) for mail in mails] == [3, 3, 1]


def test_daily_and_weekly_alerts_gather_what_is_new(follow, send, publish):
    follow(READER, frequency="daily")
    publish("First notice")
    publish("Second notice")
    assert send() == []
    Alert.objects.update(due_at=timezone.now())
    (mail,) = send()
    assert mail.records == ["second-notice", "first-notice"]
    publish("Third notice")
    assert send() == []
    here = ZoneInfo("Europe/Berlin")
    noon = datetime(2026, 10, 24, 12, tzinfo=here)
    assert next_due("daily", noon) == datetime(2026, 10, 25, 6, tzinfo=here)
    assert next_due("weekly", noon) == datetime(2026, 10, 26, 6, tzinfo=here)
    monday = datetime(2026, 10, 26, 5, tzinfo=here)
    assert next_due("weekly", monday) == datetime(2026, 10, 26, 6, tzinfo=here)


def test_the_preview_holds_what_the_list_found_lately_by_day(seeded, client, settings):
    settings.ALERTS_ON = True
    old = PublicVersion.objects.filter(kind="target").first()
    noon = timezone.localtime().replace(hour=12)
    PublicVersion.objects.filter(pk=old.pk).update(since=noon - timedelta(days=91))
    for kind, query in (("policies", "q=computing"), ("targets", ""), ("events", "kind=order")):
        preview = Preview(Search(kind, QueryDict(query)))
        found = set(Search(kind, QueryDict(query)).ids)
        assert set(preview.ids) == found - ({old.record_id} if kind == "targets" else set())
        assert sum(len(day.entries) for day in preview.shown) == min(len(preview.ids), 30)
    page = client.get("/alerts/new/policies/?q=computing&sort=title").content.decode()
    assert "<mark>" in page
    assert "What it would have sent in the last 90 days" in page


def test_mail_and_preview_tell_records_in_the_order_of_their_list(client, follow, send, publish):
    follow(READER, frequency="daily")
    for day in (19, 28, 2):
        publish(
            f"Notice of the {day}th", announced_on=date(2024, 4, day), announced_precision="day"
        )
    wanted = [f"2024-04-{day:02}-notice-of-the-{day}th" for day in (28, 19, 2)]
    slugs = re.compile(r'href="/policies/([^"/?]+)/"')
    page = client.get("/alerts/new/policies/?q=notice&sort=title").content.decode()
    assert slugs.findall(page.partition('class="preview"')[2])[:3] == wanted
    Alert.objects.update(due_at=timezone.now())
    assert [mail.records for mail in send()] == [wanted]


def _in_both_languages(publish):
    """Publish a policy with a title and an issuer in English and in Chinese."""
    publish(
        "Notice on lathes", title_zh="关于车床的通知",
        announced_on=date(2024, 4, 28), announced_precision="day",
    )  # fmt: skip
    ministry = IssuingBody.objects.create(name_en="Ministry", name_zh="部", kind="ministry")
    Policy.objects.get().issuers.create(body=ministry, position=1)


def test_the_preview_is_in_the_language_of_its_reader_and_the_mail_in_english(
    client, follow, send, publish
):
    follow(READER)
    _in_both_languages(publish)
    page = client.get("/alerts/new/policies/?lang=zh-hans").content.decode()
    told = re.sub(r"<[^>]+>", "", page.partition('class="preview"')[2])
    assert "关于车床的通知 Notice on lathes2024年4月28日 · 部" in told
    (mail,) = send()
    assert "28 April 2024" in mail.text
    assert "Ministry" in mail.text
    assert mail.text.index("Notice on lathes") < mail.text.index("关于车床的通知")


def test_subscribers_stand_on_no_page_of_the_desk(boss, follow, send, publish):
    follow(READER)
    publish("Notice on tunnels")
    send()
    for path in ("", "policies/alertsubscriber/", "policies/alertsubscriber/?q=reader"):
        assert "@example" not in boss.get(f"/admin/{path}").content.decode()
    for model in (AlertSubscriber, Alert, AlertMessage, AlertDelivery):
        assert "@example" not in str(model.objects.first())
    with connection.cursor() as cursor:
        for model in (AlertMessage, AlertDelivery, Alert):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            assert READER not in str(cursor.fetchall())


def test_a_publication_that_is_committed_late_is_sent(follow, send, publish):
    """Its moment lies before the confirmation; what counts is what was public then."""
    policy = Policy.objects.create(title_en="Late notice")
    policy.published_at = timezone.now() - timedelta(days=1)
    policy.save()
    follow(READER)
    with transaction.atomic():
        publishing.publish(policy, by=None)
    assert [mail.records for mail in send()] == [["late-notice"]]


def test_a_mail_is_in_the_language_in_which_its_alert_was_asked_for(client, follow, send, publish):
    client.get("/?lang=zh-hans")
    follow(READER, path="/alerts/new/policies/?q=lathes")
    _in_both_languages(publish)
    (mail,) = send()
    for said in (mail.text, re.sub(r"<[^>]+>", "", mail.html)):
        assert "2024年4月28日" in said
        assert said.index("关于车床的通知") < said.index("Notice on lathes")
        assert "部" in re.split(r"\s*\n\s*| · ", said.replace("\r", "")) or "· 部" in said
        assert "匹配于 标题：" in said
        assert "April" not in said
        assert "Ministry" not in said


def test_a_passage_stands_in_one_line_of_a_mail_without_marks_of_markdown(follow, send, publish):
    follow(READER, "/alerts/new/policies/?q=lathes")
    publish(
        "Notice",
        summary="It says:\n\n- **new lathes** for `mills`,\n- [old *lathes*](https://a.example/).",
    )
    (mail,) = send()
    assert "   Matched in Summary: It says: new *lathes* for mills, old *lathes*." in mail.text
    assert "It says: new <strong>lathes</strong> for mills, old" in mail.html


def test_a_chinese_mail_leads_to_chinese_pages_but_for_its_one_click(client, follow, send, publish):
    client.get("/?lang=zh-hans")
    asked = follow(READER, path="/alerts/new/policies/?q=lathes")
    _in_both_languages(publish)
    (mail,) = send()
    assert mail.records == ["2024-04-28-notice-on-lathes"]
    for part in (asked.text, mail.text, unescape(mail.html)):
        addresses = re.findall(r"http://testserver(/[^\s\"<>]+)", part)
        assert addresses
        for address in addresses:
            assert address.endswith("lang=zh-hans")
            page = type(client)().get(address)
            assert (page.status_code, page["Content-Language"]) == (200, "zh-Hans"), address
    reader = type(client)()
    led = reader.post(asked.link("confirm"))
    assert reader.get(led["Location"])["Content-Language"] == "zh-Hans"
    assert "lang=" not in mail.message["List-Unsubscribe"]


def test_an_operator_is_told_numbers_in_words_that_fit(follow, postbox, publish, capsys):
    follow(READER)
    publish("Notice on mills")
    call_command("send_alerts")
    told = capsys.readouterr().out
    assert told.startswith("1 mail sent with 1 record, 0 put off, 0 unconfirmed alerts forgotten.")
