"""The cell of a body's other names; each belongs to one body only."""

from __future__ import annotations

import re
from typing import Any

from policies.models import BodyAlias, IssuingBody
from policies.models.bodies import KEY_LENGTH
from policies.models.names import name_key
from policies.vocabulary import AliasLanguage

from .columns import Column, draft, parts, quoted
from .known import Known

HAN = re.compile(r"[\u3400-\u9fff]")
LONGEST_NAME = 200


class OtherNames(Column):
    """Other names, in any order; case, width and quotation marks do not tell names apart."""

    def read(self, text: str, known: Known) -> list[str]:
        found: dict[str, str] = {}
        for name, star, _ in parts(text):
            written = f"{name}*" if star else name
            key = name_key(written)
            if not key or len(key) > KEY_LENGTH or len(written) > LONGEST_NAME:
                raise ValueError(f"“{written[:40]}” cannot be a name: it is empty or too long.")
            found.setdefault(key, written)
        return list(found.values())

    def show(self, value: list[str], known: Known) -> str:
        return "; ".join(quoted(name) for name in sorted(value))

    def get(self, record: IssuingBody) -> list[str]:
        if self.attribute in draft(record):
            return draft(record)[self.attribute]
        return [alias.name for alias in record.aliases.all()] if record.pk else []

    @property
    def stored(self) -> tuple[str, ...]:
        return ()

    def put(self, record: IssuingBody, value: list[str]) -> None:
        draft(record)[self.attribute] = value


def alias(body: IssuingBody, name: str) -> BodyAlias:
    """The row for a new other name, in the language that its letters show."""
    language = AliasLanguage.CHINESE if HAN.search(name) else AliasLanguage.ENGLISH
    return BodyAlias(body=body, name=name, key=name_key(name), language=language)


def key_of(row: Any) -> Any:
    """What tells two other names apart."""
    return row.body_id, name_key(row.name)
