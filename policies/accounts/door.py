"""The door of the admin: every page of it asks here whether the second factor is settled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from . import pages, steps

View = Callable[..., HttpResponse]


class GuardedSite(AdminSite):
    """An admin site that is open only after the second factor, for those who have or need one."""

    def is_staff(self, request: HttpRequest) -> bool:
        """Whether a member of staff is signed in, the second factor aside."""
        return super().has_permission(request)

    def has_permission(self, request: HttpRequest) -> bool:
        return self.is_staff(request) and not steps.next_step(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if self.is_staff(request) and (step := steps.next_step(request)):
                if view == self.logout:
                    return csrf_protect(view)(request)
                return _led_to(step, request)
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, guarded)

    def get_urls(self) -> list[Any]:
        own = self.factor_view
        return [
            path("login/code/", _safely(partial(pages.login_code, site=self)), name="login_code"),
            path("second-factor/", own(pages.second_factor), name="second_factor"),
            path("second-factor/set-up/", own(pages.set_up), name="second_factor_set_up"),
            path("second-factor/codes/", own(pages.new_codes), name="second_factor_codes"),
            path("second-factor/remove/", own(pages.remove), name="second_factor_remove"),
            *super().get_urls(),
        ]

    def factor_view(self, page: Callable[..., HttpResponse]) -> View:
        """A page of the second factor: open to staff who have none yet, or gave their code."""

        def inner(request: HttpRequest) -> HttpResponse:
            if not self.is_staff(request):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            if steps.next_step(request) == "admin:login_code":
                return _led_to("admin:login_code", request)
            return page(request, self)

        return _safely(inner)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None):
        """The first step of signing in; Django's, but for where it leads."""
        if request.method == "GET" and self.is_staff(request):
            return redirect(steps.next_step(request) or "admin:index")
        context = {
            **self.each_context(request),
            "title": "Log in",
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
        }
        request.current_app = self.name
        return steps.PasswordStep.as_view(
            extra_context=context | (extra_context or {}),
            authentication_form=self.login_form or AdminAuthenticationForm,
            template_name=self.login_template or "admin/login.html",
        )(request)


def _safely(view: View) -> View:
    return never_cache(csrf_protect(view))


def _led_to(step: str, request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': request.get_full_path()})}")
