"""The second factor: set up by its owner, asked for at the login, reset by an administrator."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from policies.accounts import factor

from .people import (
    CODE,
    FACTOR,
    LOGIN,
    PASSWORD,
    SET_UP,
    code_of,
    is_in,
    next_code,
    person,
    sign_in,
    with_factor,
)

pytestmark = pytest.mark.django_db
CODES = re.compile(r"<code>([a-z2-9 ]+)</code>")


def wait_over() -> None:
    """Let the seconds pass that a wrong code costs."""
    past = timezone.now() - timedelta(hours=1)
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.exclude(throttling_failure_timestamp=None).update(
            throttling_failure_timestamp=past
        )


def test_setting_up_shows_a_secret_takes_a_code_and_shows_ten_recovery_codes_once(client):
    user = person()
    client.force_login(user)
    page = client.get(SET_UP)
    device = TOTPDevice.objects.get(user=user)
    assert "<svg" in page.text
    assert factor.secret_of(device) in page.text
    assert "style=" not in page.text
    assert not factor.has_factor(user)
    shown = client.post(SET_UP, {"code": code_of(device)})
    codes = CODES.findall(shown.text)
    assert len(set(codes)) == 10
    assert factor.has_factor(user)
    again = client.get(FACTOR).text + client.get(SET_UP, follow=True).text
    assert not any(code in again for code in codes)
    assert factor.secret_of(device) not in again
    assert is_in(client)


def test_a_reload_shows_the_same_secret_and_the_next_day_another(client):
    user = person()
    client.force_login(user)
    first = TOTPDevice.objects.filter(user=user)
    client.get(SET_UP)
    key = first.get().key
    client.get(SET_UP)
    assert first.get().key == key
    first.update(created_at=timezone.now() - timedelta(days=1))
    client.get(SET_UP)
    assert first.get().key != key


def test_a_wrong_first_code_sets_nothing_up(client):
    user = person()
    client.force_login(user)
    client.get(SET_UP)
    answer = client.post(SET_UP, {"code": "000000x"})
    assert "not right" in answer.text
    assert not factor.has_factor(user)
    waits = client.post(SET_UP, {"code": "1"})
    assert "Wait a second" in waits.text


def test_the_login_asks_for_the_code_and_only_then_opens(client):
    user = person()
    with_factor(user)
    answer = sign_in(client)
    assert answer["Location"] == CODE
    assert not is_in(client)
    assert "_auth_user_id" not in client.session
    right = client.post(CODE, {"code": next_code(user)})
    assert right["Location"] == "/admin/"
    assert is_in(client)


def test_a_code_with_spaces_is_taken_and_no_code_twice(client):
    user = person()
    with_factor(user)
    sign_in(client)
    code = next_code(user)
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    other = Client()
    sign_in(other)
    assert "not right" in other.post(CODE, {"code": code}).text
    assert not is_in(other)


def test_a_recovery_code_works_once_however_it_is_typed(client):
    user = person()
    codes = with_factor(user)
    sign_in(client)
    assert client.post(CODE, {"code": codes[3].upper().replace(" ", "-")}).status_code == 302
    assert is_in(client)
    assert factor.codes_left(user) == 9
    other = Client()
    sign_in(other)
    assert other.post(CODE, {"code": codes[3]}).status_code == 200
    wait_over()
    assert other.post(CODE, {"code": codes[4]}).status_code == 302


def test_recovery_codes_are_kept_as_digests():
    codes = with_factor(person())
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 10
    assert not kept & {code.replace(" ", "") for code in codes}


def test_nobody_uses_the_codes_of_another(client):
    codes = with_factor(person("bob"))
    with_factor(person())
    sign_in(client)
    assert client.post(CODE, {"code": codes[0]}).status_code == 200
    assert (
        client.post(CODE, {"code": next_code(User.objects.get(username="bob"))}).status_code == 200
    )
    assert not is_in(client)


def test_wrong_codes_have_to_be_waited_out_longer_each_time(client):
    user = person()
    with_factor(user)
    sign_in(client)
    assert "not right" in client.post(CODE, {"code": "12345"}).text
    told = client.post(CODE, {"code": next_code(user)})
    assert "Wait a second" in told.text
    wait_over()
    assert client.post(CODE, {"code": next_code(user)}).status_code == 302


@pytest.mark.parametrize(
    "code", ["", " ", "\0", "９" * 6, "1" * 39, "a" * 41, "²", "½½½½½½", "-1", "0x1f"]
)
def test_odd_codes_are_wrong_and_nothing_else(client, code):
    with_factor(person())
    sign_in(client)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_in(client)


def test_a_wrong_password_looks_the_same_with_a_factor_and_without(client):
    person("bob")
    with_factor(person())
    answers = [sign_in(client, name, "wrong") for name in ("ada", "bob", "nobody")]
    assert len({answer.status_code for answer in answers}) == 1
    assert len({str(answer.context["form"].non_field_errors()) for answer in answers}) == 1


def test_the_second_step_without_the_first_leads_to_the_login(client):
    with_factor(person())
    assert client.get(CODE)["Location"] == LOGIN
    assert client.post(CODE, {"code": "123456"})["Location"] == LOGIN


def test_the_second_step_is_open_for_ten_minutes(client, monkeypatch):
    user = person()
    with_factor(user)
    sign_in(client)
    session = client.session
    session["waits_for_code"] |= {"until": 0}
    session.save()
    assert client.post(CODE, {"code": next_code(user)})["Location"] == LOGIN


@pytest.mark.parametrize("change", ["password", "is_active"])
def test_what_changes_between_the_steps_ends_the_login(client, change):
    user = person()
    with_factor(user)
    sign_in(client)
    if change == "password":
        user.set_password("another-long-one-8")
    else:
        user.is_active = False
    user.save()
    assert client.post(CODE, {"code": next_code(user)})["Location"] == LOGIN


def test_each_step_of_the_login_gives_the_session_a_new_key(client):
    user = person()
    with_factor(user)
    client.get(LOGIN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    keys = [session.session_key]
    sign_in(client)
    keys.append(client.session.session_key)
    client.post(CODE, {"code": next_code(user)})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert "planted" not in client.session


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/admin/policies/policy/", "/admin/policies/policy/"),
        ("https://evil.example/", "/admin/"),
        ("//evil.example/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
    ],
)
@pytest.mark.parametrize("has_factor", [False, True])
def test_the_login_leads_on_within_the_site_alone(client, asked, led, has_factor):
    user = person()
    if has_factor:
        with_factor(user)
    answer = sign_in(client, next=asked)
    if has_factor:
        answer = client.post(CODE, {"code": next_code(user)})
    assert answer["Location"] == led


def test_a_session_from_before_the_factor_has_to_give_a_code(client):
    user = person()
    elsewhere = Client()
    elsewhere.force_login(user)
    with_factor(user)
    led = elsewhere.get("/admin/policies/policy/?state=published")
    assert led["Location"].startswith(CODE)
    assert elsewhere.get(LOGIN)["Location"] == CODE
    assert elsewhere.get(FACTOR)["Location"].startswith(CODE)
    answer = elsewhere.post(led["Location"], {"code": next_code(user)})
    assert answer["Location"] == "/admin/policies/policy/?state=published"
    outside = elsewhere.get(f"{CODE}?next=//evil.example")
    assert outside["Location"] == LOGIN
    assert is_in(elsewhere)


def test_who_has_to_give_a_code_can_log_out(client):
    user = person()
    client.force_login(user)
    with_factor(user)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_removing_needs_a_code(client):
    user = person()
    client.force_login(user)
    client.get(SET_UP)
    client.post(SET_UP, {"code": code_of(TOTPDevice.objects.get())})
    remove = f"{FACTOR}remove/"
    assert client.get(remove).status_code == 200
    client.post(remove, {"code": "nonsense"})
    assert factor.has_factor(user)
    assert client.post(remove, {"code": next_code(user)})["Location"] == FACTOR
    assert not factor.has_factor(user)
    assert not StaticToken.objects.exists()
    assert is_in(client)


def test_new_recovery_codes_need_a_code_and_void_the_old(client):
    user = person()
    client.force_login(user)
    client.get(SET_UP)
    first = client.post(SET_UP, {"code": code_of(TOTPDevice.objects.get())})
    old = CODES.findall(first.text)
    assert not CODES.findall(client.post(f"{FACTOR}codes/", {"code": "x"}).text)
    new = CODES.findall(client.post(f"{FACTOR}codes/", {"code": next_code(user)}).text)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert is_in(client)
    other = Client()
    sign_in(other)
    assert other.post(CODE, {"code": old[0]}).status_code == 200
    wait_over()
    assert other.post(CODE, {"code": new[0]}).status_code == 302


def test_the_desk_links_to_the_second_factor(client):
    client.force_login(person())
    assert f'href="{FACTOR}"' in client.get("/admin/").text


@pytest.mark.parametrize("address", [FACTOR, SET_UP, f"{FACTOR}codes/", f"{FACTOR}remove/"])
def test_the_pages_are_for_staff(client, address):
    assert client.get(address)["Location"].startswith(LOGIN)
    client.force_login(User.objects.create_user("reader", password=PASSWORD))
    assert client.get(address)["Location"].startswith(LOGIN)


def test_where_it_is_required_every_page_leads_to_the_set_up(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = person(is_superuser=True)
    sign_in(client)
    for address in ("/admin/", "/admin/auth/user/", "/admin/password_change/", "/admin/nothing/"):
        assert client.get(address)["Location"].startswith(SET_UP)
    assert client.post("/admin/auth/user/add/", {"username": "x"})["Location"].startswith(SET_UP)
    page = client.get(SET_UP)
    assert "Log out" in page.text
    client.post(SET_UP, {"code": code_of(TOTPDevice.objects.get(user=user))})
    assert is_in(client)


def test_the_public_pages_ask_nobody_for_a_code(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(person())
    assert client.get("/about/").status_code == 200


def reset(admin: Client, user: User, **more):
    data = {"action": "reset_second_factor", "_selected_action": [user.pk]}
    return admin.post("/admin/auth/user/", data | more, follow=True)


def test_a_superuser_resets_a_factor_and_the_log_says_so(client):
    user, chief = person(), person("chief", is_superuser=True)
    with_factor(user)
    client.force_login(chief)
    assert "Be sure that the request came from the owner" in reset(client, user).text
    assert factor.has_factor(user)
    assert "is reset" in reset(client, user, confirmed="1").text
    assert not factor.has_factor(user)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (chief, str(user.pk))
    assert "Second factor reset" in client.get(f"/admin/auth/user/{user.pk}/history/").text
    other = Client()
    assert sign_in(other)["Location"] == "/admin/"


def test_nobody_else_can_reset_a_factor(client):
    user, helper = person(), person("helper")
    with_factor(user)
    for name in ("view_user", "change_user"):
        helper.user_permissions.add(*helper.user_permissions.model.objects.filter(codename=name))
    client.force_login(helper)
    assert "reset_second_factor" not in client.get("/admin/auth/user/").text
    reset(client, user, confirmed="1")
    assert factor.has_factor(user)


def test_the_secrets_have_no_pages_in_the_admin(client):
    with_factor(person())
    client.force_login(person("chief", is_superuser=True))
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404


def test_the_command_resets_a_factor(capsys):
    user = person()
    with_factor(user)
    call_command("reset_second_factor", "ada")
    assert not factor.has_factor(user)
    assert "command line" in LogEntry.objects.get().change_message
    for name, told in (("ada", "has no second factor"), ("bob", "no account")):
        with pytest.raises(CommandError, match=told):
            call_command("reset_second_factor", name)


def test_the_password_is_changed_as_ever_and_the_session_stays(client):
    user = person()
    with_factor(user)
    sign_in(client)
    client.post(CODE, {"code": next_code(user)})
    new = "an-even-longer-one-7"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/admin/password_change/", data, follow=True).status_code == 200
    assert is_in(client)
    user.refresh_from_db()
    assert user.check_password(new)
