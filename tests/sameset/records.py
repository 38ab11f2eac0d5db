"""What the database says of each record by itself, to hold the forms of a search against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from io import StringIO
from random import Random
from typing import Any

from django.core.management import call_command
from django.db.models import F, Min
from django.utils import timezone
from django.utils.timezone import localdate

from bench.load import write
from policies.alerts.preview import DAYS
from policies.exports import EXPORTED
from policies.models import CorporateEvent, Deadline, FormerSlug, Policy, PublicVersion, Target
from policies.vocabulary import VersionKind


class Truth:
    """Targets of policies, addresses with dates and days of publication, by kind and slug."""

    def __init__(self) -> None:
        self.targets: dict[str, list[str]] = defaultdict(list)
        self.dated: dict[str, dict[str, set[str]]] = {
            kind: defaultdict(set) for kind in ("policies", "targets", "events")
        }
        self._read_dates()
        self.recent = {kind: self._recent(kind) for kind in self.dated}

    @staticmethod
    def address(kind: str, slug: str) -> str:
        return f"/{kind}/{slug}/"

    @staticmethod
    def slugs(kind: str, ids: Iterable[int]) -> list[str]:
        """The slugs of records by their ids, sorted."""
        rows = EXPORTED[kind].records.filter(pk__in=list(ids))
        return sorted(rows.values_list("slug", flat=True))

    def _read_dates(self) -> None:
        public = Policy.objects.published()
        for slug, *days in public.values_list("slug", "effective_on", "expires_on"):
            if any(days):
                self.dated["policies"][slug].add(self.address("policies", slug))
        for slug in public.exclude(deadlines=None).values_list("slug", flat=True):
            self.dated["policies"][slug].add(self.address("policies", slug))
        targets = Target.objects.filter(policy__state="published").order_by("position", "pk")
        for policy, slug, due in targets.values_list("policy__slug", "slug", "due_on"):
            self.targets[policy].append(slug)
            if due:
                self.dated["policies"][policy].add(self.address("targets", slug))
                self.dated["targets"][slug].add(self.address("targets", slug))
        events = CorporateEvent.objects.published().exclude(happened_on=None)
        for slug in events.values_list("slug", flat=True):
            self.dated["events"][slug].add(self.address("events", slug))

    @staticmethod
    def _recent(kind: str) -> set[str]:
        """What became public within the days of a preview."""
        exported, first_day = EXPORTED[kind], localdate() - timedelta(days=DAYS)
        versions = PublicVersion.objects.filter(
            kind=exported.model._meta.model_name, change=VersionKind.PUBLISHED
        )
        first = versions.values("record_id").annotate(first=Min("since")).order_by()
        new = [row["record_id"] for row in first if localdate(row["first"]) >= first_day]
        return set(exported.records.filter(pk__in=new).values_list("slug", flat=True))


def prepare(number: int, seed: int) -> None:
    """The seeded tracker with `number` invented policies and what belongs to them, all public."""
    silence: Any = {"verbosity": 0, "stdout": StringIO()}
    call_command("migrate", **silence)
    call_command("seed", **silence)
    write(number, seed=seed + 1)
    chance, now = Random(seed), timezone.now()
    for model in (Policy, CorporateEvent):
        for record in model.objects.published().order_by("pk"):
            published = now - timedelta(
                days=chance.randrange(400), seconds=chance.randrange(80_000)
            )
            model.objects.filter(pk=record.pk).update(published_at=published)
    invented = Policy.objects.published().exclude(announced_on=None).order_by("pk")
    for policy in invented[::10]:
        Deadline.objects.bulk_create(
            [Deadline(policy=policy, closes_on=policy.announced_on, closes_precision="month")]
        )
        FormerSlug.objects.create(kind="policy", slug=f"former-{policy.pk}", record_id=policy.pk)
    after = Policy.objects.filter(pk__in=[policy.pk for policy in invented[::7]])
    after.update(expires_on=F("announced_on") + timedelta(days=700), expires_precision="quarter")
    PublicVersion.objects.all().delete()
    call_command("write_versions", **silence)
    call_command("rebuild_search", **silence)
