"""The dates of records that calendars show, each as exact as it is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from policies.models import CorporateEvent, Policy, Target
from policies.newsletter.dates import PreciseDate
from policies.vocabulary import DateKind

# What `dates_of` reads of each kind of record.
READ: dict[Any, tuple[str, ...]] = {
    Policy: ("deadlines", "targets"),
    Target: ("policy",),
    CorporateEvent: (),
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: what happens then, the day or period, and the record whose page tells more.

    `key` names it for good, `kind` is a `DateKind` or "happened", `text` says what for.
    """

    key: str
    kind: str
    label: str
    when: PreciseDate
    record: Any
    text: str = ""


def dates_of(record: Any, kinds: Collection[str] = DateKind.values) -> Iterator[Dated]:
    """The dates of a policy with its targets and deadlines, of a target, or of an event.

    Those of a policy can be of some `kinds` only; what others take is not read.
    """
    if isinstance(record, Policy):
        yield from _policy(record, kinds)
    elif isinstance(record, Target):
        yield from _target(record)
    elif record.happened:
        label = str(record.get_kind_display())
        yield Dated(f"event-{record.pk}-happened", "happened", label, record.happened, record)


def _policy(policy: Policy, kinds: Collection[str]) -> Iterator[Dated]:
    for kind, when in ((DateKind.EFFECTIVE, policy.effective), (DateKind.EXPIRES, policy.expires)):
        if when and kind in kinds:
            yield Dated(f"policy-{policy.pk}-{kind}", kind, str(kind.label), when, policy)
    for row in policy.deadlines.all() if DateKind.DEADLINE in kinds else ():
        key, label = f"policy-{policy.pk}-deadline-{row.pk}", str(row.get_kind_display())
        yield Dated(key, DateKind.DEADLINE, label, row.closes, policy, row.text)
    for target in policy.targets.all() if DateKind.DUE in kinds else ():
        yield from _target(target)


def _target(target: Target) -> Iterator[Dated]:
    if target.due:
        key, label = f"target-{target.pk}-due", str(DateKind.DUE.label)
        yield Dated(key, DateKind.DUE, label, target.due, target, target.metric or target.text)
