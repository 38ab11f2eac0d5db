"""The two steps of an import: look at what a sheet would do, then let it be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policies.search.indexing import batch

from . import files, keeping
from .resources import SheetResource, fingerprint
from .sheet import letter


class Gone(LookupError):
    """The sheet that was to be imported is not kept any more; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a sheet would do, or did: `token` finds it again; `done` says that it is written.

    `letters` are those over the columns, by name.
    """

    name: str
    result: Any
    letters: dict[str, str]
    token: str = ""
    done: bool = False
    changed_since: bool = False


def look(sheets: type[SheetResource], data: bytes, *, name: str, by: Any) -> Look:
    """A dry run: reads everything, writes nothing but the sheet that waits for its import.

    Raises Unreadable for a file that is no sheet of this kind.
    """
    _, result, letters = _plan(sheets, data)
    return Look(name, result, letters, _kept(sheets, data, result, name=name, by=by))


def carry_out(sheets: type[SheetResource], token: str, *, by: Any, twins: bool = False) -> Look:
    """Import the sheet that was looked at, in one transaction, once.

    Where it would now do something else than what was shown, nothing is written
    and the new look is given. Raises Gone where there is no such sheet.
    """
    with batch():
        kept = keeping.kept(token, model=sheets.model, by=by)
        if kept is None:
            raise Gone("This sheet was imported already, or waited too long: upload it again.")
        resource, result, letters = _plan(sheets, kept.data, lock=True)
        keeping.drop(token)
        if result.has_validation_errors() or fingerprint(result) != kept.fingerprint:
            again = _kept(sheets, kept.data, result, name=kept.name, by=by)
            return Look(kept.name, result, letters, again, changed_since=True)
        resource.carry_out(result, by=by, file=kept.name, twins=twins)
    return Look(kept.name, result, letters, done=True)


def _plan(
    sheets: type[SheetResource], data: bytes, *, lock: bool = False
) -> tuple[SheetResource, Any, dict[str, str]]:
    resource = sheets()
    sheet = files.read(data, lambda heading: resource.column_called(heading) is not None)
    resource.sheet = sheet
    names = resource.names(sheet)
    letters = {name: letter(place) for place, name in enumerate(names)}
    return resource, resource.plan(sheet.dataset(names), lock=lock), letters


def _kept(sheets: type[SheetResource], data: bytes, result: Any, *, name: str, by: Any) -> str:
    """Keep a sheet that is right and does something; gives the word that finds it again."""
    if result.has_validation_errors() or not any(
        row.is_new() or row.is_update() for row in result.rows
    ):
        return ""
    mark = fingerprint(result)
    return keeping.keep(data, name=name, model=sheets.model, by=by, fingerprint=mark)
