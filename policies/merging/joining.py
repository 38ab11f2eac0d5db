"""Makes two records one."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError

from policies.models import Merge
from policies.search.indexing import batch

from .fields import Choices
from .plan import make_plan
from .refusals import Refused
from .rows import label
from .writing import LeftBehind, Writer

TOO_LATE = "somebody tied something to it in this very moment. Please look and try again."
LONGEST_NAME = 500


@batch()
def merge(kept: Any, gone: Any, *, choices: Choices | None = None, by: Any = None) -> Merge:
    """Let `kept` be what both are, and `gone` go; `choices` name the fields that are not kept's.

    A choice is "kept", "gone" or "both" by the name of a part. Nothing is lost: the
    merge holds what it takes to part the two. Raises Refused where it makes no sense.
    """
    kept, gone = _locked(kept, gone)
    plan = make_plan(kept, gone, choices or {})
    names = str(kept), str(gone)
    writer = Writer((label(type(gone)), gone.pk), by=by, reason=f"Merged: “{gone}” is “{kept}”")
    try:
        steps = writer.write(plan.steps)
    except (IntegrityError, LeftBehind) as error:
        raise Refused(f"{names[1]}: {TOO_LATE}") from error
    return Merge.objects.create(
        kind=kept._meta.model_name,
        kept_id=kept.pk,
        gone_id=gone.pk,
        kept_name=names[0][:LONGEST_NAME],
        gone_name=names[1][:LONGEST_NAME],
        undo={"steps": [step.plain() for step in steps]},
        merged_by=by,
    )


def _locked(*records: Any) -> list[Any]:
    """The records as they stand in the database, locked in the order of their keys."""
    model = type(records[0])
    keys = [record.pk for record in records if type(record) is model]
    locked = model._base_manager.select_for_update().order_by("pk").filter(pk__in=keys)
    rows = {row.pk: row for row in locked}
    if len(keys) == len(records) and set(keys) - set(rows):
        raise Refused("One of the two is no longer there: somebody deleted or merged it.")
    return [rows.get(record.pk, record) for record in records]
