"""The sheet of issuing bodies. The registry is public, so a row of it is public at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policies.models import IssuingBody
from policies.models.names import name_key

from .columns import Choice, Number, One, Text, draft
from .othernames import OtherNames
from .resources import SheetResource

OWN_NAMES = ("abbreviation", "name_en", "name_zh", "short_name_zh")


class BodySheet(SheetResource):
    """Bodies with their other names and what they stand below."""

    model = IssuingBody
    related = ("aliases", "parent")

    slug = Text(
        IssuingBody, "slug", width=20, example="miit",
        tells="Which body it is. Leave it empty for a new one; it is never changed by a sheet.",
    )  # fmt: skip
    name_en = Text(
        IssuingBody, "name_en", width=44, also=("English name",),
        example="Ministry of Industry and Information Technology", tells="Needed.",
    )  # fmt: skip
    abbreviation = Text(
        IssuingBody, "abbreviation", example="MIIT", tells="As newsletters print it."
    )
    name_zh = Text(
        IssuingBody, "name_zh", width=36, also=("Chinese name",),
        example="中华人民共和国工业和信息化部", tells="The full Chinese name.",
    )  # fmt: skip
    short_name_zh = Text(
        IssuingBody, "short_name_zh", also=("short Chinese name",), example="工业和信息化部",
        tells="As in documents.",
    )  # fmt: skip
    other_names = OtherNames(
        "aliases", "other_names", width=36, also=("aliases",),
        example="工信部; Ministry of Industry",
        tells="All other names, parted by “;” or “、”. What is left out is taken away.",
    )  # fmt: skip
    kind = Choice(IssuingBody, "kind", width=24, example="constituent-department", tells="Needed.")
    parent = One(
        "parent", "parent", "body", "bodies", also=("stands below",), example="state-council",
        tells="The body above it, by slug or name; it has to be registered already.",
    )  # fmt: skip
    active_from = Number(
        IssuingBody, "active_from", also=("founded in",), example="2008", tells="A year, or empty."
    )
    active_until = Number(
        IssuingBody,
        "active_until",
        also=("dissolved in",),
        example="",
        tells="Empty while it exists.",
    )
    note = Text(
        IssuingBody, "note", width=40, example="Formed from four ministries.", tells="Public."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names_given: dict[str, Any] = {}

    def breaches(self, record: Any, row: Any) -> Iterable[tuple[str, str]]:
        if not record.name_en:
            yield "name_en", "It is needed: the English name."
        if not record.kind:
            yield "kind", "It is needed: what kind of body it is."
        if record.active_from and record.active_until and record.active_from > record.active_until:
            yield "active_until", "The body was dissolved before it was founded."
        if self._stands_below_itself(record):
            yield "parent", "Nothing can stand below itself, even by a detour."
        yield from self._taken_names(record)

    def _stands_below_itself(self, record: Any) -> bool:
        parents = {body.pk: body.parent_id for body in self.known.bodies.by_slug.values()}
        parents |= {body.pk: body.parent_id for body in self.update_instances}
        above, seen = record.parent_id, {record.pk} if record.pk else set()
        while above is not None:
            if above in seen:
                return True
            seen.add(above)
            above = parents.get(above)
        return False

    def _taken_names(self, record: Any) -> Iterable[tuple[str, str]]:
        """Other names that another body, or an earlier row, has already."""
        if "aliases" not in draft(record):
            return
        for name in draft(record)["aliases"]:
            key = name_key(name)
            owner = self.known.alias_owners.get(key)
            if owner not in (None, record.pk):
                yield "other_names", f"“{name}” is a name of another body already."
            elif self.names_given.setdefault(key, record) is not record:
                yield "other_names", f"“{name}” is given to another body in this sheet."

    def twin_keys(self, record: Any) -> Iterable[tuple[str, str]]:
        return [("name", key) for name in OWN_NAMES if (key := name_key(getattr(record, name)))]

    def twins(self, keys: set[tuple[str, str]]) -> dict[tuple[str, str], Any]:
        found = {key: self.known.body(key[1]) for key in keys}
        return {key: body for key, body in found.items() if body is not None}
