"""manage.py build_dataset: the whole public data as files."""

import sqlite3

from django.core.management.base import BaseCommand, CommandError

from policies.datasets import build


class Command(BaseCommand):
    help = (
        "Write all that is public now into a SQLite file and a Data Package, side by side with "
        "those of earlier days. It may run at any time; what is stopped leaves nothing behind."
    )

    def handle(self, **options) -> None:
        try:
            built = build()
        except sqlite3.DatabaseError as error:
            raise CommandError(
                f"The build before cannot be read, so that nothing can be compared: {error}"
            ) from error
        self.stdout.write(f"{built.folder}:")
        for table in built.told["tables"]:
            if table["name"] == table["of"]:
                self.stdout.write(f"  {table['rows']:>9,} {table['title'].lower()}")
        for file in built.files:
            self.stdout.write(f"  {file.sha256}  {file.name}")
