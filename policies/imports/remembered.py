"""Which records of other issues the items of a corrected file went into before.

The imports of an issue keep what was decided. An item that is like one that was merged
then is offered the same record again, so that a correction makes no second one.
"""

from __future__ import annotations

from collections.abc import Iterable

from policies.intake.likeness import likeness, said_by_item
from policies.intake.pairing import LIKE, item_key
from policies.models import IssueImport, Merge, NewsletterIssue, Policy
from policies.newsletter import Item
from policies.vocabulary import ImportState

from .choices import Choices
from .reading import parsed


def merged_before(items: Iterable[Item], issue: NewsletterIssue | None) -> dict[str, int]:
    """By item, the key of the policy that an earlier version of it was merged into."""
    if issue is None:
        return {}
    found: dict[str, int] = {}
    waiting = list(items)
    for earlier, policy in _merges(issue):
        alike = [
            (likeness(said_by_item(item), said_by_item(earlier)), item)
            for item in waiting
            if item.section == earlier.section
        ]
        strength, item = max(alike, key=lambda one: one[0], default=(0.0, earlier))
        if strength >= LIKE:
            waiting.remove(item)
            found[item_key(item)] = policy
    moved = Merge.objects.where_gone("policy", found.values()) if found else {}
    found = {key: moved.get(policy, policy) for key, policy in found.items()}
    here = set(Policy.objects.filter(pk__in=found.values()).values_list("pk", flat=True))
    return {key: policy for key, policy in found.items() if policy in here}


def _merges(issue: NewsletterIssue) -> Iterable[tuple[Item, int]]:
    """The items of stored imports that went into other records, the latest import first."""
    stored = IssueImport.objects.filter(issue=issue, state=ImportState.STORED)
    for key, kept in stored.order_by("-stored_at", "-pk").values_list("pk", "choices"):
        into = {name: one.into for name, one in Choices.of(kept).items.items()}
        if any(into.values()):
            text = IssueImport.objects.values_list("text", flat=True).get(pk=key)
            for item in parsed(text).items:
                policy = into.get(item_key(item))
                if policy is not None:
                    yield item, policy
