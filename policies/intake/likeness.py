"""How alike an item of a newer file and a record of the issue are, of a hundred.

The mean over all that both say. A link, a document number or a Chinese title that
is the same tells much; one that differs may have been corrected, and tells less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import eq
from typing import Any

from rapidfuzz.distance import Indel

from policies.models import CorporateEvent, Policy
from policies.newsletter import Item
from policies.newsletter.document import CORPORATE_NEWS
from policies.newsletter.links import unlinked

from .printed import POLICY_TEXTS, dated, printed_event, printed_policy
from .titles import is_same_title

Record = Policy | CorporateEvent
# What a part weighs in the mean; a sign, where it is the same and where it is not.
TEXT, BODIES, DATE, SAME, OTHER = 4, 1, 1, 4, 1
# Han is written without spaces: each character counts as a word.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


@dataclass(frozen=True)
class Said:
    """What an item or a record says, in the plain form of `printed`."""

    values: dict[str, Any]

    @cached_property
    def words(self) -> list[str]:
        """The words of its texts in their order."""
        values = self.values
        texts = [values.get(name, "") for name in ("headline", "title_en", "summary", "text")]
        texts += [row["text"] for row in values.get("points", [])]
        texts.append(values.get("comment", ""))
        return _WORD.findall(unlinked("\n".join(texts)).casefold())

    @cached_property
    def links(self) -> set[str]:
        """The addresses of its document and its sources."""
        found = {url for _, url in self.values.get("sources", [])}
        return (found | {self.values.get("official_url", "")}) - {""}

    @cached_property
    def bodies(self) -> set[str]:
        """The bodies as printed."""
        return {name.casefold() for name in self.values.get("bodies", [])}

    @property
    def date(self) -> Any:
        """The day that it is reported for."""
        return self.values.get("announced") or self.values.get("happened")


def said_by_item(item: Item) -> Said:
    """What `item` says."""
    return Said(printed_event(item) if item.section == CORPORATE_NEWS else printed_policy(item))


def said_by_record(record: Record) -> Said:
    """What `record` said when it was last imported; today, where an editor entered it."""
    if record.imported:
        return Said(record.imported)
    if isinstance(record, CorporateEvent):
        return Said({"headline": record.headline, "text": record.text,
                     "happened": dated(record.happened)})  # fmt: skip
    texts = {name: getattr(record, name) for name in POLICY_TEXTS}
    return Said(texts | {"announced": dated(record.announced)})


def likeness(one: Said, other: Said) -> float:
    """How alike the two are, from 0 to 100."""
    parts = list(_parts(one, other))
    return sum(weight * alike for weight, alike in parts) / (sum(w for w, _ in parts) or 1)


def is_same_document(one: Said, other: Said) -> bool:
    """Whether both name the same document by title or number, of the same day and bodies."""
    if not one.date or one.date != other.date or not one.bodies or one.bodies != other.bodies:
        return False
    names = (
        (said.values.get("document_number"), said.values.get("title_zh")) for said in (one, other)
    )
    (number, title), (its_number, its_title) = names
    return bool((title and title == its_title) or (number and number == its_number))


def _parts(one: Said, other: Said) -> Iterator[tuple[int, float]]:
    """The weight of each part that both have, and how alike they are in it."""
    if one.words and other.words:
        yield TEXT, 100 * Indel.normalized_similarity(one.words, other.words)
    if one.bodies and other.bodies:
        both, either = one.bodies & other.bodies, one.bodies | other.bodies
        yield BODIES, 100 * len(both) / len(either)
    if one.date and other.date:
        yield DATE, 100 * (one.date == other.date)
    if one.links and other.links:
        yield _sign(not one.links.isdisjoint(other.links))
    for name, is_same in (("document_number", eq), ("title_zh", is_same_title)):
        own, its = one.values.get(name), other.values.get(name)
        if own and its:
            yield _sign(is_same(own, its))


def _sign(same: bool) -> tuple[int, float]:
    return (SAME, 100) if same else (OTHER, 0)
