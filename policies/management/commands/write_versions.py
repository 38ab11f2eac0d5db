"""manage.py write_versions: the first versions of records that were public before versions were."""

from django.core.management.base import BaseCommand

from policies.versions.keeping import write_first_versions


class Command(BaseCommand):
    help = "Write a first version of each public record that has none, as it is now. Repeatable."

    def handle(self, **options) -> None:
        self.stdout.write(f"{write_first_versions()} first versions written.")
