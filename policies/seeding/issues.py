"""Issues in newsletter layout, through the same doors as an editor's file.

Each is imported once. Beside it may lie what an editor adds after the import:
official titles, dates, sectors, instruments. Records that are there already are
left as they are.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from policies import publishing
from policies.intake import store
from policies.models import (
    Company,
    CorporateEvent,
    Deadline,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyRelation,
    Region,
    Sector,
)
from policies.newsletter import ParsedIssue, PreciseDate, parse_issue
from policies.readers import read
from policies.search.indexing import batch
from policies.vocabulary import Section

from .tally import Tally

DATES = ("announced", "document", "effective", "expires")
PLAIN = ("headline", "title_en", "title_zh", "instrument", "legal_status", "level", "note")


def seed_issues(folder: Path, tally: Tally) -> None:
    """Import and publish the issues in `folder` that are not here yet."""
    for path in sorted(folder.glob("*.md")):
        data = path.read_bytes()
        text = read(data, name=path.name)
        parsed = parse_issue(text)
        # An editor may have imported a corrected file of it since, under any name.
        same = {"publisher": parsed.publisher, "published_on": parsed.published}
        if NewsletterIssue.objects.filter(**same).exists():
            tally["newsletter issues", "left alone"] += 1
            continue
        with batch():
            _seed_issue(path, parsed, text, data)
        tally["newsletter issues", "added"] += 1


def _seed_issue(path: Path, parsed: ParsedIssue, text: str, data: bytes) -> None:
    report = store(parsed, text=text, data=data, name=path.name)
    additions = path.with_suffix(".editor.json")
    if additions.exists():
        _add(report.issue, json.loads(additions.read_text(encoding="utf-8")))
    for policy in report.issue.policies.all():
        publishing.publish(policy, by=None, reason="Seeded")
    for event in report.issue.events.all():
        publishing.publish(event, by=None, reason="Seeded")


def _add(issue: NewsletterIssue, additions: dict[str, Any]) -> None:
    for row in additions["policies"]:
        _complete_policy(_policy(issue, row), row)
    for row in additions["events"]:
        _complete_event(issue, row)
    for row in additions["relations"]:
        ends = {"policy": _policy(issue, row["from"]), "other": _policy(issue, row["to"])}
        PolicyRelation.objects.create(**ends, kind=row["kind"], note=row.get("note", ""))
    for row in additions["targets"]:
        targets = _policy(issue, row).targets.filter(position=row["point"]).order_by("pk")
        for target, metric in zip(targets, row["metrics"], strict=True):
            target.metric = metric
            target.save()


def _policy(issue: NewsletterIssue, row: dict[str, Any]) -> Policy:
    section = Section.TOP if row["section"] == "top" else Section.NEWS
    return issue.policies.get(section=section, position=row["position"])


def _precise(value: dict[str, str]) -> PreciseDate:
    return PreciseDate(date.fromisoformat(value["value"]), value["precision"])


def _complete_policy(policy: Policy, row: dict[str, Any]) -> None:
    for name in PLAIN:
        if row.get(name):
            setattr(policy, name, row[name])
    for name in DATES:
        if row.get(f"{name}_on"):
            setattr(policy, name, _precise(row[f"{name}_on"]))
    policy.save()
    policy.sectors.set(Sector.objects.filter(slug__in=row["sectors"]))
    policy.regions.set(Region.objects.filter(slug__in=row["regions"]))
    for given in row.get("deadlines", ()):
        deadline = Deadline(policy=policy, kind=given["kind"], text=given["text"])
        deadline.closes = _precise(given["closes_on"])
        deadline.save()
    for position, body in enumerate(row.get("bodies") or [], 1):
        issuer = policy.issuers.get(position=position)
        issuer.body = IssuingBody.objects.get(slug=body["slug"]) if body["slug"] else None
        issuer.printed = body["printed"]
        issuer.save()


def _complete_event(issue: NewsletterIssue, row: dict[str, Any]) -> None:
    event: CorporateEvent = issue.events.get(position=row["position"])
    event.headline, event.kind = row["headline"], row["kind"]
    if row.get("happened_on"):
        event.happened = _precise(row["happened_on"])
    event.save()
    event.sectors.set(Sector.objects.filter(slug__in=row["sectors"]))
    event.regions.set(Region.objects.filter(slug__in=row["regions"]))
    for company in row["companies"]:
        found, _ = Company.objects.get_or_create(name_en=company["name_en"], defaults=company)
        event.companies.add(found)
    event.answers.set([_policy(issue, answer) for answer in row["answers"]])
