"""Which documents a saved or deleted row changes.

Covers every way through Django's models: forms, inlines, imports, merges. Only
`update()`, `bulk_create()` and raw SQL pass by; code that uses them says so with
`indexing.touch`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from policies.models import (
    Amount,
    BodyAlias,
    BodySuccession,
    Company,
    CorporateEvent,
    Deadline,
    DroppedTarget,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    PromisedDocument,
    Provision,
    Region,
    Sector,
    SourceLink,
    Target,
    TargetLink,
    Term,
)
from policies.trees import with_descendants

from .indexing import batch, renamed, touch, touch_with_targets
from .kinds import KINDS

# Fields whose change moves other records' values: a place in a tree, an issue's date.
MOVING = {IssuingBody: "parent_id", Sector: "parent_id", Region: "parent_id",
          NewsletterIssue: "published_on"}  # fmt: skip
# By what a row belongs to a record; one that moves changes the record that it leaves, too.
OWNERS = {Target: ("policy_id",), Provision: ("policy_id",), PolicyIssuer: ("policy_id",),
          Amount: ("policy_id", "event_id"), SourceLink: ("policy_id", "event_id"),
          BodyAlias: ("body_id",), Deadline: ("policy_id",), PromisedDocument: ("policy_id",),
          PolicyRelation: ("policy_id", "other_id"), TargetLink: ("later_id", "earlier_id"),
          DroppedTarget: ("target_id",),
          BodySuccession: ("predecessor_id", "successor_id")}  # fmt: skip
# Rows that are part of nothing but the records of one kind that they belong to.
PARTS = {Provision: "policy", PromisedDocument: "policy", PolicyRelation: "policy",
         BodyAlias: "body", BodySuccession: "body", TargetLink: "target",
         DroppedTarget: "target"}  # fmt: skip
# Which records lose a value or a name with what is deleted: their kind and how they name it.
LOSING = {
    Sector: (("policy", "sectors"), ("event", "sectors"), ("term", "sector")),
    Region: (("policy", "regions"), ("event", "regions")),
    Company: (("event", "companies"), ("policy", "answered_by__companies")),
    CorporateEvent: (("company", "events"), ("policy", "answered_by")),
    Policy: (("event", "answers"),),
}
NAMED = {IssuingBody: "body", Company: "company", Term: "term", Sector: "sector"}
RELATIONS = (
    ("policy", Policy.sectors.through),
    ("policy", Policy.regions.through),
    ("event", CorporateEvent.sectors.through),
    ("event", CorporateEvent.regions.through),
    ("event", CorporateEvent.companies.through),
    ("event", CorporateEvent.answers.through),
)


def connect() -> None:
    """Listen to every model that a document is made of."""
    for model in (
        Policy, Target, Provision, PolicyIssuer, Amount, SourceLink, CorporateEvent, IssuingBody,
        BodyAlias, Company, Term, Sector, PolicyRelation, BodySuccession, Deadline,
        PromisedDocument, TargetLink, DroppedTarget,
    ):  # fmt: skip
        post_save.connect(_changed, sender=model, dispatch_uid="search")
        post_delete.connect(_changed, sender=model, dispatch_uid="search")
    for owned in OWNERS:
        pre_save.connect(_before_change, sender=owned, dispatch_uid="search")
    for losing in LOSING:
        pre_delete.connect(_goes, sender=losing, dispatch_uid="search")
        post_delete.connect(_gone, sender=losing, dispatch_uid="search gone")
    for moving in MOVING:
        pre_save.connect(_before_move, sender=moving, dispatch_uid="search")
        post_save.connect(_moved, sender=moving, dispatch_uid="search moved")
    for _, through in RELATIONS:
        m2m_changed.connect(_relation_changed, sender=through, dispatch_uid="search")


def _before_change(sender: Any, instance: Any, **kwargs: Any) -> None:
    rows = sender._base_manager.filter(pk=instance.pk).only(*OWNERS[sender])
    instance._former = rows.first() if instance.pk else None


def _changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    former = getattr(instance, "_former", None)
    with batch():
        _touch(instance)
        if former and any(getattr(former, n) != getattr(instance, n) for n in OWNERS[sender]):
            _touch(former)


def _touch(instance: Any) -> None:
    if isinstance(instance, Policy):
        _touch_policies([instance.pk])
    elif isinstance(instance, CorporateEvent):
        touch("event", [instance.pk])
        touch("company", _keys(Company, events=instance.pk))
        touch_with_targets(_keys(Policy, answered_by=instance.pk))
    elif isinstance(instance, Target):
        touch("target", [instance.pk])
        touch("policy", [instance.policy_id])
    elif isinstance(instance, PolicyIssuer):
        _touch_policies([instance.policy_id])
    elif isinstance(instance, Deadline):
        touch_with_targets([instance.policy_id])
    elif isinstance(instance, Amount | SourceLink):
        touch_with_targets([instance.policy_id])
        touch("event", [instance.event_id])
    elif type(instance) in PARTS:
        kind, owners = PARTS[type(instance)], OWNERS[type(instance)]
        touch(kind, [getattr(instance, name) for name in owners])
    else:
        touch(NAMED[type(instance)], [instance.pk])


def _goes(sender: Any, instance: Any, **kwargs: Any) -> None:
    instance._losing = {
        kind: _keys(KINDS[kind].model, **{path: instance.pk}) for kind, path in LOSING[sender]
    }


def _gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    if sender is Region:
        renamed()
    with batch():
        for kind, keys in instance._losing.items():
            if kind == "policy":
                _touch_policies(keys)
            else:
                touch(kind, keys)


def _before_move(sender: Any, instance: Any, **kwargs: Any) -> None:
    field = MOVING[sender]
    before = sender.objects.filter(pk=instance.pk).values_list(field, flat=True)
    instance._stood = list(before) if instance.pk else []


def _moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    if sender is Region or (sender is NewsletterIssue and instance._stood):
        renamed()
    if not instance._stood:
        return
    if instance._stood == [getattr(instance, MOVING[sender])]:
        return
    with batch():
        if sender is NewsletterIssue:
            _touch_policies(_keys(Policy, issue=instance))
            touch("event", _keys(CorporateEvent, issue=instance))
            return
        below = with_descendants(sender, [instance.slug])
        path = {IssuingBody: "bodies", Sector: "sectors", Region: "regions"}[sender]
        _touch_policies(_keys(Policy, **{f"{path}__in": below}))
        if sender is not IssuingBody:
            touch("event", _keys(CorporateEvent, **{f"{path}__in": below}))
        if sender is Sector:
            touch("term", _keys(Term, sector__in=below))


def _relation_changed(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Iterable[int] | None, **kw: Any
) -> None:
    kind = next(name for name, through in RELATIONS if through is sender)
    owner = Policy if kind == "policy" else CorporateEvent
    if action == "pre_clear":
        path = next(f.name for f in sender._meta.fields if f.related_model is type(instance))
        other = next(f for f in sender._meta.fields if f.is_relation and f.name != path)
        instance._linked = set(
            sender.objects.filter(**{path: instance}).values_list(other.attname, flat=True)
        )
        return
    if not action.startswith("post_"):
        return
    linked = instance._linked if pk_set is None else set(pk_set)
    owners, others = (linked, {instance.pk}) if reverse else ({instance.pk}, linked)
    with batch():
        if owner is Policy:
            _touch_policies(owners)
        else:
            touch("event", owners)
            touch_with_targets(_keys(Policy, answered_by__in=owners))
            if sender is CorporateEvent.companies.through:
                touch("company", others)
            elif sender is CorporateEvent.answers.through:
                touch_with_targets(others)


def _touch_policies(keys: Iterable[int | None]) -> None:
    """Policies, the targets that take their values from them, the events that answer them."""
    known = [key for key in keys if key is not None]
    touch_with_targets(known)
    touch("event", _keys(CorporateEvent, answers__in=known))


def _keys(model: Any, **conditions: Any) -> list[int]:
    return list(model._base_manager.filter(**conditions).values_list("pk", flat=True).distinct())
