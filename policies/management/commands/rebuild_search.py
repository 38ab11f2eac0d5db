"""manage.py rebuild_search: make the search index anew while the site goes on."""

import sys

from django.core.management.base import BaseCommand

from policies.search.rebuilding import rebuild


class Command(BaseCommand):
    help = "Make the search index anew. Searches and edits go on; a stopped rebuild is resumed."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--anew", action="store_true", help="Do not resume; start over.")

    def handle(self, *, anew: bool, **options) -> None:
        total = rebuild(progress(self.stderr), anew=anew)
        self.stdout.write(f"{total} records indexed.")


def progress(stream):
    """A function that draws how far a kind of record has come, where somebody watches."""

    def tell(name: str, done: int, blocks: int) -> None:
        if sys.stderr.isatty():
            bar = "#" * (30 * done // blocks)
            stream.write(f"\r{name:10} [{bar:30}] {done}/{blocks}", ending="")
            if done == blocks:
                stream.write("")

    return tell
