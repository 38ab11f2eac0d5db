"""Versions of records whose many-to-many fields may be set from either end.

django-simple-history takes the record at which a relation was set for the one that
has the history. Set from the other end, as in `sector.policies.add(policy)`, that is
the sector, and it fails. Here the policies get their versions.
"""

from __future__ import annotations

from typing import Any

from simple_history.models import HistoricalRecords

ENDS = ("post_add", "post_remove", "post_clear")
TOLD = ("_history_user", "_change_reason", "_history_date")


class TwoSidedRecords(HistoricalRecords):
    """Keeps a version of each record whose relations change, whichever end changes them.

    Who and why are read from the record at which the relation is set.
    """

    def m2m_changed(self, instance, action, attr, pk_set, reverse, **given):
        if not reverse:
            super().m2m_changed(instance, action, attr, pk_set, reverse, **given)
            return
        owners = given["model"]._base_manager
        if action == "pre_clear":
            linked = owners.filter(**{attr: instance})
            instance._was_linked = set(linked.values_list("pk", flat=True))
            return
        if action not in ENDS:
            return
        keys = instance._was_linked if pk_set is None else pk_set
        for owner in owners.filter(pk__in=keys):
            self._keep(owner, told_by=instance)

    def _keep(self, owner: Any, *, told_by: Any) -> None:
        for name in TOLD:
            if hasattr(told_by, name):
                setattr(owner, name, getattr(told_by, name))
        self.create_historical_record(owner, "~")
