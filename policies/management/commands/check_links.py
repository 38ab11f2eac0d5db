"""manage.py check_links: ask the addresses in records whether they still lead somewhere."""

import sys
from collections import Counter
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from policies.linkchecks.addresses import forget_unnamed, waiting
from policies.linkchecks.rounds import check, site_asker
from policies.models import LinkCheck

TOLD_EVERY = 50


class Command(BaseCommand):
    help = (
        "Ask the addresses in published records and in those in review. A round that is "
        "stopped goes on where it was: what was asked within the last day is not asked again."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--limit", type=int, help="Ask so many addresses at most.")
        parser.add_argument(
            "--older-than",
            type=float,
            default=1.0,
            metavar="DAYS",
            help="Ask those not asked for so many days, and the new ones. Default 1; 0 asks all.",
        )

    def handle(self, *, limit: int | None, older_than: float, **options) -> None:
        before = timezone.now() - timedelta(days=min(max(older_than, 0.0), 36_500.0))
        urls = waiting(before=before, limit=None if limit is None else max(limit, 0))
        came: Counter[str] = Counter()
        for number, (look, answer) in enumerate(check(urls, site_asker()), 1):
            came[answer.verdict.value] += 1
            if options["verbosity"] > 1:
                self.stdout.write(f"{look.url}: {answer.words}")
            self._tell(number, len(urls), came)
        gone = forget_unnamed()
        dead = LinkCheck.objects.dead().count()
        words = f"{len(urls)} asked: {in_words(came)}. {dead} dead in all."
        self.stdout.write(words + (f" {gone} no longer named." if gone else ""))

    def _tell(self, number: int, total: int, came: Counter[str]) -> None:
        line = f"{number} of {total}: {in_words(came)}"
        if sys.stderr.isatty():
            self.stderr.write(f"\r{line}", ending="\n" if number == total else "")
        elif number % TOLD_EVERY == 0:
            self.stderr.write(line)


def in_words(came: Counter[str]) -> str:
    """How many were reached, failed, or gave no clear answer."""
    return f"{came['reached']} reached, {came['failed']} failed, {came['unclear']} unclear"
