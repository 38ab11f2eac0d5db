"""Failed attempts to sign in, counted by django-axes: who is asked to wait, and what is said.

Counted is the pair of a user name and an address, so that nobody can lock an editor
out from elsewhere. Besides, an address that fails under many names has to wait.
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

# One customer of a provider has as many addresses of IPv6 as he likes within this.
IPV6_PREFIX = 64


class Throttle(AxesDatabaseHandler):
    """Waits besides for an address that failed too often under any names."""

    def is_locked(self, request: Any, credentials: dict | None = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        failed = _recent(request.axes_ip_address).aggregate(sum=Sum("failures_since_start"))["sum"]
        return (failed or 0) >= settings.LOGIN_ADDRESS_LIMIT


def client_address(request: HttpRequest) -> str | None:
    """Where a request comes from; behind proxies, what the outermost of them has seen.

    Each proxy adds to the end of X-Forwarded-For what it saw; what a client wrote there
    itself stands further to the front and is not believed.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        seen = chain[-min(settings.PROXIES, len(chain))].strip() or seen
    try:
        address = ip_address(seen)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), IPV6_PREFIX), strict=False).network_address)
    return str(address)


def may_try(request: HttpRequest, name: str) -> bool:
    """Whether the account `name` may be tried from where `request` comes; marks it if not."""
    allowed = AxesProxyHandler.is_allowed(request, {"username": name})
    if not allowed:
        request.axes_locked_out = True  # type: ignore[attr-defined]
    return allowed


def count_failure(request: HttpRequest, name: str) -> None:
    """Count a wrong code for the account `name` as a failed attempt to sign in."""
    user_login_failed.send(__name__, credentials={"username": name}, request=request)


def locked_out(request: HttpRequest, credentials: dict | None = None, *_: Any) -> HttpResponse:
    """The page that asks to wait: status 429, and until when."""
    now = timezone.now()
    newest = _recent(getattr(request, "axes_ip_address", None)).aggregate(at=Max("attempt_time"))
    until = (newest["at"] or now) + settings.AXES_COOLOFF_TIME
    left = max(1, round((until - now).total_seconds()))
    context = {
        "title": "Please wait",
        "until": until,
        "minutes": -(-left // 60),
        "site_header": admin.site.site_header,
        "site_title": admin.site.site_title,
    }
    response = render(request, "admin/accounts/locked_out.html", context, status=429)
    response["Retry-After"] = str(left)
    response["Cache-Control"] = "no-store"
    return response


def _recent(address: str | None) -> Any:
    since = timezone.now() - (settings.AXES_COOLOFF_TIME or timedelta())
    return AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=since)
