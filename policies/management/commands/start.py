"""manage.py start: make the database ready and serve the tracker on this machine."""

import os
import socket
import sys

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from policies.models import Policy, SearchState


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
        if Policy.objects.exists() and not SearchState.objects.exists():
            call_command("rebuild_search", stdout=self.stdout)
        call_command("seed", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"\nThe tracker is on http://127.0.0.1:{port}")
        if not get_user_model().objects.filter(is_staff=True).exists():
            self.stdout.write("Make an editor: .venv/bin/python manage.py createsuperuser")
        self.stdout.flush()
        command = [sys.executable, "-m", "gunicorn", "tracker.wsgi", "--workers=2"]
        os.execv(sys.executable, [*command, f"--bind=127.0.0.1:{port}"])  # noqa: S606
