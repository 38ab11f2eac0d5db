"""Takes the second factor from an account whose owner lost the phone and the recovery codes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from policies.accounts import factor


class Command(BaseCommand):
    help = "Takes the second factor from an account; it is asked for the password alone then."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("name", help="the user name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        users = get_user_model()._default_manager
        user = users.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”.")
        if not factor.remove(user):
            raise CommandError(f"“{name}” has no second factor.")
        factor.note(user, by=user, what="Second factor reset on the command line.")
        self.stdout.write(f"The second factor of “{name}” is reset.")
