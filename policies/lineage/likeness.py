"""How alike two targets are, and by what: the words of their metric, the unit, who set them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from policies.followups.subject import content
from policies.models import Target
from policies.newsletter.links import unlinked

from .changes import unit_key

# Of a hundred: as alike as this in words alone, and with all that speaks for it.
FEWEST_WORDS, FEWEST = 60, 82
SAME_UNIT, SAME_BODY, SAME_SECTOR, RELATED = 8, 6, 6, 8
# Without a figure on both sides nothing but the words tells.
FEWEST_UNQUANTIFIED = 90
LONGEST = 400


@dataclass(frozen=True)
class Subject:
    """A target with what likeness is told by, read once."""

    target: Target
    bodies: dict[int, str]
    sectors: dict[int, str]

    @cached_property
    def words(self) -> str:
        """What is measured: the metric, else the text."""
        return (self.target.metric or unlinked(self.target.text)[:LONGEST]).casefold()

    @cached_property
    def terms(self) -> frozenset[str]:
        """The telling words, as the index keeps them."""
        return content(self.words)

    @property
    def unit(self) -> str:
        """The unit of its figure; "" where there is none."""
        return "" if self.target.value is None else unit_key(self.target.unit)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two targets are; the higher `strength` counts."""

    strength: float
    because: str


def read_subject(target: Target) -> Subject:
    """`target`, whose policy has its issuers and sectors read."""
    issuers = target.policy.issuers.all()
    return Subject(
        target,
        {row.body.pk: row.body.short_name for row in issuers if row.body},
        {sector.pk: sector.name_en for sector in target.policy.sectors.all()},
    )


def likeness(one: Subject, other: Subject, *, is_related: bool) -> Likeness | None:
    """How alike the two are; None where that is too little to ask."""
    both = one.target.value is not None and other.target.value is not None
    if both and one.unit != other.unit:
        return None
    alike = fuzz.token_sort_ratio(one.words, other.words)
    if alike < (FEWEST_WORDS if both else FEWEST_UNQUANTIFIED):
        return None
    found = [(alike, f"{round(alike)}% alike in words")]
    if both and one.unit:
        found.append((SAME_UNIT, f"same unit {other.target.unit}"))
    found += _shared(one.bodies, other.bodies, SAME_BODY, "both by")
    found += _shared(one.sectors, other.sectors, SAME_SECTOR, "both on")
    if is_related:
        found.append((RELATED, "their policies are related"))
    strength = sum(points for points, _ in found)
    if strength < FEWEST:
        return None
    return Likeness(strength, ", ".join(words for _, words in found))


def _shared(
    one: dict[int, str], other: dict[int, str], points: int, words: str
) -> list[tuple[float, str]]:
    shared = sorted(one.keys() & other.keys())
    return [(points, f"{words} {one[shared[0]]}")] if shared else []
