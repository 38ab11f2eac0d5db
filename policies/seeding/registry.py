"""The registry of bodies, the sectors, the regions and the glossary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from policies.models import BodyAlias, BodySuccession, IssuingBody, Region, Sector, Term
from policies.models.names import name_key
from policies.search.indexing import batch

from .tally import Tally

BODY_FIELDS = (
    "abbreviation",
    "name_en",
    "name_zh",
    "short_name_zh",
    "kind",
    "active_from",
    "active_until",
    "note",
)
TERM_FIELDS = ("term_en", "term_zh", "pinyin", "aliases_en", "aliases_zh", "definition")


def seed_registry(folder: Path, tally: Tally) -> None:
    """Load bodies, sectors, regions and terms from the files in `folder`, all or none."""
    with batch():
        _seed(folder, tally)


def _seed(folder: Path, tally: Tally) -> None:
    _bodies(_rows(folder / "bodies.json"), tally)
    for row in _rows(folder / "sectors.json"):
        values = {name: row[name] for name in ("name_en", "name_zh", "aliases", "definition")}
        parent = _by_slug(Sector, row["parent"])
        tally.put(Sector, {"slug": row["slug"]}, values | {"parent": parent})
    for row in _rows(folder / "regions.json"):
        values = {name: row[name] for name in ("name_en", "name_zh", "kind")}
        parent = _by_slug(Region, row["parent"])
        tally.put(Region, {"slug": row["slug"]}, values | {"parent": parent})
    for row in _rows(folder / "terms.json"):
        values = {name: row[name] for name in TERM_FIELDS}
        sector = _by_slug(Sector, row["sector"])
        tally.put(Term, {"slug": row["slug"]}, values | {"sector": sector})


def _rows(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))


def _by_slug(model, slug: str | None):
    return model.objects.filter(slug=slug).first() if slug else None


def _bodies(rows: list[dict[str, Any]], tally: Tally) -> None:
    waiting = {row["slug"]: row for row in rows}
    bodies: dict[str, IssuingBody | None] = {}

    def put(slug: str) -> IssuingBody | None:
        """The body called `slug`, put after the one that it stands below."""
        if slug not in bodies:
            row = waiting[slug]
            values = {name: row[name] for name in BODY_FIELDS}
            parent = put(row["parent"]) if row["parent"] else None
            bodies[slug] = tally.put(IssuingBody, {"slug": slug}, values | {"parent": parent})
        return bodies[slug]

    for row in rows:
        put(row["slug"])
    for row in rows:
        body = bodies[row["slug"]]
        if body is not None:
            _names_and_successors(row, body, bodies, tally)


def _names_and_successors(
    row: dict[str, Any],
    body: IssuingBody,
    bodies: dict[str, IssuingBody | None],
    tally: Tally,
) -> None:
    for alias in row["aliases"]:
        tally.put(BodyAlias, {"key": name_key(alias["name"])}, {"body": body, **alias})
    for link in row["succeeded_by"]:
        successor = bodies[link["slug"]]
        if successor is not None:
            ends = {"predecessor": body, "successor": successor}
            tally.put(BodySuccession, ends, {"year": link["year"]})
