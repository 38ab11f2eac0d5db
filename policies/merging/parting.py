"""Parts two records that were merged: each row back to what it was before.

What somebody changed since is not overwritten. It is named first, and stays as it
is when an editor parts the two all the same. Where the record that went cannot
come back, or a later merge stands on this one, parting is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from policies.models import Merge
from policies.search.indexing import batch

from .links import unique_sets
from .refusals import Refused
from .rows import Step, as_plain, column_of, columns, kept_values, label, stamps
from .words import named, shown
from .writing import Writer


@dataclass(slots=True)
class Parting:
    """What takes a merge back, what stays as it was changed since, and what forbids it."""

    steps: list[Step] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    forbids: list[str] = field(default_factory=list)


@batch()
def part(merge: Merge, *, by: Any = None, anyway: bool = False) -> Merge:
    """Part the two records of `merge` again. Raises Refused with the reasons.

    With `anyway`, what was changed since stays as it is; without, it is a reason.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    parting = look(merge)
    if parting.forbids or (parting.stays and not anyway):
        raise Refused(*parting.forbids, *parting.stays)
    reason = f"Parted: “{merge.gone_name}” is not “{merge.kept_name}”"
    model = _model_of(merge)
    Writer((label(model), merge.gone_id), by=by, reason=reason).write(parting.steps)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    return merge


def look(merge: Merge) -> Parting:
    """What parting the two of `merge` would change, and what stands in the way; changes nothing."""
    parting = Parting()
    if merge.undone_at is not None:
        parting.forbids.append("This merge is undone already.")
        return parting
    model = _model_of(merge)
    if not model._base_manager.filter(pk=merge.kept_id).exists():
        parting.forbids.append(_where_it_went(merge))
        return parting
    parting.forbids += [
        f"A later merge stands on this one: undo “{later}” first." for later in _on_top(merge)
    ]
    steps = [Step(**step).turned() for step in merge.undo["steps"]]
    Look(merge, steps, parting).at_all()
    return parting


def _model_of(merge: Merge) -> Any:
    return apps.get_model("policies", merge.kind)


def _on_top(merge: Merge) -> list[Merge]:
    """Later merges, not parted, that took in or took away the same kept record."""
    same = Q(kept_id=merge.kept_id) | Q(gone_id=merge.kept_id)
    return list(_later(merge).filter(same, kind=merge.kind))


def _later(merge: Merge):
    return Merge.objects.filter(undone_at=None, pk__gt=merge.pk).order_by("-pk")


def _where_it_went(merge: Merge) -> str:
    taken = _later(merge).filter(kind=merge.kind, gone_id=merge.kept_id).first()
    if taken is not None:
        return f"“{merge.kept_name}” was itself merged: undo “{taken}” first."
    return f"“{merge.kept_name}” was deleted since, with all that was moved to it."


