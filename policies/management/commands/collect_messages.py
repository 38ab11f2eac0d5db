"""manage.py collect_messages: bring the catalogue of Chinese words up to date with the code."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

LOCALE = "zh_Hans"
# What readers never see is in English only.
DESK = ("policies/admin/*", "policies/models/*", "templates/admin/*")
NOT_OURS = (".venv", "var", "bench", "tests")


class Command(BaseCommand):
    help = "Collect the words of the interface into locale/, and compile what is translated."
    requires_system_checks: list[str] = []

    def handle(self, *, verbosity: int, **options) -> None:
        call_command(
            "makemessages",
            locale=[LOCALE],
            ignore_patterns=[*DESK, *NOT_OURS],
            no_obsolete=True,
            no_wrap=True,
            add_location="file",
            verbosity=verbosity,
        )
        call_command("compilemessages", locale=[LOCALE], ignore_patterns=NOT_OURS, verbosity=0)
        self.stdout.write("Translate what is empty or fuzzy in locale/, then run this again.")
