"""For each policy the earlier ones that it updates, an editor's answers remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from policies.models import DeclinedFollowUp, Policy, PolicyRelation, Provision, Target
from policies.vocabulary import RelationKind, State

from .candidates import Candidates
from .reasons import FEWEST, Reason, rarities, reason
from .subject import Subject, read_subject

# At most so many are proposed for one policy.
MOST = 5
# The newest records in review, which the index does not hold.
IN_REVIEW = 200
# An address may be that of a list of documents, and stand in many records.
SAME_ADDRESS = 100
READ = (
    "slug", "state", "headline", "title_en", "title_zh", "printed_title_en", "printed_title_zh",
    "document_number", "official_url", "summary", "announced_on", "announced_precision",
    "document_on", "document_precision", "instrument",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An earlier policy, how the new one would stand to it, and the words that led to it."""

    earlier: Policy
    kind: str
    because: str

    @property
    def verb(self) -> str:
        """The relation as it is read between the two."""
        return str(RelationKind(self.kind).label)


def proposed(policy: Policy) -> list[FollowUp]:
    """The earlier policies that `policy` seems to update, the likeliest first."""
    return FollowUps([policy]).of(policy)


class FollowUps:
    """Proposals for several policies: what they share is read once."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._candidates = Candidates()
        self._subjects = _subjects(policies)
        self._related = _related(policies)
        self._declined = _declined(policies)
        self._old = self._read(policies)
        self._rarity = self._rarities()

    def of(self, policy: Policy) -> list[FollowUp]:
        """The proposals for one of the policies."""
        new = self._subjects[policy.pk]
        passed_over = self._declined[policy.pk] | {policy.pk}
        found: list[tuple[Reason, Policy]] = []
        for key, old in self._old.items():
            if key not in passed_over and _is_earlier(old.policy, policy):
                why = reason(new, old, self._rarity)
                if why:
                    found.append((why, old.policy))
        # The batch before, even where it is linked, and none of those before it.
        nearest = max((why.batch for why, _ in found), default=0)
        linked = self._related[policy.pk]
        found = [
            (why, old) for why, old in found if old.pk not in linked and why.batch in (0, nearest)
        ]
        found.sort(key=lambda one: (-one[0].strength, _day(one[1]) is None, -one[1].pk))
        return [FollowUp(old, why.kind, why.because) for why, old in found[:MOST]]

    def _rarities(self) -> dict[str, float]:
        """How much the terms tell that policies share with candidates, or stand near a batch."""
        wanted: set[str] = set()
        for new in self._subjects.values():
            wanted = wanted.union(new.terms, *(near for _, _, near in new.batches))
            for old in self._old.values():
                if len(new.terms & old.terms) >= FEWEST:
                    wanted |= old.terms
                if new.batches:
                    wanted = wanted.union(*(near for _, _, near in old.batches))
        return rarities(self._candidates.frequency(wanted), self._candidates.total)

    def _read(self, policies: Sequence[Policy]) -> dict[int, Subject]:
        """The candidates of all the policies, and the newest records in review."""
        keys: set[int] = set()
        for subject in self._subjects.values():
            keys |= self._candidates.of(subject)
        urls = {policy.official_url for policy in policies if policy.official_url}
        rows = Policy.objects.exclude(state=State.WITHDRAWN).only(*READ)
        found = list(rows.filter(pk__in=keys))
        if urls:
            found += rows.filter(official_url__in=urls).order_by("-pk")[:SAME_ADDRESS]
        found += rows.filter(state=State.IN_REVIEW).order_by("-pk")[:IN_REVIEW]
        return {policy.pk: read_subject(policy) for policy in found}


def _subjects(policies: Sequence[Policy]) -> dict[int, Subject]:
    points: dict[int, list[str]] = defaultdict(list)
    for rows in (Target.objects, Provision.objects):
        told = rows.filter(policy__in=policies).order_by("pk")
        for policy, text in told.values_list("policy_id", "text"):
            points[policy].append(text)
    return {policy.pk: read_subject(policy, points[policy.pk]) for policy in policies}


def _related(policies: Iterable[Policy]) -> dict[int, set[int]]:
    """For each policy, the keys of those that it is related to in either direction."""
    keys = [policy.pk for policy in policies]
    rows = PolicyRelation.objects.filter(Q(policy__in=keys) | Q(other__in=keys))
    related: dict[int, set[int]] = defaultdict(set)
    for one, other in rows.values_list("policy_id", "other_id"):
        related[one].add(other)
        related[other].add(one)
    return related


def _declined(policies: Iterable[Policy]) -> dict[int, set[int]]:
    """For each policy, the keys of those of which an editor said no."""
    rows = DeclinedFollowUp.objects.filter(policy__in=[policy.pk for policy in policies])
    declined: dict[int, set[int]] = defaultdict(set)
    for policy, earlier in rows.values_list("policy_id", "earlier_id"):
        declined[policy].add(earlier)
    return declined


def _is_earlier(old: Policy, new: Policy) -> bool:
    before, day = _day(old), _day(new)
    if before and day and before != day:
        return before < day
    return old.pk < new.pk


def _day(policy: Policy):
    return policy.announced_on or policy.document_on
