"""New records that may be in the tracker already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from policies.models import CorporateEvent, Policy

from .titles import SHORTEST_TITLE, TITLE_SLIPS, is_same_title


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A new policy, the earlier one that it is like, and in what."""

    policy: Policy
    earlier: Policy
    same: str

    def __str__(self) -> str:
        return f"“{self.policy}” has the same {self.same} as “{self.earlier}”"


class Known:
    """What the policies that are here are told by; one query when made, none afterwards."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int]] = defaultdict(set)
        self._links: dict[str, set[int]] = defaultdict(set)
        self._titles: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        rows = Policy.objects.order_by("pk").values_list(
            "pk", "document_number", "official_url", "title_zh", "printed_title_zh"
        )
        for key, number, link, *titles in rows:
            self._numbers[number].add(key)
            self._links[link].add(key)
            for title in titles:
                self._titles[len(title)][title].add(key)

    def like(self, *, number: str, link: str, title_zh: str) -> dict[int, str]:
        """The keys of policies that share the number, the link or nearly the title, and which."""
        found: dict[int, str] = {}
        if len(title_zh) >= SHORTEST_TITLE:
            for length in range(len(title_zh) - TITLE_SLIPS, len(title_zh) + TITLE_SLIPS + 1):
                for title, keys in self._titles.get(length, {}).items():
                    if is_same_title(title_zh, title):
                        found |= dict.fromkeys(keys, "Chinese title")
        if link:
            found |= dict.fromkeys(self._links.get(link, ()), "official link")
        if number:
            found |= dict.fromkeys(self._numbers.get(number, ()), "document number")
        return found


def likely_duplicates(added: Iterable[Policy | CorporateEvent]) -> list[Duplicate]:
    """The policies of `added` that share number, link or nearly the title with another one."""
    new = [record for record in added if isinstance(record, Policy)]
    if not new:
        return []
    known = Known()
    pairs: dict[tuple[int, int], str] = {}
    for policy in new:
        alike = known.like(
            number=policy.document_number, link=policy.official_url, title_zh=policy.title_zh
        )
        for key, same in sorted(alike.items()):
            if key != policy.pk and (key, policy.pk) not in pairs:
                pairs[policy.pk, key] = same
    by_key = {policy.pk: policy for policy in new}
    by_key |= Policy.objects.in_bulk([key for _, key in pairs if key not in by_key])
    return [Duplicate(by_key[one], by_key[other], same) for (one, other), same in pairs.items()]
