"""manage.py send_alerts: send what is new to who follows a search by e-mail."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from policies.alerts.rounds import Run, Tally


class Command(BaseCommand):
    help = (
        "Send the alerts that are due, and the mails that ask to confirm one. Run it every "
        "minute; it may run several times at once and be stopped at any moment. "
        "Exit status 1 where the mail server cannot be spoken with."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--seconds",
            type=float,
            metavar="N",
            help="take up no further mail after N seconds; the next run goes on",
        )

    def handle(self, **options) -> None:
        if not settings.ALERTS_ON:
            raise CommandError("Alerts are off: EMAIL_URL names no mail server.")
        tally = Run(options["seconds"]).go()
        for line in _told(tally):
            self.stderr.write(line)
        if not tally.is_quiet or options["verbosity"] > 1:
            self.stdout.write(
                f"{_number(tally.sent, 'mail')} sent with {_number(tally.records, 'record')}, "
                f"{tally.put_off} put off, "
                f"{_number(tally.forgotten, 'unconfirmed alert')} forgotten."
            )
        if tally.trouble:
            sys.exit(1)


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _told(tally: Tally):
    """What an operator should know; subscribers are told by marks, never by addresses."""
    for mark in tally.unsure:
        yield f"Unsure whether a mail arrived; it is not sent again: subscriber {mark} is told."
    for mark in tally.failing:
        yield f"Paused, since mail to it fails for good: subscriber {mark}."
    for mark in tally.stopped:
        yield f"Stopped, since its search cannot be answered any more: subscriber {mark}."
    if tally.trouble:
        yield tally.trouble
