"""manage.py publish_due: publish what editors scheduled, when its time has come."""

import sys

from django.core.management.base import BaseCommand

from policies.publishing import in_words
from policies.scheduling import Outcome, publish_due


class Command(BaseCommand):
    help = (
        "Publish all that is scheduled for now or earlier, in the name of who scheduled it. "
        "Run it every minute. Exit status 1 where something due could not be published."
    )

    def handle(self, **options) -> None:
        published = left = 0
        for outcome in publish_due():
            if outcome.refusal:
                left += 1
                self.stderr.write(f"Not published: {named(outcome)}: {outcome.refusal}.")
            else:
                published += 1
                self.stdout.write(f"Published: {named(outcome)}, scheduled by {outcome.by}.")
                self.stdout.flush()
        if left or published or options["verbosity"] > 1:
            self.stdout.write(f"{published} published, {left} left.")
        if left:
            sys.exit(1)


def named(outcome: Outcome) -> str:
    """The record in words, with its address's last part and its time."""
    record = outcome.record
    return f"{outcome.kind} “{record}” ({record.slug}), due {in_words(outcome.at)}"
