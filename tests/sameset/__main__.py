"""python -m tests.sameset: ask random questions in every form, and report where they differ."""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

from tests.databases import fresh_database

EVERY = 25


def main() -> int:
    """Run and report; 0 when all forms of all questions agree."""
    parser = argparse.ArgumentParser(prog="python -m tests.sameset")
    parser.add_argument("--number", type=int, default=300, help="how many questions")
    parser.add_argument("--records", type=int, default=300, help="how many invented policies")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tracker-sameset-") as folder:
        os.environ |= {
            "DATABASE_URL": fresh_database(Path(folder)),
            "CONN_MAX_AGE": "0",
            "HTTPS": "off",
            "API_LIMIT": "0",
            "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
        django.setup()
        return compared(asked)


def compared(asked: Any) -> int:
    """Fill the database, ask, and print what differs."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment

    from .comparing import Comparison, asked_of
    from .questions import Questions
    from .records import prepare

    setup_test_environment()
    logging.getLogger("django.request").setLevel(logging.ERROR)
    prepare(asked.records, asked.seed)
    started = time.monotonic()
    comparison = Comparison(Client(), asked.seed)
    for done in asked_of(comparison, Questions(asked.seed), asked.number):
        if done % EVERY == 0:
            sys.stdout.write(f"{done} questions, {len(comparison.differences)} differences\n")
            sys.stdout.flush()
    sizes, seconds = comparison.sizes, time.monotonic() - started
    lines = [
        *comparison.differences,
        f"{asked.number} questions on {connection.vendor} in {seconds:.0f} s: "
        f"{len(comparison.differences)} differences in {sum(comparison.forms.values())} "
        f"comparisons; {sizes.count(0)} found nothing, the others {statistics.mean(sizes):.0f} "
        f"records in the mean and {max(sizes)} at most",
        ", ".join(f"{form} {number}" for form, number in sorted(comparison.forms.items())),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main())
