"""The steps from state to state in the admin: a confirmation first, then `publishing`.

A step may be for one record, for those chosen in a list, or for a whole issue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from policies import publishing
from policies.desk import missing
from policies.search.indexing import batch
from policies.vocabulary import State

from .base import change_address


@dataclass(frozen=True, slots=True)
class Step:
    """One way from state to state, or on and off the schedule, as the admin offers it."""

    name: str
    verb: str
    done: str
    permission: str
    starts: tuple[str, ...]
    ends: Callable[..., Any]
    has_note: bool = False
    may_wait: bool = False
    of_scheduled: bool = False

    def allowed(self, user: Any, model: Any) -> bool:
        """Whether `user` may take this step with records of `model`."""
        return user.has_perm(f"{model._meta.app_label}.{self.permission}_{model._meta.model_name}")

    def fits(self, record: Any) -> bool:
        """Whether `record` stands where this step begins."""
        on_schedule = record.publish_at is not None or not self.of_scheduled
        return record.state in self.starts and on_schedule


STEPS = {
    step.name: step
    for step in (
        Step(
            "publish", "Publish", "published", "publish",
            (State.IN_REVIEW, State.WITHDRAWN), publishing.publish, may_wait=True,
        ),
        Step(
            "unschedule", "Take off the schedule", "taken off the schedule", "publish",
            (State.IN_REVIEW, State.WITHDRAWN), publishing.unschedule, of_scheduled=True,
        ),
        Step(
            "withdraw", "Withdraw", "withdrawn", "withdraw",
            (State.PUBLISHED,), publishing.withdraw, has_note=True,
        ),
        Step(
            "send_back", "Back to review", "back in review", "publish",
            (State.WITHDRAWN,), publishing.send_back,
        ),
    )
}  # fmt: skip
FURTHEST = timedelta(days=2 * 365)
MOST = 1000


class StepForm(forms.Form):
    """What is asked before a step: which records, when, and the words that go with it."""

    ids = forms.CharField(widget=forms.HiddenInput, required=False)
    when = forms.ChoiceField(
        choices=[("now", "Now"), ("at", "At a time")],
        initial="now",
        required=False,
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(
        label="Time",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(
        label="Public note",
        help_text="Shown where the record stood.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Kept in the history, for editors only.",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not step.has_note:
            del self.fields["note"]
        if not step.may_wait:
            del self.fields["when"], self.fields["at"]
        else:
            self.fields["at"].help_text = f"In the site’s time zone, {settings.TIME_ZONE}."

    def clean_at(self):
        at = self.cleaned_data["at"]
        if self.cleaned_data.get("when") != "at":
            return None
        if at is None:
            raise ValidationError("Give the day and the time.")
        if at <= timezone.now():
            raise ValidationError("This time is past. To publish at once, choose “Now”.")
        if at > timezone.now() + FURTHEST:
            raise ValidationError("This is more than two years away. Is the year right?")
        return at


def named(record: Any) -> str:
    """How the confirmation names `record`: policies and events may have the same number."""
    return f"{record._meta.model_name}-{record.pk}"


def confirmed(request, records: Iterable[Any]) -> list[Any]:
    """Those of `records` that a confirmation names; before one, all of them.

    What came to be among them after the question was asked is left alone.
    """
    if "confirmed" not in request.POST:
        return list(records)
    names = set(request.POST.get("ids", "").split(","))
    return [record for record in records if named(record) in names]


def ask(request, step: Step, chosen: Iterable[Any], *, back: str, context: dict[str, Any]):
    """Ask whether to take `step` with the `chosen` records, and take it when confirmed.

    Neither with more than one request can carry out: then it says how many it can.
    """
    chosen = list(islice(chosen, MOST + 1))
    if len(chosen) > MOST:
        messages.warning(request, f"Choose at most {MOST:,} records at once.")
        return HttpResponseRedirect(request.get_full_path() if "action" in request.POST else back)
    sent = request.POST if "confirmed" in request.POST else None
    ready = [record for record in chosen if step.fits(record)]
    form = StepForm(step, sent, initial={"ids": ",".join(map(named, chosen))})
    if sent is not None and form.is_valid():
        take(request, step, ready, form.cleaned_data)
        return HttpResponseRedirect(back)
    lacks = [(record, missing(record)) for record in ready]
    context |= {
        "title": f"{step.verb}?",
        "step": step,
        "form": form,
        "ready": [(record, words, change_address(record)) for record, words in lacks],
        "incomplete": sum(bool(words) for _, words in lacks),
        "tally": _tally(lacks),
        "skipped": [record for record in chosen if not step.fits(record)],
        "back": back,
    }
    return TemplateResponse(request, "admin/confirm_step.html", context)


def _tally(lacks: list[tuple[Any, list[str]]]) -> list[tuple[str, int]]:
    """What is missing in how many of the records, the most frequent first."""
    named_bodies = " for “"
    return Counter(
        word.partition(named_bodies)[0] for _, words in lacks for word in words
    ).most_common()


def take(request, step: Step, records: Iterable[Any], words: dict[str, Any]) -> None:
    """Take `step` with each record, all in one transaction, and say what came of it."""
    at = words.get("at")
    given = {"note": words["note"]} if step.has_note else {"at": at} if at else {}
    ends = publishing.schedule if at else step.ends
    done, refused = [], []
    with batch():
        for record in sorted(records, key=lambda record: (record._meta.model_name, record.pk)):
            try:
                done.append(ends(record, by=request.user, reason=words["reason"], **given))
            except (publishing.NotAllowed, type(record).DoesNotExist) as refusal:
                refused.append(str(refusal))
    for words_of_refusal in refused:
        messages.error(request, words_of_refusal)
    what = f"to be published on {publishing.in_words(at)}" if at else step.done
    if len(done) == 1:
        messages.success(request, f"“{done[0]}” is {what}.")
    elif done:
        messages.success(request, f"{len(done)} records are {what}.")
