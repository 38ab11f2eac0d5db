"""manage.py verify_search: find whatever in the search index is not as it should be."""

import sys

from django.core.management.base import BaseCommand

from policies.search.rebuilding import faults

from .rebuild_search import progress


class Command(BaseCommand):
    help = "Compare the search index with the public records. Exit status 1 where it is wrong."

    def handle(self, **options) -> None:
        found = 0
        for fault in faults(progress(self.stderr)):
            found += 1
            self.stdout.write(fault)
        if found:
            self.stdout.write(f"{found} faults. manage.py rebuild_search puts them right.")
            sys.exit(1)
        self.stdout.write("The search index is right.")
