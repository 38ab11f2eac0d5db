"""Readers report an error on a record, without an account."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from policies import reports
from policies.accounts.throttle import client_address

KNOWN = ("record", "slug", "field")


@method_decorator(never_cache, name="dispatch")
class ReportError(View):
    """The form for one record: `record` is its kind, `slug` its name in addresses."""

    def get(self, request: HttpRequest) -> HttpResponse:
        errors, reported, record = _asked(request)
        if errors or reported is None:
            return render(request, "policies/report.html", {"errors": errors})
        form = reports.ReportForm(None, reported=reported, field=request.GET.get("field", ""))
        return _shown(request, reported, record, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        errors, reported, record = _asked(request)
        if errors or reported is None:
            return render(request, "policies/report.html", {"errors": errors}, status=400)
        form = reports.ReportForm(request.POST, reported=reported)
        if not form.is_valid():
            return _shown(request, reported, record, form)
        said = {name: form.cleaned_data[name] for name in ("field", "text", "source_url", "email")}
        network = reports.mark_of(client_address(request))
        try:
            reports.receive(reported=reported, record=record, network=network, **said)
        except reports.Full:
            form.add_error(
                None,
                _("No more reports are taken today. Please try again tomorrow: nothing was sent."),
            )
            return _shown(request, reported, record, form, status=429)
        return redirect(f"{reverse('report_received')}?{_address(reported, record)}")


@never_cache
def received(request: HttpRequest) -> HttpResponse:
    """Says that a report has arrived."""
    errors, _reported, record = _asked(request)
    return render(request, "policies/reported.html", {"errors": errors, "record": record})


def _asked(request: HttpRequest) -> tuple[list[tuple[str, str]], reports.Reported | None, Any]:
    """What is wrong with the address, the kind of record, and the record; all empty for none."""
    query = request.GET
    wrong = [
        (name, _("There is no parameter “%(name)s” here.") % {"name": name})
        for name in query
        if name not in KNOWN
    ]
    kind, slug, field = (query.get(name, "") for name in KNOWN)
    if not (kind or slug or field):
        return wrong, None, None
    reported = reports.REPORTED.get(kind)
    if reported is None:
        allowed = ", ".join(sorted(reports.REPORTED))
        told = _("“%(value)s” is not known. Allowed: %(allowed)s.")
        return [*wrong, ("record", told % {"value": kind, "allowed": allowed})], None, None
    if field and field not in dict(reported.fields()):
        told = _("“%(value)s” is no field of this kind of record.")
        wrong.append(("field", told % {"value": field}))
    record = reported.find(slug) if "\0" not in slug else None
    if record is None:
        raise Http404(f"No public {kind} is called “{slug}”.")
    return wrong, reported, record


def _address(reported: reports.Reported, record: Any) -> str:
    return urlencode({"record": reported.name, "slug": reported.slug_of(record)})


def _shown(
    request: HttpRequest, reported: reports.Reported, record: Any, form: Any, status: int = 200
) -> HttpResponse:
    context = {"form": form, "record": record, "action": f"?{_address(reported, record)}"}
    return render(request, "policies/report.html", context, status=status)
