"""A policy's life: promised, drafted, issued, announced, in effect, changed, replaced, expired.

Each step has a date as exact as it is known, and the document that took it where that
is another one. Whether the policy applies today is said by `inforce`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from policies.chains import Kin, since
from policies.inforce import ENDED, is_draft, takes_over
from policies.newsletter.dates import PreciseDate
from policies.vocabulary import LegalStatus, RelationKind

# What becomes of a policy by the relation of another one to it.
DONE = {
    RelationKind.AMENDS: lambda: _("Amended"),
    RelationKind.NEW_VERSION: lambda: _("New version"),
    RelationKind.REPLACES: lambda: _("Replaced"),
}
# The relations by which a document comes from its draft.
FROM_DRAFT = {RelationKind.NEW_VERSION, RelationKind.REPLACES, RelationKind.FOLLOWS_UP}


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, when, and by which other policy; `is_ahead` while it is yet to come."""

    what: str
    on: PreciseDate | None
    by: Any = None
    is_ahead: bool = False


def life_of(policy: Any, kin: Kin, today: date) -> list[Step]:
    """The steps of a policy's life in order of time; those without a date last."""
    before = [*_promised(kin), *_drafted(kin)]
    early = sorted(before, key=lambda step: (_known(step) and step.on.start) or date.max)  # type: ignore[union-attr]
    own = sorted([*_own(policy), *_changed(kin), *_ended(policy, today)], key=_when)
    return [
        Step(step.what, step.on, step.by, step.on is not None and step.on.value > today)
        for step in (*early, *own)
    ]


def outlives_its_successor(policy: Any, kin: Kin, today: date) -> bool:
    """Whether nothing recorded ended a policy though another one has replaced it.

    What is said of it then holds as last recorded only.
    """
    if policy.expires is not None or policy.legal_status in ENDED:
        return False
    rows = (row for row in kin.related_from if row.kind == RelationKind.REPLACES)
    replacing = (takes_over(row.policy) for row in rows)
    return any(known is not None and known.value <= today for known in replacing)


def _known(step: Step) -> bool:
    return step.on is not None


def _when(step: Step) -> tuple[bool, date]:
    return (step.on is None, step.on.value if step.on else date.max)


def _promised(kin: Kin) -> Iterator[Step]:
    for by in dict.fromkeys(promise.policy for promise in kin.kept):
        yield Step(_("Promised"), since(by), by)


def _drafted(kin: Kin) -> Iterator[Step]:
    for row in kin.relations:
        if row.kind in FROM_DRAFT and is_draft(row.other):
            yield Step(_("Drafted"), since(row.other), row.other)


def _own(policy: Any) -> Iterable[Step]:
    drafted = is_draft(policy)
    steps = (
        (_("Draft dated") if drafted else _("Issued"), policy.document),
        (_("Draft published") if drafted else pgettext("step", "Announced"), policy.announced),
        (_("In effect"), policy.effective),
    )
    return [Step(what, on) for what, on in steps if on is not None]


def _changed(kin: Kin) -> Iterator[Step]:
    for row in kin.related_from:
        if row.kind not in DONE:
            continue
        what = _("Change drafted") if is_draft(row.policy) else DONE[RelationKind(row.kind)]()
        yield Step(what, since(row.policy), row.policy)


def _ended(policy: Any, today: date) -> Iterator[Step]:
    is_repealed = policy.legal_status == LegalStatus.REPEALED
    if policy.expires is not None:
        what = pgettext("step", "Expires") if policy.expires.value >= today else _("Expired")
        yield Step(_("Repealed") if is_repealed else what, policy.expires)
    elif policy.legal_status in ENDED:
        yield Step(_("Repealed") if is_repealed else _("Expired"), None)
