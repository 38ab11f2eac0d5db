"""What strangers try with alerts: addresses, searches, words and hosts that do harm."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.test import Client

from policies.alerts import claiming, rounds
from policies.alerts.tokens import MANAGE, link
from policies.filtersets import TrackerFilterSet
from policies.models import Alert, AlertSubscriber
from policies.vocabulary import AlertState

pytestmark = pytest.mark.django_db
UNREACHABLE = f"a@{'中' * 60}.com"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (UNREACHABLE, "cannot be the name of a mail server"),
        (f"a@{'b' * 64}.com", "cannot be the name of a mail server"),
        (f"a@{'中中中中中中中中中.' * 20}com", "cannot be the name of a mail server"),
        ("a@ex\u200dample.org", "cannot be the name of a mail server"),
        ('"ok"@example.org', "quotation marks are not taken"),
        (r'"\ok"@example.org', "quotation marks are not taken"),
        ("o\u017f@example.org", "This is no e-mail address"),
        ("用户@example.org", "This is no e-mail address"),
        ("a@[127.0.0.1]", "This is no e-mail address"),
        ("a@x＠example.org", "This is no e-mail address"),
        ("a" * 300 + "@example.org", "254"),
    ],
)
def test_an_address_to_which_no_mail_can_go_is_refused_and_not_stored(
    client, postbox, address, said
):
    form = {"address": address, "frequency": "daily"}
    answer = client.post("/alerts/new/policies/", form)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not AlertSubscriber.objects.exists()


def test_all_spellings_of_a_mailbox_are_one_subscriber_with_one_limit(client, send, settings):
    settings.ALERTS_ADDRESS_LIMIT = 2
    punycode = "ok@xn--exmple-cua.org"
    for spelling in ("ok@exämple.org", "ok@ｅxämple.org", "OK@EXÄMPLE．org", punycode):
        form = {"address": spelling, "frequency": "daily"}
        assert client.post("/alerts/new/policies/", form).status_code == 302
    assert AlertSubscriber.objects.get().address == punycode
    assert [mail.to for mail in send()] == [punycode] * 2


def test_an_address_that_no_server_could_be_told_is_paused_and_stops_no_other(
    client, follow, send, publish, boss
):
    follow("first@example.org")
    follow("second@example.org")
    AlertSubscriber.objects.filter(address="first@example.org").update(address=UNREACHABLE)
    publish("Notice on barges")
    form = {"address": "third@example.org", "frequency": "daily"}
    client.post("/alerts/new/policies/", form)
    AlertSubscriber.objects.filter(address="third@example.org").update(address="x" + UNREACHABLE)
    assert [mail.to for mail in send()] == ["second@example.org"]
    paused = AlertSubscriber.objects.get(address=UNREACHABLE)
    assert send.tally.failing == [f"{paused.mark}, address"]
    # The one that never confirmed anything is gone.
    assert AlertSubscriber.objects.count() == 2
    failing = boss.get("/admin/policies/alertsubscriber/?stands=failing").content.decode()
    assert paused.mark in failing
    manage = client.get(link(MANAGE, paused)).content.decode()
    assert "Mail to you could not be sent since" in manage
    assert "Your mail server has refused" not in manage
    assert send(hours=1) == []
    assert send.tally.is_quiet


def test_a_search_that_breaks_is_paused_and_told_and_stops_no_other(
    follow, send, publish, monkeypatch, caplog
):
    follow("first@example.org", "/alerts/new/policies/?q=barges")
    follow("second@example.org")
    publish("Notice on barges")
    ids, said = TrackerFilterSet.ids, "said of first@example.org"

    def breaks(filterset):
        if filterset.data.get("q") == "barges":
            raise OverflowError(said)
        return ids(filterset)

    with monkeypatch.context() as patched:
        patched.setattr(TrackerFilterSet, "ids", breaks)
        mail, told = send()
        assert (mail.to, mail.records) == ("second@example.org", ["notice-on-barges"])
        assert "It led to an error of this site." in told.text
        assert Alert.objects.get(query="q=barges").state == AlertState.BROKEN
        assert len(send.tally.stopped) == 1
        assert "OverflowError" in caplog.text
        assert "@example" not in caplog.text
        client = Client()
        manage, key = told.link("manage"), Alert.objects.get(query="q=barges").key.hex
        assert "press Resume to see" in client.get(manage).content.decode()
        again = client.post(manage, {"do": "resume", "alert": key})
        assert again["Location"].endswith("done=broken")
    client.post(manage, {"do": "resume", "alert": key})
    assert [mail.to for mail in send()] == ["first@example.org"]


def test_a_mail_that_breaks_is_put_off_and_stops_no_other(
    follow, send, publish, monkeypatch, caplog
):
    follow("first@example.org")
    follow("second@example.org")
    publish("Notice on barges")
    letter, said = rounds.letter, "said of first@example.org"

    def breaks(message, *given):
        if message.subscriber.address == "first@example.org":
            raise ValueError(said)
        return letter(message, *given)

    with monkeypatch.context() as patched:
        patched.setattr(rounds, "letter", breaks)
        assert [mail.to for mail in send()] == ["second@example.org"]
        assert send.tally.put_off == 1
        assert "ValueError" in caplog.text
        assert "@example" not in caplog.text
        for _ in range(8):
            assert send(days=1) == []
        mark = AlertSubscriber.objects.get(address="first@example.org").mark
        assert send.tally.failing == [f"{mark}, error"]
    AlertSubscriber.objects.update(failing_since=None)
    (mail,) = send(days=1)
    assert (mail.to, mail.records) == ("first@example.org", ["notice-on-barges"])


def test_a_mail_that_breaks_once_handed_over_is_not_sent_again(follow, send, publish, monkeypatch):
    follow("first@example.org")
    follow("second@example.org")
    publish("Notice on barges")

    def breaks(message):
        raise ValueError

    with monkeypatch.context() as patched:
        patched.setattr(claiming, "arrived", breaks)
        assert [mail.records for mail in send()] == [["notice-on-barges"]] * 2 + [[]] * 2
    assert len(send.tally.unsure) == 4
    assert [mail.records for mail in send(hours=1)] == []


def test_the_mail_that_asks_to_confirm_carries_no_word_of_who_asked(client, send):
    typed = "You have won!%0A%0ACollect at https://evil.example or www.evil.example"
    for path in ("policies/?q=", "targets/?q=", "events/?lang=zh-hans&q="):
        form = {"address": "victim@example.org", "frequency": "daily"}
        assert client.post(f"/alerts/new/{path}{typed}", form).status_code == 302
    mails = send()
    assert len(mails) == 3
    for mail in mails:
        whole = f"{mail.message} {mail.message['Subject']} {mail.text} {mail.html}"
        assert "evil" not in whole
        assert "won" not in whole
        # The links of a Chinese mail name its language, and nothing else that could be asked.
        assert "?" not in mail.text.replace("?lang=zh-hans", "")
    assert mails[0].message["Subject"] == "Please confirm your alert: Policies"
    assert "List: Policies" in mails[0].text
    assert "How often: Daily" in mails[0].text
    assert "You have won!" in client.get(mails[0].link("confirm")).content.decode()


def test_links_lead_to_the_site_whatever_host_a_request_names(client, send, settings):
    settings.SITE_URL, settings.SITE_URL_GIVEN = "https://tracker.example", True
    form = {"address": "reader@example.org", "frequency": "daily"}
    client.post("/alerts/new/policies/", form, headers={"host": "testserver:6666"})
    (mail,) = send()
    assert "https://tracker.example/alerts/confirm/" in mail.text
    assert "6666" not in f"{mail.message}{mail.text}{mail.html}"
    assert mail.message["Message-ID"].endswith("@tracker.example>")
    assert Alert.objects.get().site == "https://tracker.example"
    # One that was stored before the setting was made.
    Alert.objects.update(site="http://testserver:6666")
    client.post("/alerts/new/policies/", form)
    (mail,) = send()
    assert "https://tracker.example/alerts/confirm/" in mail.text
    assert "6666" not in f"{mail.message}{mail.text}{mail.html}"


def test_without_an_address_of_the_site_no_request_changes_that_of_an_alert(client, send, settings):
    settings.SITE_URL_GIVEN = False
    form = {"address": "reader@example.org", "frequency": "daily"}
    client.post("/alerts/new/policies/", form)
    client.post("/alerts/new/policies/", form, headers={"host": "testserver:6666"})
    for mail in send():
        assert "http://testserver/alerts/confirm/" in mail.text


@pytest.mark.parametrize(
    ("on", "given", "warned"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_site_that_sends_mail_without_knowing_its_address_is_warned(settings, on, given, warned):
    settings.ALERTS_ON, settings.SITE_URL_GIVEN = on, given
    said = run_checks(include_deployment_checks=True)
    assert ("policies.W001" in [message.id for message in said]) == warned
    assert "policies.W001" not in [message.id for message in run_checks()]
