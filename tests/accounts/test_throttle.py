"""Whoever fails to sign in too often waits; nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone

from policies.accounts.throttle import client_address

from .people import CODE, is_in, person, sign_in, with_factor

pytestmark = pytest.mark.django_db
HOME, AWAY = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.7"}


def fail(client: Client, times: int, name: str = "ada", **extra):
    return [sign_in(client, name, "wrong", extra=extra or HOME) for _ in range(times)][-1]


def test_the_fifth_wrong_password_asks_to_wait_and_says_until_when(client):
    person()
    assert fail(client, 4).status_code == 200
    answer = fail(client, 1)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60
    assert "try again in 15 minutes" in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_the_right_password_does_not_help_while_one_waits(client):
    person()
    fail(client, 5)
    assert sign_in(client, extra=HOME).status_code == 429
    assert not is_in(client)


def test_an_attacker_does_not_lock_the_editor_out_elsewhere(client):
    person()
    fail(client, 7, **AWAY)
    assert sign_in(client, extra=HOME).status_code == 302
    assert is_in(client)


def test_trying_on_does_not_make_the_wait_longer_and_then_it_is_over(client):
    person()
    fail(client, 8)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, extra=HOME).status_code == 302


def test_a_name_that_nobody_has_is_told_the_same(client):
    person()
    known = [sign_in(client, "ada", "wrong", extra=HOME) for _ in range(5)]
    other = [sign_in(client, "bob", "wrong", extra=HOME) for _ in range(5)]
    assert [one.status_code for one in known] == [one.status_code for one in other]
    assert known[-1].text == other[-1].text
    errors = [one.context["form"].non_field_errors() for one in (known[0], other[0])]
    assert list(errors[0]) == list(errors[1]) != []


def test_one_address_that_tries_many_names_waits_for_all_of_them(client, settings):
    person()
    for number in range(50):
        sign_in(client, f"name{number}", "wrong", extra=AWAY)
    assert sign_in(client, extra=AWAY).status_code == 429
    assert sign_in(client, extra=HOME).status_code == 302


def test_a_good_login_forgets_the_wrong_ones_before_it(client):
    person()
    fail(client, 4)
    sign_in(client, extra=HOME)
    assert fail(Client(), 4).status_code == 200


@pytest.mark.parametrize("command", [["axes_reset"], ["axes_reset_username", "ada"]])
def test_the_command_ends_the_wait(client, command):
    person()
    fail(client, 5)
    call_command(*command)
    assert sign_in(client, extra=HOME).status_code == 302


def test_wrong_codes_count_as_failed_attempts(client):
    with_factor(person())
    sign_in(client, extra=HOME)
    answers = [client.post(CODE, {"code": "abcd efgh"}, **HOME).status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    assert "abcd" not in AccessAttempt.objects.get().post_data


def test_nothing_secret_is_kept_of_an_attempt(client):
    fail(client, 1)
    kept = AccessAttempt.objects.get()
    assert "wrong" not in kept.post_data + kept.get_data


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.8", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "", "10.0.0.1"),
        (1, "nonsense", None),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
    ],
)
def test_the_address_is_what_the_outermost_proxy_saw(settings, proxies, forwarded, seen):
    settings.PROXIES = proxies
    given = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **given)
    assert client_address(request) == seen


def test_a_page_older_than_the_login_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "somebody"})
    assert answer.status_code == 403
    assert "This page is too old" in answer.text
    assert "Nothing of what you just sent was saved" in answer.text
