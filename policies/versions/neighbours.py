"""Policies that come or go, as records that name them have it.

Whose relation leads to a policy shows it as long as that policy is public. That it
becomes public or is withdrawn corrects none of them: their last versions are brought up
to date as they stand. Who reads a version leaves out what was not public at its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policies.models import CorporateEvent, Policy, PublicVersion
from policies.records import public_records
from policies.search.store import chunks
from policies.vocabulary import VersionKind

from .kinds import KEPT, Kept
from .latest import CHUNK, latest

# How records name policies: the field of their versions, and the way from the model.
NAMING: tuple[tuple[str, str, Any, str], ...] = (
    ("policy", "relations", Policy, "relations__other__in"),
    ("policy", "promises", Policy, "promises__fulfilled_by__in"),
    ("event", "answers", CorporateEvent, "answers__in"),
)


def bring_up_to_date(policies: Iterable[int]) -> None:
    """Change the last versions of all that names those of `policies` that came or went."""
    kept = KEPT["policy"]
    for keys in chunks(sorted(policies), CHUNK):
        public = set(kept.public().filter(pk__in=keys).values_list("pk", flat=True))
        told = {
            key for key, row in latest(kept, keys).items() if row.change != VersionKind.WITHDRAWN
        }
        if turned := public ^ told:
            for name, field, model, path in NAMING:
                # By keys, so that no database begins with all that is public.
                named = model._base_manager.filter(**{path: turned}).order_by()
                if naming := set(named.values_list("pk", flat=True)):
                    _renew(KEPT[name], field, model.objects.published().filter(pk__in=naming))


def _renew(kept: Kept, field: str, naming: Any) -> None:
    records = list(naming.order_by("pk"))
    last = latest(kept, [record.pk for record in records])
    changed = []
    for record, state in zip(records, public_records(records), strict=True):
        version = last.get(record.pk)
        if version is not None and version.fields.get(field, []) != state[field]:
            version.fields[field] = state[field]
            changed.append(version)
    PublicVersion.objects.bulk_update(changed, ["fields"], batch_size=100)
