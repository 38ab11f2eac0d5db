"""manage.py start: make the database ready and serve the tracker on this machine."""

import hashlib
import os
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from policies.search.rebuilding import is_outdated
from policies.versions.keeping import write_first_versions


class Command(BaseCommand):
    help = "Migrate, seed, collect static files and start the server on this machine."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **options) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                raise CommandError(
                    f"Port {port} is taken. Choose another: make run PORT=8001"
                ) from None
        call_command("migrate", verbosity=0)
        if is_outdated():
            call_command("rebuild_search", anew=True, stdout=self.stdout)
        write_first_versions()
        call_command("seed", stdout=self.stdout)
        collect_static_files()
        self.stdout.write(f"\nThe tracker is on http://127.0.0.1:{port}")
        if not get_user_model().objects.filter(is_staff=True).exists():
            self.stdout.write("Make an editor: .venv/bin/python manage.py createsuperuser")
        self.stdout.flush()
        command = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--workers=2"]
        # Threads, for a large file that is sent slowly neither holds up others nor is cut off.
        command += ["--worker-class=gthread", "--threads=4"]
        # As long as gunicorn takes: a reading list of eighty policies stands in one address.
        command.append("--limit-request-line=8190")
        os.execv(sys.executable, [*command, f"--bind=127.0.0.1:{port}"])  # noqa: S606


def collect_static_files() -> None:
    """Collect static files where they are not those that were collected last."""
    found = sorted(
        (path, storage.size(path), storage.get_modified_time(path).isoformat())
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    stamp = hashlib.sha256(repr((found, settings.STORAGES)).encode()).hexdigest()
    kept = Path(settings.STATIC_ROOT) / ".collected"
    if kept.exists() and kept.read_text(encoding="ascii") == stamp:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    kept.write_text(stamp, encoding="ascii")
