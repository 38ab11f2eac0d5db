"""The review screen: one form, whose every button saves a decision and comes back.

With htmx a press swaps only the cards that it changed; without scripts the page
is made anew and goes on where the button was.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from policies.imports import AlreadyStored, CannotStore, Changed, Stage, finish, press
from policies.imports.cards import Wrong
from policies.imports.choices import Choices
from policies.imports.form import Taken
from policies.imports.summary import summarise
from policies.intake import Report
from policies.models import CorporateEvent, IssueImport, Policy
from policies.newsletter import NotANewsletter
from policies.vocabulary import BodyKind, Comparator, ImportState

STORE = "store"
# Messages that are shown in the summary, which stays in sight wherever the page goes on.
BESIDE = "at-summary"


class Reviewing:
    """What the admin of imports shows and takes on the review screen."""

    admin_site: Any
    opts: Any

    def review(
        self, request, kept: IssueImport, stage: Stage | None = None, taken: Taken | None = None
    ):
        """The whole screen; `taken` has what could not be taken of the last press."""
        try:
            stage = stage or Stage(kept)
        except NotANewsletter as refusal:
            messages.error(request, f"This text is {refusal}. Discard it, and import it anew.")
            return HttpResponseRedirect(_address("discard", kept.pk))
        context = self.admin_site.each_context(request)
        context |= {"opts": self.opts, "title": f"Import: {kept}"}
        context |= self._screen(request, stage, taken.wrong if taken else {})
        return TemplateResponse(request, "admin/imports/review.html", context)

    def _screen(self, request, stage: Stage, wrong: dict[str, Wrong]) -> dict[str, Any]:
        part = stage.part(_part(request))
        return {
            "kept": stage.kept,
            "stage": stage,
            "part": part,
            "parts": range(1, part.count + 1),
            "cards": stage.cards(part, wrong),
            "blocks": stage.blocks(part),
            "summary": summarise(stage),
            "issue_doubts": stage.doubts[""],
            "wrong": wrong,
            "body_kinds": BodyKind.choices,
            "comparators": Comparator.choices,
            "may_store": _may_store(request.user),
        }

    @method_decorator(require_POST)
    def press_view(self, request, key: int):
        """Take what stands in the form and the button that was pressed."""
        kept = self._kept(request, key, change=True)  # type: ignore[attr-defined]
        if kept.state != ImportState.OPEN or not kept.text:
            messages.info(request, _closed(kept))
            return _go(request, _address("change", key))
        stage = Stage(kept)
        part = stage.part(_part(request))
        cards = stage.cards(part)
        anchor, button = _button(request.POST.get("do") or request.POST.get("pressed", ""))
        taken = press(stage, cards, request.POST, button)
        back = f"{_address('change', key)}?part={part.number}#{anchor}"
        changed = taken.choices.kept() != stage.choices.kept()
        if request.POST.get("revision") != str(kept.revision):
            _tell_lost(request, stage.choices, taken.choices)
            return _go(request, back)
        if changed and not _save(kept, taken.choices):
            _tell_lost(request, stage.choices, taken.choices)
            return _go(request, back)
        if button[:1] == [STORE] and not taken.wrong:
            return self._store(request, kept, back)
        after = stage.decided(taken.choices)
        if request.headers.get("HX-Request"):
            return self._swapped(request, stage, after, taken)
        if taken.wrong:
            return self.review(request, kept, after, taken)
        return HttpResponseRedirect(back)

    def _swapped(self, request, before: Stage, after: Stage, taken: Taken):
        """The parts of the screen that look otherwise after a press."""
        if before.choices.head != after.choices.head:
            return _go(request, _address("change", after.kept.pk))
        context = self._screen(request, after, taken.wrong)
        shown = before.cards(context["part"])
        context["cards"] = [card for card in context["cards"] if card not in shown]
        context["swapped"] = True
        return TemplateResponse(request, "admin/imports/pressed.html", context)

    def _store(self, request, kept: IssueImport, back: str):
        if not _may_store(request.user):
            raise PermissionDenied
        try:
            report = finish(kept.pk, revision=kept.revision, by=request.user)
        except AlreadyStored as refusal:
            messages.info(request, str(refusal))
            return _go(request, _address("change", kept.pk))
        except (CannotStore, Changed) as refusal:
            messages.error(request, f"Nothing was stored. {refusal}", extra_tags=BESIDE)
            return _go(request, back)
        messages.success(request, _told(report))
        return _go(request, _next_step(request.user, report))


def _part(request) -> int:
    """The number of the part that is shown or was sent."""
    given = request.POST.get("part") or request.GET.get("part", "")
    return int(given) if re.fullmatch(r"\d{1,6}", given, re.ASCII) else 1


def _button(value: str) -> tuple[str, list[Any]]:
    """The anchor and the words of a button; nothing where it makes no sense."""
    try:
        anchor, *words = json.loads(value)
    except (ValueError, TypeError, RecursionError):
        return "", []
    plain = isinstance(anchor, str) and re.fullmatch(r"[\w-]{0,100}", anchor)
    return (anchor if plain else ""), words


def _save(kept: IssueImport, choices: Choices) -> bool:
    """Keep the decisions, unless somebody decided something since they were shown."""
    new = {"choices": choices.kept(), "revision": F("revision") + 1, "changed_at": timezone.now()}
    same = IssueImport.objects.filter(pk=kept.pk, revision=kept.revision, state=ImportState.OPEN)
    saved = same.update(**new)
    if saved:
        kept.choices, kept.revision = choices.kept(), kept.revision + 1
    return bool(saved)


def _tell_lost(request, stands: Choices, lost: Choices) -> None:
    """Say that another window was first, and what was typed in this one."""
    words = [
        f"“{Truncator(str(value)).chars(300)}”"
        for key, item in lost.items.items()
        for name, value in item.values.items()
        if stands.item(key).values.get(name) != value
    ]
    typed = f" You had typed: {', '.join(words)}." if words else ""
    messages.warning(
        request,
        "Your last press was not saved: something was decided in another window since. "
        f"This is how it stands now; please press again.{typed}",
        extra_tags=BESIDE,
    )


def _closed(kept: IssueImport) -> str:
    """Why a press changed nothing."""
    if kept.state == ImportState.STORED:
        return "This import is stored already: that press changed nothing."
    return "This import is not in progress any more: that press changed nothing."


def _may_store(user: Any) -> bool:
    return all(
        user.has_perm(f"policies.{verb}_{model._meta.model_name}")
        for model in (Policy, CorporateEvent)
        for verb in ("add", "change")
    )


def _told(report: Report) -> str:
    counts = [
        (len(report.added), "added"),
        (len(report.updated), "updated"),
        (len(report.unchanged), "left as they were"),
    ]
    words = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{report.issue} is stored for review. Records: {words or 'none'}."


def _next_step(user: Any, report: Report) -> str:
    """Where an editor goes on: publishing for those who may, else the issue."""
    kinds = (Policy, CorporateEvent)
    may = all(user.has_perm(f"policies.publish_{kind._meta.model_name}") for kind in kinds)
    waiting = any(not record.is_public for record in report.records.values())
    page = "publish" if may and waiting else "change"
    return reverse(f"admin:policies_newsletterissue_{page}", args=[report.issue.pk])


def _address(page: str, *args: Any) -> str:
    return reverse(f"admin:policies_issueimport_{page}", args=args)


def _go(request, address: str):
    """A redirect, also for a request of htmx; there the page is made anew."""
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address)
    answer = HttpResponse(status=204)
    current = urlsplit(request.headers.get("HX-Current-URL", "")).path
    if current == urlsplit(address).path:
        answer["HX-Refresh"] = "true"
    else:
        answer["HX-Redirect"] = address
    return answer
