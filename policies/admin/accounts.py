"""Users, with what administrators do for them: reset a second factor, end a wait for the login.

The devices of the second factor have no pages of their own here: their secrets are nobody's.
"""

from __future__ import annotations

from axes.utils import reset
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from policies.accounts import factor

for model in (User, StaticDevice, TOTPDevice):
    admin.site.unregister(model)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Django's, with two actions for superusers."""

    actions = ("reset_second_factor", "end_wait")

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not request.user.is_superuser:
            for name in AccountAdmin.actions:
                actions.pop(name, None)
        return actions

    @admin.action(description="Reset the second factor …")
    def reset_second_factor(self, request, queryset):
        _superusers_only(request)
        users = list(queryset)
        if "confirmed" not in request.POST:
            context = self.admin_site.each_context(request)
            context |= {
                "title": "Reset the second factor?",
                "users": users,
                "back": reverse("admin:auth_user_changelist"),
            }
            return TemplateResponse(request, "admin/accounts/reset.html", context)
        for user in users:
            if factor.remove(user):
                factor.note(user, by=request.user, what="Second factor reset.")
                messages.success(request, f"The second factor of {user.get_username()} is reset.")
            else:
                messages.info(request, f"{user.get_username()} has no second factor.")
        return None

    @admin.action(description="End the wait after failed logins")
    def end_wait(self, request, queryset):
        _superusers_only(request)
        for user in queryset:
            reset(username=user.get_username())
            factor.note(user, by=request.user, what="Wait after failed logins ended.")
            messages.success(request, f"{user.get_username()} can log in again from everywhere.")


def _superusers_only(request) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied
