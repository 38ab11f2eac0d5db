"""An editor's decisions about an import, as the database keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any, Self

TAKE, LEAVE = "take", "leave"
KEEP, MERGE = "keep", "merge"
NEW = "new"
LINK, ALIAS, CREATE, UNRESOLVED = "link", "alias", "create", "unresolved"


@dataclass(slots=True)
class ItemChoices:
    """The decisions about one item.

    `record` is the key of the record that it is, or NEW, or empty where nobody said;
    `values` holds what was typed, by field; `figures` what was typed for a point,
    `links` the address of a source, both by number, and of a link in a bullet, by the
    numbers of both; `twins` what to do with a policy that may be the same, by its key;
    `ticks` whether a proposal is taken, where that is not what was proposed; `settled` the
    doubts that may stay, `asked` those that what was typed answers and that are asked
    again; `stood` a digest of what the record had where a value was typed or taken.
    """

    record: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    differences: dict[str, str] = field(default_factory=dict)
    twins: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, bool] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    stood: dict[str, str] = field(default_factory=dict)

    def ask_no_more(self, *doubts: str) -> None:
        """Take `doubts` for answered again by what is typed."""
        self.asked = [name for name in self.asked if name not in doubts]

    @property
    def written(self) -> dict[str, Any]:
        """What is decided to be written, by field: the value typed, or that it is taken."""
        taken = {name: what for name, what in self.differences.items() if what == TAKE}
        return taken | self.values

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

    @property
    def records(self) -> dict[str, int | None]:
        """By item, the key of the record that it is said to be, None for a new one."""
        said = {key: item.record for key, item in self.items.items() if item.record}
        return {key: None if record == NEW else int(record) for key, record in said.items()}

    @property
    def targets(self) -> list[int]:
        """The keys of the policies that items update."""
        return [item.into for item in self.items.values() if item.into is not None]

    @property
    def linked(self) -> list[int]:
        """The keys of the registered bodies that names were said to mean."""
        return [body["body"] for body in self.bodies.values() if "body" in body]

    def moved(self, policies: Mapping[int, int], bodies: Mapping[int, int]) -> Self:
        """The same decisions about other records, by the keys of those that went."""
        items = {
            key: replace(
                item,
                twins={str(policies.get(int(pk), int(pk))): do for pk, do in item.twins.items()},
            )
            for key, item in self.items.items()
        }
        names = {
            name: body | {"body": bodies[body["body"]]} if body.get("body") in bodies else body
            for name, body in self.bodies.items()
        }
        return replace(self, items=items, bodies=names)

    def item(self, key: str) -> ItemChoices:
        """The decisions about the item `key`, to be added to."""
        return self.items.setdefault(key, ItemChoices())


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def digest(value: Any) -> str:
    """A value of a record in a few characters, the same for the same value."""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def short(name: str) -> str:
    """A printed name as part of an HTML id."""
    return sha256(name.encode()).hexdigest()[:10]
