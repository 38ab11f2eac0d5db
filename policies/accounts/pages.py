"""The pages of the second factor: giving a code, setting up, new recovery codes, removing."""

from __future__ import annotations

from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters

from . import factor, steps, throttle

APP_CODE = "The six digits that your authenticator app shows now."
ANY_CODE = "The six digits of your authenticator app, or one of your recovery codes."


class CodeForm(forms.Form):
    """One code, checked by whoever shows the form."""

    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )

    def __init__(self, *args: Any, help_text: str = ANY_CODE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = help_text


def _sent(request: HttpRequest, help_text: str = ANY_CODE) -> CodeForm:
    return CodeForm(request.POST if request.method == "POST" else None, help_text=help_text)


@sensitive_post_parameters("code")
def login_code(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The second step of signing in. Wrong codes count as failed attempts."""
    waiting = steps.waiting_for_code(request)
    if waiting is None:
        return redirect("admin:login")
    name = waiting.user.get_username()
    form = _sent(request)
    if form.is_valid() and throttle.may_try(request, name):
        try:
            return steps.let_in(
                request, waiting, factor.check(waiting.user, form.cleaned_data["code"])
            )
        except factor.Refused as refusal:
            form.add_error("code", str(refusal))
            throttle.count_failure(request, name)
    return _page(request, site, "login_code", "Second step", form=form)


def second_factor(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """How the second factor of who asks stands."""
    app, left = factor.app_of(request.user), factor.codes_left(request.user)
    return _page(request, site, "second_factor", "Second factor", app=app, left=left)


@sensitive_post_parameters("code")
def set_up(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Shows a secret to scan, takes its first code, and shows the recovery codes once."""
    if factor.has_factor(request.user):
        return redirect("admin:second_factor")
    form = _sent(request, APP_CODE)
    if form.is_valid():
        try:
            device, codes = factor.confirm(request.user, form.cleaned_data["code"])
        except factor.Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            steps.verified(request, device)
            factor.note(request.user, by=request.user, what="Second factor set up.")
            return _codes(request, site, codes)
    device = factor.begin(request.user)
    drawn = segno.make(device.config_url, error="m").svg_inline(
        scale=5, border=3, dark="#000", light="#fff", title="QR code for your authenticator app"
    )
    shown = {"qr": mark_safe(drawn), "secret": factor.secret_of(device), "link": device.config_url}  # noqa: S308
    return _page(request, site, "set_up", "Set up the second factor", form=form, **shown)


def new_codes(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """New recovery codes, for a code."""

    def renew() -> HttpResponse:
        codes = factor.renew_codes(request.user)
        factor.note(request.user, by=request.user, what="New recovery codes.")
        return _codes(request, site, codes)

    return _for_a_code(request, site, "new_codes", "New recovery codes", renew)


def remove(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The second factor removed, for a code."""

    def take_away() -> HttpResponse:
        factor.remove(request.user)
        factor.note(request.user, by=request.user, what="Second factor removed.")
        messages.success(request, "The second factor is removed.")
        return redirect("admin:second_factor")

    return _for_a_code(request, site, "remove", "Remove the second factor", take_away)


@sensitive_post_parameters("code")
def _for_a_code(
    request: HttpRequest, site: AdminSite, name: str, title: str, then: Any
) -> HttpResponse:
    if not factor.has_factor(request.user):
        return redirect("admin:second_factor")
    form = _sent(request)
    if form.is_valid():
        try:
            factor.check(request.user, form.cleaned_data["code"])
        except factor.Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            return then()
    return _page(request, site, name, title, form=form)


def _codes(request: HttpRequest, site: AdminSite, codes: list[str]) -> HttpResponse:
    return _page(request, site, "codes", "Your recovery codes", codes=codes)


def _page(request: HttpRequest, site: AdminSite, name: str, title: str, **context: Any):
    signed_in = name != "login_code"
    context |= site.each_context(request) | {"title": title, "has_permission": signed_in}
    request.current_app = site.name
    return TemplateResponse(request, f"admin/accounts/{name}.html", context)
