"""The names of a record that goes stay names of the kept one.

A body has rows for them, a sector a list. A company has neither, so its note says
them, and readers who look for the old name find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policies.models import BodyAlias, Company, IssuingBody, Sector
from policies.models.names import name_key
from policies.vocabulary import AliasLanguage

from .rows import Steps

ENGLISH, CHINESE = AliasLanguage.ENGLISH, AliasLanguage.CHINESE
NAMES: dict[Any, dict[str, str]] = {
    IssuingBody: {
        "abbreviation": ENGLISH, "name_en": ENGLISH, "name_zh": CHINESE, "short_name_zh": CHINESE,
    },
    Company: {"name_en": ENGLISH, "name_zh": CHINESE},
    Sector: {"name_en": ENGLISH, "name_zh": CHINESE},
}  # fmt: skip


def lost_names(kept: Any, gone: Any, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names of the two, with their language, that the kept one will not have in its fields."""
    fields = NAMES.get(type(kept), {})
    seen = {name_key(values[field]) for field in fields}
    for record in (gone, kept):
        for field, language in fields.items():
            name = getattr(record, field)
            if name and name_key(name) not in seen:
                seen.add(name_key(name))
                yield name, language


def keep_names(
    steps: Steps, kept: Any, gone: Any, values: dict[str, Any]
) -> tuple[list[str], list[str]]:
    """Let the kept record have the names that it would lose, in `steps` or in its `values`.

    Gives the names that it comes to have, and those that cannot be kept because
    they are names of another record.
    """
    lost = list(lost_names(kept, gone, values))
    if isinstance(kept, IssuingBody):
        return _as_rows(steps, kept, gone, lost)
    names = [name for name, _ in lost]
    if isinstance(kept, Sector):
        names = _unlisted(kept, [*gone.aliases, *names], values)
        values["aliases"] = [*kept.aliases, *names]
    elif isinstance(kept, Company):
        names = [name for name in names if name not in values["note"]]
        line = f"Also called {', '.join(names)}." if names else ""
        values["note"] = "\n\n".join(filter(None, [values["note"], line]))
    return names, []


def _unlisted(kept: Sector, names: list[str], values: dict[str, Any]) -> list[str]:
    """Those of `names` that the sector has neither as a name nor in its list."""
    known = {name_key(values[field]) for field in NAMES[Sector]}
    known |= {name_key(name) for name in kept.aliases}
    fresh = {key: name for name in reversed(names) if (key := name_key(name)) not in known}
    return list(reversed(fresh.values()))


def _as_rows(
    steps: Steps, kept: Any, gone: Any, lost: list[tuple[str, str]]
) -> tuple[list[str], list[str]]:
    keys = [name_key(name) for name, _ in lost]
    owners = dict(BodyAlias.objects.filter(key__in=keys).values_list("key", "body"))
    names, taken = [], []
    for name, language in lost:
        owner = owners.get(name_key(name))
        if owner is None:
            key = name_key(name)
            steps.come(BodyAlias, body_id=kept.pk, name=name, key=key, language=language)
            names.append(name)
        elif owner not in (kept.pk, gone.pk):
            taken.append(name)
    return names, taken
