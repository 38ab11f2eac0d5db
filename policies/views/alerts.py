"""Following a search by e-mail: asking, confirming, managing, ending. No account is needed.

What a link in a mail does is done by pressing a button on its page, since programs
that look through mails open every link.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.forms import ChoiceField, Form, RadioSelect
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from policies.alerts import subscribing
from policies.alerts.addresses import MailboxField
from policies.alerts.limits import network_must_wait, network_of
from policies.alerts.preview import Preview
from policies.alerts.reasons import entries
from policies.alerts.searches import Search
from policies.alerts.tokens import (
    CONFIRM,
    MANAGE,
    UNSUBSCRIBE,
    alert_of,
    is_ours,
    link,
    subscriber_of,
)
from policies.answers import site_of
from policies.models import Alert, AlertSubscriber
from policies.vocabulary import AlertFrequency, AlertState, MessageState

# What can be done to one alert.
BUTTONS = ("change", "pause", "resume", "end")


class Asking(Form):
    """An address, and how often."""

    address = MailboxField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Please enter the address to which mails should go.")
        },
    )
    frequency = ChoiceField(
        label=gettext_lazy("How often"),
        choices=AlertFrequency.choices,
        widget=RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how often.")},
    )


class New(TemplateView):
    """The form for a search, with what it would have sent lately."""

    template_name = "policies/alerts/new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = Search(kwargs["kind"], self.request.GET)
        form = kwargs.get("form") or Asking(initial={"frequency": AlertFrequency.DAILY})
        return super().get_context_data(**kwargs) | {
            "search": search,
            "errors": search.errors,
            "filterset": search.filterset,
            "is_on": settings.ALERTS_ON,
            "form": form,
            "preview": None if search.errors else Preview(search),
            "gap": settings.ALERTS_GAP_MINUTES,
            "hour": settings.ALERTS_HOUR,
            "days": settings.ALERTS_CONFIRM_DAYS,
        }

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        form, search = Asking(request.POST), Search(kind, request.GET)
        if not settings.ALERTS_ON or search.errors or not form.is_valid():
            context = self.get_context_data(kind=kind, form=form)
            return self.render_to_response(context, status=400)
        network = network_of(request)
        if network_must_wait(network):
            context = self.get_context_data(kind=kind, form=form) | {"must_wait": True}
            return self.render_to_response(context, status=429, headers={"Retry-After": "3600"})
        subscribing.ask(
            form.cleaned_data["address"],
            search,
            frequency=form.cleaned_data["frequency"],
            site=site_of(request),
            network=network,
        )
        return HttpResponseRedirect(reverse("alert_asked"))


class Asked(TemplateView):
    """What happens next; the same for every address."""

    template_name = "policies/alerts/asked.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Begin an alert by the link from its first mail."""
    alert = alert_of(CONFIRM, token)
    if alert is None:
        return _dead(request)
    is_done = alert.state != AlertState.PENDING
    if request.method == "POST":
        subscribing.confirm(alert)
        return HttpResponseRedirect(f"{link(MANAGE, alert.subscriber)}?done=confirmed")
    context = {"alert": alert, "search": Search.of(alert), "is_done": is_done}
    return render(request, "policies/alerts/confirm.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End an alert: by a button, or by the one click of a mail program (RFC 8058).

    A mail program sends no cookie, so the signed address alone lets it.
    """
    alert = alert_of(UNSUBSCRIBE, token)
    if alert is None and not is_ours(UNSUBSCRIBE, token):
        # Nobody knows which alert is meant, so none is said to have ended.
        return _dead(request)
    if alert and request.method == "POST":
        subscribing.end(alert)
        alert = None
    context = {"alert": alert, "search": alert and Search.of(alert)}
    return render(request, "policies/alerts/unsubscribe.html", context)


class Manage(TemplateView):
    """What a subscriber follows, with all that can be done about it. The address is not shown."""

    template_name = "policies/alerts/manage.html"
    done = {
        "confirmed": gettext_lazy("Confirmed. You will be sent what is published from now on."),
        "changed": gettext_lazy("Changed."),
        "paused": gettext_lazy("Paused. Nothing is sent until you resume it."),
        "resumed": gettext_lazy("Resumed. What was published meanwhile comes with the next mail."),
        "broken": gettext_lazy("It cannot be resumed, since its search cannot be answered."),
        "ended": gettext_lazy("Ended. No more mails will be sent for this search."),
        "again": gettext_lazy("Mails are sent to your address again."),
    }

    @method_decorator(never_cache)
    def dispatch(self, request, *args: Any, **kwargs: Any):
        subscriber = subscriber_of(MANAGE, kwargs["token"])
        if subscriber is None:
            return _dead(request)
        self.subscriber = subscriber
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alerts = list(self.subscriber.alerts.exclude(state=AlertState.PENDING))
        unsure = self.subscriber.messages.filter(state=MessageState.UNSURE).exclude(alert=None)
        lost = unsure.filter(purpose="records").select_related("alert").order_by("-pk")
        return super().get_context_data(**kwargs) | {
            "subscriber": self.subscriber,
            "alerts": [(alert, Search.of(alert)) for alert in alerts],
            "frequencies": AlertFrequency.choices,
            "said": self.done.get(self.request.GET.get("done", "")),
            "lost": [(message, *_lost(message)) for message in lost],
        }

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        do = request.POST.get("do", "")
        if do == "forget":
            subscribing.forget(self.subscriber)
        elif do == "again":
            subscribing.mail_comes_through(self.subscriber)
        else:
            do = self._press(do, self._alert(request.POST.get("alert", "")))
        if not AlertSubscriber.objects.filter(pk=self.subscriber.pk).exists():
            return render(request, "policies/alerts/forgotten.html")
        return HttpResponseRedirect(f"{link(MANAGE, self.subscriber)}?done={do}")

    def _press(self, do: str, alert: Alert | None) -> str:
        """Do to an alert what a button says. Gives what was done, if not now then before."""
        frequency = self.request.POST.get("frequency", "")
        if alert is None and do in BUTTONS:
            return "ended"
        if alert is None:
            raise Http404(gettext("There is no such button."))
        if do == "change" and frequency in AlertFrequency.values:
            subscribing.change_frequency(alert, frequency)
            return "changed"
        if do == "pause":
            subscribing.pause(alert)
            return "paused"
        if do == "resume":
            return "resumed" if subscribing.resume(alert) else "broken"
        if do == "end":
            subscribing.end(alert)
            return "ended"
        raise Http404(gettext("There is no such button."))

    def _alert(self, key: str) -> Alert | None:
        """The alert of a button; None where it was ended meanwhile, as in another tab."""
        return next((a for a in self.subscriber.alerts.all() if a.key.hex == key), None)


def _lost(message):
    """The search and the records of a mail of which nobody knows whether it arrived."""
    search = Search.of(message.alert)
    keys = message.deliveries.values_list("record_id", flat=True)
    return search, entries(search, search.in_order(keys))


def _dead(request: HttpRequest) -> HttpResponse:
    """What a link is answered that opens nothing: the same, be it forged, too old or ended."""
    context = {"days": settings.ALERTS_CONFIRM_DAYS}
    return render(request, "policies/alerts/dead.html", context, status=404)
