"""manage.py forget_version NUMBER: take one version out of the public history for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import Resolver404, resolve

from policies.models import PublicVersion
from policies.versions.forgetting import NotForgotten, forget
from policies.versions.kinds import KEPT
from policies.versions.telling import versions_of


class Command(BaseCommand):
    help = "Take a version out of the public history. With a record's address: list its versions."

    def add_arguments(self, parser) -> None:
        parser.add_argument("what", help="A version's number, or an address: /policies/some-slug/.")
        parser.add_argument("--yes", action="store_true", help="Do not ask first.")

    def handle(self, *, what: Any, yes: bool, **options) -> None:
        if not str(what).isdecimal():
            for row in listed(what):
                self.stdout.write(f"{row.pk}: {row}")
            return
        version = PublicVersion.objects.filter(pk=int(what)).first()
        if version is None:
            raise CommandError(f"There is no version {what}.")
        self.stdout.write(f"{version.kind} {version.record_id}: {version}")
        if not yes and input("Forget it for good? Type yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was forgotten.")
        try:
            forget(version)
        except NotForgotten as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Version {what} is forgotten.")


def listed(address: str) -> list[PublicVersion]:
    """The versions of the record at `address`, whether it is public or not, newest first."""
    try:
        match = resolve(address)
    except Resolver404:
        match = None
    kept = KEPT.get(match.url_name or "") if match else None
    if match is None or kept is None:
        raise CommandError(f"“{address}” is neither a version's number nor a record's address.")
    record = kept.model._base_manager.filter(slug=match.kwargs["slug"]).first()
    if record is None:
        raise CommandError(f"There is no record at {address}.")
    return list(versions_of(kept, record.pk))
