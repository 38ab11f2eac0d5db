"""An editor's decisions about an import, as the database keeps them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Self

TAKE, LEAVE = "take", "leave"
KEEP, MERGE = "keep", "merge"
LINK, ALIAS, CREATE, UNRESOLVED = "link", "alias", "create", "unresolved"


@dataclass(slots=True)
class ItemChoices:
    """The decisions about one item.

    `values` holds what was typed, by field; `figures` what was typed for a point,
    `links` the address of a source, both by number; `twins` what to do with a policy that
    may be the same, by its key; `ticks` whether a proposal is taken, where
    that is not what was proposed; `settled` the doubts that may stay.
    """

    values: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    differences: dict[str, str] = field(default_factory=dict)
    twins: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, bool] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)

    @property
    def into(self) -> int | None:
        """The key of the policy that the item updates."""
        return next((int(key) for key, what in self.twins.items() if what == MERGE), None)


@dataclass(slots=True)
class Choices:
    """All decisions about an import: its head, its items, the bodies that nobody knew."""

    head: dict[str, str] = field(default_factory=dict)
    items: dict[str, ItemChoices] = field(default_factory=dict)
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """The decisions that the database keeps as `kept`."""
        items = {key: ItemChoices(**item) for key, item in kept.get("items", {}).items()}
        return cls(
            head=dict(kept.get("head", {})),
            items=items,
            bodies={name: dict(body) for name, body in kept.get("bodies", {}).items()},
            settled=list(kept.get("settled", [])),
        )

    def kept(self) -> dict[str, Any]:
        """The form in which the database keeps them; what is empty is left out."""
        data = asdict(self)
        data["items"] = {
            key: filled for key, item in data["items"].items() if (filled := _filled(item))
        }
        return _filled(data)

    def item(self, key: str) -> ItemChoices:
        """The decisions about the item `key`, to be added to."""
        return self.items.setdefault(key, ItemChoices())


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def short(name: str) -> str:
    """A printed name as part of an HTML id."""
    return sha256(name.encode()).hexdigest()[:10]
