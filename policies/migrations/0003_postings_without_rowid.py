"""On SQLite the postings stand in the order of their key, without a second copy of it."""

from django.db import migrations

POSTINGS = """
CREATE TABLE policies_searchposting (
    kind smallint unsigned NOT NULL CHECK (kind >= 0),
    term BLOB NOT NULL,
    block integer unsigned NOT NULL CHECK (block >= 0),
    data BLOB NOT NULL,
    PRIMARY KEY (kind, term, block)
) WITHOUT ROWID
"""


def without_rowid(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE policies_searchposting")
        schema_editor.execute(POSTINGS)


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_groups")]
    operations = [migrations.RunPython(without_rowid, migrations.RunPython.noop)]
