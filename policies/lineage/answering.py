"""What an editor answers to a proposal: a link, a target that was dropped, or a no."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from policies.models import DeclinedTargetLink, DroppedTarget, Policy, Target, TargetLink
from policies.search.indexing import batch

# As much as the history keeps of a reason.
LONGEST_REASON = 100


def link(*, earlier: Target, later: Target, by: Any, because: str = "") -> TargetLink:
    """Say that both measure the same; the history says who did it and why."""
    with batch():
        found = TargetLink.objects.filter(later=later, earlier=earlier).first()
        if found is None:
            found = TargetLink(later=later, earlier=earlier)
            _signed(found, by, because and f"Proposed: {because}")
            found.full_clean()
            found.save()
    return found


def unlink(found: TargetLink, *, by: Any) -> None:
    """Take a link back."""
    with batch():
        _signed(found, by).delete()


def drop(target: Target, policy: Policy, *, by: Any) -> DroppedTarget:
    """Say that a later document no longer names `target`."""
    with batch():
        found = DroppedTarget.objects.filter(target=target, policy=policy).first()
        if found is None:
            found = DroppedTarget(target=target, policy=policy)
            _signed(found, by).full_clean()
            found.save()
    return found


def take_back(found: DroppedTarget, *, by: Any) -> None:
    """Take back that a target was dropped."""
    with batch():
        _signed(found, by).delete()


def decline(target: Target, other: Target, *, by: Any) -> DeclinedTargetLink:
    """Remember that the two do not measure the same."""
    found = DeclinedTargetLink.objects.filter(between(target, other)).first()
    return found or DeclinedTargetLink.objects.create(target=target, other=other, declined_by=by)


def ask_again(target: Target, other: Target) -> None:
    """Forget a no, so that the two are proposed again."""
    DeclinedTargetLink.objects.filter(between(target, other)).delete()


def between(target: Target, other: Target) -> Q:
    """A no about these two, whichever of them it was said of."""
    return Q(target=target, other=other) | Q(target=other, other=target)


def _signed(row: Any, by: Any, reason: str = "") -> Any:
    row._history_user = by
    if reason:
        row._change_reason = reason[:LONGEST_REASON]
    return row