class Look:
    """Compares what stands with what the merge left, row by row."""

    def __init__(self, merge: Merge, steps: list[Step], parting: Parting) -> None:
        self._merge = merge
        self._steps = steps
        self._parting = parting
        self._record = (label(_model_of(merge)), merge.gone_id)
        self._rows = _standing(steps)
        self._returning = {step.place for step in steps if step.before is None}
        self._steps_by_place = {step.place: step for step in steps}

    def at_all(self) -> None:
        """Sort every step into what is done, what stays and what forbids."""
        for step in self._steps:
            row = self._rows.get(step.place)
            if step.before is None:
                self._comes(step)
            elif row is None:
                self._is_gone(step)
            elif step.after is None:
                self._goes(step, row)
            else:
                self._changes(step, row)

    def _comes(self, step: Step) -> None:
        reasons = [*self._lost_ends(step), *self._taken(step)]
        if not reasons:
            self._parting.steps.append(step)
        elif step.place == self._record:
            self._parting.forbids += reasons
        else:
            self._stays(step, *reasons)

    def _is_gone(self, step: Step) -> None:
        if step.after is not None and step.after.keys() - set(stamps(step.table)):
            self._stays(step, f"{named(step, None)} was removed since and stays so.")

    def _goes(self, step: Step, row: Any) -> None:
        changed = [
            name for name in _differing(row, step.before or {}) if name not in stamps(step.table)
        ]
        if changed:
            self._stays(step, f"{named(step, row)} was changed since and stays.")
        else:
            self._parting.steps.append(step)

    def _changes(self, step: Step, row: Any) -> None:
        changed = _differing(row, step.before or {})
        back = {name: value for name, value in (step.after or {}).items() if name not in changed}
        told = [name for name in changed if name not in stamps(step.table)]
        for name in told:
            words = shown(row, name)
            self._stays(step, f"{named(step, row)}: {words} was changed since and stays.")
        if told and not back.keys() - set(stamps(step.table)):
            back = {}
        self._parting.steps.append(Step(step.model, step.key, step.before, back))

    def _stays(self, step: Step, *reasons: str) -> None:
        """Something stays as it is; a later merge that made it so has to be parted first."""
        maker = next((m for m in _later(self._merge) if step.place in _places(m)), None)
        self._forbid(maker)
        if maker is None:
            self._parting.stays += reasons

    def _forbid(self, later: Merge | None) -> None:
        text = f"Another merge changed the same: undo “{later}” first."
        if later is not None and text not in self._parting.forbids:
            self._parting.forbids.append(text)

    def _lost_ends(self, step: Step) -> list[str]:
        """Records that the row that comes back leads to and that are no longer there."""
        lost = []
        for column in columns(step.table):
            key = (step.after or {}).get(column.attname)
            if not column.is_relation or key is None:
                continue
            there: Any = column.related_model
            if (label(there), int(key)) in self._returning:
                continue
            if there._base_manager.filter(pk=key).exists():
                continue
            merges = Merge.objects.filter(undone_at=None, kind=there._meta.model_name)
            self._forbid(merges.filter(gone_id=key).first())
            lost.append(
                f"{named(step, None)} cannot come back: its {column.verbose_name} is no "
                "longer there."
            )
        return lost

    def _taken(self, step: Step) -> list[str]:
        """Rows that have come to stand where the row that comes back stood."""
        values, taken = kept_values(step.table, step.after or {}), []
        for names in unique_sets(step.table):
            if any(values[name] is None for name in names):
                continue
            others = step.table._base_manager.filter(**{name: values[name] for name in names})
            for other in others:
                if not self._makes_room(step, other, names):
                    said = ", ".join(str(values[name]) for name in names)
                    taken.append(
                        f"{named(step, None)} cannot come back: “{other}” has taken its place "
                        f"({said}) since. Change that first."
                    )
        return taken

    def _makes_room(self, step: Step, other: Any, names: tuple[str, ...]) -> bool:
        """Whether `other` goes, or is itself put back to other values of these columns."""
        back = self._steps_by_place.get((step.model, other.pk))
        return back is not None and (back.after is None or bool(back.after.keys() & set(names)))


def _standing(steps: list[Step]) -> dict[tuple[str, int | None], Any]:
    """The rows of `steps` that are there, by place."""
    found: dict[tuple[str, int | None], Any] = {}
    for name in {step.model for step in steps}:
        keys = [step.key for step in steps if step.model == name]
        rows = apps.get_model(name)._base_manager
        for start in range(0, len(keys), 500):
            for key, row in rows.in_bulk(keys[start : start + 500]).items():
                found[name, key] = row
    return found


def _differing(row: Any, values: dict[str, Any]) -> list[str]:
    """The columns in which `row` is not as `values` say."""
    return [
        name
        for name, value in values.items()
        if as_plain(column_of(type(row), name), getattr(row, name)) != value
    ]


def _places(merge: Merge) -> set[tuple[str, int | None]]:
    return {(step["model"], step["key"]) for step in merge.undo["steps"]}
