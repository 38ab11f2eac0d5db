"""Signing in, step by step: the password, then the code where there is a second factor.

Between the two steps nobody is signed in: a session of its own remembers who gave
the right password, for ten minutes. Whether an account exists or has a second
factor shows only after its right password.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as mark_verified
from django_otp.models import Device

from . import factor

WAITING = "waits_for_code"
SECONDS = 600


@dataclass(frozen=True, slots=True)
class Waiting:
    """Someone who gave the right password and has to give a code; then goes on at `goes_to`."""

    user: Any
    goes_to: str
    is_signed_in: bool = False


class PasswordStep(LoginView):
    """The first step: whoever has a second factor is led to the second."""

    next_page = "admin:index"

    def form_valid(self, form: Any) -> Any:
        user = form.get_user()
        if not factor.has_factor(user):
            return super().form_valid(form)
        session = self.request.session
        session.flush()
        session[WAITING] = {
            "user": user.pk,
            "backend": user.backend,
            "hash": user.get_session_auth_hash(),
            "until": time.time() + SECONDS,
            "next": self.get_success_url(),
        }
        return redirect("admin:login_code")


def next_step(request: HttpRequest) -> str:
    """The page that a member of staff has to pass before any other: its name, or ""."""
    known = getattr(request, "_step", None)
    if known is None:
        known = request._step = _next_step(request.user)  # type: ignore[attr-defined]
    return known


def _next_step(user: Any) -> str:
    if getattr(user, "otp_device", None) is not None:
        return ""
    if factor.has_factor(user):
        return "admin:login_code"
    return "admin:second_factor_set_up" if settings.SECOND_FACTOR_REQUIRED else ""


def waiting_for_code(request: HttpRequest) -> Waiting | None:
    """Who has to give a code here: after the password, or in a session from before the factor."""
    if request.user.is_authenticated:
        if next_step(request) != "admin:login_code":
            return None
        return Waiting(request.user, _safe(request, request.GET.get("next", "")), True)
    kept = request.session.get(WAITING)
    if not kept or kept["until"] < time.time():
        return None
    user = get_user_model()._default_manager.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    user.backend = kept["backend"]
    return Waiting(user, kept["next"])


def let_in(request: HttpRequest, waiting: Waiting, device: Device) -> HttpResponseRedirect:
    """Sign in who gave a right code; the session gets a new key."""
    if waiting.is_signed_in:
        verified(request, device)
    else:
        del request.session[WAITING]
        waiting.user.otp_device = device
        login(request, waiting.user)
    return HttpResponseRedirect(waiting.goes_to)


def verified(request: HttpRequest, device: Device) -> None:
    """Note in the session of who is signed in that a code of `device` was given."""
    request.session.cycle_key()
    mark_verified(request, device)


def _safe(request: HttpRequest, address: str) -> str:
    host, secure = {request.get_host()}, request.is_secure()
    if url_has_allowed_host_and_scheme(address, allowed_hosts=host, require_https=secure):
        return address
    return reverse("admin:index")
