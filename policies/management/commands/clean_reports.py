"""manage.py clean_reports: delete what is known of readers who reported errors long ago."""

from django.core.management.base import BaseCommand

from policies.reports import forget_senders


class Command(BaseCommand):
    help = (
        "Delete the marks of networks of reports older than a day, and e-mail addresses "
        "older than REPORT_EMAIL_DAYS. Run it once a day."
    )

    def handle(self, **options) -> None:
        networks, addresses = forget_senders()
        if networks or addresses or options["verbosity"] > 1:
            self.stdout.write(f"Deleted: {addresses} e-mail addresses, {networks} networks.")
