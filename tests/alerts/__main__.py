"""python -m tests.alerts: send many alerts in runs that are killed, and count what arrived."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django

from tests.databases import fresh_database

from .postbox import mail_server


def main() -> int:
    """Run and report; 0 when every record reached everybody once."""
    parser = argparse.ArgumentParser(prog="python -m tests.alerts")
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--records", type=int, default=200)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tracker-alerts-") as folder, mail_server() as postbox:
        os.environ |= {
            "DATABASE_URL": fresh_database(Path(folder)),
            "CONN_MAX_AGE": "0",
            "HTTPS": "off",
            "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}",
            "ALERTS_PER_MINUTE": "0",
            "ALERTS_GAP_MINUTES": "0",
            "ALERTS_CLAIM_SECONDS": "5",
        }
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
        django.setup()
        from .siege import Siege

        siege = Siege(postbox, asked.subscribers, asked.records, asked.seed)
        siege.prepare()
        siege.run(asked.kills)
        lines, holds = siege.report()
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
