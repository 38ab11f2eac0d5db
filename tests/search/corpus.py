"""The committed 300 invented records, as the tracker stores them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from policies.models import IssuingBody, Policy, PolicyIssuer, Provision, Sector, Target
from policies.newsletter import PreciseDate
from policies.search.indexing import batch

DATA = Path(__file__).parent / "data"
TEXTS = ("title_en", "title_zh", "headline", "document_number", "summary", "comment",
         "instrument", "legal_status", "level")  # fmt: skip


def read(name: str) -> Any:
    """A file of the data."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def load() -> dict[int, str]:
    """Store the records beside the seeded registry; gives the keys of the data by primary key."""
    bodies = {body.slug: body for body in IssuingBody.objects.all()}
    sectors = {sector.slug: sector for sector in Sector.objects.all()}
    made = {}
    with batch():
        for row in read("records.json"):
            made[_store(row, bodies, sectors).pk] = row["key"]
    return made


def _date(value: dict[str, str] | None) -> PreciseDate | None:
    return PreciseDate(date.fromisoformat(value["value"]), value["precision"]) if value else None


def _store(row: dict[str, Any], bodies: dict, sectors: dict) -> Policy:
    policy = Policy(state="published", **{name: row[name] or "" for name in TEXTS})
    policy.announced, policy.effective = _date(row["announced_on"]), _date(row["effective_on"])
    policy.save()
    for place, slug in enumerate(row["bodies"], 1):
        PolicyIssuer.objects.create(
            policy=policy, body=bodies[slug], position=place, is_lead=place == 1
        )
    policy.sectors.set([sectors[slug] for slug in row["sectors"]])
    for place, point in enumerate(row["targets"], 1):
        target = Target(
            policy=policy, text=point["text"], metric=point["metric"] or "", position=place
        )
        if point["value"] is not None:
            target.value = Decimal(str(point["value"]))
            target.unit, target.comparator = point["unit"] or "", point["comparator"] or ""
        target.due = _date(point["due_on"])
        target.save()
    for place, point in enumerate(row["provisions"], 1):
        Provision.objects.create(
            policy=policy, text=point["text"], kind=point["kind"], position=place
        )
    return policy
