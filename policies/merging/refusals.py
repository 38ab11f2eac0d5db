"""What makes no sense to merge, and what an editor should know before."""

from __future__ import annotations

from typing import Any

from policies.models import CorporateEvent, Policy
from policies.vocabulary import State


class Refused(ValueError):
    """Merging or parting these records makes no sense or is not safe; `reasons` say why."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def refuse_nonsense(kept: Any, gone: Any) -> None:
    """Raise Refused where the two cannot be one."""
    if type(kept) is not type(gone):
        raise Refused("Only two records of one kind can be merged.")
    if kept.pk == gone.pk:
        raise Refused("A record cannot be merged with itself: choose two.")


def refuse_circles(kept: Any, gone: Any, parent: int | None) -> None:
    """Raise Refused where the kept record, below `parent`, would come to stand below itself."""
    between = leads_back(kept, gone, parent)
    if between is not None:
        raise Refused(
            f"“{kept}” would stand below itself, by way of “{between}”. Swap the two, "
            f"choose what it stands below, or give “{between}” another place first."
        )


def leads_back(kept: Any, gone: Any, parent: int | None) -> Any | None:
    """The last record on the way up from `parent` before one of the two; None where none is met."""
    above = dict(type(kept)._base_manager.values_list("pk", "parent_id"))
    at, last, passed = parent, gone.pk, set[int]()
    while at is not None and at not in passed:
        if at in (kept.pk, gone.pk):
            return type(kept)._base_manager.get(pk=last)
        passed.add(at)
        last, at = at, above.get(at)
    return None


def goes_from_the_public(kept: Any, gone: Any) -> bool:
    """Whether readers lose the record that goes, since the kept one is not public."""
    if not isinstance(kept, Policy | CorporateEvent):
        return False
    return gone.is_public and not kept.is_public


def cautions(kept: Any, gone: Any) -> list[str]:
    """What an editor should know before merging these two."""
    if not isinstance(kept, Policy | CorporateEvent):
        return []
    if goes_from_the_public(kept, gone):
        return [
            f"“{gone}” is published and “{kept}” is {kept.get_state_display().lower()}: nothing of "
            "the two will be public, and the published address will answer “not found” until "
            "the kept record is published. Swap the two to keep the published one."
        ]
    found = []
    if kept.is_public and not gone.is_public:
        found.append(
            f"“{gone}” is {gone.get_state_display().lower()}: what it brings is public at once."
        )
    if kept.state == State.WITHDRAWN:
        found.append(f"“{kept}” is withdrawn and stays so.")
    return found
