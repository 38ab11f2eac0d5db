"""What strangers try with alerts: addresses, words and hosts that are not theirs."""

from __future__ import annotations

import pytest

from policies.models import AlertSubscriber

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"a@{'中' * 60}.com", "cannot be the name of a mail server"),
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
