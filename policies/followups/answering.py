"""What an editor answers to a proposal: a relation, or a no that is remembered."""

from __future__ import annotations

from typing import Any

from policies.models import DeclinedFollowUp, Policy, PolicyRelation
from policies.search.indexing import batch

from .proposing import FollowUp

# As much as the history keeps of a reason.
LONGEST_REASON = 100


def link(policy: Policy, found: FollowUp, *, by: Any) -> PolicyRelation:
    """Relate `policy` to the earlier one as proposed; the history says who did it and why."""
    with batch():
        here = PolicyRelation.objects.filter(policy=policy, other=found.earlier, kind=found.kind)
        relation = here.first()
        if relation is None:
            relation = PolicyRelation(policy=policy, other=found.earlier, kind=found.kind)
            relation._history_user = by  # type: ignore[attr-defined]
            reason = f"Proposed follow-up: {found.because}"
            relation._change_reason = reason[:LONGEST_REASON]  # type: ignore[attr-defined]
            relation.full_clean()
            relation.save()
    return relation


def decline(policy: Policy, earlier: Policy, *, by: Any) -> DeclinedFollowUp:
    """Remember that `policy` does not update `earlier`."""
    declined, _ = DeclinedFollowUp.objects.get_or_create(
        policy=policy, earlier=earlier, defaults={"declined_by": by}
    )
    return declined


def ask_again(policy: Policy, earlier: Policy) -> None:
    """Forget a no, so that the pair is proposed again."""
    DeclinedFollowUp.objects.filter(policy=policy, earlier=earlier).delete()
