"""From when until when a policy applies, as far as that is known.

It applies from the day that it names. Where it names none but its legal status
is “in force”, from the date of the document, else from when it was announced. Of
a draft or proposal no day is known, nor of what is repealed or expired without
a date. Once another policy that replaces it applies, nobody can tell whether it still does,
unless it names its own last day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from policies.languages import dated
from policies.newsletter.dates import PreciseDate
from policies.vocabulary import Instrument, LegalStatus

NEVER = {LegalStatus.DRAFT, LegalStatus.EXPERT_PROPOSAL}
ENDED = {LegalStatus.REPEALED, LegalStatus.EXPIRED}


def applies_from(policy: Any) -> PreciseDate | None:
    """Since when a policy applies or will apply; None where that, or its end, is not known."""
    status = policy.legal_status
    if status in NEVER or (status in ENDED and policy.expires is None):
        return None
    if policy.effective is not None:
        return policy.effective
    if status == LegalStatus.IN_FORCE:
        return policy.document or policy.announced
    return None


def may_apply(policy: Any) -> bool:
    """Whether a policy is no mere draft or proposal."""
    return policy.legal_status not in NEVER


def is_draft(policy: Any) -> bool:
    """Whether a policy is the draft of one."""
    return policy.legal_status == LegalStatus.DRAFT or policy.instrument == Instrument.DRAFT


def takes_over(policy: Any) -> PreciseDate | None:
    """Since when a policy stands in the place of what it replaces: since it applies or was known.

    None for a draft, which replaces nothing yet, and where no date is known.
    """
    return None if is_draft(policy) else policy.effective or policy.announced or policy.document


def last_sure_day(policy: Any, successors: Iterable[Any]) -> date | None:
    """The day until which a policy surely applies; None where nothing is known to end it.

    `successors` are the public policies that replace it.
    """
    if policy.expires is not None:
        return policy.expires.start
    days = [known.start for one in successors if (known := takes_over(one))]
    return min(days) - timedelta(days=1) if days else None


def outlives_its_end(policy: Any, today: date) -> bool:
    """Whether the legal status still says “in force” though the last day has passed."""
    is_over = policy.expires is not None and policy.expires.value < today
    return is_over and policy.legal_status == LegalStatus.IN_FORCE


def status_in_words(policy: Any, today: date) -> str:
    """The legal status; where the last day contradicts it, as what was recorded last."""
    said = policy.get_legal_status_display()
    if outlives_its_end(policy, today):
        return gettext("%(status)s (as last recorded)") % {"status": said}
    return said


def in_words(policy: Any, today: date) -> str:
    """Whether a policy applies on a day, and since when; empty where it is not known."""
    start, end = applies_from(policy), policy.expires
    if start is None:
        return ""
    days = {"start": dated(start), "end": dated(end)}
    if end is not None and end.value < today:
        return gettext("Was in force from %(start)s until %(end)s") % days
    if start.value > today and end is not None:
        return gettext("Will be in force from %(start)s until %(end)s") % days
    if start.value > today:
        return gettext("Will be in force from %(start)s") % days
    until = gettext("In force since %(start)s, until %(end)s")
    said = (until if end else gettext("In force since %(start)s")) % days
    if policy.effective is not None:
        return said
    if policy.document:
        return gettext("%(said)s, by the date of the document") % {"said": said}
    return gettext("%(said)s, by the date of the announcement") % {"said": said}
