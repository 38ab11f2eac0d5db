"""What an editor decided about a parsed issue before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.models import IssuingBody, Policy


@dataclass(frozen=True, slots=True)
class ItemDecisions:
    """The decisions about one item.

    `typed` holds values that go onto the record instead of what was read, in the
    plain form of `printed`; they count as the editor's, so that no later file
    overwrites them. Of the fields in which the record and the file disagree, `take` are
    written and `leave` stay as they are. `into` is a policy of another issue which
    the item updates.
    """

    typed: Mapping[str, Any] = field(default_factory=dict)
    take: frozenset[str] = frozenset()
    leave: frozenset[str] = frozenset()
    into: Policy | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions about an issue: by item key, and by the printed name of a body.

    `records` has the key of the issue's record that an item is, None for a new one.
    """

    items: Mapping[str, ItemDecisions] = field(default_factory=dict)
    bodies: Mapping[str, IssuingBody] = field(default_factory=dict)
    records: Mapping[str, int | None] = field(default_factory=dict)


UNDECIDED = ItemDecisions()
