"""The secret key is exchanged, and what the old one signed holds while it is named."""

import os
import subprocess
import sys

import pytest

from policies.alerts.tokens import CONFIRM, MANAGE, UNSUBSCRIBE, link
from policies.models import Alert, AlertSubscriber

from .api.asking import ask


def exchange(settings, *, keep: bool) -> None:
    """Give the site another key, with the old one as a fallback or not."""
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if keep else []
    settings.SECRET_KEY = "another key, as long as a key ought to be, and not in use anywhere"


def test_old_keys_are_read_from_the_environment(settings):
    given = os.environ | {"SECRET_KEY": "new", "SECRET_KEY_FALLBACKS": "old(=)&#!,,$older"}
    told = "from tracker import settings; print(settings.SECRET_KEY_FALLBACKS)"
    command = [sys.executable, "-c", told]
    said = subprocess.run(
        command, env=given, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "['old(=)&#!', '$older']"


@pytest.mark.django_db
@pytest.mark.parametrize(("keep", "status"), [(True, 200), (False, 404)])
def test_links_in_old_mails_hold_under_an_old_key_that_is_named(client, settings, keep, status):
    subscriber = AlertSubscriber.objects.create(address="ann@example.org")
    alert = Alert.objects.create(subscriber=subscriber, kind="policies", query="", language="en-gb")
    links = [link(CONFIRM, alert), link(MANAGE, subscriber)]
    end = link(UNSUBSCRIBE, alert)
    exchange(settings, keep=keep)
    assert [client.get(address).status_code for address in links] == [status] * 2
    client.post(end)
    assert Alert.objects.exists() is not keep
    assert end != link(UNSUBSCRIBE, alert)


@pytest.mark.parametrize(("keep", "status"), [(True, 200), (False, 400)])
def test_cursors_hold_under_an_old_key_that_is_named(seeded, client, settings, keep, status):
    following = ask(client, "policies/?page_size=2")["next"]
    exchange(settings, keep=keep)
    assert client.get(following).status_code == status


@pytest.mark.parametrize(("keep", "status"), [(True, 200), (False, 302)])
def test_editors_stay_signed_in_under_an_old_key_that_is_named(
    admin_client, settings, keep, status
):
    exchange(settings, keep=keep)
    assert admin_client.get("/admin/").status_code == status
