"""New records that may be in the tracker already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from policies.models import CorporateEvent, Policy

# Two Chinese titles that differ in at most so many characters may be one document's.
TITLE_SLIPS = 2
# A title shorter than this is too short for a slip to be a sign of anything.
SHORTEST_TITLE = 8


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A new policy, the earlier one that it is like, and in what."""

    policy: Policy
    earlier: Policy
    same: str

    def __str__(self) -> str:
        return f"“{self.policy}” has the same {self.same} as “{self.earlier}”"


def likely_duplicates(added: Iterable[Policy | CorporateEvent]) -> list[Duplicate]:
    """The policies of `added` that share number, link or nearly the title with another one."""
    new = [record for record in added if isinstance(record, Policy)]
    if not new:
        return []
    others = list(
        Policy.objects.only("title_zh", "printed_title_zh", "document_number", "official_url")
    )
    found, seen = [], set()
    for policy in new:
        for other in others:
            same = _sameness(policy, other)
            if same and other.pk != policy.pk and (other.pk, policy.pk) not in seen:
                seen.add((policy.pk, other.pk))
                found.append(Duplicate(policy, other, same))
    return found


def _sameness(policy: Policy, other: Policy) -> str:
    if policy.document_number and policy.document_number == other.document_number:
        return "document number"
    if policy.official_url and policy.official_url == other.official_url:
        return "official link"
    titles = {other.title_zh, other.printed_title_zh}
    if len(policy.title_zh) >= SHORTEST_TITLE and any(
        Levenshtein.distance(policy.title_zh, title, score_cutoff=TITLE_SLIPS) <= TITLE_SLIPS
        for title in titles
        if title
    ):
        return "Chinese title"
    return ""
