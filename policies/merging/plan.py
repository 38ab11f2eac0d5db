"""Reads what merging two records changes, row by row, and changes nothing.

The page before a merge is made from it, and `merge` carries it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from policies.models import FormerSlug, Policy, PolicyIssuer, Provision, Target
from policies.models.slugs import Slugged

from .fields import NOTE, Choices, Part, chosen_values, lines_of, parts
from .folding import Doubles, taken_over
from .links import links, owned, rows_of
from .names import keep_names
from .refusals import Refused, refuse_circles, refuse_nonsense
from .rows import Steps

POINTS = (Target, Provision)


@dataclass(slots=True)
class Plan:
    """What merging `gone` into `kept` changes, and what to say of it."""

    kept: Any
    gone: Any
    parts: list[Part]
    steps: Steps = field(default_factory=Steps)
    moved: dict[Any, int] = field(default_factory=dict)
    folded: list[Any] = field(default_factory=list)
    dropped: list[Any] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    names_taken: list[str] = field(default_factory=list)


def make_plan(kept: Any, gone: Any, choices: Choices) -> Plan:
    """What merging `gone` into `kept` under `choices` changes. Raises Refused."""
    refuse_nonsense(kept, gone)
    plan = Plan(kept, gone, parts(kept, gone))
    values = chosen_values(plan.parts, choices)
    if "parent_id" in values:
        refuse_circles(kept, gone, values["parent_id"])
    _move_all(plan, kept, gone)
    if isinstance(kept, Policy):
        _lead_once(plan)
    _note_the_other_issue(kept, gone, values)
    plan.names, plan.names_taken = keep_names(plan.steps, kept, gone, values)
    _lead_here(plan.steps, gone, kept)
    _check(kept, values)
    plan.steps.change(kept, **values)
    plan.steps.go(gone)
    return plan


def _move_all(plan: Plan, kept: Any, gone: Any) -> None:
    """Let every row that leads to `gone` lead to `kept`."""
    for table, columns in links(type(kept)).items():
        _move_rows(plan, table, columns, (kept, gone))


def _move_rows(plan: Plan, table: Any, columns: list, ends_of: tuple[Any, Any]) -> None:
    (kept, gone), steps = ends_of, plan.steps
    leading = rows_of(table, columns, gone)
    coming = [row for row in leading if row != kept and not steps.is_going(row)]
    if not coming:
        return
    keys = {row.pk for row in coming}
    standing = [row for row in rows_of(table, columns, kept) if row.pk not in keys]
    doubles, ours = Doubles(table, columns, standing), owned(columns)
    place = _places(kept, table, standing) if ours else None
    for row in coming:
        moved = {
            column.attname: kept.pk for column in columns if getattr(row, column.attname) == gone.pk
        }
        standing_row = steps.so_far(row)
        ends = [moved.get(c.attname, getattr(standing_row, c.attname)) for c in columns]
        if len(ends) > 1 and set(ends) == {kept.pk}:
            plan.dropped.append(row)
            steps.go(row)
        elif double := doubles.of(standing_row, moved):
            plan.folded.append(row)
            steps.change(double, **taken_over(double, row, columns))
            _lead_here(steps, row, double)
            _move_all(plan, double, row)
            steps.go(row)
        else:
            steps.change(row, **moved, **(place(row) if place else {}))
            plan.moved[table] = plan.moved.get(table, 0) + 1


def _places(kept: Any, table: Any, standing: list[Any]) -> Any:
    """Gives the place of a row that comes: after all that stands there already."""
    names = {column.name for column in table._meta.concrete_fields}
    if "position" not in names:
        return None
    beside = standing
    if table in POINTS:
        # Targets and provisions are numbered together, as they were printed.
        beside = [row for kind in POINTS for row in kind._base_manager.filter(policy=kept)]
    last = max((row.position for row in beside), default=0)
    if "after_paragraph" not in names:
        return lambda row: {"position": last + row.position}
    end = max((row.after_paragraph for row in beside), default=0)
    return lambda row: {
        "position": last + row.position,
        "after_paragraph": max(end, row.after_paragraph),
    }


def _lead_once(plan: Plan) -> None:
    """One body leads at most: the kept record's, where it has one."""
    own = PolicyIssuer.objects.filter(policy=plan.kept)
    if not any(row.is_lead for row in own):
        return
    leading = {row.pk for row in own if row.is_lead}
    for row in [*own, *PolicyIssuer.objects.filter(policy=plan.gone)]:
        step = plan.steps.found.get(("policies.policyissuer", row.pk))
        if step and step.after is not None and row.pk not in leading:
            step.after.pop("is_lead", None)
            step.before.pop("is_lead", None)  # type: ignore[union-attr]
            if row.is_lead:
                plan.steps.change(row, is_lead=False)


def _lead_here(steps: Steps, goes: Any, stays: Any) -> None:
    """The addresses of a record that goes lead to the one that stays."""
    if not isinstance(goes, Slugged):
        return
    kind = goes._meta.model_name or ""
    known = FormerSlug.objects.filter(kind=kind)
    for former in known.filter(record_id=goes.pk).exclude(slug=goes.slug):
        steps.change(former, record_id=stays.pk)
    same = known.filter(slug=goes.slug).first()
    if same is None:
        steps.come(FormerSlug, kind=kind, slug=goes.slug, record_id=stays.pk)
    else:
        steps.change(same, record_id=stays.pk)


def _note_the_other_issue(kept: Any, gone: Any, values: dict[str, Any]) -> None:
    """Where both were reported, the editors' note keeps the place that the fields cannot hold."""
    if "issue_id" not in values:
        return
    for record in (kept, gone):
        here = (record.issue_id, record.first_line)
        if record.issue_id and here != (values["issue_id"], values["first_line"]):
            line = f"Also reported in {record.issue}{lines_of(record)}."
            if line not in values[NOTE]:
                values[NOTE] = "\n\n".join(filter(None, [values[NOTE], line]))


def _check(kept: Any, values: dict[str, Any]) -> None:
    """Raise Refused where the kept record could not be saved with `values`."""
    before = {name: getattr(kept, name) for name in values}
    changed = {name for name in values if values[name] != before[name]}
    try:
        _set(kept, values)
        same = [c.name for c in kept._meta.concrete_fields if c.attname not in changed]
        kept.clean_fields(exclude=same)
        kept.clean()
        kept.validate_constraints(exclude=["slug"])
    except ValidationError as error:
        raise Refused(*_said(error)) from error
    finally:
        _set(kept, before)


def _set(record: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _said(error: ValidationError) -> Iterable[str]:
    return [str(message) for message in error.messages]
