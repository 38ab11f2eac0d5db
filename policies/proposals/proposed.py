"""What is proposed for an item, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value for a field.

    `slug` is what is stored: a record's slug or a value of the vocabulary; "" for a
    company that is not registered. `because` is the words of the text, as printed.
    """

    slug: str
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that the text of one item proposes, the likeliest first."""

    sectors: list[Proposal] = field(default_factory=list)
    regions: list[Proposal] = field(default_factory=list)
    companies: list[Proposal] = field(default_factory=list)
    instrument: Proposal | None = None
    level: Proposal | None = None
    event_kind: Proposal | None = None
