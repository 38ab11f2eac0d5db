"""Alerts that are on, with a mail server that takes them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from policies import publishing
from policies.alerts.rounds import Run
from policies.models import AlertMessage, AlertSubscriber, Policy

from .postbox import mail_server


@pytest.fixture
def postbox(settings):
    with mail_server() as taken:
        settings.ALERTS_ON = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.port
        settings.ALERTS_PER_MINUTE = settings.ALERTS_GAP_MINUTES = 0
        yield taken


@pytest.fixture
def send(postbox):
    """Run once and give what arrived; `later` is how much time has passed since the last run."""

    def run(**later):
        if later:
            passed = timedelta(**later)
            AlertSubscriber.objects.update(next_try_at=timezone.now())
            for message in AlertMessage.objects.all():
                for name in ("claimed_at", "handed_at", "created_at"):
                    at = getattr(message, name)
                    setattr(message, name, at and at - passed)
                message.save()
        run.tally = Run().go()
        return postbox.taken()

    run.postbox = postbox
    return run


@pytest.fixture
def publish(db):
    """Make a policy and publish it."""

    def published(title, **given):
        policy = Policy.objects.create(title_en=title, **given)
        return publishing.publish(policy, by=None)

    return published


@pytest.fixture
def follow(client, send):
    """Ask for an alert and confirm it, as a browser does."""

    def followed(address, path="/alerts/new/policies/", frequency="at-once"):
        asked = client.post(path, {"address": address, "frequency": frequency})
        assert asked.status_code == 302
        (mail,) = send()
        answer = client.post(mail.link("confirm"))
        assert answer.status_code == 302
        return mail

    return followed


@pytest.fixture
def boss(db):
    """Whoever may see all of the desk."""
    desk = Client()
    desk.force_login(User.objects.create_superuser("boss"))
    return desk
