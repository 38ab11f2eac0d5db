"""Accounts with passwords, and the codes that their apps would show."""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from policies.accounts import factor

PASSWORD = "quite-long-enough-9"
LOGIN = "/admin/login/"
CODE = "/admin/login/code/"
FACTOR = "/admin/second-factor/"
SET_UP = "/admin/second-factor/set-up/"


def person(name: str = "ada", **given: Any) -> User:
    """A member of staff with a password."""
    return User.objects.create_user(name, password=PASSWORD, is_staff=True, **given)


def with_factor(user: User) -> list[str]:
    """Give `user` a second factor; the recovery codes."""
    _, codes = factor.confirm(user, code_of(factor.begin(user)))
    return codes


def code_of(device: TOTPDevice, *, ahead: int = 0) -> str:
    """The code that an app shows for `device`, `ahead` steps of half a minute from now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + ahead * device.step
    return f"{totp.token():06}"


def next_code(user: User) -> str:
    """A code of the app of `user` that was not used yet."""
    return code_of(TOTPDevice.objects.get(user=user), ahead=1)


def sign_in(client: Client, name: str = "ada", password: str = PASSWORD, **more: Any):
    """Send the login form."""
    extra = more.pop("extra", {})
    return client.post(LOGIN, {"username": name, "password": password} | more, **extra)


def is_in(client: Client) -> bool:
    """Whether the desk is open to `client`."""
    return client.get("/admin/").status_code == 200
