"""Records as the API gives them: public fields with whole addresses, all or those chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
from rest_framework.exceptions import NotFound

from policies.formerslugs import called_before, withdrawn_as
from policies.records import public_fields, public_records
from policies.records.addresses import complete
from policies.versions.asking import end_of
from policies.versions.kinds import Kept
from policies.versions.telling import version_at
from policies.versions.visible import Visible
from policies.vocabulary import VersionKind

from .kinds import Kind
from .problems import Withdrawn

Fields = dict[str, Any]


def listed(kind: Kind, ids: list[int], chosen: set[str] | None, site: str) -> list[Fields]:
    """The records called `ids`, in that order; without what was withdrawn since they were found."""
    found = kind.public().in_bulk(ids)
    rows = public_records([found[key] for key in ids if key in found])
    return [_given(row, chosen, site) for row in rows]


def single(record: Model, chosen: set[str] | None, site: str) -> Fields:
    return _given(public_fields(record), chosen, site)


def as_of(kind: Kind, record: Any, day: date, chosen: set[str] | None, site: str) -> Fields:
    """A record that is public today as it was public at the end of a day.

    Its slug and address are today's; when it was saved last before that day is not known.
    Raises NotFound and Withdrawn where it was not public then.
    """
    kept: Kept = kind.kept  # type: ignore[assignment]
    moment = end_of(day)
    version = version_at(kept, record.pk, moment)
    if version is None:
        raise NotFound(f"This {kind.noun} was not public here on {day}.")
    if version.change == VersionKind.WITHDRAWN:
        raise Withdrawn(_told(f"This {kind.noun} was withdrawn on {day}.", version.note))
    then = Visible([version.fields], at=moment).of(version.fields)
    row: Fields = {}
    for field in kind.fields:
        if field.told and field.name in then:
            row[field.name] = then[field.name]
        elif not field.told:
            row[field.name] = None if field.name == "changed" else field.read(record)
    return _given(row, chosen, site)


def withdrawn(kind: Kind, slug: str) -> str:
    """Why a record that was public is not any more; empty where none was called so."""
    found = withdrawn_as(kind.model, slug)
    return _told(f"This {kind.noun} was withdrawn.", found.withdrawn_note) if found else ""


def find(kind: Kind, slug: str) -> Any:
    """The public record of an address, or None."""
    if kind.name != "issues":
        return kind.public().filter(slug=slug).first()
    try:
        day = date.fromisoformat(slug)
    except ValueError:
        return None
    return kind.public().filter(published_on=day).first() if str(day) == slug else None


def slug_today(kind: Kind, slug: str) -> str:
    """What a public record is called that was called `slug` before; empty where none was."""
    former = called_before(kind.model, slug)
    found = kind.public().filter(pk=former).first() if former else None
    return found.slug if found else ""


def _told(words: str, note: str) -> str:
    return f"{words} {note}".strip()


def _given(row: Fields, chosen: set[str] | None, site: str) -> Fields:
    kept = row if chosen is None else {k: value for k, value in row.items() if k in chosen}
    return complete(kept, site)
