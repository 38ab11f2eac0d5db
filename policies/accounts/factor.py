"""The second factor of an account: an authenticator app, and recovery codes for the day it is lost.

The app's secret must stand in the database as it is, for the server makes the same
codes from it. A recovery code is kept as a digest only: it has 60 random bits, so
that nobody finds it from the digest, and it works without the secret key.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from base64 import b32encode
from datetime import timedelta
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12
DIGEST_LENGTH = 16
# How long a set-up that was begun shows the same secret.
SET_UP_FOR = timedelta(hours=1)
WRONG = "That code is not right, or was used already. Wait for the next one and type it."


class Refused(ValueError):
    """A code that was not taken; the message says what to do."""


def has_factor(user: Any) -> bool:
    """Whether `user` has to give a code when signing in."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def app_of(user: Any) -> TOTPDevice | None:
    """The authenticator app of `user`, if one is set up."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).first()


def codes_left(user: Any) -> int:
    """How many recovery codes `user` has not used yet."""
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user_id=user.pk))


@transaction.atomic
def begin(user: Any) -> TOTPDevice:
    """An app that waits for its first code; for an hour the same one, if reloaded."""
    waiting = TOTPDevice.objects.filter(user_id=user.pk, confirmed=False)
    waiting.filter(created_at__lt=timezone.now() - SET_UP_FOR).delete()
    return waiting.order_by("pk").first() or TOTPDevice.objects.create(
        user_id=user.pk, name="Authenticator app", confirmed=False
    )


def secret_of(device: TOTPDevice) -> str:
    """The secret as people type it into an app, in groups of four."""
    return _grouped(b32encode(device.bin_key).decode().rstrip("="))


def confirm(user: Any, typed: str) -> tuple[TOTPDevice, list[str]]:
    """Take the app that waits into use, with its first code; gives it and the recovery codes.

    Raises Refused for a wrong code, and where there is a second factor already.
    """
    with transaction.atomic():
        apps = list(TOTPDevice.objects.select_for_update().filter(user_id=user.pk).order_by("pk"))
        if not apps or any(device.confirmed for device in apps):
            raise Refused("There is nothing to confirm: open the page of the second factor anew.")
        device = apps[0]
        wait, right = _tried(device, _plain(typed))
        if right:
            device.confirmed = True
            device.save()
            codes = renew_codes(user)
    if not right:
        raise Refused(wait or WRONG)
    return device, codes


def check(user: Any, typed: str) -> Device:
    """The device of `user` that takes the code `typed`: six digits of the app, or a recovery code.

    A code is taken once. Raises Refused for any other, and while wrong ones are waited out.
    """
    code = _plain(typed)
    with transaction.atomic():
        if code.isdecimal() and len(code) < CODE_LENGTH:
            kind, token = TOTPDevice, code
        else:
            kind, token = StaticDevice, _digest(user, code)
        device = kind.objects.select_for_update().filter(user_id=user.pk, confirmed=True).first()
        wait, right = _tried(device, token) if device else ("", False)
    if device is None or not right:
        raise Refused(wait or WRONG)
    return device


@transaction.atomic
def renew_codes(user: Any) -> list[str]:
    """Ten new recovery codes, to be shown once; those from before are void."""
    device = StaticDevice.objects.filter(user_id=user.pk).first()
    device = device or StaticDevice.objects.create(user_id=user.pk, name="Recovery codes")
    device.token_set.all().delete()
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=_digest(user, code))
    return [_grouped(code) for code in codes]


@transaction.atomic
def remove(user: Any) -> bool:
    """Take the second factor from `user`, recovery codes included; False if there was none."""
    deleted = [
        kind.objects.filter(user_id=user.pk).delete()[0] for kind in (TOTPDevice, StaticDevice)
    ]
    return any(deleted)


@transaction.atomic
def note(user: Any, *, by: Any, what: str) -> None:
    """Write into the admin's log of `user` what `by` did."""
    LogEntry.objects.log_actions(by.pk, [user], CHANGE, change_message=what, single_object=True)


def _tried(device: Device, token: str) -> tuple[str, bool]:
    """Why one has to wait ("" if not), and whether the device took the token."""
    allowed, why = device.verify_is_allowed()
    if allowed:
        return "", device.verify_token(token)
    left = (why["locked_until"] - timezone.now()).total_seconds()
    return f"Too many wrong codes. Wait {_told(left)}, then type a new one.", False


def _told(seconds: float) -> str:
    whole = max(1, math.ceil(seconds))
    if whole < 120:
        return "a second" if whole == 1 else f"{whole} seconds"
    return f"{math.ceil(whole / 60)} minutes"


def _plain(typed: str) -> str:
    return "".join(char for char in typed.lower() if char.isalnum())


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _digest(user: Any, code: str) -> str:
    digest = hashlib.sha256(f"recovery:{user.pk}:{code}".encode()).digest()
    return b32encode(digest).decode()[:DIGEST_LENGTH].lower()


def _grouped(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
