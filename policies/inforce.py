"""From when until when a policy applies, as far as that is known.

It applies from the day that it names. Where it names none but its legal status
is “in force”, from the date of the document, else from when it was announced. Of
a draft or proposal no day is known, nor of what is repealed or expired without
a date.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from policies.newsletter.dates import PreciseDate
from policies.vocabulary import LegalStatus

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


def in_words(policy: Any, today: date) -> str:
    """Whether a policy applies on a day, and since when; empty where it is not known."""
    start, end = applies_from(policy), policy.expires
    if start is None:
        return ""
    if end is not None and end.value < today:
        return f"Was in force from {start} until {end}"
    if start.value > today:
        return f"Will be in force from {start}" + (f" until {end}" if end else "")
    said = f"In force since {start}" + (f", until {end}" if end else "")
    if policy.effective is None:
        return f"{said}, by the date of the {'document' if policy.document else 'announcement'}"
    return said
