"""What others changed while a form was open, in words: who, when, from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst

from .forms import possible_keys
from .history import DIFFERENCE, NAMES
from .rebasing import is_kept
from .snapshots import Sent, Snapshot, Values, own_names

NOTHING = "none"
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed something, and when, as far as that is on record."""

    name: str = "somebody"
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that somebody else changed; in a clash the editor changed it too."""

    label: str
    anchor: str
    old: str
    new: str
    mine: str
    is_clash: bool
    author: Author
    whole: str = ""


class Teller:
    """Finds the words for values, and the authors of changes since a form was opened."""

    def __init__(self, model: Any, key: Any, since: str, viewer: Any) -> None:
        self.model, self.key, self.viewer = model, key, viewer
        self.since = datetime.fromisoformat(since) if since else None
        self._read: dict[tuple[Any, Any], list[Any]] = {}

    def words(self, field: forms.Field, value: Any) -> str:
        """A value of a snapshot as an editor reads it."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(field, forms.ModelChoiceField):
            keys = possible_keys(value if isinstance(value, list) else [value])
            found = field.queryset.filter(pk__in=keys) if keys and field.queryset else []
            return ", ".join(sorted(map(str, found))) or NOTHING
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices
            return str(dict(choices).get(value, value)) or NOTHING
        return str(value) or NOTHING

    def author(self, model: Any, key: Any, name: str = "") -> Author:
        """Who changed the field `name` last since the form was opened."""
        versions = self._versions(model, key)
        if not versions:
            return self._logged()
        column = next((f.attname for f in model._meta.concrete_fields if f.name == name), "")
        for newer, older in pairwise(versions):
            if column and getattr(newer, column, None) != getattr(older, column, None):
                return self._by(newer.history_user, newer.history_date)
        return self._by(versions[0].history_user, versions[0].history_date)

    def deleted(self) -> Author:
        """Who deleted the record itself."""
        versions = self._versions(self.model, self.key)
        if versions and versions[0].history_type == "-":
            return self._by(versions[0].history_user, versions[0].history_date)
        return self._logged(action_flag=DELETION)

    def _versions(self, model: Any, key: Any) -> list[Any]:
        """The versions since the form was opened, newest first, and the one before them."""
        if not hasattr(model, "history"):
            return []
        if (model, key) not in self._read:
            kept = model.history.filter(id=key).select_related("history_user")
            newest = list(kept.order_by("-history_date", "-history_id")[:LOOKED_AT])
            since = [row for row in newest if self.since and row.history_date > self.since]
            self._read[model, key] = newest[: len(since) + 1]
        return self._read[model, key]

    def _logged(self, **which: Any) -> Author:
        kind = ContentType.objects.get_for_model(self.model)
        logged = LogEntry.objects.filter(content_type=kind, object_id=str(self.key), **which)
        last = logged.select_related("user").order_by("-action_time").first()
        if last is None or (self.since and last.action_time < self.since):
            return Author()
        return self._by(last.user, last.action_time)

    def _by(self, user: Any, at: datetime) -> Author:
        if user is None:
            return Author("the tracker itself", at)
        return Author("you, in another window" if user == self.viewer else str(user), at)


def differences(
    teller: Teller, sent: Sent, opened: Snapshot, now: Snapshot
) -> Iterator[Difference]:
    """What differs between the version that the form was opened on and the one there now."""
    if opened.state != now.state:
        field = teller.model._meta.get_field("state")
        old, new = (str(dict(field.flatchoices)[state]) for state in (opened.state, now.state))
        author = teller.author(teller.model, teller.key, "state")
        yield Difference("State", "", old, new, "", False, author)
    mine = sent.fields()
    for name in _changed(opened.fields, now.fields):
        author = teller.author(teller.model, teller.key, name)
        sides = (opened.fields.get(name), now.fields[name], mine[name])
        words = _in_words(teller, sent.form.fields[name], sides)
        yield Difference(_label(sent.form, name), f"id_{name}", author=author, **words)
    for formset in sent.formsets:
        if own_names(formset):
            before = opened.rows.get(formset.prefix, {})
            yield from _in_rows(teller, formset, sent, before, now.rows[formset.prefix])


def _changed(before: Values, now: Values) -> list[str]:
    return [name for name in now if before.get(name) != now[name]]


def _in_words(teller: Teller, field: Any, sides: tuple[Any, Any, Any]) -> dict[str, Any]:
    """The values before, of the other and of the editor, cut down to where they differ."""
    old, new, mine = sides
    words = [teller.words(field, old or ""), teller.words(field, new), teller.words(field, mine)]
    short = DIFFERENCE.common_shorten_repr(*words)
    return {
        "old": short[0],
        "new": short[1],
        "mine": short[2],
        "is_clash": mine not in (old, new),
        "whole": words[1] if short[1] != words[1] else "",
    }


def _label(form: Any, name: str) -> str:
    return capfirst(str(form.fields[name].label or name.replace("_", " ")))


def _in_rows(
    teller: Teller, formset: Any, sent: Sent, before: dict[str, Values], there: dict[str, Values]
) -> Iterator[Difference]:
    form = formset.empty_form
    mine = {row.key: row for row in sent.rows(formset) if row.key}
    for number, (key, values) in enumerate(there.items()):
        name = _row_name(teller, formset, values)
        if key not in before:
            author = teller.author(formset.model, key)
            yield Difference(name, "", "", "added", "", False, author)
            continue
        typed = mine[key].values if key in mine else values
        for changed in _changed(before[key], values):
            author = teller.author(formset.model, key, changed)
            sides = (before[key].get(changed), values[changed], typed[changed])
            words = _in_words(teller, form.fields[changed], sides)
            label = f"{name}: {_label(form, changed).lower()}"
            anchor = f"id_{formset.prefix}-{number}-{changed}"
            yield Difference(label, anchor, author=author, **words)
    for key in before.keys() - there.keys():
        name = _row_name(teller, formset, before[key])
        is_clash = key in mine and is_kept(before, mine[key])
        own = "changed by you; it stands below as a new row" if is_clash else ""
        author = teller.author(formset.model, key)
        yield Difference(name, "", "", "removed", own, is_clash, author)


def _row_name(teller: Teller, formset: Any, values: Values) -> str:
    """A row by its kind and its words."""
    fields = formset.empty_form.fields
    given = [name for name in (*NAMES, "predecessor", "value") if values.get(name)]
    words = teller.words(fields[given[0]], values[given[0]]) if given else ""
    kind = capfirst(str(formset.model._meta.verbose_name))
    return f"{kind} “{words if len(words) <= 80 else words[:79] + '…'}”"
