"""The tables of the data set, made of the public fields of `records.FIELDS`.

Each kind of record is a table. What a record holds several of, such as issuers or
sectors, is a table of its own with the record in its first column. Columns are called
as in exports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from policies.exports import EXPORTED
from policies.exports.columns import Column, columns_of
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Region,
    Sector,
    Target,
    Term,
)
from policies.records import FIELDS, Field


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, the key of its rows, and which columns name rows of which table.

    `field` is the field of the record whose rows these are; empty for the records themselves.
    """

    name: str
    title: str
    meaning: str
    kind: str
    field: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    named: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its table, the column that names one of it elsewhere, what is public."""

    table: str
    noun: str
    title: str
    meaning: str
    model: Any
    records: Callable[[], QuerySet]
    key: str = "slug"

    @property
    def called(self) -> str:
        """What one such record is called."""
        return str(self.model._meta.verbose_name)

    @property
    def tables(self) -> list[Table]:
        """The table of the records first, then those of what hangs on them."""
        fields = FIELDS[self.model]
        hanging = [self._hanging(field) for field in fields if _hangs(self.model, field)]
        return [self._own(), *hanging]

    def table_of(self, field: Field) -> str:
        """The name of the table of what a field holds several of."""
        return f"{self.noun}_{field.name}"

    def _own(self) -> Table:
        kept = [field for field in FIELDS[self.model] if field.type not in SEVERAL]
        named = {field.name: self._leads_to(field.name) for field in kept if _refers(field)}
        made = tuple(column for field in kept for column in _single(field))
        return Table(self.table, self.title, self.meaning, self.table, "", made, (self.key,), named)

    def _hanging(self, field: Field) -> Table:
        owner = Column(self.noun, f"The {self.called} that it hangs on.", "reference", "", str)
        place = Column("position", "Its place among the record’s own, from 1.", "count", "", str)
        named = {self.noun: (self.table, self.key)}
        parts: list[Column] = []
        for part in field.parts or (field,):
            for column in _single(part):
                name = _apart(self.noun, part, column)
                parts.append(Column(name, column.meaning, column.type, part.name, column.read))
                if _refers(part) or part is field:
                    named[name] = self._leads_to(name)
        title = f"{self.title}: {field.label.lower()}"
        return Table(self.table_of(field), title, field.meaning, self.table, field.name,
                     (owner, place, *parts), (self.noun, "position"), named)  # fmt: skip

    def _leads_to(self, name: str) -> tuple[str, str]:
        return REFERRED.get(name) or (self.table, self.key)


# Fields that hold several values, each a row of another table.
SEVERAL = ("rows", "references")
# What has a table of its own, or is told from the other end.
TOLD_ELSEWHERE = {(Policy, "targets"), (IssuingBody, "followed_by")}
# By the name of a column, the table whose rows it names; `parent` names one of its own table.
REFERRED = {
    **dict.fromkeys(("policy", "other", "fulfilled_by"), ("policies", "slug")),
    **dict.fromkeys(("body", "predecessor"), ("bodies", "slug")),
    "company": ("companies", "slug"),
    "sector": ("sectors", "slug"),
    "region": ("regions", "slug"),
    "issue": ("issues", "published"),
}
# By the name of a field with several records, what one of them is called.
ONE_OF = {"sectors": "sector", "regions": "region", "companies": "company", "answers": "policy"}


def _hangs(model: Any, field: Field) -> bool:
    return field.type in SEVERAL and (model, field.name) not in TOLD_ELSEWHERE


def _refers(field: Field) -> bool:
    return field.type == "reference"


def _single(field: Field) -> Iterator[Column]:
    """The columns of a field that has one value; of another record its slug alone."""
    if field.type == "references":
        yield Column(ONE_OF[field.name], field.meaning, "reference", field.name, _slug)
    else:
        made = list(columns_of(field))
        yield from made[:1] if _refers(field) else made


def _slug(value: dict[str, str]) -> str:
    return value["slug"]


def _apart(owner: str, part: Field, column: Column) -> str:
    """The name of a column, other than that of the record on which the row hangs."""
    return part.columns[0] if column.name == owner else column.name


def _whole(model: Any) -> Callable[[], QuerySet]:
    return lambda: model.objects.order_by("slug")


def _exported(name: str, *order: str) -> Callable[[], QuerySet]:
    return lambda: EXPORTED[name].records.order_by(*(order or ("slug",)))


def _issues() -> QuerySet:
    long = ("source_text", "leftovers", "warnings")
    return NewsletterIssue.objects.published().defer(*long).order_by("published_on", "pk")


KINDS = (
    Kind("issues", "issue", "Issues", "Issues of the newsletter.", NewsletterIssue, _issues,
         key="published"),
    Kind("sectors", "sector", "Sectors", "Sectors of industry and policy, as a tree.", Sector,
         _whole(Sector)),
    Kind("regions", "region", "Regions", "Places, as a tree.", Region, _whole(Region)),
    Kind("terms", "term", "Terms", "The bilingual glossary.", Term, _whole(Term)),
    Kind("bodies", "body", "Issuing bodies", "Bodies that issue policies, as a tree.",
         IssuingBody, _exported("bodies")),
    Kind("companies", "company", "Companies", "Companies that public events name.", Company,
         _exported("companies")),
    Kind("policies", "policy", "Policies", "Policy documents and announcements.", Policy,
         _exported("policies")),
    Kind("targets", "target", "Targets", "What policies set out to reach, in printed order.",
         Target, _exported("targets", "policy__slug", "position", "pk")),
    Kind("events", "event", "Corporate events", "What companies did, as reported.",
         CorporateEvent, _exported("events")),
)  # fmt: skip
# By the name of a table of what hangs on records, the label of the field that holds it.
LABELS = {
    kind.table_of(field): field.label
    for kind in KINDS
    for field in FIELDS[kind.model]
    if _hangs(kind.model, field)
}
