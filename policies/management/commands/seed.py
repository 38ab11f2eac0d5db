"""manage.py seed: fill the tracker from fixtures/."""

from django.conf import settings
from django.core.management.base import BaseCommand

from policies.seeding import Tally, seed_issues, seed_registry


class Command(BaseCommand):
    help = "Load the registry, the taxonomy, the glossary and the seeded issues. Repeatable."

    def handle(self, **options) -> None:
        folder, tally = settings.BASE_DIR / "fixtures", Tally()
        seed_registry(folder, tally)
        seed_issues(folder / "issues", tally)
        for line in tally.lines():
            self.stdout.write(line)
