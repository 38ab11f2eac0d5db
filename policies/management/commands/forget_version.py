"""manage.py forget_version NUMBER: take one version out of the public history for good."""

from django.core.management.base import BaseCommand, CommandError

from policies.models import PublicVersion
from policies.versions.forgetting import NotForgotten, forget


class Command(BaseCommand):
    help = "Take a version out of the public history. Its number ends the version's address."

    def add_arguments(self, parser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--yes", action="store_true", help="Do not ask first.")

    def handle(self, *, number: int, yes: bool, **options) -> None:
        version = PublicVersion.objects.filter(pk=number).first()
        if version is None:
            raise CommandError(f"There is no version {number}.")
        self.stdout.write(f"{version.kind} {version.record_id}: {version}")
        if not yes and input("Forget it for good? Type yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was forgotten.")
        try:
            forget(version)
        except NotForgotten as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Version {number} is forgotten.")
